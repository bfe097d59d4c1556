"""Days gone by, lived again under other rules, hours and counters, beside what happened. It imports the compiler."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from counters.core.forecast.shapes import Habits, Odds
from counters.core.simulation import past
from counters.core.simulation.day import one as live
from counters.core.simulation.look_ahead import Ahead
from counters.core.simulation.outcome import outcome
from counters.core.simulation.shapes import Course, Day
from counters.core.simulation.tried import Tried, changed
from mpp.core import records
from mpp.core.ask import Asked, Compared, Way
from mpp.core.packed import Kept
from ticketing.core import policy
from ticketing.core.mall_entries import rules_of
from ticketing.core.policy import Mode, Policy

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
    as_it_was = _live(then, [asked.policies[day] for day in days], asked, habits, Way())
    way = asked.way
    other = [rules_of(way.policy) if way.policy else asked.policies[day] for day in days]
    moved = Tried(open_earlier=way.open_earlier, close_later=way.close_later, more_counters=way.more_counters)
    new = [changed(one, moved) for one in days.values()]
    return Compared(
        happened=outcome(then, [one.course for one in days.values()], targets),
        as_it_was=outcome(then, as_it_was, targets),
        tried=outcome(new, _live(new, other, asked, habits, way), targets),
    )


def _records(kept: Sequence[Kept], openings: Mapping[date, float], asked: Asked) -> list[tuple[date, past.Record]]:
    found = ((one.day, records.record(one.what, asked.place, openings[one.day])) for one in kept)
    return [(day, record) for day, record in found if record is not None]


def _live(lived: Sequence[Day], policies: Sequence[Policy], asked: Asked, habits: Habits, way: Way) -> list[Course]:
    """Live each day by its policy; whether it looks ahead, and with which guard, the way may say otherwise."""
    minutes = asked.place.minutes()
    courses = []
    for rules, day in zip(policies, lived, strict=True):
        mode = rules.mode if way.mode is None else way.mode
        own = rules.guard if mode is Mode.LOOK_AHEAD else 0
        ahead = _ahead(habits, rules, asked.target_minutes, mode, own if way.guard is None else way.guard)
        courses.append(live(day, records.rules(rules, minutes), NOBODY_AWAY, ahead))
    return courses


def _ahead(habits: Habits, rules: Policy, target_minutes: int, mode: Mode, guard: int) -> Ahead | None:
    """Look ahead as the hall does. Where the claims decide, a guard is the same for everybody."""
    limit = float(guard) if guard else np.inf
    if mode is Mode.LOOK_AHEAD:
        targets = [policy.target(rules, target_minutes, is_priority=kind) for kind in records.KINDS]
        return Ahead(habits, np.array(targets), limit)
    same = np.full(len(records.KINDS), float(target_minutes))
    return Ahead(habits, same, limit, runs=0) if guard else None
