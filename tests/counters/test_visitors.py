"""What an officer does with the visitor at the counter, and where visitors are sent; on both databases."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

import pytest

from counters import actions
from counters.actions import Destination
from tests.counters.desk import call, counter, send
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, again, take
from ticketing import tables
from ticketing.core.ids import MallId, TicketId
from ticketing.core.refused import (
    BadRequest,
    NothingCalled,
    NotServedHere,
    QueueEmpty,
    Refused,
    UnknownCounter,
    UnknownService,
    UnknownTicket,
    WrongState,
)
from ticketing.core.ticket import State
from ticketing.db import Db

Deed = Callable[..., Awaitable[tables.Ticket]]


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
