"""Forecasts beside the server."""

import asyncio

from counters.core.forecast import foresee
from counters.forecaster import Forecaster
from tests.counters.core.forecast.halls import desk, habits, line, moment

STATE = moment(line((0, 0, 3), (0, 1, 2), (0, 0, 1)), desk((0,)), habits(10.0))


async def test_another_process_foretells_the_same_while_the_loop_goes_on() -> None:
    forecaster = Forecaster()
    turns = 0
    try:
        question = asyncio.create_task(forecaster.foresee(STATE, seed=7))
        while not question.done():
            await asyncio.sleep(0.001)
            turns += 1
        assert question.result() == foresee.foresee(STATE, seed=7)
        assert turns > 20
    finally:
        forecaster.close()


def test_nobody_waits_and_nothing_is_foretold() -> None:
    assert foresee.foresee(moment(line(), desk((0,)), habits(10.0))) == []
