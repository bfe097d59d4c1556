"""The whole of a forecast as one function: a tenant's state in, a range for each who waits out."""

import numpy as np

from counters.core.forecast import forward, quantiles
from counters.core.forecast.answer import Forecast
from counters.core.forecast.shapes import Bools, Moment

RUNS = 160
"""Runs for a forecast: the chance of the draws is small beside what cannot be known. 200 were not measurably better."""


def foresee(moment: Moment, wanted: Bools | None = None, *, runs: int = RUNS, seed: int = 1) -> list[Forecast]:
    """Foretell, for those who are `wanted` (n,) or for all who wait, when they will be called: minutes from now."""
    if wanted is None:
        wanted = np.ones(len(moment.line.since), np.bool_)
    if not wanted.any():
        return []
    found = forward.run(moment, wanted, runs, seed)
    table = quantiles.summary(found[:, wanted], moment.day_end - moment.now)
    return [Forecast(*row) for row in table.tolist()]
