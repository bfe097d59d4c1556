"""What happens to tickets as time passes; on both databases."""

from datetime import timedelta
from functools import partial

from sqlalchemy import select, update

from counters import actions as counters
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, again, look, take, wita
from ticketing import actions, due, tables
from ticketing.core.ids import MallId
from ticketing.core.policy import Policy
from ticketing.core.ticket import State
from ticketing.db import Db, Tx
from ticketing.standings import standing


async def hold(db: Db, mall: MallId, minutes: int | None) -> tables.Ticket:
    """Call the next to L01 and put the visitor aside."""
    await act(db, mall, lambda tx: counters.call_next(tx, "L01"))
    return await act(db, mall, lambda tx: counters.hold(tx, "L01", minutes))


async def opened(tx: Tx) -> None:
    for row in await tx.session.scalars(select(tables.Counter)):
        await counters.open_(tx, row, "Maria")


async def test_a_held_ticket_comes_back_when_its_time_has_come(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await act(db, mall, opened)
    timed, untimed = await take(db, mall, "KTP"), await take(db, mall, "KTP")
    assert (await hold(db, mall, 10)).id == timed.id
    assert (await hold(db, mall, None)).id == untimed.id
    clock.forward(timedelta(minutes=10) - timedelta(seconds=1))
    assert not await look(db, mall, due.is_anything)
    clock.forward(timedelta(seconds=1))
    assert await look(db, mall, due.is_anything)
    assert await act(db, mall, actions.resume_due) == 1
    back = await again(db, mall, timed)
    assert (back.state, back.waiting_since, back.held_until) == (State.WAITING, timed.waiting_since, None)
    assert (await again(db, mall, untimed)).state is State.HELD


async def test_the_day_ends_for_every_open_ticket_at_the_malls_midnight(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    await act(db, mall, opened)
    served, called, missed, held, waiting, gone = [await take(db, mall, code) for code in ("KTP",) * 6]
    async with db.write(mall, "test") as tx:
        await actions.cancel(tx, await tx.session.get_one(tables.Ticket, gone.id))
    for steps in ((counters.start, counters.finish), (counters.miss,), ()):
        await act(db, mall, lambda tx: counters.call_next(tx, "L01"))
        for step in steps:
            await act(db, mall, partial(step, code="L01"))
    await act(db, mall, lambda tx: counters.hold(tx, "L01", None))
    await act(db, mall, lambda tx: counters.call_next(tx, "L01"))
    clock.at = wita(24, 0) - timedelta(seconds=1)
    assert await act(db, mall, actions.expire_days) == 0
    clock.at = wita(24, 0)
    assert await act(db, mall, actions.expire_days) == 4
    states = [(await again(db, mall, ticket)).state for ticket in (served, called, missed, held, waiting, gone)]
    assert states == [State.DONE, *[State.EXPIRED] * 4, State.CANCELLED]
    assert await act(db, mall, actions.expire_days) == 0


async def test_counters_left_open_are_closed_on_the_next_day_only(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await act(db, mall, opened)
    clock.at = wita(23, 23, 59)
    assert await act(db, mall, counters.close_left_open) == 0
    clock.at = wita(24, 0)
    assert await look(db, mall, due.is_anything)
    assert await act(db, mall, counters.close_left_open) == 3
    assert not await look(db, mall, due.is_anything)


async def test_those_with_the_higher_claim_are_ahead(db: Db, mall: MallId, clock: StoppedClock) -> None:
    first = await take(db, mall, "KTP")
    clock.forward(timedelta(minutes=4))
    second = await take(db, mall, "KK")
    favoured = await take(db, mall, "KTP", priority=True)
    other = await take(db, mall, "SKCK")

    async def places() -> list[int | None]:
        return [(await look(db, mall, partial(standing, row=t))).ahead for t in (first, second, favoured, other)]

    assert await places() == [0, 1, 2, 0]
    clock.forward(timedelta(minutes=1, seconds=1))
    assert await places() == [1, 2, 0, 0], "a minute of the favoured counts five"
    fair = update(tables.Mall).values(policy=Policy(priority_weight=1.0))
    await act(db, mall, lambda tx: tx.session.execute(fair))
    assert await places() == [0, 1, 2, 0]
    async with db.write(mall, "test") as tx:
        await actions.cancel(tx, await tx.session.get_one(tables.Ticket, first.id))
    gone = await again(db, mall, first)
    assert (await look(db, mall, lambda tx: standing(tx, gone))).ahead is None
