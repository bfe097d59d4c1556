"""What an officer can do with visitors, and what is refused; on both databases."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Update, select, update
from sqlalchemy.exc import IntegrityError

from counters import actions
from counters.actions import Destination
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, again, look, take
from ticketing import store, tables
from ticketing.core import events
from ticketing.core.counter import CounterState
from ticketing.core.ids import MallId, TicketId
from ticketing.core.refused import (
    BadRequest,
    CounterBusy,
    CounterClosed,
    CounterPaused,
    NothingCalled,
    NotServedHere,
    QueueEmpty,
    Refused,
    UnknownCounter,
    UnknownService,
    UnknownTicket,
    WrongState,
)
from ticketing.core.ticket import Called, State
from ticketing.db import Db, Tx

Deed = Callable[..., Awaitable[tables.Ticket]]


@pytest.fixture
async def opened(db: Db, mall: MallId) -> MallId:
    """Open all three counters of the small mall."""
    async with db.write(mall, "test") as tx:
        for code in ("L01", "L02", "L03"):
            await actions.open_(tx, await store.counter(tx, code), "Maria")
    return mall


async def open_(db: Db, mall: MallId, code: str, officer: str = "Maria") -> None:
    async with db.write(mall, "test") as tx:
        await actions.open_(tx, await store.counter(tx, code), officer)


async def pause(db: Db, mall: MallId, code: str) -> None:
    async with db.write(mall, "test") as tx:
        await actions.pause(tx, await store.counter(tx, code))


async def close(db: Db, mall: MallId, code: str) -> None:
    async with db.write(mall, "test") as tx:
        await actions.close(tx, await store.counter(tx, code))


async def counter(db: Db, mall: MallId, code: str) -> tables.Counter:
    return await look(db, mall, partial(store.counter, code=code))


async def call(db: Db, mall: MallId, code: str, number: str | None = None) -> tables.Ticket:
    if number is None:
        return await act(db, mall, partial(actions.call_next, code=code))
    return await act(db, mall, partial(actions.call_number, code=code, number=number))


async def send(db: Db, mall: MallId, code: str, *, service: str | None = None, to: str | None = None) -> tables.Ticket:
    return await act(db, mall, partial(actions.transfer, code=code, to=Destination(service=service, counter=to)))


# opening and closing


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
        before = await look(db, mall, _seq)
        clock.forward(timedelta(minutes=1))
        await step(db, mall, "L01")
        assert await look(db, mall, _seq) == before
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


# calling


async def test_the_next_visitor_is_called_and_the_log_says_why(db: Db, opened: MallId, clock: StoppedClock) -> None:
    first = await take(db, opened, "KTP")
    clock.forward(timedelta(minutes=3))
    favoured = await take(db, opened, "KK", priority=True)
    clock.forward(timedelta(minutes=1))
    called = await call(db, opened, "L01")
    row = await again(db, opened, favoured)
    assert (called.id, row.state, row.calls, row.called_at) == (favoured.id, State.CALLED, 1, clock.now())
    assert row.counter_id == (await counter(db, opened, "L01")).id
    why = await look(db, opened, _last_event)
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
        assert await look(db, opened, _last_event) == Called(counter_id=(await counter(db, opened, "L02")).id)
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
            await act(db, opened, partial(_execute, statement=both))


# the visitor at the counter


async def test_a_visitor_is_called_again_served_and_done(db: Db, opened: MallId, clock: StoppedClock) -> None:
    ticket = await take(db, opened, "KTP")
    await call(db, opened, "L01")
    clock.forward(timedelta(minutes=1))
    assert (await act(db, opened, partial(actions.recall, code="L01"))).calls == 2
    clock.forward(timedelta(minutes=1))
    await act(db, opened, partial(actions.start, code="L01"))
    clock.forward(timedelta(minutes=8))
    await act(db, opened, partial(actions.finish, code="L01"))
    row = await again(db, opened, ticket)
    assert row.called_at is not None
    assert row.started_at is not None
    assert row.ended_at is not None
    assert (row.started_at - row.called_at, row.ended_at - row.started_at) == (
        timedelta(minutes=1),
        timedelta(minutes=8),
    )
    assert row.state is State.DONE


TO_KTP = Destination(service="KTP", counter=None)
OUT_OF_TURN: list[tuple[Deed, Sequence[Deed], type[Refused]]] = [
    (
        actions.call_next,
        [
            actions.recall,
            actions.start,
            actions.finish,
            actions.miss,
            partial(actions.hold, minutes=None),
            partial(actions.transfer, to=TO_KTP),
        ],
        NothingCalled,
    ),
    (actions.start, [actions.finish], WrongState),
    (actions.finish, [actions.recall, actions.start, actions.miss], WrongState),
]
"""What comes next, and what must not come before it."""


async def test_a_step_out_of_turn_is_refused(db: Db, opened: MallId) -> None:
    await take(db, opened, "KTP")
    for right, wrong, no in OUT_OF_TURN:
        for step in wrong:
            with pytest.raises(no):
                await act(db, opened, partial(step, code="L01"))
        await act(db, opened, partial(right, code="L01"))


async def test_one_who_was_missing_and_came_back_keeps_the_waiting_time(
    db: Db, opened: MallId, clock: StoppedClock
) -> None:
    ticket = await take(db, opened, "KTP")
    clock.forward(timedelta(minutes=9))
    await call(db, opened, "L01")
    await act(db, opened, partial(actions.miss, code="L01"))
    assert (await again(db, opened, ticket)).state is State.MISSED
    await act(db, opened, partial(actions.aside, code="L01", ticket_id=ticket.id, act=actions.restore))
    row = await again(db, opened, ticket)
    assert (row.state, row.waiting_since) == (State.WAITING, ticket.waiting_since)


async def test_one_who_was_missing_yesterday_takes_a_new_number(db: Db, opened: MallId, clock: StoppedClock) -> None:
    ticket = await take(db, opened, "KTP")
    await call(db, opened, "L01")
    await act(db, opened, partial(actions.miss, code="L01"))
    clock.forward(timedelta(days=1))
    with pytest.raises(WrongState, match="of another day"):
        await act(db, opened, partial(actions.aside, code="L01", ticket_id=ticket.id, act=actions.restore))


@pytest.mark.parametrize("minutes", [None, 15])
async def test_a_visitor_is_put_aside_and_taken_back(
    db: Db, opened: MallId, clock: StoppedClock, minutes: int | None
) -> None:
    ticket = await take(db, opened, "KTP")
    await call(db, opened, "L01")
    await act(db, opened, partial(actions.hold, code="L01", minutes=minutes))
    row = await again(db, opened, ticket)
    until = clock.now() + timedelta(minutes=15) if minutes else None
    assert (row.state, row.held_until, row.counter_id) == (State.HELD, until, None)
    with pytest.raises(QueueEmpty):
        await call(db, opened, "L01")
    await act(db, opened, partial(actions.aside, code="L02", ticket_id=ticket.id, act=actions.resume))
    row = await again(db, opened, ticket)
    assert (row.state, row.held_until, row.waiting_since) == (State.WAITING, None, ticket.waiting_since)


async def test_a_visitor_who_gives_up_is_let_go(db: Db, opened: MallId) -> None:
    ticket = await take(db, opened, "KTP")
    await act(db, opened, partial(actions.aside, code="L01", ticket_id=ticket.id, act=actions.cancel))
    assert (await again(db, opened, ticket)).state is State.CANCELLED
    with pytest.raises(WrongState):
        await act(db, opened, partial(actions.aside, code="L01", ticket_id=ticket.id, act=actions.cancel))


async def test_a_ticket_of_another_service_is_none_of_this_counters_business(db: Db, opened: MallId) -> None:
    ticket = await take(db, opened, "SKCK")
    for code, id, no in (("L01", ticket.id, NotServedHere), ("L01", TicketId(999), UnknownTicket)):
        with pytest.raises(no):
            await act(db, opened, partial(actions.aside, code=code, ticket_id=id, act=actions.cancel))


# sending on


async def test_a_visitor_is_sent_to_another_service_with_the_waiting_time_kept(
    db: Db, opened: MallId, clock: StoppedClock
) -> None:
    ticket = await take(db, opened, "KTP")
    clock.forward(timedelta(minutes=20))
    newcomer = await take(db, opened, "SKCK")
    await call(db, opened, "L01")
    await send(db, opened, "L01", service="SKCK")
    row = await again(db, opened, ticket)
    assert (row.state, row.waiting_since, row.tenant_id) == (State.WAITING, ticket.waiting_since, newcomer.tenant_id)
    assert (row.counter_id, row.for_counter_id, row.service_id) == (None, None, newcomer.service_id)
    assert row.number == ticket.number
    assert (await call(db, opened, "L03")).id == ticket.id


async def test_a_visitor_is_sent_to_one_counter_and_called_there_first(
    db: Db, opened: MallId, clock: StoppedClock
) -> None:
    sent = await take(db, opened, "KTP")
    await call(db, opened, "L01")
    clock.forward(timedelta(minutes=5))
    await act(db, opened, partial(actions.start, code="L01"))
    await send(db, opened, "L01", to="L02")
    row = await again(db, opened, sent)
    assert (row.for_counter_id, row.service_id, row.waiting_since) == (
        (await counter(db, opened, "L02")).id,
        sent.service_id,
        sent.waiting_since,
    )
    longer = await take(db, opened, "KTP", priority=True)
    clock.forward(timedelta(hours=1))
    assert (await call(db, opened, "L01")).id == longer.id, "another counter leaves the visitor to L02"
    assert (await call(db, opened, "L02")).id == sent.id


async def test_a_counter_may_call_whom_it_was_sent_though_it_does_not_serve_that(db: Db, opened: MallId) -> None:
    family = await take(db, opened, "KK")
    await call(db, opened, "L01")
    await send(db, opened, "L01", to="L02")
    assert (await call(db, opened, "L02", family.number)).id == family.id


async def test_a_visitor_is_sent_to_a_service_at_one_counter(db: Db, opened: MallId) -> None:
    ticket = await take(db, opened, "SKCK")
    await call(db, opened, "L03")
    with pytest.raises(NotServedHere):
        await send(db, opened, "L03", service="KK", to="L02")
    await send(db, opened, "L03", service="KK", to="L01")
    row = await again(db, opened, ticket)
    assert row.for_counter_id == (await counter(db, opened, "L01")).id
    assert (await call(db, opened, "L01")).id == ticket.id


async def test_a_visitor_is_sent_somewhere(db: Db, opened: MallId) -> None:
    await take(db, opened, "KTP")
    await call(db, opened, "L01")
    with pytest.raises(BadRequest, match="Say where to"):
        await send(db, opened, "L01")
    with pytest.raises(UnknownService):
        await send(db, opened, "L01", service="SIM")
    with pytest.raises(UnknownCounter):
        await send(db, opened, "L01", to="L09")


async def _execute(tx: Tx, statement: Update) -> None:
    await tx.session.execute(statement)


async def _seq(tx: Tx) -> int:
    return tx.mall.last_seq


async def _last_event(tx: Tx) -> events.AnyEvent:
    rows = await tx.session.scalars(select(tables.Event).order_by(tables.Event.seq.desc()).limit(1))
    return events.decode(rows.one().body)
