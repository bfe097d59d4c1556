"""What an officer sees; on both databases."""

from datetime import timedelta
from functools import partial

from counters import actions, reads
from counters.views import CounterView, NextWhy
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, pair, take
from ticketing import store
from ticketing.core.access import Role
from ticketing.core.counter import CounterState
from ticketing.core.ids import MallId
from ticketing.core.policy import ChosenBy
from ticketing.core.slip_job import SlipState
from ticketing.core.ticket import State
from ticketing.db import Db, Tx


async def open_(db: Db, mall: MallId, code: str) -> None:
    async with db.write(mall, "test") as tx:
        await actions.open_(tx, await store.counter(tx, code), "Maria")


async def console(db: Db, mall: MallId, code: str) -> CounterView:
    async def question(tx: Tx) -> CounterView:
        return await reads.counter_view(tx, hall_of(db), (await store.counter(tx, code)).id)

    return await look(db, mall, question)


async def test_a_console_shows_who_is_here_who_is_next_and_why(db: Db, mall: MallId, clock: StoppedClock) -> None:
    printer = await pair(db, mall, Role.PRINTER, "P01")
    await open_(db, mall, "L01")
    here, held, missed, waiting = [await take(db, mall, "KTP") for _ in range(4)]
    await act(db, mall, partial(actions.call_number, code="L01", number=held.number))
    await act(db, mall, partial(actions.hold, code="L01", minutes=10))
    await act(db, mall, partial(actions.call_number, code="L01", number=missed.number))
    await act(db, mall, partial(actions.miss, code="L01"))
    await act(db, mall, partial(actions.call_next, code="L01"))
    clock.forward(timedelta(minutes=2))
    favoured = await take(db, mall, "KK", priority=True, printer=printer)
    clock.forward(timedelta(minutes=1))
    view = await console(db, mall, "L01")
    assert view.current is not None
    assert (view.current.number, view.current.state, view.current.counter_minutes) == (here.number, State.CALLED, 8)
    assert [item.number for item in view.queue] == [favoured.number, waiting.number]
    assert view.next == view.queue[0]
    why = NextWhy(
        waited_seconds=60,
        weight=5.0,
        runner_up=waiting.number,
        reason=ChosenBy.CLAIM,
        cap=None,
        cost=None,
        runner_up_cost=None,
    )
    assert view.next_why == why
    assert [(item.number, item.held_until is not None) for item in view.held] == [(held.number, True)]
    assert [item.number for item in view.missed] == [missed.number]
    assert [item.slip.state if item.slip else None for item in view.queue] == [SlipState.WAITING, None]
    assert (view.counter.state, view.counter.officer, view.served_today) == (CounterState.OPEN, "Maria", 0)


async def test_a_console_counts_who_was_served_here_today(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await open_(db, mall, "L01")
    for _ in range(2):
        await take(db, mall, "KTP")
        for step in (actions.call_next, actions.start, actions.finish):
            await act(db, mall, partial(step, code="L01"))
    assert (await console(db, mall, "L01")).served_today == 2
    assert (await console(db, mall, "L02")).served_today == 0
    clock.forward(timedelta(days=1))
    assert (await console(db, mall, "L01")).served_today == 0


async def test_an_empty_console_shows_where_visitors_can_be_sent(db: Db, mall: MallId) -> None:
    view = await console(db, mall, "L02")
    assert (view.current, view.next, view.next_why, view.queue) == (None, None, None, [])
    assert [service.code for service in view.counter.services] == ["KTP"]
    assert {service.code for service in view.all_services} == {"KTP", "KK", "SKCK", "HILANG"}
    assert [(row.code, row.zone, row.tenant) for row in view.all_counters] == [
        ("L01", "A", "DUKCAPIL"),
        ("L02", "A", "DUKCAPIL"),
        ("L03", "B", "POLRES"),
    ]


async def test_one_who_was_sent_here_stands_first_and_names_the_counter(db: Db, mall: MallId) -> None:
    await open_(db, mall, "L01")
    await open_(db, mall, "L02")
    sent, _ = await take(db, mall, "KK"), await take(db, mall, "KTP", priority=True)
    await act(db, mall, partial(actions.call_number, code="L01", number=sent.number))
    to = actions.Destination(service=None, counter="L02")
    await act(db, mall, partial(actions.transfer, code="L01", to=to))
    assert [(item.number, item.for_counter) for item in (await console(db, mall, "L02")).queue] == [
        (sent.number, "L02"),
        ("PB-001", None),
    ]
    assert [item.number for item in (await console(db, mall, "L01")).queue] == ["PB-001"]


async def test_the_list_of_counters_says_how_they_run(db: Db, mall: MallId) -> None:
    await open_(db, mall, "L03")
    lines = await look(db, mall, reads.counter_lines)
    assert [(line.code, line.state, line.officer, sorted(line.services)) for line in lines] == [
        ("L01", CounterState.CLOSED, None, ["KK", "KTP"]),
        ("L02", CounterState.CLOSED, None, ["KTP"]),
        ("L03", CounterState.OPEN, "Maria", ["HILANG", "SKCK"]),
    ]
