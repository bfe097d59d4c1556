"""A visitor who is late lets some others go first, once in each queue; on both databases."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import pytest

from counters import actions, policies
from counters.actions import Destination
from tests.counters.desk import call, counter, last_event, open_, send
from tests.counters.test_views import console
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, again, hall_of, look, take
from ticketing import actions as visitors
from ticketing import reads, tables
from ticketing.core.ids import MallId
from ticketing.core.policy import Policy
from ticketing.core.refused import LateAlready, LateLast, WrongState
from ticketing.core.ticket import Deferred, State
from ticketing.db import Db, Tx
from ticketing.views import TicketView


async def be_late(db: Db, mall: MallId, ticket: tables.Ticket) -> None:
    async def say(tx: Tx) -> None:
        await visitors.step_back(tx, await tx.session.get_one(tables.Ticket, ticket.id))

    await act(db, mall, say)


async def phone(db: Db, mall: MallId, ticket: tables.Ticket) -> TicketView:
    async def question(tx: Tx) -> TicketView:
        return await reads.ticket_view(tx, hall_of(db), await tx.session.get_one(tables.Ticket, ticket.id))

    return await look(db, mall, question)


async def queue(db: Db, mall: MallId, clock: StoppedClock, many: int) -> list[tables.Ticket]:
    """Let people come, a minute apart."""
    came = []
    for _ in range(many):
        came.append(await take(db, mall, "KTP"))
        clock.forward(timedelta(minutes=1))
    return came


async def test_five_others_go_first_and_nobody_else_moves(db: Db, mall: MallId, clock: StoppedClock) -> None:
    first, *others = await queue(db, mall, clock, 8)
    await open_(db, mall, "L01")
    assert (await phone(db, mall, first)).late_places == 5
    await be_late(db, mall, first)
    shown = await console(db, mall, "L01")
    order = [*others[:5], first, *others[5:]]
    assert [item.number for item in shown.queue] == [ticket.number for ticket in order]
    assert [item.number for item in shown.queue if item.deferred] == [first.number]
    late = await phone(db, mall, first)
    assert (late.ahead, late.deferred, late.late_places, late.is_soon) == (5, True, None, False)
    row = await again(db, mall, first)
    assert row.issued_at == first.issued_at, "the time of issue stays for the statistics"
    told = await look(db, mall, last_event)
    assert told == Deferred(waiting_since=row.waiting_since, places=5)


async def test_one_who_was_called_frees_the_counter_and_waits_again(db: Db, mall: MallId, clock: StoppedClock) -> None:
    first, second = await queue(db, mall, clock, 2)
    await open_(db, mall, "L01")
    await call(db, mall, "L01")
    assert (await phone(db, mall, first)).late_places == 1
    await be_late(db, mall, first)
    shown = await console(db, mall, "L01")
    assert (shown.current, [item.number for item in shown.queue]) == (None, [second.number, first.number])
    assert (await call(db, mall, "L01")).number == second.number


async def test_one_who_was_called_may_be_late_though_nobody_waits(db: Db, mall: MallId, clock: StoppedClock) -> None:
    (only,) = await queue(db, mall, clock, 1)
    await open_(db, mall, "L01")
    await call(db, mall, "L01")
    assert (await phone(db, mall, only)).late_places == 0
    await be_late(db, mall, only)
    assert (await again(db, mall, only)).state is State.WAITING


async def test_nobody_is_late_twice_in_a_queue_but_may_be_in_the_next(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    first, *_ = await queue(db, mall, clock, 3)
    await be_late(db, mall, first)
    with pytest.raises(LateAlready):
        await be_late(db, mall, first)
    await open_(db, mall, "L01")
    await call(db, mall, "L01", first.number)
    with pytest.raises(LateAlready):
        await be_late(db, mall, first)
    await send(db, mall, "L01", service="KK")
    await take(db, mall, "KK")
    sent = await phone(db, mall, first)
    assert (sent.transferred_at, sent.deferred, sent.late_places) == (clock.now(), False, 1)
    await be_late(db, mall, first)


async def test_nobody_gives_way_when_nobody_is_behind(db: Db, mall: MallId, clock: StoppedClock) -> None:
    _, last = await queue(db, mall, clock, 2)
    assert (await phone(db, mall, last)).late_places is None
    with pytest.raises(LateLast):
        await be_late(db, mall, last)


@pytest.mark.parametrize("step", [actions.start, actions.miss, partial(actions.hold, minutes=5)])
async def test_only_those_who_wait_or_are_called_may_be_late(
    db: Db, mall: MallId, clock: StoppedClock, step: Callable[..., Awaitable[tables.Ticket]]
) -> None:
    first, _ = await queue(db, mall, clock, 2)
    await open_(db, mall, "L01")
    await call(db, mall, "L01")
    await act(db, mall, partial(step, code="L01"))
    assert (await phone(db, mall, first)).late_places is None
    with pytest.raises(WrongState):
        await be_late(db, mall, first)


async def test_a_mall_may_say_that_nobody_is_late(db: Db, mall: MallId, clock: StoppedClock) -> None:
    first, _ = await queue(db, mall, clock, 2)

    async def forbid(tx: Tx) -> None:
        tx.mall.policy = Policy(late_places=0, soon_places=0)

    await act(db, mall, forbid)
    shown = await phone(db, mall, first)
    assert (shown.late_places, shown.ahead, shown.is_soon) == (None, 0, True)
    with pytest.raises(WrongState):
        await be_late(db, mall, first)


async def test_one_whom_only_this_counter_can_serve_stays_with_it(db: Db, mall: MallId, clock: StoppedClock) -> None:
    first, second = await queue(db, mall, clock, 2)
    await open_(db, mall, "L01")
    await open_(db, mall, "L03")
    await call(db, mall, "L01")
    await send(db, mall, "L01", to="L03")
    sent = await phone(db, mall, first)
    assert sent.for_counter is not None
    assert (sent.for_counter.code, sent.ahead) == ("L03", 0)
    waits = await take(db, mall, "SKCK")
    clock.forward(timedelta(minutes=1))
    await call(db, mall, "L03")
    await be_late(db, mall, first)
    assert (await again(db, mall, first)).for_counter_id == (await counter(db, mall, "L03")).id
    assert (await call(db, mall, "L03")).number == waits.number
    assert (await call(db, mall, "L01")).number == second.number


async def test_one_who_was_sent_to_a_counter_is_ahead_of_all_who_may_be_called_there(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    oldest, other = await queue(db, mall, clock, 2)
    certificate = await take(db, mall, "KK")
    await open_(db, mall, "L01")
    await open_(db, mall, "L03")
    police = await take(db, mall, "SKCK")
    await call(db, mall, "L03")
    await send(db, mall, "L03", to="L01")
    ahead = [(await phone(db, mall, ticket)).ahead for ticket in (police, oldest, other, certificate)]
    assert ahead == [0, 1, 2, 3]


async def test_phone_and_console_agree_when_a_counter_of_another_tenant_calls(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    await act(db, mall, partial(policies.change, tenant="POLRES", since=None, rules=Policy(late_places=2)))
    (first,) = await queue(db, mall, clock, 1)
    police = []
    for nth in range(5):
        police.append(await take(db, mall, "SKCK", priority=nth % 2 == 0))
        clock.forward(timedelta(minutes=3))
    await open_(db, mall, "L01")
    await open_(db, mall, "L03")
    await call(db, mall, "L01")
    await send(db, mall, "L01", to="L03")
    promised = await phone(db, mall, first)
    assert (promised.ahead, promised.late_places) == (0, 2), "as the counter's tenant says, not the ticket's"
    await be_late(db, mall, first)
    order = [item.number for item in (await console(db, mall, "L03")).queue]
    assert order.index(first.number) == (await phone(db, mall, first)).ahead == 2
    assert len(order) == len(police) + 1


async def test_whom_a_counter_sent_away_it_does_not_call_and_the_phone_does_not_count(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    away, stays = await take(db, mall, "KK"), await take(db, mall, "KK")  # L01 alone serves KK
    await open_(db, mall, "L01")
    await call(db, mall, "L01", away.number)
    await act(db, mall, partial(actions.transfer, code="L01", to=Destination(service="KTP", counter=None, back=True)))
    assert [item.number for item in (await console(db, mall, "L01")).queue] == [stays.number]
    assert (await phone(db, mall, stays)).ahead == 0
    assert (await phone(db, mall, away)).ahead == 0, "L02 calls KTP, and nobody of KK"


async def test_a_call_is_a_repeat_only_at_the_same_counter(db: Db, mall: MallId, clock: StoppedClock) -> None:
    (first,) = await queue(db, mall, clock, 1)
    await open_(db, mall, "L01")
    await open_(db, mall, "L02")
    await call(db, mall, "L01")
    assert not (await phone(db, mall, first)).called_again
    await act(db, mall, partial(actions.recall, code="L01"))
    assert (await phone(db, mall, first)).called_again
    await send(db, mall, "L01", to="L02")
    await call(db, mall, "L02")
    shown = await phone(db, mall, first)
    assert (shown.calls, shown.called_again) == (3, False)
