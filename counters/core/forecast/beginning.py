"""With what a forward run begins: room for what changes in it, and each counter as it may be now. Compiled."""

from typing import NamedTuple

import numpy as np

from counters.core.forecast.compiled import compiled
from counters.core.forecast.draws import free_at
from counters.core.forecast.queue import Lanes
from counters.core.forecast.shapes import IDLE, Bools, Desk, Floats, Habits, Ints

SPREAD, SPREAD_COUNTER = 0.08, 0.06
"""How uncertain today's pace and that of each officer are (log sd): days differ by 5 to 9 %."""


class Workspace(NamedTuple):
    """What changes in a run: room that all runs of a forecast share, one after another."""

    first: Ints
    last: Ints
    after: Ints
    breaks: Floats
    checked: Floats
    pace: Floats
    free: Floats
    idle: Bools
    is_sure: Bools


def workspace(lanes: Lanes, desk: Desk) -> Workspace:
    """Make room for runs."""
    counters = len(desk.phase)
    return Workspace(
        first=np.empty_like(lanes.first),
        last=np.empty_like(lanes.last),
        after=np.empty_like(lanes.after),
        breaks=np.empty_like(desk.break_at),
        checked=np.empty(counters),
        pace=np.empty(counters),
        free=np.empty(counters),
        idle=np.empty(counters, np.bool_),
        is_sure=np.empty(counters, np.bool_),
    )


@compiled
def begin(
    now: float, desk: Desk, habits: Habits, stalled: Floats, pace: Floats, free: Floats, idle: Bools, is_sure: Bools
) -> None:
    """Draw for each counter its pace and when it can call again; tell which are idle, and which call for sure then."""
    shared = np.exp(SPREAD * np.random.standard_normal())
    for counter in range(len(pace)):
        pace[counter] = desk.pace[counter] * shared * np.exp(SPREAD_COUNTER * np.random.standard_normal())
        free[counter] = free_at(now, desk, habits, counter, pace[counter], stalled[counter])
        is_sure[counter] = desk.phase[counter] == IDLE
        idle[counter] = desk.phase[counter] == IDLE and stalled[counter] < 0
