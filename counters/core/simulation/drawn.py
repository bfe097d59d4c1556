"""Days drawn from what was learned of a tenant: who comes, how long they take, who pauses when.

All is drawn by the chance that is given. Two policies that live the same drawn days differ in
nothing else (common random numbers).
Source: whole days of demand drawn again (Efron 1979, bootstrap), for demand of one day hangs together.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from counters.core.forecast.shapes import Bools, Desk, Floats, Habits, Ints
from counters.core.simulation import shapes
from counters.core.simulation.shapes import Visitors

SLOT = 30.0
"""Demand is given by half-hours."""


class Demand(NamedTuple):
    """Who comes on a day, n in the order of their numbers, without anything drawn for them."""

    at: Floats
    """(n,) minutes since midnight."""
    service: Ints
    """(n,)"""
    kind: Ints
    """(n,)"""


def of_rates(chance: np.random.Generator, rates: Floats) -> Demand:
    """Draw a day's demand from (K, S, 48) visitors expected in each half-hour, each half-hour by itself (Poisson)."""
    counts = chance.poisson(rates)
    kind, service, slot = np.repeat(np.argwhere(counts > 0).T, counts[counts > 0], axis=1)
    at = (slot + chance.random(len(slot))) * SLOT
    order = np.argsort(at, kind="stable")
    return Demand(at[order], service[order], kind[order])


def scaled(chance: np.random.Generator, demand: Demand, factor: float) -> Demand:
    """Return a day `factor` times as crowded: whoever is one too many stays away, who is missing comes like another.

    Those who are added come within the same half-hour as the one whom they are like.
    """
    times = np.floor(factor + chance.random(len(demand.at))).astype(np.int64)
    which = np.repeat(np.arange(len(times)), times)
    is_added = np.concatenate(([False], which[1:] == which[:-1])) if len(which) else np.empty(0, np.bool_)
    elsewhere = (demand.at[which] // SLOT + chance.random(len(which))) * SLOT
    at = np.where(is_added, elsewhere, demand.at[which])
    order = np.argsort(at, kind="stable")
    return Demand(at[order], demand.service[which][order], demand.kind[which][order])


def visitors(chance: np.random.Generator, demand: Demand, habits: Habits) -> Visitors:
    """Draw for each of a day's visitors what was learned: service, way to the counter, whether he comes."""
    many, begins, odds = len(demand.at), habits.begins, habits.odds
    sizes = np.diff(begins)[demand.service]
    picked = begins[demand.service] + (chance.random(many) * sizes).astype(np.int64)
    return Visitors(
        at=demand.at,
        since=demand.at,
        service=demand.service,
        kind=demand.kind,
        minutes=habits.durations[picked],
        gap=chance.choice(habits.gap, many),
        chance=chance.random(many),
        vain=chance.uniform(odds.no_show_least, odds.no_show_most, many),
        turn=chance.choice(habits.reaction, many),
    )


def desk(
    chance: np.random.Generator,
    habits: Habits,
    skills: Bools,
    opens: Floats,
    closes: Floats,
    pace: Floats,
    break_at: Floats,
    break_minutes: Floats,
) -> Desk:
    """Draw a day of the counters: when each truly opens, and its pauses beside the planned breaks.

    Args are (C, S), (C,) each, and (C, B) for the breaks; see `shapes.desk`.
    """
    late = opens + chance.choice(habits.opening, len(opens))
    at, minutes = pauses(chance, habits, opens, closes)
    return shapes.desk(skills, late, closes, pace, np.hstack((break_at, at)), np.hstack((break_minutes, minutes)))


def pauses(chance: np.random.Generator, habits: Habits, opens: Floats, closes: Floats) -> tuple[Floats, Floats]:
    """Draw unplanned pauses: (C, P) starts, inf none, and their lengths."""
    lasting = np.maximum(0.0, closes - opens)
    counts = chance.poisson(habits.odds.pause_rate * lasting)
    shape = len(opens), max(1, int(counts.max(initial=0)))
    at = np.sort(opens[:, None] + chance.random(shape) * lasting[:, None], axis=1)
    is_one = np.arange(shape[1]) < counts[:, None]
    at = np.sort(np.where(is_one, at, np.inf), axis=1)
    return at, np.where(np.isfinite(at), chance.choice(habits.pause, shape), 0.0)


def again(chance: np.random.Generator, past: Sequence[Demand], days: int) -> list[Demand]:
    """Draw whole days of the past again."""
    return [past[which] for which in chance.integers(len(past), size=days)]
