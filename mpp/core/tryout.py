"""Days gone by, lived again under other rules, hours and counters, beside what happened. It imports the compiler."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from counters.core.forecast.shapes import Habits, Odds, Rules
from counters.core.simulation import past
from counters.core.simulation.day import one as live
from counters.core.simulation.look_ahead import Ahead
from counters.core.simulation.outcome import outcome
from counters.core.simulation.past import Then
from counters.core.simulation.shapes import Course, Day
from counters.core.simulation.tried import Tried, changed
from mpp.core import records
from mpp.core.ask import Asked, Compared, Mode
from mpp.core.packed import Kept
from ticketing.core.mall_entries import rules_of
from ticketing.core.policy import Policy

NOBODY_AWAY = Odds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""Who came and who did not is known."""

SEED = 20_261_122
"""For what is not known of a visitor; the same question has the same answer."""


def try_out(asked: Asked) -> Compared | None:
    """Return what happened, its simulation, and that of what is tried; None when nobody came."""
    found = _records(asked.kept, asked.openings, asked)
    if not found:
        return None
    habits = records.known([record for _, record in found], asked.place)
    usual = [
        habits.durations[habits.begins[service] : habits.begins[service + 1]]
        for service in range(len(asked.place.services))
    ]
    chance = np.random.default_rng(SEED)
    days = {day: past.again(record, usual, chance) for day, record in found}
    targets = np.full(len(records.KINDS), float(asked.target_minutes))
    then = [one.day for one in days.values()]
    as_it_was = _live(days, then, asked.policies, asked, None)
    way = asked.way
    other = {day: rules_of(way.policy) if way.policy else asked.policies[day] for day in days}
    moved = Tried(open_earlier=way.open_earlier, close_later=way.close_later, more_counters=way.more_counters)
    new = [changed(one, moved) for one in days.values()]
    return Compared(
        happened=outcome(then, [one.course for one in days.values()], targets),
        as_it_was=outcome(then, as_it_was, targets),
        tried=outcome(new, _live(days, new, other, asked, habits), targets),
    )


def _records(kept: Sequence[Kept], openings: Mapping[date, float], asked: Asked) -> list[tuple[date, past.Record]]:
    found = ((one.day, records.record(one.what, asked.place, openings[one.day])) for one in kept)
    return [(day, record) for day, record in found if record is not None]


def _live(
    days: Mapping[date, Then],
    lived: Sequence[Day],
    policies: Mapping[date, Policy],
    asked: Asked,
    habits: Habits | None,
) -> list[Course]:
    """Live the days by their policies; with `habits` as the way says, else by claims alone."""
    minutes = asked.place.minutes()
    courses = []
    for day, one in zip(days, lived, strict=True):
        rules = records.rules(policies[day], minutes)
        courses.append(live(one, rules, NOBODY_AWAY, _ahead(habits, rules, asked)))
    return courses


def _ahead(habits: Habits | None, rules: Rules, asked: Asked) -> Ahead | None:
    """Look ahead with targets that are nearer for whom the policy weighs more: wait / target is its claim.

    Where the claims decide, a guard is the same for everybody.
    """
    if habits is None:
        return None
    way, target = asked.way, asked.target_minutes * np.ones(len(rules.weights))
    guard = float(way.guard) if way.guard else np.inf
    if way.mode is Mode.LOOK_AHEAD:
        return Ahead(habits, target * rules.weights.min() / rules.weights, guard)
    return Ahead(habits, target, guard, runs=0) if way.guard else None
