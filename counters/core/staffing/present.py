"""A tenant's hall as it stands, and the crowd that is foretold from there: plain values for another process. Pure."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from counters.core.forecast.hall_day import EARLY
from counters.core.forecast.shapes import Bools, Floats, Ints
from counters.core.staffing.shifts import LONG, LUNCH, LUNCHES, Hours

SLOT = 30.0
"""Minutes: crowds are told by half-hours."""


class Present(Struct, frozen=True, kw_only=True):
    """A tenant's hall as it stands; minutes since midnight, n who wait, C counters, S services.

    Counters are those at work, those that pause, and those that usually open later on such a day.
    """

    now: float
    at: Floats
    """(n,) since when each waits, the first to come first."""
    service: Ints
    kind: Ints
    skills: Bools
    """(C, S)"""
    free: Floats
    """(C,) when each will have finished whom it serves, or will be back, or open."""
    came: int
    """Who has taken a number so far today."""


class Crowd(Struct, frozen=True, kw_only=True):
    """When nine in ten will wait beyond the target: from when on (minutes since midnight), and how long."""

    at: float
    p90: float
    median: float
    service: int
    """Of those who come then, those for this service wait longest."""
    more: int | None
    """Counters to be opened now so that it does not come to that; None: as many as are tried are not enough."""


def back(since: float, now: float, hours: Hours, pauses: Floats) -> float:
    """Return when a counter that has paused since then will probably take visitors again.

    A break of the tenant that has begun, or was near, ends when planned; so does lunch, where officers go in turns.
    Any other pause lasts as long as those that were not over so soon, and one without equal is as good as new.
    """
    for begins, until in hours.shut:
        if begins - EARLY <= since < until:
            return max(now, until)
    is_noon = LUNCHES[0] - EARLY <= since < LUNCHES[-1] + LUNCH
    if hours.in_turns and is_noon and hours.closes - hours.opens >= LONG and now < since + LUNCH:
        return since + LUNCH
    longer = pauses[pauses > now - since]
    return float(since + longer.mean() if len(longer) else now + np.median(pauses))


def opens(past: Sequence[float], now: float) -> float:
    """Return when a counter that has not opened will probably do so, by when it did on past days; inf: it will not."""
    later = [at for at in past if at >= now]
    return float(np.median(later)) if later else np.inf
