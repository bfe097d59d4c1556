"""Devices ask, are let in at a place, work, and are shown the door; on both databases."""

from datetime import timedelta

import pytest
from msgspec import Struct

from mpp import actions, reads, store, troubles
from mpp.actions import Place
from mpp.views import DeviceLine, OwnDevice
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, pair, take
from ticketing import actions as tickets
from ticketing import slips, tables
from ticketing.core.access import DEVICES, PEOPLE, Principal, Role
from ticketing.core.device import DeviceState
from ticketing.core.ids import DeviceId, MallId
from ticketing.core.refused import (
    BadRequest,
    CodeTaken,
    PairingOver,
    Refused,
    UnknownCounter,
    UnknownDevice,
    UnknownZone,
)
from ticketing.core.slip_job import Condition, Trouble
from ticketing.db import Db, Tx


class Asked(Struct, frozen=True):
    """A device that waits, and its secret."""

    row: tables.Device
    secret: str


async def ask(db: Db, mall: MallId, kind: Role) -> Asked:
    return Asked(*await act(db, mall, lambda tx: actions.ask_in(tx, kind, tx.now)))


async def approve(db: Db, mall: MallId, id: DeviceId, code: str, **place: str) -> tables.Device:
    return await act(db, mall, lambda tx: actions.approve(tx, id, code, "Name", Place(**place), tx.now))


async def who(db: Db, secret: str) -> Principal | None:
    found = await store.principals(db, [secret], db.clock.real())
    return found[0] if found else None


async def seen(db: Db, mall: MallId, secret: str) -> OwnDevice | None:
    row = await store.device_of(db, secret)
    return None if row is None else await look(db, mall, lambda tx: reads.own_device(tx, row))


async def lines(tx: Tx) -> list[DeviceLine]:
    return await reads.device_lines(tx, tx.now)


async def test_a_device_is_nobody_until_it_is_let_in_and_again_when_it_is_revoked(db: Db, mall: MallId) -> None:
    asked = await ask(db, mall, Role.BOARD)
    assert await who(db, asked.secret) is None
    waiting = await seen(db, mall, asked.secret)
    assert waiting is not None
    assert (waiting.state, waiting.code, waiting.pairing_code) == (DeviceState.WAITING, None, asked.row.pairing_code)
    await approve(db, mall, asked.row.id, "B01", zone="A")
    found = await who(db, asked.secret)
    assert found is not None
    assert found.device is not None
    assert (found.role, found.device.code, found.actor) == (Role.BOARD, "B01", f"device:{asked.row.id}")
    closing = db.live.watch(mall, {f"token:{found.token_id}"})
    await act(db, mall, lambda tx: actions.revoke(tx, asked.row.id))
    assert await who(db, asked.secret) is None
    assert await seen(db, mall, asked.secret) is None
    assert closing.is_set()
    assert [line.id for line in await look(db, mall, lines)] == []


PLACES: list[tuple[Role, dict[str, str]]] = [
    (Role.BOARD, {"zone": "A"}),
    (Role.SPEAKER, {"zone": "B"}),
    (Role.SIGN, {"counter": "L01"}),
    (Role.KIOSK, {"printer": "P01"}),
    (Role.KIOSK, {}),
    (Role.PRINTER, {}),
]


async def test_a_device_stands_where_it_was_let_in(db: Db, mall: MallId) -> None:
    await pair(db, mall, Role.PRINTER, "P01")
    for nth, (kind, place) in enumerate(PLACES):
        asked = await ask(db, mall, kind)
        await approve(db, mall, asked.row.id, f"X{nth:02d}", **place)
        shown = await seen(db, mall, asked.secret)
        assert shown is not None
        assert {name: getattr(shown, name) for name in ("zone", "counter", "printer") if getattr(shown, name)} == place


NO_PLACES: list[tuple[Role, dict[str, str], type[Refused]]] = [
    (Role.BOARD, {}, BadRequest),
    (Role.SPEAKER, {"counter": "L01"}, BadRequest),
    (Role.SIGN, {"zone": "A"}, BadRequest),
    (Role.BOARD, {"zone": "Z"}, UnknownZone),
    (Role.SIGN, {"counter": "L99"}, UnknownCounter),
    (Role.KIOSK, {"printer": "P99"}, UnknownDevice),
]


async def test_a_device_that_needs_a_place_is_not_let_in_without(db: Db, mall: MallId) -> None:
    for kind, place, no in NO_PLACES:
        asked = await ask(db, mall, kind)
        with pytest.raises(no):
            await approve(db, mall, asked.row.id, "X01", **place)
        assert await who(db, asked.secret) is None


