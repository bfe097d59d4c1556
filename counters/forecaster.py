"""Forecasts beside the server: a process of its own imports the compiler, compiles and runs.

So neither the server's start nor a call or a ticket ever waits for a forecast, and the compiler's memory comes back
when the process ends.
"""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from counters import machine_code
from counters.core.forecast.answer import Forecast
from counters.core.forecast.shapes import Moment


class Forecaster:
    """A process that foretells; it is started by the first question."""

    def __init__(self) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"), machine_code.keep)

    async def foresee(self, moment: Moment, *, seed: int = 1) -> list[Forecast]:
        """Foretell when each who waits will be called; the event loop goes on meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self._process, _foresee, moment, seed)

    def close(self) -> None:
        """End the process; questions without an answer are dropped."""
        self._process.shutdown(wait=True, cancel_futures=True)


def _foresee(moment: Moment, seed: int) -> list[Forecast]:
    from counters.core.forecast.foresee import foresee  # only this process imports the compiler

    return foresee(moment, seed=seed)
