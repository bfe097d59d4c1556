"""The question of how many counters a tenant needs, from its kept days and what the mall file says. Pure."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from counters.core.forecast import learn
from counters.core.forecast.facts import Facts
from counters.core.forecast.plan import PlannedCounter, PlannedTenant
from counters.core.forecast.shapes import Bools, Floats, Rules
from counters.core.staffing.load import Workload
from counters.core.staffing.question import Question
from counters.core.staffing.search import Bounds
from counters.core.staffing.shifts import Hours, least
from mpp.core import past
from mpp.core.frame import Columns
from ticketing.core import policy
from ticketing.core.policy import Policy

FEWEST_DAYS = 5
"""Days with visitors below which nothing is said: a week shows the weekdays once."""

MORE = 4
"""Counters beyond those that there are, up to which the search goes: to say how many would be needed."""


class Desks(Struct, frozen=True, kw_only=True):
    """A tenant as the mall file describes it: service ids with their promised minutes, and who serves what."""

    minutes: dict[int, int]
    counters: tuple[frozenset[int], ...]
    """The services of each counter."""
    rules: Policy


def question(of: Columns, desks: Desks, hours: Hours, weekday: int, target: int) -> Question | None:
    """Return what to ask; None where there are too few days, or no counters, to say anything."""
    services = {id: at for at, id in enumerate(desks.minutes)}
    skilled = order(desks, services)
    crowds = past.crowds(of, _served_by(skilled, services), hours, weekday)
    if len(crowds.days) < FEWEST_DAYS or not skilled:
        return None
    facts = past.facts(of, services, hours)
    found = learn.learn(_planned(desks, services, hours), facts, _weights(desks.rules), 0.0)
    slots = hours.slots()
    covering, most = cover(skilled), len(skilled) + min(MORE, len(skilled))
    staffed = past.usual(of, hours, weekday)
    return Question(
        past=crowds.days,
        habits=found.habits._replace(rules=rules(desks)),
        skills=_skills(skilled, most, len(services)),
        hours=hours,
        bounds=Bounds(least(len(skilled), covering, len(slots)), (most,) * len(slots)),
        workload=_workload(found.means, facts),
        spread=crowds.spread,
        variation=_variation(facts),
        pace_spread=learn.BETWEEN_DAYS,
        target=float(target),
        usual=tuple(min(len(skilled), max(covering, round(many))) for many in staffed) if any(staffed) else (),
    )


def order(desks: Desks, services: dict[int, int]) -> list[frozenset[int]]:
    """Return the services (by number) of the counters in the order of opening.

    First whoever adds most services that nobody serves yet, so that few counters serve all; then whoever serves most.
    """
    left = [frozenset(services[one] for one in can if one in services) for can in desks.counters]
    left = [can for can in left if can]
    found: list[frozenset[int]] = []
    served: set[int] = set()
    while left:
        best = max(left, key=lambda can: (len(can - served), len(can)))
        left.remove(best)
        found.append(best)
        served |= best
    return found


def cover(skilled: Sequence[frozenset[int]]) -> int:
    """Return how many of the first counters together serve all that any of them serves."""
    every, served = frozenset().union(*skilled), frozenset[int]()
    for many, can in enumerate(skilled, 1):
        served |= can
        if served == every:
            return many
    return len(skilled)


def rules(desks: Desks) -> Rules:
    """Return the policy in force as a simulation takes it: ordinary visitors are class 0, the favoured 1."""
    of = desks.rules
    middle = sum(desks.minutes.values()) / len(desks.minutes)
    return Rules(
        _weights(of),
        np.array([policy.head_start(of, is_priority=is_).total_seconds() / 60 for is_ in (False, True)]),
        np.array([policy.favour(of, minutes, middle) for minutes in desks.minutes.values()]),
    )


def _weights(of: Policy) -> Floats:
    return np.array([policy.weight(of, is_priority=is_) for is_ in (False, True)])


def _served_by(skilled: Sequence[frozenset[int]], services: dict[int, int]) -> dict[int, int]:
    served = frozenset[int]().union(*skilled)
    return {id: at for id, at in services.items() if at in served}


def _planned(desks: Desks, services: dict[int, int], hours: Hours) -> PlannedTenant:
    counters = tuple(
        PlannedCounter(
            services=tuple(sorted(services[one] for one in can if one in services)),
            opens=hours.opens,
            closes=hours.closes,
        )
        for can in desks.counters
    )
    return PlannedTenant(minutes=tuple(float(one) for one in desks.minutes.values()), counters=counters)


def _skills(skilled: Sequence[frozenset[int]], most: int, services: int) -> Bools:
    """Return who serves what; counters that there are not yet would serve all."""
    skills = np.ones((most, services), np.bool_)
    for row, can in enumerate(skilled):
        skills[row] = [at in can for at in range(services)]
    return skills


def _workload(means: Floats, facts: Facts) -> Workload:
    mix = np.bincount([one.service for one in facts.arrivals], minlength=len(means)) + 1e-9
    paused = sum(facts.pauses)
    return Workload(
        service=float((means * mix).sum() / mix.sum()),
        gap=float(np.mean(facts.gaps)) if facts.gaps else 0.0,
        no_show=float(np.mean([not one.came for one in facts.outcomes])) if facts.outcomes else 0.0,
        in_vain=float(np.mean(facts.in_vain)) if facts.in_vain else 0.0,
        paused=min(0.5, paused / (paused + facts.minutes_open)) if facts.minutes_open > 0 else 0.0,
    )


def _variation(facts: Facts) -> float:
    minutes = np.array([one.minutes for one in facts.served])
    return float(minutes.std() / minutes.mean()) if len(minutes) >= learn.ENOUGH else learn.NOISE
