"""Counters by formula: how long a visitor truly keeps a counter, and how many counters bear a load. Pure.

Minutes and visitors an hour, as floats. A formula knows no backlog of the hour before and no single busy day, so it
only says where the search begins (see `search`).
"""

from collections.abc import Sequence
from math import exp, sqrt

from msgspec import Struct

MOST_LATE = 0.1
"""Of the visitors of an hour, how many may wait longer than the target: p90 is what the target is for."""


class Workload(Struct, frozen=True, kw_only=True):
    """What one visitor costs a counter, in minutes, and how often."""

    service: float
    gap: float = 0.0
    """From the call until the visitor sits there."""
    no_show: float = 0.0
    """Share of those called who do not come."""
    in_vain: float = 0.0
    """How long a counter waits for one who does not come."""
    paused: float = 0.0
    """Share of its time in which an open counter pauses."""


def effective_minutes(of: Workload) -> float:
    """Return for how long one call keeps a counter: the way, the service, waiting in vain, and its share of pauses."""
    call = (of.service + of.gap) * (1 - of.no_show) + of.in_vain * of.no_show
    return call / (1 - of.paused)


def chance_of_waiting(load: float, counters: int) -> float:
    """Return the chance that one who comes must wait, with `load` counters' worth of work; 1 when it is too much.

    Source: Erlang 1917 (the C formula, by the recursion of the B formula).
    """
    if load >= counters:
        return 1.0
    blocked = 1.0
    for k in range(1, counters + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked / (1 - load / counters * (1 - blocked))


def chance_of_longer(
    visitors: float, minutes: float, counters: int, target: float, *, variation: float = 1.0, evenly: bool = False
) -> float:
    """Return the chance to wait longer than `target` minutes where so many visitors come in an hour.

    Services that vary less than exponential ones (`variation`: sd / mean) let a queue shorten faster; `evenly` leaves
    that out. Source: Erlang 1917; Kingman 1962 for the exponent.
    """
    load = visitors * minutes / 60
    if load >= counters:
        return 1.0
    kappa = 1.0 if evenly else 2 / (1 + variation**2)
    return chance_of_waiting(load, counters) * exp(-kappa * (counters / minutes - visitors / 60) * target)


def enough(visitors: float, minutes: float, target: float, *, variation: float = 1.0, evenly: bool = False) -> int:
    """Return the fewest counters with which at most one visitor in ten waits longer than `target` minutes."""
    counters = max(1, int(visitors * minutes / 60))
    while chance_of_longer(visitors, minutes, counters, target, variation=variation, evenly=evenly) > MOST_LATE:
        counters += 1
    return counters


def square_root(visitors: float, minutes: float, beta: float = 0.5) -> int:
    """Return the load and `beta` times its root, rounded up. Source: Halfin, Whitt 1981 (square-root staffing)."""
    load = visitors * minutes / 60
    whole = load + beta * sqrt(load)
    return max(1, -int(-whole // 1))


def plan(
    visitors: Sequence[float],
    minutes: float,
    target: float,
    spread: float,
    *,
    variation: float = 1.0,
    evenly: bool = False,
) -> tuple[int, ...]:
    """Return counters for each hour of a busy day: one that is `spread` (sd / mean of days) above the middle."""
    return tuple(enough(many * (1 + spread), minutes, target, variation=variation, evenly=evenly) for many in visitors)
