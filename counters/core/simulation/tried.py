"""What a manager tries out on days that were: other hours, more or fewer counters. The policy is tried by `day`."""

import numpy as np
from msgspec import Struct

from counters.core.forecast.shapes import Floats
from counters.core.simulation import shapes
from counters.core.simulation.past import Then
from counters.core.simulation.shapes import Day

TOGETHER = 60.0
"""Counters that open within so many minutes of the first one open with the mall."""


class Tried(Struct, frozen=True, kw_only=True):
    """Minutes by which counters open earlier and close later (negative: the other way), and how many more there are."""

    open_earlier: int = 0
    close_later: int = 0
    more_counters: int = 0


def changed(then: Then, tried: Tried) -> Day:
    """Return the day with what is tried; the visitors come as they did."""
    day = _counters(then, tried.more_counters)
    if tried.open_earlier:
        day = _opening(day, tried.open_earlier)
    return _closing(day, tried.close_later) if tried.close_later else day


def _opening(day: Day, earlier: float) -> Day:
    opens = day.desk.opens
    moved = np.where(opens <= opens.min(initial=np.inf) + TOGETHER, opens - earlier, opens)
    return day._replace(desk=day.desk._replace(opens=moved), begins=day.begins - earlier)


def _closing(day: Day, later: float) -> Day:
    """Move the closing of those that stayed longest; before, nobody stays until all are called."""
    closes = day.desk.closes
    if np.isinf(day.ends):
        last = closes[np.isfinite(closes)].max(initial=0.0)
        moved = np.where(closes >= last - TOGETHER, closes + later, closes)
        return day._replace(desk=day.desk._replace(closes=moved))
    if later > 0:
        return day  # those who are there to the end stay until nobody waits anyway
    moved = np.where(closes >= day.ends, day.ends + later, closes)
    return day._replace(desk=day.desk._replace(closes=moved), ends=np.inf)


def _counters(then: Then, more: int) -> Day:
    """Add counters that serve everything, as the busiest one did its day, or leave out those that called fewest."""
    day, desk = then.day, then.day.desk
    calls = np.bincount(then.course.counter[then.course.counter >= 0], minlength=len(desk.opens))
    order = np.argsort(-calls, kind="stable")
    if more <= 0:
        kept = np.sort(order[: max(1, len(order) + more)])
        skills = desk.skills[kept]
    else:
        kept = np.concatenate((np.arange(len(order)), np.full(more, order[0])))
        skills = np.concatenate((desk.skills, np.ones((more, desk.skills.shape[1]), np.bool_)))

    def of(part: Floats) -> Floats:
        return part[kept]

    crew = shapes.desk(
        skills, of(desk.opens), of(desk.closes), of(desk.pace), of(desk.break_at), of(desk.break_minutes)
    )
    return day._replace(desk=crew)
