"""What boards and signs show; on both databases."""

from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from counters import actions as counters
from display import reads
from display.reads import CALLS_SHOWN
from display.views import BoardView, SignView
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, take, wita
from ticketing import malls, store
from ticketing.core.counter import CounterState
from ticketing.core.hours import HoursState
from ticketing.core.ids import MallId
from ticketing.core.mall_entries import MallFile
from ticketing.core.ticket import State
from ticketing.db import Db, Tx


@pytest.fixture
async def opened(db: Db, mall: MallId) -> MallId:
    """Open all counters."""
    async with db.write(mall, "test") as tx:
        for code in ("L01", "L02", "L03"):
            await counters.open_(tx, await store.counter(tx, code), "Maria")
    return mall


async def board(db: Db, mall: MallId, zone: str) -> BoardView:
    async def question(tx: Tx) -> BoardView:
        return await reads.board_view(tx, hall_of(db), (await store.zone(tx, zone)).id)

    return await look(db, mall, question)


async def sign(db: Db, mall: MallId, counter: str) -> SignView:
    async def question(tx: Tx) -> SignView:
        return await reads.sign_view(tx, hall_of(db), (await store.counter(tx, counter)).id)

    return await look(db, mall, question)


async def test_a_board_shows_the_newest_call_first_and_its_own_zone_only(
    db: Db, opened: MallId, clock: StoppedClock
) -> None:
    for service in ("KTP", "KTP", "SKCK", "KK"):
        await take(db, opened, service, priority=service == "SKCK")
    for code in ("L01", "L02", "L03"):
        clock.forward(timedelta(seconds=30))
        await act(db, opened, partial(counters.call_next, code=code))
    here, there = await board(db, opened, "A"), await board(db, opened, "B")
    assert [(call.number, call.counter.code, call.priority) for call in here.calls] == [
        ("B-002", "L02", False),
        ("B-001", "L01", False),
    ]
    assert [(call.number, call.tenant.code, call.priority) for call in there.calls] == [("PC-001", "POLRES", True)]
    assert [(row.code, row.number) for row in here.counters] == [("L01", "B-001"), ("L02", "B-002")]
    assert [(row.code, row.waiting) for row in here.waiting] == [("DUKCAPIL", 1)]
    assert (here.zone.code, here.hours.state, here.voice) == ("A", HoursState.OPEN, None)


async def test_a_repeat_brings_a_call_to_the_top_and_one_that_left_leaves_the_board(
    db: Db, opened: MallId, clock: StoppedClock
) -> None:
    for _ in range(2):
        await take(db, opened, "KTP")
    for code, step in (("L01", counters.call_next), ("L02", counters.call_next), ("L01", counters.recall)):
        clock.forward(timedelta(seconds=30))
        await act(db, opened, partial(step, code=code))
    assert [(call.number, call.calls) for call in (await board(db, opened, "A")).calls] == [("B-001", 2), ("B-002", 1)]
    await act(db, opened, partial(counters.hold, code="L01", minutes=None))
    await act(db, opened, partial(counters.miss, code="L02"))
    view = await board(db, opened, "A")
    assert [(call.number, call.state) for call in view.calls] == [("B-002", State.MISSED)]
    assert [row.number for row in view.counters] == [None, None]


async def test_a_board_shows_every_call_of_a_crowd_and_forgets_those_who_came_long_ago(
    db: Db, opened: MallId, clock: StoppedClock
) -> None:
    for _ in range(CALLS_SHOWN + 3):
        await take(db, opened, "KTP")
    await act(db, opened, partial(counters.call_next, code="L01"))
    for _ in range(CALLS_SHOWN + 1):
        clock.forward(timedelta(seconds=1))
        for step in (counters.call_next, counters.start, counters.finish):
            await act(db, opened, partial(step, code="L02"))
    assert len((await board(db, opened, "A")).calls) == CALLS_SHOWN + 2
    clock.forward(timedelta(minutes=1))
    later = (await board(db, opened, "A")).calls
    assert [call.number for call in later[-2:]] == ["B-003", "B-001"], "who is still called stays"
    assert len(later) == CALLS_SHOWN + 1


async def test_a_board_shows_the_notices_of_its_zone(db: Db, mall: MallId, small_mall: MallFile) -> None:
    first, *others = small_mall.zones
    told = replace(small_mall, zones=(replace(first, ticker=("Semua layanan gratis.",)), *others))
    await act(db, mall, lambda tx: malls.replace(tx, told))
    assert [(await board(db, mall, code)).ticker for code in ("A", "B")] == [["Semua layanan gratis."], []]
    assert await look(db, mall, malls.describe) == told


async def test_a_board_begins_each_day_anew(db: Db, opened: MallId, clock: StoppedClock) -> None:
    await take(db, opened, "KTP")
    for step in (counters.call_next, counters.start, counters.finish):
        await act(db, opened, partial(step, code="L01"))
    assert len((await board(db, opened, "A")).calls) == 1
    clock.at = wita(24, 7)
    view = await board(db, opened, "A")
    assert (view.calls, view.hours.state) == ([], HoursState.BEFORE_OPENING)


async def test_a_malls_label_is_shown_on_the_board(db: Db, mall: MallId, small_mall: MallFile) -> None:
    labelled = replace(small_mall, mall=replace(small_mall.mall, label="Data contoh"))
    await act(db, mall, lambda tx: malls.replace(tx, labelled))
    assert (await board(db, mall, "A")).mall.label == "Data contoh"


async def test_a_sign_shows_the_number_and_whether_it_is_called_or_served(db: Db, opened: MallId) -> None:
    view = await sign(db, opened, "L03")
    assert (view.counter.code, view.counter.zone, view.tenant.code) == ("L03", "B", "POLRES")
    assert (view.state, view.number, view.phase, view.calls) == (CounterState.OPEN, None, None, 0)
    await take(db, opened, "SKCK")
    await act(db, opened, partial(counters.call_next, code="L03"))
    view = await sign(db, opened, "L03")
    assert (view.number, view.phase, view.calls) == ("C-001", State.CALLED, 1)
    await act(db, opened, partial(counters.start, code="L03"))
    assert (await sign(db, opened, "L03")).phase is State.SERVING
