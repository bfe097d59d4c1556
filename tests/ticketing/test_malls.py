"""A mall's description in and out of both databases: whole or not at all, and nothing is ever deleted."""

from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from mpp import setup
from mpp.config import Config
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, again, hall_of, look, take, wita
from ticketing import actions, malls, offers, store, tables
from ticketing.core import mall_file
from ticketing.core.hours import HoursState
from ticketing.core.ids import MallId
from ticketing.core.mall_entries import MallFile
from ticketing.core.mall_yaml import FaultyMallFile
from ticketing.core.refused import UnknownCounter, UnknownService
from ticketing.db import Db, Tx

DEMO = files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8")
SMALL = (Path(__file__).parent.parent / "small_mall.yaml").read_text(encoding="utf-8")


async def imported(db: Db, file: MallFile) -> MallId:
    mall = await malls.ensure(db, file)
    await act(db, mall, lambda tx: malls.replace(tx, file))
    return mall


async def codes(tx: Tx) -> dict[str, dict[str, bool]]:
    """Return every code, and whether it is in use."""
    zones, tenants = await tx.session.scalars(select(tables.Zone)), await tx.session.scalars(select(tables.Tenant))
    services = await tx.session.scalars(select(tables.Service))
    counters = await tx.session.scalars(select(tables.Counter))
    return {
        "zone": {row.code: row.is_active for row in zones},
        "tenant": {row.code: row.is_active for row in tenants},
        "service": {row.code: row.is_active for row in services},
        "counter": {row.code: row.is_active for row in counters},
    }


async def test_the_demo_file_comes_out_as_it_went_in(db: Db) -> None:
    file = mall_file.read(DEMO)
    mall = await imported(db, file)
    assert await look(db, mall, malls.describe) == file
    assert mall_file.write(await look(db, mall, malls.describe)) == DEMO


async def test_to_import_the_same_file_again_changes_no_id(db: Db, mall: MallId, small_mall: MallFile) -> None:
    async def ids(tx: Tx) -> list[int]:
        return list(await tx.session.scalars(select(tables.Service.id).order_by(tables.Service.id)))

    before = await look(db, mall, ids)
    assert await imported(db, small_mall) == mall
    assert await look(db, mall, ids) == before
    assert await look(db, mall, malls.describe) == small_mall


async def test_what_the_file_no_longer_names_retires_and_comes_back_when_named_again(
    db: Db, mall: MallId, small_mall: MallFile
) -> None:
    ticket = await take(db, mall, "SKCK")
    less = replace(
        small_mall, zones=small_mall.zones[:1], tenants=small_mall.tenants[:1], counters=small_mall.counters[:2]
    )
    await imported(db, less)
    assert await look(db, mall, malls.describe) == less
    assert await look(db, mall, codes) == {
        "zone": {"A": True, "B": False},
        "tenant": {"DUKCAPIL": True, "POLRES": False},
        "service": {"KTP": True, "KK": True, "SKCK": False, "HILANG": False},
        "counter": {"L01": True, "L02": True, "L03": False},
    }
    with pytest.raises(UnknownService):
        await take(db, mall, "SKCK")
    with pytest.raises(UnknownCounter):
        await look(db, mall, lambda tx: store.counter(tx, "L03"))
    assert (await again(db, mall, ticket)).number == "C-001", "tickets of the past keep their service"
    await imported(db, small_mall)
    assert await look(db, mall, malls.describe) == small_mall
    assert (await take(db, mall, "SKCK")).number == "C-002"


async def test_an_import_changes_names_places_and_who_serves_what(db: Db, mall: MallId, small_mall: MallFile) -> None:
    first, *others = small_mall.counters
    moved = replace(first, name="11", zone="B", services=("KK",))
    changed = replace(small_mall, counters=(*others, moved), holidays=(), last_ticket_minutes=60)
    await imported(db, changed)
    assert await look(db, mall, malls.describe) == changed


FAULTY = [
    (SMALL.replace("zone: B", "zone: C"), 'there is no zone "C"'),
    (SMALL.replace("prefix: C", "prefix: B"), 'prefix "B" belongs to tenant DUKCAPIL'),
    (SMALL.replace("services: all", "services: [SIM]"), 'there is no service "SIM"'),
    (SMALL[: SMALL.index("counters:")], "is missing here"),
    ("", "the file is empty"),
]


async def test_a_faulty_file_changes_nothing(db: Db, mall: MallId, tmp_path: Path) -> None:
    before = await look(db, mall, codes), await look(db, mall, _seq)
    file = tmp_path / "wrong.yaml"
    config = Config(data=tmp_path, database=db.url.render_as_string(hide_password=False))
    for wrong, why in FAULTY:
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(FaultyMallFile, match=why):
            await setup.import_mall(config, file)
        assert (await look(db, mall, codes), await look(db, mall, _seq)) == before
    assert await db.malls() == [mall]


async def test_the_kiosk_offers_what_is_open_and_how_much_is_left(db: Db, mall: MallId) -> None:
    await take(db, mall, "KK", priority=True)
    await take(db, mall, "KK")
    view = await look(db, mall, lambda tx: offers.kiosk_view(tx, hall_of(db), None))
    assert (view.mall.code, view.hours.state) == ("KECIL", HoursState.OPEN)
    assert [row.code for row in view.priority_classes] == ["lansia"]
    dukcapil, polres = view.tenants
    assert (dukcapil.waiting, polres.waiting, dukcapil.open_counters) == (2, 0, 0)
    assert [(s.code, s.state, s.left) for s in dukcapil.services] == [("KTP", "open", None), ("KK", "open", 1)]
    await take(db, mall, "KK")
    full = (await look(db, mall, lambda tx: offers.kiosk_view(tx, hall_of(db), None))).tenants[0].services[1]
    assert (full.state, full.next_open) == ("full", wita(24, 8)), "a full service tells when to come instead"
    lines = await look(db, mall, offers.service_lines)
    assert [(line.code, line.tenant, line.state) for line in lines] == [
        ("KTP", "DUKCAPIL", "open"),
        ("KK", "DUKCAPIL", "full"),
        ("SKCK", "POLRES", "open"),
        ("HILANG", "POLRES", "open"),
    ]
    assert [zone.code for zone in await look(db, mall, offers.zone_lines)] == ["A", "B"]


async def test_the_services_most_asked_for_in_a_week_come_first(db: Db, mall: MallId, clock: StoppedClock) -> None:
    async def popular() -> list[str]:
        return (await look(db, mall, lambda tx: offers.kiosk_view(tx, hall_of(db), None))).popular

    assert await popular() == []
    for service in ("SKCK", "SKCK", "KTP"):
        await take(db, mall, service)
    assert await popular() == ["SKCK", "KTP"]
    clock.forward(timedelta(days=1))
    for service in ("KTP", "KTP"):
        await take(db, mall, service)
    assert await popular() == ["KTP", "SKCK"]
    given_back = (await take(db, mall, "HILANG")).id

    async def give_back(tx: Tx) -> None:
        await actions.cancel(tx, await store.ticket(tx, given_back))

    await act(db, mall, give_back)
    clock.forward(timedelta(days=6))
    assert await popular() == ["KTP"], "last week's are forgotten, and those given back do not count"


async def _seq(tx: Tx) -> int:
    return tx.mall.last_seq
