"""Numbers that kiosks hold for the time when the line is gone; on both databases."""

from datetime import timedelta

import msgspec
from msgspec.structs import replace

from hardware.core.lease import Lease
from mpp import timekeeper
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import hall_of, pair, take, wita
from tests.ticketing.kiosks import CODES, KTP, hand_in, lend, returned, settle, spans
from ticketing.core.access import Role
from ticketing.core.ids import MallId
from ticketing.core.lease import Offline, Span
from ticketing.core.mall_entries import MallFile
from ticketing.db import Db
from ticketing.views import TicketView


async def test_a_kiosk_holds_numbers_of_every_series_and_the_ordinary_ones_do_not_jump(db: Db, mall: MallId) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    lease = await lend(db, mall, kiosk)
    assert [(b.series, b.first, b.last) for b in lease.blocks] == [
        (series, 701, 720) for series in ("B", "PB", "C", "PC", "K", "PK")
    ]
    assert lease.expires_at == lease.at + timedelta(minutes=240)
    assert [(await take(db, mall, "KTP")).number for _ in range(2)] == ["B-001", "B-002"]


async def test_two_kiosks_never_hold_the_same_number(db: Db, mall: MallId) -> None:
    one, other = [await pair(db, mall, Role.KIOSK, code) for code in ("K01", "K02")]
    assert spans(await lend(db, mall, one), "B") == [(701, 720)]
    assert spans(await lend(db, mall, other), "B") == [(721, 740)]


async def test_a_lease_is_prolonged_and_burns_no_numbers(db: Db, mall: MallId, clock: StoppedClock) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    first = await lend(db, mall, kiosk)
    clock.forward(timedelta(hours=2))
    second = await lend(db, mall, kiosk, [block.id for block in first.blocks])
    assert second.blocks == first.blocks
    assert second.expires_at == first.expires_at + timedelta(hours=2)
    assert await returned(db, mall) == []


async def test_a_series_that_was_used_is_topped_up_and_an_empty_block_is_over(
    db: Db, mall: MallId, small_mall: MallFile
) -> None:
    await settle(db, mall, small_mall, Offline(numbers=2))
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    first = await lend(db, mall, kiosk)
    used = [replace(KTP, serial=701 + n, code=CODES[n], request=f"tap-{n}") for n in range(2)]
    assert [receipt.code for receipt in await hand_in(db, mall, kiosk, *used)] == [None, None]
    second = await lend(db, mall, kiosk, [block.id for block in first.blocks])
    assert spans(second, "B") == [(703, 704)]
    assert spans(second, "C") == [(701, 702)]
    assert await returned(db, mall) == [("B", ())]


async def test_what_a_kiosk_does_not_know_of_is_over_and_recorded_as_unused(db: Db, mall: MallId) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    first = await lend(db, mall, kiosk)
    await hand_in(db, mall, kiosk, replace(KTP, serial=703))
    kept = [block.id for block in first.blocks if block.series not in {"B", "PB"}]
    second = await lend(db, mall, kiosk, kept)
    assert spans(second, "B", "PB") == [(721, 740), (721, 740)]
    assert await returned(db, mall) == [("B", (Span(701, 702), Span(704, 720))), ("PB", (Span(701, 720),))]


async def test_a_kiosk_that_never_came_back_is_settled_when_the_day_is_over(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    await lend(db, mall, kiosk)
    await timekeeper.tick(hall_of(db), mall)
    assert await returned(db, mall) == []
    clock.at = wita(24, 0, 1)
    await timekeeper.tick(hall_of(db), mall)
    assert await returned(db, mall) == [(series, (Span(701, 720),)) for series in ("B", "PB", "C", "PC", "K", "PK")]


async def test_switched_off_a_kiosk_holds_nothing(db: Db, mall: MallId, small_mall: MallFile) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    held = [block.id for block in (await lend(db, mall, kiosk)).blocks]
    await settle(db, mall, small_mall, Offline(numbers=0))
    assert (await lend(db, mall, kiosk, held)).blocks == ()
    assert len(await returned(db, mall)) == 6


async def test_a_lease_has_the_days_hours_and_slips_of_every_service(db: Db, mall: MallId) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    lease = await lend(db, mall, kiosk)
    assert [turn.hours.state for turn in lease.turns] == [
        "before_opening",
        "open",
        "last_ticket_passed",
        "after_closing",
    ]
    slips_of = {service.service: service for service in lease.services}
    assert {service: (row.ordinary, row.priority) for service, row in slips_of.items()} == {
        "KTP": ("B", "PB"),
        "KK": ("B", "PB"),
        "SKCK": ("C", "PC"),
        "HILANG": ("K", "PK"),
    }
    assert lease.ticket_url == "http://mpp.test/t/"
    kept = msgspec.json.decode(msgspec.json.encode(lease), type=Lease)
    assert (kept.services, kept.turns, kept.blocks) == (lease.services, lease.turns, lease.blocks)
    blank = msgspec.json.decode(kept.ticket, type=TicketView)
    assert (blank.number, blank.ahead, blank.is_soon, blank.slip, blank.offline) == ("", None, False, None, True)
