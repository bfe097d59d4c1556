"""Plans tried on simulated days: the same visitors, services and pauses for every plan, so that only the plan differs.

Demand is that of whole past days, drawn again (Efron 1979, bootstrap): the hours of one day hang together. It is run by
the engine of `counters.core.simulation`, so by the policy of the live hall.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from counters.core.forecast.shapes import Bools, Floats, Ints
from counters.core.simulation import drawn, shapes
from counters.core.simulation.day import simulate
from counters.core.simulation.drawn import Demand
from counters.core.simulation.shapes import Course, Day, Visitors
from counters.core.staffing import crowd, load
from counters.core.staffing.question import Answer, Question
from counters.core.staffing.search import Plan, Trial, search
from counters.core.staffing.shifts import Hours, Shift, shifts

DAYS = 400
"""On which a plan is tried: with 200, plans failed up to four hours on fresh days."""

NEVER = 1440.0
"""Minutes of waiting of one whom no counter called."""


class Drawn(NamedTuple):
    """A day without its counters."""

    visitors: Visitors
    counts_from: Floats
    """(n,) when each one's waiting begins to count: at the number, or when the tenant opens."""
    slot: Ints
    """(n,) the hour of it, by its place in the plan."""
    pace: float
    pause_at: Floats
    """(C, P) unplanned pauses of each counter; inf none."""
    pause_minutes: Floats


class Trials:
    """Days drawn by chance, on which plans are tried."""

    def __init__(self, of: Question, demand: Sequence[Demand], chance: np.random.Generator) -> None:
        self._of = of
        self._days = [_draw(chance, of, one) for one in demand]
        self._slot = np.concatenate([day.slot for day in self._days])
        self._day = np.repeat(np.arange(len(demand)), [len(day.slot) for day in self._days])

    def run(self, plan: Plan) -> Trial:
        """Return how a plan does."""
        rows = shifts(plan, self._of.hours)
        which = np.array([row.counter for row in rows], np.int64)
        skills = self._of.skills[which]
        days = [_staffed(day, rows, which, skills, self._of.hours.closes) for day in self._days]
        courses = simulate(days, self._of.habits.rules, self._of.habits.odds)
        wait = np.concatenate(
            [_wait(day, course, self._of.hours) for day, course in zip(self._days, courses, strict=True)]
        )
        return _told(wait, self._day, self._slot, len(days), len(plan), self._of.target)


def answer(question: Question, is_over: Callable[[], bool] = lambda: False, days: int = DAYS) -> Answer:
    """Find the counters that are needed, and try them, and those that are usual, on days that the search never saw."""
    chance, anew = np.random.default_rng(1), np.random.default_rng(2)
    trials = Trials(question, drawn.again(chance, question.past, days), chance)
    found = search(formula(question), question.bounds, trials.run, question.target, is_over)
    fresh = Trials(question, drawn.again(anew, question.past, days), anew)
    return Answer(
        found=found, fresh=fresh.run(found.plan), usual=fresh.run(question.usual) if any(question.usual) else None
    )


def formula(of: Question) -> Plan:
    """Return where the search begins: the formula for a busy day."""
    dense = crowd.density(of.past, of.hours)
    return load.plan(dense, load.effective_minutes(of.workload), of.target, of.spread, variation=of.variation)


def _draw(chance: np.random.Generator, of: Question, demand: Demand) -> Drawn:
    counters = len(of.skills)
    begins = crowd.counts_from(demand.at, of.hours)
    opens, closes = np.full(counters, of.hours.opens), np.full(counters, of.hours.closes)
    return Drawn(
        drawn.visitors(chance, demand, of.habits),
        begins,
        crowd.slot(begins, of.hours.slots()),
        float(np.exp(of.pace_spread * chance.standard_normal())),
        *drawn.pauses(chance, of.habits, opens, closes),
    )


def _staffed(day: Drawn, rows: list[Shift], which: Ints, skills: Bools, day_end: float) -> Day:
    """Put counters into a day."""
    opens, closes = np.array([row.opens for row in rows]), np.array([row.closes for row in rows])
    at = day.pause_at[which]
    inside = np.where((at >= opens[:, None]) & (at < closes[:, None]), at, np.inf)
    desk = shapes.desk(skills, opens, closes, np.full(len(rows), day.pace), inside, day.pause_minutes[which])
    return Day(day.visitors, desk, day_end)


def _wait(day: Drawn, course: Course, hours: Hours) -> Floats:
    """Return the waits that count: less the breaks in which the tenant is shut."""
    wait = np.maximum(0.0, course.called - day.counts_from)
    for since, until in hours.shut:
        spent = np.minimum(course.called, until) - np.maximum(day.counts_from, since)
        wait = wait - np.maximum(0.0, spent)
    found: Floats = np.where(np.isfinite(wait), wait, NEVER)
    return found


def _told(wait: Floats, day: Ints, slot: Ints, days: int, slots: int, target: float) -> Trial:
    """Put waits into figures."""
    is_late = wait > target
    cell = day * slots + slot
    came = np.bincount(cell, minlength=days * slots).reshape(days, slots)
    late = np.bincount(cell, is_late, minlength=days * slots).reshape(days, slots)
    by_slot = [wait[slot == one] for one in range(slots)]
    breaks = late > load.MOST_LATE * came
    whole = late.sum(axis=1) > load.MOST_LATE * came.sum(axis=1)
    return Trial(
        p90=tuple(float(np.quantile(one, 0.9)) if len(one) else None for one in by_slot),
        breaks=tuple(breaks.mean(axis=0).tolist()),
        day_p90=float(np.quantile(wait, 0.9)) if len(wait) else 0.0,
        day_breaks=float(whole.mean()),
        late=float(is_late.mean()) if len(wait) else 0.0,
    )
