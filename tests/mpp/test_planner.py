"""The search beside the hall: one at a time, the same question once, and no more than can be answered."""

import asyncio
import multiprocessing

import pytest

from counters.core.staffing.shifts import Hours
from mpp.planner import IN_LINE, Planner
from tests.counters.core.staffing.test_trial import ask, demand
from ticketing.core.refused import TooManyRequests

HOURS = Hours(480, 540)


@pytest.mark.slow
async def test_a_question_is_searched_once_and_remembered() -> None:
    planner = Planner()
    question = ask(demand(480, 481), hours=HOURS)
    one, other = await asyncio.gather(planner.answer(question), planner.answer(question))
    assert one is other
    assert await planner.answer(question) is one
    assert one.found.plan == (1,)
    assert one.fresh.p90[0] == pytest.approx(9.0)
    assert not multiprocessing.active_children()


async def test_searches_that_nobody_can_wait_for_are_refused_and_end_with_the_server() -> None:
    planner = Planner()
    asked = [asyncio.ensure_future(planner.answer(ask(demand(480, 481 + n), hours=HOURS))) for n in range(IN_LINE)]
    await asyncio.sleep(0)
    with pytest.raises(TooManyRequests):
        await planner.answer(ask(demand(500), hours=HOURS))
    await planner.close()
    assert all(isinstance(one, asyncio.CancelledError) for one in await asyncio.gather(*asked, return_exceptions=True))
    assert not multiprocessing.active_children()
