"""Numbers that kiosks hold, and what they hand in when the line is back; on both databases."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import msgspec
from msgspec.structs import replace
from sqlalchemy import select

from hardware.core.lease import Block, Lease, OfflineTicket, OnPaper, Receipt
from hardware.core.outcome import Reason
from mpp import timekeeper
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, pair, take, wita
from ticketing import actions, kits, malls, offline, reads, slips, store, tables
from ticketing.actions import Order
from ticketing.core import events
from ticketing.core.access import Device, Role
from ticketing.core.ids import DeviceId, MallId
from ticketing.core.lease import NumbersReturned, Offline, Span
from ticketing.core.mall_entries import MallFile
from ticketing.core.slip_job import SlipState
from ticketing.core.ticket import State
from ticketing.db import Db, Tx
from ticketing.standings import standing
from ticketing.views import TicketView

KTP = OfflineTicket(
    request="tap-0001",
    service="KTP",
    priority=False,
    series="B",
    serial=701,
    code="abcdefghjkmn",
    issued_at=wita(23, 9, 1),
    on_paper=OnPaper.PRINTED,
)
CODES = ("abcdefghjkmn", "abcdefghjkmp", "abcdefghjkmq", "abcdefghjkmr", "abcdefghjkms")


async def lend(db: Db, mall: MallId, kiosk: DeviceId, holds: Sequence[int] = ()) -> Lease:
    """Ask for numbers, as a kiosk does."""

    async def deed(tx: Tx) -> Lease:
        await offline.lease_numbers(tx, kiosk, holds)
        return await kits.kit(tx, hall_of(db), kiosk)

    return await act(db, mall, deed, f"device:{kiosk}")


async def hand_in(
    db: Db, mall: MallId, kiosk: DeviceId, *tickets: OfflineTicket, printer: str | None = None
) -> list[Receipt]:
    """Hand tickets in, as a kiosk does."""
    device = Device(id=kiosk, code="K01")
    deed = lambda tx: offline.hand_in(tx, hall_of(db), device, tickets, printer)  # noqa: E731
    return await act(db, mall, deed, f"device:{kiosk}")


async def tap(db: Db, mall: MallId, kiosk: DeviceId, request: str) -> TicketView:
    """Take a number at a kiosk whose line is live."""

    async def deed(tx: Tx) -> TicketView:
        ticket = await actions.issue(tx, Order(service="KTP", priority=False, printer_id=None))
        return await reads.ticket_view(tx, hall_of(db), ticket)

    return await act(
        db, mall, lambda tx: store.once(tx, request, "issue", TicketView, lambda: deed(tx)), f"device:{kiosk}"
    )


async def tickets(db: Db, mall: MallId) -> dict[str, tables.Ticket]:
    """Return all tickets by number."""
    rows = await look(db, mall, lambda tx: tx.session.scalars(select(tables.Ticket)))
    return {row.number: row for row in rows}


async def returned(db: Db, mall: MallId) -> list[tuple[str, tuple[Span, ...]]]:
    """Return what the log tells of numbers that nobody got."""
    question = select(tables.Event.body).where(tables.Event.kind == "numbers_returned").order_by(tables.Event.seq)
    bodies = await look(db, mall, lambda tx: tx.session.scalars(question))
    told = [event for body in bodies if isinstance(event := events.decode(body), NumbersReturned)]
    return [(block.series, block.unused) for event in told for block in event.blocks]


def spans(lease: Lease, *series: str) -> list[tuple[int, int]]:
    """Return the numbers that a kiosk holds of these series."""
    return [(block.first, block.last) for block in lease.blocks if block.series in series]


async def settle(db: Db, mall: MallId, small_mall: MallFile, settings: Offline) -> None:
    """Give the mall other settings."""
    await act(db, mall, lambda tx: malls.replace(tx, replace(small_mall, offline=settings)))


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


async def test_a_ticket_handed_in_counts_from_the_time_of_its_issue(db: Db, mall: MallId, clock: StoppedClock) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    await lend(db, mall, kiosk)
    clock.at = wita(23, 9, 2)
    later = await take(db, mall, "KTP")
    clock.at = wita(23, 9, 30)
    assert await hand_in(db, mall, kiosk, KTP) == [Receipt(request="tap-0001", number="B-701")]
    ticket = (await tickets(db, mall))["B-701"]
    assert (ticket.offline, ticket.state, ticket.issued_at) == (True, State.WAITING, wita(23, 9, 1))
    assert [(await look(db, mall, partial(standing, row=row))).ahead for row in (ticket, later)] == [0, 1]
    view = await look(db, mall, lambda tx: reads.ticket_view(tx, hall_of(db), ticket))
    assert (view.offline, view.ahead) == (True, 0)


async def test_a_clock_that_is_wrong_cannot_jump_the_queue(db: Db, mall: MallId, clock: StoppedClock) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    await lend(db, mall, kiosk)
    clock.at = wita(23, 9, 10)
    wrong = (datetime(2020, 1, 1, tzinfo=KTP.issued_at.tzinfo), wita(24, 9))
    for n, said in enumerate(wrong):
        await hand_in(db, mall, kiosk, replace(KTP, serial=701 + n, code=CODES[n], request=f"tap-{n}", issued_at=said))
    found = await tickets(db, mall)
    assert [found["B-701"].issued_at, found["B-702"].issued_at] == [wita(23, 9), wita(23, 9, 10)]


async def test_a_ticket_handed_in_twice_is_there_once(db: Db, mall: MallId) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    await lend(db, mall, kiosk)
    assert await hand_in(db, mall, kiosk, KTP, KTP) == await hand_in(db, mall, kiosk, KTP, KTP)
    assert list(await tickets(db, mall)) == ["B-701"]


async def test_one_that_is_refused_does_not_stop_the_others(db: Db, mall: MallId) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    await lend(db, mall, kiosk)
    handed = [
        replace(KTP, serial=700, request="never lent"),
        KTP,
        replace(KTP, code=CODES[1], request="the same number"),
        replace(KTP, serial=702, request="the same code"),
        replace(KTP, serial=703, code=CODES[2], service="TIADA", request="no such service"),
        replace(KTP, serial=704, code="ABC", request="a code of ours never looks so"),
        replace(KTP, serial=705, code=CODES[3], request="all is well"),
    ]
    codes = [receipt.code for receipt in await hand_in(db, mall, kiosk, *handed)]
    assert codes == ["not_leased", None, "number_taken", "number_taken", "unknown_service", "bad_request", None]
    assert list(await tickets(db, mall)) == ["B-701", "B-705"]


async def test_the_numbers_of_another_kiosk_are_not_taken(db: Db, mall: MallId) -> None:
    one, other = [await pair(db, mall, Role.KIOSK, code) for code in ("K01", "K02")]
    await lend(db, mall, one)
    assert [receipt.code for receipt in await hand_in(db, mall, other, KTP)] == ["not_leased"]


async def test_a_number_given_out_online_whose_answer_was_lost_is_withdrawn_with_its_slip(db: Db, mall: MallId) -> None:
    printer = await pair(db, mall, Role.PRINTER, "P01")
    kiosk = await pair(db, mall, Role.KIOSK, "K01", printer="P01")
    await lend(db, mall, kiosk)
    ghost = await tap(db, mall, kiosk, KTP.request)
    row = (await tickets(db, mall))[ghost.number]
    slip = await act(db, mall, lambda tx: slips.add(tx, row, printer, copy=False))
    assert await hand_in(db, mall, kiosk, KTP) == [Receipt(request=KTP.request, number="B-701")]
    found = await tickets(db, mall)
    assert (found[ghost.number].state, found["B-701"].state) == (State.CANCELLED, State.WAITING)
    assert (await look(db, mall, lambda tx: slips.load(tx, slip.id))).state is SlipState.LAPSED
    assert (await tap(db, mall, kiosk, KTP.request)).number == "B-701"


async def test_a_tap_that_arrives_after_all_gets_the_number_that_is_on_paper(db: Db, mall: MallId) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    await lend(db, mall, kiosk)
    await hand_in(db, mall, kiosk, KTP)
    late = await tap(db, mall, kiosk, KTP.request)
    assert (late.number, late.offline) == ("B-701", True)
    assert list(await tickets(db, mall)) == ["B-701"]


async def test_numbers_handed_in_after_their_day_are_recorded_and_expire(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    await lend(db, mall, kiosk)
    clock.at = wita(24, 9)
    await timekeeper.tick(hall_of(db), mall)
    assert [receipt.code for receipt in await hand_in(db, mall, kiosk, KTP)] == [None]
    await timekeeper.tick(hall_of(db), mall)
    ticket = (await tickets(db, mall))["B-701"]
    assert (ticket.state, ticket.day, ticket.issued_at) == (State.EXPIRED, wita(23, 9).date(), wita(23, 9, 1))


async def test_staff_see_what_became_of_the_paper(db: Db, mall: MallId) -> None:
    printer = await pair(db, mall, Role.PRINTER, "P01")
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    await lend(db, mall, kiosk)
    handed = [
        replace(KTP, serial=701 + n, code=CODES[n], request=f"tap-{n}", on_paper=paper, reason=reason)
        for n, (paper, reason) in enumerate(
            [
                (OnPaper.PRINTED, None),
                (OnPaper.FAILED, Reason.PAPER_OUT),
                (OnPaper.UNKNOWN, Reason.MUTE),
                (None, None),
            ]
        )
    ]
    await hand_in(db, mall, kiosk, *handed, printer="P01")
    found = await tickets(db, mall)
    rows = [await look(db, mall, lambda tx, n=n: slips.last(tx, found[f"B-{n}"].id)) for n in range(701, 705)]  # type: ignore[misc]  # mypy cannot see through the default
    assert [(row.state, row.reason, row.printer_id) if row else None for row in rows] == [
        (SlipState.PRINTED, "", printer),
        (SlipState.FAILED, "paper_out", printer),
        (SlipState.UNKNOWN, "mute", printer),
        None,
    ]


async def test_a_printer_that_was_sent_away_does_not_cost_the_ticket(db: Db, mall: MallId) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    await lend(db, mall, kiosk)
    assert [receipt.code for receipt in await hand_in(db, mall, kiosk, KTP, printer="P99")] == [None]


async def test_priority_is_kept_and_an_unknown_class_counts_as_declared(db: Db, mall: MallId) -> None:
    kiosk = await pair(db, mall, Role.KIOSK, "K01")
    await lend(db, mall, kiosk)
    said: tuple[bool | str, ...] = (True, "lansia", "raja")
    for n, priority in enumerate(said):
        ticket = replace(KTP, series="PB", serial=701 + n, code=CODES[n], request=f"tap-{n}", priority=priority)
        await hand_in(db, mall, kiosk, ticket)
    found = await tickets(db, mall)
    assert [found[f"PB-{n}"].priority for n in (701, 702, 703)] == ["declared", "lansia", "declared"]


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
    assert all(isinstance(block, Block) for block in lease.blocks)
