"""Crowds that are coming: the next hours lived many times from the hall as it stands, while there is time to act.

Who waits now waits on; who is still to come is drawn from whole past days, made as crowded as this day has been so far.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from counters.core.forecast.shapes import Bools, Floats, Ints
from counters.core.simulation import drawn, shapes
from counters.core.simulation.day import simulate
from counters.core.simulation.drawn import Demand
from counters.core.simulation.shapes import Day, Visitors
from counters.core.staffing import crowd
from counters.core.staffing.present import SLOT, Crowd, Present
from counters.core.staffing.question import Question
from counters.core.staffing.trial import NEVER

RUNS = 60

WITHIN = 120.0
"""Minutes ahead that are looked at: what is further away can be said again later, and better."""

FEW = RUNS // 3
"""Visitors of a half-hour in all runs together below which nothing is said: hardly anybody comes then."""

MOST_MORE = 3
"""Counters that are tried in addition."""

PRIOR = 10.0
"""Visitors by which a day that has hardly begun counts as a usual one."""

TAMEST, WILDEST = 0.5, 2.0
"""How much less or more crowded than usual a day is believed to become."""


class _Run(Struct, frozen=True):
    """One way in which the day may go on, without its counters."""

    visitors: Visitors
    pace: float
    pause_at: Floats
    pause_minutes: Floats


class _Wave(Struct, frozen=True):
    at: float
    p90: float
    median: float
    service: int


def coming(of: Question, present: Present) -> Crowd | None:
    """Return the first half-hour within WITHIN in which waits go beyond the target; None: there is none.

    It says nothing of services that nobody at work serves: that is seen without looking ahead.
    """
    if not len(present.skills):
        return None
    chance = np.random.default_rng(1)
    runs = [_run(chance, of, present, demand) for demand in drawn.again(chance, of.past, RUNS)]
    wave = _wave(of, present, runs, 0)
    if wave is None:
        return None
    enough = (more for more in range(1, MOST_MORE + 1) if _wave(of, present, runs, more) is None)
    return Crowd(at=wave.at, p90=wave.p90, median=wave.median, service=wave.service, more=next(enough, None))


def _run(chance: np.random.Generator, of: Question, present: Present, demand: Demand) -> _Run:
    usual = float(np.mean([np.count_nonzero(one.at <= present.now) for one in of.past]))
    factor = float(np.clip((present.came + PRIOR) / (usual + PRIOR), TAMEST, WILDEST))
    alike = drawn.scaled(chance, demand, factor)
    later = alike.at > present.now
    whole = Demand(
        np.concatenate((present.at, alike.at[later])),
        np.concatenate((present.service, alike.service[later])),
        np.concatenate((present.kind, alike.kind[later])),
    )
    most = len(present.skills) + MOST_MORE
    begins, ends = np.full(most, present.now), np.full(most, max(present.now, of.hours.closes))
    return _Run(
        drawn.visitors(chance, whole, of.habits),
        float(np.exp(of.pace_spread * chance.standard_normal())),
        *drawn.pauses(chance, of.habits, begins, ends),
    )


def _wave(of: Question, present: Present, runs: Sequence[_Run], more: int) -> _Wave | None:
    """Return the first half-hour beyond the target with so many counters more, which serve all."""
    skills = np.vstack((present.skills, np.ones((more, present.skills.shape[1]), np.bool_)))
    free = np.concatenate((present.free, np.full(more, present.now)))
    courses = simulate((_staffed(of, present, run, skills, free) for run in runs), of.habits.rules, of.habits.odds)
    at = np.concatenate([run.visitors.at for run in runs])
    service = np.concatenate([run.visitors.service for run in runs])
    wait = np.concatenate([_wait(of, run, course.called) for run, course in zip(runs, courses, strict=True)])
    is_served = np.any(present.skills, axis=0, keepdims=True)[0, service]
    for begins in np.arange(present.now // SLOT * SLOT, min(present.now + WITHIN, of.hours.closes), SLOT):
        meant = is_served & (at > present.now) & (at >= begins) & (at < begins + SLOT)
        if np.count_nonzero(meant) < FEW:
            continue
        p90 = float(np.quantile(wait[meant], 0.9))
        if p90 > of.target:
            return _Wave(float(begins), p90, float(np.median(wait[meant])), _slowest(service[meant], wait[meant]))
    return None


def _staffed(of: Question, present: Present, run: _Run, skills: Bools, free: Floats) -> Day:
    """Put the counters into a run: those at work, breaks of the tenant, and the pauses that were drawn."""
    many = len(skills)
    shut = [(max(since, present.now), until) for since, until in of.hours.shut if until > present.now]
    breaks = np.array([since for since, _ in shut]), np.array([until - since for since, until in shut])
    desk = shapes.desk(
        skills,
        free,
        np.full(many, max(present.now, of.hours.closes)),
        np.full(many, run.pace),
        np.hstack((np.tile(breaks[0], (many, 1)), run.pause_at[:many])),
        np.hstack((np.tile(breaks[1], (many, 1)), run.pause_minutes[:many])),
    )
    return Day(run.visitors, desk, of.hours.closes)


def _wait(of: Question, run: _Run, called: Floats) -> Floats:
    """Return the waits that count: less the breaks in which the tenant is shut."""
    begins = crowd.counts_from(run.visitors.at, of.hours)
    wait = np.maximum(0.0, called - begins)
    for since, until in of.hours.shut:
        wait = wait - np.maximum(0.0, np.minimum(called, until) - np.maximum(begins, since))
    found: Floats = np.where(np.isfinite(wait), wait, NEVER)
    return found


def _slowest(service: Ints, wait: Floats) -> int:
    """Return the service whose visitors wait longest on average."""
    counts = np.bincount(service)
    means = np.bincount(service, wait) / np.maximum(1, counts)
    return int(means.argmax())