async def test_a_device_is_let_in_once_and_in_time(db: Db, mall: MallId, clock: StoppedClock) -> None:
    late, asked = await ask(db, mall, Role.KIOSK), await ask(db, mall, Role.KIOSK)
    await approve(db, mall, asked.row.id, "K01")
    with pytest.raises(PairingOver):
        await approve(db, mall, asked.row.id, "K02")
    clock.forward(timedelta(minutes=60, seconds=1))
    with pytest.raises(PairingOver):
        await approve(db, mall, late.row.id, "K02")
    with pytest.raises(UnknownDevice):
        await approve(db, mall, DeviceId(999), "K02")


async def test_two_devices_do_not_share_a_code_but_a_revoked_one_gives_it_back(db: Db, mall: MallId) -> None:
    first = await pair(db, mall, Role.KIOSK, "X01")
    asked = await ask(db, mall, Role.PRINTER)
    with pytest.raises(CodeTaken):
        await approve(db, mall, asked.row.id, "X01")
    await act(db, mall, lambda tx: actions.revoke(tx, first))
    assert (await approve(db, mall, asked.row.id, "X01")).code == "X01"


async def test_a_person_is_not_a_kind_of_device(db: Db, mall: MallId) -> None:
    for kind in PEOPLE:
        with pytest.raises(BadRequest, match="not a kind of device"):
            await ask(db, mall, kind)


async def test_the_first_printer_is_the_malls_until_it_is_revoked(db: Db, mall: MallId) -> None:
    first, second = [await pair(db, mall, Role.PRINTER, code) for code in ("P01", "P02")]
    assert await look(db, mall, slips.default_printer) == first
    await act(db, mall, lambda tx: actions.revoke(tx, first))
    assert await look(db, mall, slips.default_printer) is None
    third = await pair(db, mall, Role.PRINTER, "P03")
    assert await look(db, mall, slips.default_printer) == third != second
    assert await store.census(db) == (1, 2)


async def test_in_a_demo_every_device_is_let_in_at_once(db: Db, mall: MallId) -> None:
    for kind in sorted(DEVICES, key=lambda kind: kind is Role.KIOSK):
        asked = await ask(db, mall, kind)

        async def at_once(
            tx: Tx, asked: Asked = asked, place: str | None = "L01" if kind is Role.SIGN else None
        ) -> None:
            await actions.approve_at_once(tx, await store.device(tx, asked.row.id), place, tx.now)

        await act(db, mall, at_once)
    known = {line.kind: line for line in await look(db, mall, lines)}
    assert {line.state for line in known.values()} == {DeviceState.APPROVED}
    assert (known[Role.BOARD].zone, known[Role.SIGN].counter) == ("A", "L01")
    assert known[Role.KIOSK].printer == known[Role.PRINTER].code


async def test_a_device_is_found_by_the_pairing_code_it_shows(db: Db, mall: MallId) -> None:
    asked = await ask(db, mall, Role.KIOSK)
    found = await look(db, mall, lambda tx: store.device_showing(tx, asked.row.pairing_code.lower()))
    assert found.id == asked.row.id
    await approve(db, mall, asked.row.id, "K01")
    with pytest.raises(Refused, match="No device shows"):
        await look(db, mall, lambda tx: store.device_showing(tx, asked.row.pairing_code))


async def test_the_hall_at_a_glance_shows_what_a_person_has_to_see_to(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    printer = await pair(db, mall, Role.PRINTER, "P01")
    ticket = await take(db, mall, "KTP", printer=printer)
    slip = await look(db, mall, lambda tx: slips.last(tx, ticket.id))
    assert slip is not None
    await act(db, mall, lambda tx: tickets.slip_not_printed(tx, slip.id, printer, Trouble.PAPER_OUT))
    clock.forward(timedelta(minutes=1))
    async with db.write(mall, "test") as tx:
        await tickets.report_condition(tx, await slips.printer(tx, "P01"), Condition.PAPER_OUT)
    hall = hall_of(db)
    view = await look(db, mall, lambda tx: reads.manage_view(tx, hall, None, {}))
    assert [(one.text_code, one.number, one.device) for one in view.troubles] == [
        ("slip.paper_out", None, "P01"),
        ("slip.paper_out", "B-001", "P01"),
    ]
    assert [(row.code, row.waiting, row.served_today) for row in view.tenants] == [("DUKCAPIL", 1, 0), ("POLRES", 0, 0)]
    assert view.tenants[0].longest_wait_since == ticket.waiting_since
    assert [row.code for row in view.counters] == ["L01", "L02", "L03"]
    clock.forward(timedelta(hours=1))
    assert len(await look(db, mall, troubles.troubles)) == 1, "what is an hour old is no news"


async def test_a_supervisor_sees_the_own_tenant_only(db: Db, mall: MallId) -> None:
    await pair(db, mall, Role.PRINTER, "P01")
    tenant = await look(db, mall, lambda tx: store.tenant(tx, "POLRES"))
    view = await look(db, mall, lambda tx: reads.manage_view(tx, hall_of(db), tenant.id, {}))
    assert [row.code for row in view.tenants] == ["POLRES"]
    assert [row.code for row in view.counters] == ["L03"]
    assert (view.devices, view.troubles) == ([], [])
