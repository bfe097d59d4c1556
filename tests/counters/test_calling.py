"""Opening counters and calling visitors, and what is refused; on both databases."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from counters import actions
from tests.counters.desk import call, close, counter, execute, last_event, open_, pause, seq
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, again, look, take
from ticketing import tables
from ticketing.core.counter import CounterState
from ticketing.core.ids import MallId
from ticketing.core.refused import (
    CounterBusy,
    CounterClosed,
    CounterPaused,
    NotServedHere,
    QueueEmpty,
    UnknownCounter,
    UnknownTicket,
    WrongState,
)
from ticketing.core.ticket import Called, State
from ticketing.db import Db


async def test_a_counter_is_opened_paused_opened_again_and_closed(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await open_(db, mall, "L01")
    row = await counter(db, mall, "L01")
    assert (row.state, row.officer, row.since) == (CounterState.OPEN, "Maria", clock.now())
    await pause(db, mall, "L01")
    assert (await counter(db, mall, "L01")).state is CounterState.PAUSED
    await open_(db, mall, "L01")
    await close(db, mall, "L01")
    row = await counter(db, mall, "L01")
    assert (row.state, row.officer) == (CounterState.CLOSED, None)


async def test_to_say_it_twice_changes_nothing_and_logs_nothing(db: Db, mall: MallId, clock: StoppedClock) -> None:
    for step in (open_, pause, close):
        await step(db, mall, "L01")
        before = await look(db, mall, seq)
        clock.forward(timedelta(minutes=1))
        await step(db, mall, "L01")
        assert await look(db, mall, seq) == before
        await open_(db, mall, "L01")


async def test_another_officer_may_take_a_counter_over(db: Db, opened: MallId) -> None:
    await open_(db, opened, "L01", "Yosef")
    assert (await counter(db, opened, "L01")).officer == "Yosef"


async def test_a_counter_with_a_visitor_is_neither_paused_nor_closed(db: Db, opened: MallId) -> None:
    await take(db, opened, "KTP")
    await call(db, opened, "L01")
    for step in (pause, close):
        with pytest.raises(CounterBusy):
            await step(db, opened, "L01")


async def test_a_closed_counter_cannot_be_paused(db: Db, mall: MallId) -> None:
    with pytest.raises(CounterClosed):
        await pause(db, mall, "L01")


async def test_the_next_visitor_is_called_and_the_log_says_why(db: Db, opened: MallId, clock: StoppedClock) -> None:
    first = await take(db, opened, "KTP")
    clock.forward(timedelta(minutes=3))
    favoured = await take(db, opened, "KK", priority=True)
    clock.forward(timedelta(minutes=1))
    called = await call(db, opened, "L01")
    row = await again(db, opened, favoured)
    assert (called.id, row.state, row.calls, row.called_at) == (favoured.id, State.CALLED, 1, clock.now())
    assert row.counter_id == (await counter(db, opened, "L01")).id
    why = await look(db, opened, last_event)
    assert why == Called(counter_id=row.counter_id, score=300.0, runner_up=first.id, runner_up_score=240.0)


async def test_a_counter_calls_only_for_its_own_services(db: Db, opened: MallId) -> None:
    family = await take(db, opened, "KK")
    with pytest.raises(QueueEmpty):
        await call(db, opened, "L02")
    with pytest.raises(QueueEmpty):
        await call(db, opened, "L03")
    assert (await call(db, opened, "L01")).id == family.id


async def test_those_of_yesterday_are_not_called(db: Db, opened: MallId, clock: StoppedClock) -> None:
    await take(db, opened, "KTP")
    clock.forward(timedelta(days=1))
    with pytest.raises(QueueEmpty):
        await call(db, opened, "L01")


@pytest.mark.parametrize("number", [None, "B-001"])
async def test_a_counter_that_is_not_open_or_not_free_calls_nobody(db: Db, mall: MallId, number: str | None) -> None:
    await take(db, mall, "KTP")
    await take(db, mall, "KTP")
    with pytest.raises(CounterClosed):
        await call(db, mall, "L01", number)
    await open_(db, mall, "L01")
    await pause(db, mall, "L01")
    with pytest.raises(CounterPaused):
        await call(db, mall, "L01", number)
    await open_(db, mall, "L01")
    await call(db, mall, "L01", number)
    with pytest.raises(CounterBusy):
        await call(db, mall, "L01")
    with pytest.raises(UnknownCounter, match="'L09'"):
        await call(db, mall, "L09")


async def test_a_number_is_called_however_it_is_typed(db: Db, opened: MallId) -> None:
    await take(db, opened, "KTP", priority=True)
    ticket = await take(db, opened, "KTP")
    for typed in ("b1", "B 001", " b-1 "):
        assert (await call(db, opened, "L02", typed)).id == ticket.id
        assert await look(db, opened, last_event) == Called(counter_id=(await counter(db, opened, "L02")).id)
        await act(db, opened, partial(actions.miss, code="L02"))


async def test_a_number_that_is_not_there_or_not_served_here_is_not_called(db: Db, opened: MallId) -> None:
    await take(db, opened, "SKCK")
    with pytest.raises(NotServedHere):
        await call(db, opened, "L01", "C-001")
    with pytest.raises(UnknownTicket, match="no ticket B-077 today"):
        await call(db, opened, "L01", "B-077")
    with pytest.raises(UnknownTicket, match="looks like B-012"):
        await call(db, opened, "L01", "siapa")


async def test_a_held_and_a_missing_visitor_can_be_called_by_number(db: Db, opened: MallId) -> None:
    held, missed = await take(db, opened, "KTP"), await take(db, opened, "KTP")
    await call(db, opened, "L01")
    await act(db, opened, partial(actions.hold, code="L01", minutes=30))
    await call(db, opened, "L01")
    await act(db, opened, partial(actions.miss, code="L01"))
    for ticket in (held, missed):
        row = await call(db, opened, "L01", ticket.number)
        assert (row.id, row.state, row.calls, row.held_until) == (ticket.id, State.CALLED, 2, None)
        await act(db, opened, partial(actions.start, code="L01"))
        await act(db, opened, partial(actions.finish, code="L01"))
    with pytest.raises(WrongState):
        await call(db, opened, "L01", held.number)


async def test_the_database_allows_one_visitor_at_a_counter(db: Db, opened: MallId) -> None:
    await take(db, opened, "KTP")
    second = await take(db, opened, "KTP")
    called = await call(db, opened, "L01")
    crowd = update(tables.Ticket).where(tables.Ticket.id == second.id).values(counter_id=called.counter_id)
    for state in (State.CALLED, State.SERVING):
        both = crowd.values(state=state)
        with pytest.raises(IntegrityError):
            await act(db, opened, partial(execute, statement=both))
