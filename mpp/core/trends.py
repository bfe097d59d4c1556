"""What charts show: arrivals by weekday and hour, waits by day, how waits are spread. Pure; small groups withheld."""

from datetime import date

import numpy as np
from msgspec import Struct

from mpp.core import disclosure, figures, frame
from mpp.core.frame import Columns

BINS = (5, 10, 15, 20, 30, 45, 60, 90, 120)
"""Upper ends, in minutes, of the bars of a distribution; the last bar has none. Narrow where most waits are."""


class Cell(Struct, frozen=True):
    """Numbers given out in an hour of a weekday (Monday is 0), over the whole period; None is withheld."""

    weekday: int
    hour: int
    arrivals: int | None


class Point(Struct, frozen=True, kw_only=True):
    """A day: numbers given out, and the wait in seconds; None is withheld, or nobody was called."""

    day: date
    arrivals: int | None
    median: float | None
    p90: float | None


def arrivals(of: Columns, smallest: int) -> list[Cell]:
    """Count the numbers given out in each hour of the week in which there were any."""
    first = of.legs["is_first"] == 1
    keys, counts = np.unique(frame.weekday(of.leg_days[first]) * 24 + frame.hour(of.legs[first]), return_counts=True)
    hidden = disclosure.withheld(counts.tolist(), smallest)
    return [
        Cell(int(key) // 24, int(key) % 24, None if at in hidden else int(counts[at])) for at, key in enumerate(keys)
    ]


def daily(of: Columns, smallest: int) -> list[Point]:
    """Return the days on which there was anybody, oldest first."""
    days, groups = np.unique(of.leg_days, return_inverse=True)
    counts = np.bincount(groups, minlength=len(days))
    came = np.bincount(groups[of.legs["is_first"] == 1], minlength=len(days))
    waits = figures.spreads(of.legs["wait"], groups, len(days), smallest)
    hidden = disclosure.withheld(counts.tolist(), smallest)
    return [
        Point(
            day=date.fromordinal(int(day)),
            arrivals=None if at in hidden else int(came[at]),
            median=None if at in hidden or (wait := waits[at]) is None else wait.median,
            p90=None if at in hidden or (wait := waits[at]) is None else wait.p90,
        )
        for at, day in enumerate(days)
    ]


def distribution(of: Columns, smallest: int) -> list[int | None]:
    """Count the waits to the first call in each bar of BINS; None is withheld."""
    values = of.legs["wait"]
    bars = np.searchsorted(np.array(BINS) * 60, values[values >= 0], side="left")
    counts = np.bincount(bars, minlength=len(BINS) + 1).tolist()
    hidden = disclosure.withheld(counts, smallest)
    return [None if at in hidden else n for at, n in enumerate(counts)]
