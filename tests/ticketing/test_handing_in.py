"""What kiosks hand in when the line is back; on both databases."""

from datetime import datetime
from functools import partial

from msgspec.structs import replace

from hardware.core.lease import OnPaper, Receipt
from hardware.core.outcome import Reason
from mpp import timekeeper
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, pair, take, wita
from tests.ticketing.kiosks import CODES, KTP, hand_in, lend, tap, tickets
from ticketing import reads, slips
from ticketing.core.access import Role
from ticketing.core.ids import MallId
from ticketing.core.slip_job import SlipState
from ticketing.core.ticket import State
from ticketing.db import Db
from ticketing.standings import standing


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
