"""Sent away and back again, outcomes, notes, and who was quicker; on both databases."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from counters import actions, reads, shifts
from counters.actions import Destination
from counters.core.refused import AwayAlready, OutcomeNeeded, Overtaken, SentInCircle, SentToClosed, UnknownOutcome
from counters.tables import TicketNote
from counters.views import CounterView
from mpp import timekeeper
from tests.counters.desk import call, close, counter, last_event, open_
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, again, hall_of, look, take
from ticketing import store, tables
from ticketing.core import events
from ticketing.core.events import NotesErased, NoteWritten
from ticketing.core.ids import MallId, TicketId
from ticketing.core.refused import NotServedHere, Refused, WrongState
from ticketing.core.ticket import Returned, State
from ticketing.db import Db, Tx


async def send(
    db: Db, mall: MallId, code: str, *, service: str | None = None, to: str | None = None, back: bool = True
) -> tables.Ticket:
    """Send the visitor at a counter away, to come back."""
    where = Destination(service=service, counter=to, back=back)
    return await act(db, mall, partial(actions.transfer, code=code, to=where))


async def serve(db: Db, mall: MallId, code: str, number: str | None = None, result: str | None = None) -> tables.Ticket:
    """Call, start and finish."""
    await call(db, mall, code, number)
    await act(db, mall, partial(actions.start, code=code))
    return await act(db, mall, partial(actions.finish, code=code, result=result))


async def console(db: Db, mall: MallId, code: str) -> CounterView:
    """Look at a counter as its officer does."""

    async def question(tx: Tx) -> CounterView:
        return await reads.counter_view(tx, hall_of(db), (await store.counter(tx, code)).id)

    return await look(db, mall, question)


async def test_a_visitor_who_was_sent_away_comes_back_and_keeps_the_waiting_time(
    db: Db, opened: MallId, clock: StoppedClock
) -> None:
    ticket, later = await take(db, opened, "KTP"), await take(db, opened, "KTP")
    await call(db, opened, "L01")
    await act(db, opened, partial(actions.start, code="L01"))
    await send(db, opened, "L01", service="SKCK")
    here = await console(db, opened, "L01")
    assert [(item.number, item.service.code, item.back_to) for item in here.away] == [(ticket.number, "SKCK", "L01")]
    clock.forward(timedelta(minutes=30))
    await serve(db, opened, "L03")
    row = await again(db, opened, ticket)
    assert (row.state, row.service_id, row.tenant_id) == (State.WAITING, ticket.service_id, ticket.tenant_id)
    assert (row.for_counter_id, row.waiting_since) == ((await counter(db, opened, "L01")).id, ticket.waiting_since)
    assert isinstance(await look(db, opened, last_event), Returned)
    assert (await console(db, opened, "L01")).away == []
    assert (await serve(db, opened, "L01")).id == ticket.id, "before the one who waits longest: was sent to L01"
    assert (await again(db, opened, ticket)).state is State.DONE
    assert (await call(db, opened, "L01")).id == later.id


async def test_a_visitor_sent_to_a_counter_and_on_to_a_third_still_comes_back(db: Db, opened: MallId) -> None:
    ticket = await take(db, opened, "KTP")
    await call(db, opened, "L01")
    await send(db, opened, "L01", to="L02")
    await call(db, opened, "L02")
    with pytest.raises(AwayAlready):
        await send(db, opened, "L02", service="SKCK")
    await send(db, opened, "L02", service="HILANG", back=False)
    await serve(db, opened, "L03", result="selesai")
    assert (await again(db, opened, ticket)).for_counter_id == (await counter(db, opened, "L01")).id


async def test_a_visitor_is_not_sent_where_only_the_sender_could_call(db: Db, opened: MallId) -> None:
    await take(db, opened, "KTP")
    await call(db, opened, "L01")
    for service, to in (("KK", None), (None, "L01")):
        with pytest.raises(SentInCircle):
            await send(db, opened, "L01", service=service, to=to)
    await send(db, opened, "L01", service="KTP")
    assert (await console(db, opened, "L01")).queue == [], "called by L02, not by the one who sent"
    assert len((await console(db, opened, "L02")).queue) == 1


@pytest.mark.parametrize("state", [State.WAITING, State.MISSED, State.HELD])
async def test_the_counter_that_sent_may_call_the_visitor_back_by_number(db: Db, opened: MallId, state: State) -> None:
    ticket = await take(db, opened, "KTP")
    await call(db, opened, "L01")
    await send(db, opened, "L01", service="SKCK")
    if state is not State.WAITING:
        await call(db, opened, "L03")
        step = actions.miss if state is State.MISSED else partial(actions.hold, minutes=None)
        await act(db, opened, partial(step, code="L03"))
    await call(db, opened, "L01", ticket.number)
    row = await again(db, opened, ticket)
    assert (row.state, row.service_id, row.back_to_counter_id) == (State.CALLED, ticket.service_id, None)


async def test_one_who_is_at_the_other_counter_is_not_called_away_from_it(db: Db, opened: MallId) -> None:
    ticket = await take(db, opened, "KTP")
    await call(db, opened, "L01")
    await send(db, opened, "L01", service="SKCK")
    await call(db, opened, "L03")
    with pytest.raises(WrongState):
        await call(db, opened, "L01", ticket.number)


async def test_nobody_waits_for_a_counter_that_has_closed(db: Db, opened: MallId) -> None:
    sent, away = await take(db, opened, "KTP"), await take(db, opened, "KTP")
    await call(db, opened, "L02")
    await send(db, opened, "L02", to="L01", back=False)
    await call(db, opened, "L01", away.number)
    await send(db, opened, "L01", service="SKCK")
    await close(db, opened, "L01")
    await serve(db, opened, "L03")
    assert [item.number for item in (await console(db, opened, "L02")).queue] == [sent.number, away.number]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_who_waits_at_a_counter_that_closes_goes_back_if_nobody_else_could_call(db: Db, opened: MallId) -> None:
    ticket = await take(db, opened, "KK")
    await call(db, opened, "L01")
    await send(db, opened, "L01", to="L03")
    await close(db, opened, "L03")
    row = await again(db, opened, ticket)
    assert (row.for_counter_id, row.back_to_counter_id) == ((await counter(db, opened, "L01")).id, None)
    assert (await call(db, opened, "L01")).id == ticket.id


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_nobody_is_sent_to_a_counter_that_has_closed(db: Db, opened: MallId) -> None:
    await take(db, opened, "KTP")
    await call(db, opened, "L01")
    await close(db, opened, "L02")
    for back in (False, True):
        with pytest.raises(SentToClosed):
            await send(db, opened, "L01", to="L02", back=back)


async def test_a_service_that_knows_outcomes_wants_one_of_them(db: Db, opened: MallId) -> None:
    ticket = await take(db, opened, "HILANG")
    await call(db, opened, "L03")
    with pytest.raises(WrongState):
        await act(db, opened, partial(actions.finish, code="L03"))
    await act(db, opened, partial(actions.start, code="L03"))
    assert [one.code for one in (await console(db, opened, "L03")).outcomes] == ["selesai", "dirujuk"]
    for result, no in ((None, OutcomeNeeded), ("entah", UnknownOutcome)):
        with pytest.raises(no):
            await act(db, opened, partial(actions.finish, code="L03", result=result))
    await act(db, opened, partial(actions.finish, code="L03", result="dirujuk"))
    assert (await again(db, opened, ticket)).outcome == "dirujuk"


STEPS: list[Callable[..., Awaitable[tables.Ticket]]] = [
    actions.recall,
    actions.start,
    actions.finish,
    actions.miss,
    partial(actions.hold, minutes=None),
    partial(actions.transfer, to=Destination(service="KK", counter=None)),
]


async def test_of_two_officers_at_one_counter_the_second_is_told_no(db: Db, opened: MallId) -> None:
    first = await take(db, opened, "KTP")
    for step in STEPS:
        with pytest.raises(Overtaken):
            await act(db, opened, partial(step, code="L01", expected=first.id))
    await take(db, opened, "KTP")
    await call(db, opened, "L01")
    await act(db, opened, partial(actions.miss, code="L01", expected=first.id))
    second = await call(db, opened, "L01")
    for step in STEPS:
        with pytest.raises(Overtaken):
            await act(db, opened, partial(step, code="L01", expected=first.id))
    assert (await again(db, opened, second)).state is State.CALLED


async def test_a_console_tells_at_which_other_counters_its_officer_is(db: Db, mall: MallId) -> None:
    for code, officer in (("L01", "Maria"), ("L02", "Yosef"), ("L03", "Maria")):
        await open_(db, mall, code, officer)
    assert [row.code for row in (await console(db, mall, "L01")).also_at] == ["L03"]
    assert (await console(db, mall, "L02")).also_at == []


def note(ticket: tables.Ticket, text: str, code: str = "L01") -> Callable[[Tx], Awaitable[tables.Ticket]]:
    """Write a note at a counter."""
    write = partial(actions.write_note, code=code, text=text)
    return partial(actions.aside, code=code, ticket_id=ticket.id, act=write)


async def test_a_note_travels_with_the_ticket_and_is_erased_with_the_day(
    db: Db, opened: MallId, clock: StoppedClock
) -> None:
    ticket = await take(db, opened, "KTP")
    await call(db, opened, "L01")
    await act(db, opened, note(ticket, "kurang  fotokopi\nKK Siti"))
    assert isinstance(await look(db, opened, last_event), NoteWritten)
    await send(db, opened, "L01", to="L02", back=False)
    (item,) = (await console(db, opened, "L02")).queue
    assert (item.note, item.note_by) == ("kurang fotokopi KK Siti", "L01")
    await act(db, opened, note(ticket, "sudah lengkap", "L02"))
    (item,) = (await console(db, opened, "L02")).queue
    assert (item.note, item.note_by) == ("sudah lengkap", "L02")
    clock.forward(timedelta(hours=14))
    assert not await look(db, opened, actions.is_anything_due)
    clock.forward(timedelta(hours=2))
    assert await look(db, opened, actions.is_anything_due)
    await timekeeper.tick(hall_of(db), opened)
    async with db.read(opened) as tx:
        assert (await tx.session.scalars(select(TicketNote))).all() == []
        log = (await tx.session.scalars(select(tables.Event.body))).all()
    assert "Siti" not in " ".join(log)
    assert NotesErased(notes=1) in [events.decode(body) for body in log]


async def test_an_empty_note_takes_the_old_one_away(db: Db, opened: MallId) -> None:
    ticket = await take(db, opened, "KTP")
    for text in ("kurang fotokopi", " "):
        await act(db, opened, note(ticket, text))
    (item,) = (await console(db, opened, "L01")).queue
    assert (item.note, item.note_by) == (None, None)


async def test_a_note_is_for_tickets_of_this_counter_that_live(db: Db, opened: MallId) -> None:
    other, mine = await take(db, opened, "SKCK"), await take(db, opened, "KTP")
    await serve(db, opened, "L01")
    cases: list[tuple[TicketId, type[Refused]]] = [(other.id, NotServedHere), (mine.id, WrongState)]
    for id, no in cases:
        with pytest.raises(no):
            await act(db, opened, note(await look(db, opened, partial(store.ticket, ticket_id=id)), "x"))


async def test_an_officers_day_stands_beside_the_same_weekday_of_last_week(
    db: Db, opened: MallId, clock: StoppedClock
) -> None:
    async def day(officer: str, minutes: int) -> None:
        await take(db, opened, "KTP")
        await call(db, opened, "L01")
        await act(db, opened, partial(actions.start, code="L01"))
        clock.forward(timedelta(minutes=minutes))
        await act(db, opened, partial(actions.finish, code="L01"), officer)

    async def told(officer: str) -> list[tuple[int, int | None, int]]:
        async def question(tx: Tx) -> list[tuple[int, int | None, int]]:
            view = await shifts.shift_view(tx, hall_of(db), await store.counter(tx, "L02"), officer)
            days = [view.today, *([view.week_ago] if view.week_ago else [])]
            return [(part.served, part.average_seconds, part.absent) for part in days]

        return await look(db, opened, question)

    await day("person:1", 4)
    await day("person:1", 8)
    await day("person:2", 60)
    assert await told("person:1") == [(2, 360, 0)]
    clock.forward(timedelta(days=7) - timedelta(hours=2))
    await day("person:1", 3)
    await take(db, opened, "KTP")
    await call(db, opened, "L01")
    await act(db, opened, partial(actions.miss, code="L01"), "person:1")
    assert await told("person:1") == [(1, 180, 1), (2, 360, 0)]
    assert await told("person:3") == [(0, None, 0)]
