"""What simulated days were like for those who waited: the figures by which policies, hours and counters are compared.

Waits are minutes from the clock of the claim to the call, less the time before anybody serves. Who was never called
has no wait, and was late.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from counters.core.forecast.shapes import Bools, Floats, Ints
from counters.core.simulation.shapes import Course, Day


class Waits(Struct, frozen=True, kw_only=True):
    """How a group of visitors waited, in minutes; None where nobody was called."""

    n: int
    not_called: int
    mean: float | None
    median: float | None
    p90: float | None
    p95: float | None
    p99: float | None
    max: float | None
    late: float
    """Share beyond the target."""


class Outcome(Struct, frozen=True, kw_only=True):
    """The figures of many days together."""

    days: int
    all: Waits
    kinds: tuple[Waits, ...]
    """By class of visitor."""
    hours: tuple[Waits, ...]
    """By the hour in which they came, 0 to 23."""
    slowdown: float | None
    """Mean of (wait + service) / service: a wait is felt by what one came for."""
    overtaken: float
    """How many later numbers of the same service were called before an ordinary visitor, on average."""
    overtaken_by_same: int
    """The same within one class, in all: 0 when first come is first served."""
    longest_a_day: float | None
    """The longest wait of a day, on average."""
    busy: float
    """Minutes a day in which counters served, all together."""
    over: float
    """Minutes a day that the last counter stayed after the day's end, on average."""


def outcome(days: Sequence[Day], courses: Sequence[Course], targets: Floats) -> Outcome:
    """Return the figures of the days that were lived; `targets` (K,) are the minutes that each class shall wait."""
    kind = _joined([day.visitors.kind for day in days])
    hour = _joined([day.visitors.at // 60 for day in days]).astype(np.int64)
    service = _joined([_services(course) for course in courses])
    wait = _joined([_waits(day, course) for day, course in zip(days, courses, strict=True)])
    overtaken = _joined([course.overtaken for course in courses])
    is_late = wait > targets[kind]
    served = service > 0
    ratios = (wait[served] + service[served]) / service[served]
    longest = [found.max() for one in zip(days, courses, strict=True) if len(found := _called(_waits(*one)))]
    ordinary = overtaken[kind == 0]
    over = [
        max(0.0, course.ended[np.isfinite(course.ended)].max(initial=0.0) - day.ends)
        for day, course in zip(days, courses, strict=True)
    ]
    return Outcome(
        days=len(days),
        all=waits(wait, is_late),
        kinds=tuple(_part(wait, is_late, kind == one) for one in range(len(targets))),
        hours=tuple(_part(wait, is_late, hour == one) for one in range(24)),
        slowdown=float(ratios.mean()) if len(ratios) else None,
        overtaken=float(ordinary.mean()) if len(ordinary) else 0.0,
        overtaken_by_same=int(_joined([course.overtaken_by_same for course in courses]).sum()),
        longest_a_day=float(np.mean(longest)) if longest else None,
        busy=float(service.sum()) / max(1, len(days)),
        over=float(np.mean(over)) if over else 0.0,
    )


def waits(wait: Floats, is_late: Bools) -> Waits:
    """Return how a group waited; inf: never called."""
    found = _called(wait)
    if not len(found):
        return Waits(
            n=len(wait), not_called=len(wait), mean=None, median=None, p90=None, p95=None, p99=None, max=None,
            late=float(is_late.mean()) if len(wait) else 0.0,
        )  # fmt: skip
    median, p90, p95, p99 = np.quantile(found, (0.5, 0.9, 0.95, 0.99)).tolist()
    return Waits(
        n=len(wait),
        not_called=len(wait) - len(found),
        mean=float(found.mean()),
        median=median,
        p90=p90,
        p95=p95,
        p99=p99,
        max=float(found.max()),
        late=float(is_late.mean()),
    )


def _part(wait: Floats, is_late: Bools, which: Bools) -> Waits:
    return waits(wait[which], is_late[which])


def _waits(day: Day, course: Course) -> Floats:
    found: Floats = np.maximum(0.0, course.called - np.maximum(day.visitors.since, day.begins))
    return found


def _services(course: Course) -> Floats:
    """Return how long each was served; 0 for who was not."""
    found = np.zeros(len(course.started))
    np.subtract(course.ended, course.started, out=found, where=np.isfinite(course.started))
    return found


def _called(wait: Floats) -> Floats:
    return wait[np.isfinite(wait)]


def _joined(parts: Sequence[Floats | Ints]) -> Floats:
    return np.concatenate(parts) if parts else np.empty(0)
