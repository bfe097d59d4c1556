"""From counters per hour to counters that open, lunch and close: rows of a day that can be simulated. Pure.

Minutes since midnight. The first counter of a plan is open whenever any is, the second whenever two are, and so on.
Each stretch in which a counter is open is a row of its own: it ends when planned, not later because a break began late.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from counters.core.staffing.search import Plan

Span = tuple[float, float]

LUNCH = 45.0
"""Minutes."""

LUNCHES = (690.0, 735.0, 780.0, 825.0)
"""When lunches begin, one after another from 11.30: with up to four counters never two at once."""

LONG = 300.0
"""Minutes without a break of the tenant after which a counter's officer has lunch: a morning shift needs none."""

FEW = (2, 3, 4)
"""Counters of a tenant that keeps two of them open, lunches aside: with one, each pause stops the queue."""


class Hours(Struct, frozen=True):
    """A day of a tenant: its hours, breaks in which all counters are shut, and whether officers lunch in turns."""

    opens: float
    closes: float
    shut: tuple[Span, ...] = ()
    in_turns: bool = True

    def slots(self) -> tuple[int, ...]:
        """Return the hours of the day in which it is open, 0 to 23."""
        found = range(int(self.opens // 60), int(-(-self.closes // 60)))
        return tuple(hour for hour in found if self.minutes(hour * 60.0, hour * 60.0 + 60) > 0)

    def minutes(self, since: float, until: float) -> float:
        """Return for how many minutes it is open in between."""
        return sum(end - begin for begin, end in self.open_in(since, until))

    def open_in(self, since: float, until: float) -> list[Span]:
        """Return the stretches between two moments in which it is open."""
        return without((max(since, self.opens), min(until, self.closes)), self.shut)


def without(span: Span, gaps: Sequence[Span]) -> list[Span]:
    """Return what is left of a span."""
    left, begin = [], span[0]
    for since, until in sorted(gaps):
        if begin < min(since, span[1]):
            left.append((begin, min(since, span[1])))
        begin = max(begin, until)
    if begin < span[1]:
        left.append((begin, span[1]))
    return left


class Shift(Struct, frozen=True):
    """A stretch in which a counter (its place in the plan, from 0) is open."""

    counter: int
    opens: float
    closes: float


def shifts(plan: Plan, hours: Hours) -> list[Shift]:
    """Return when each counter of a plan is open; see `Hours.slots` for the hours that a plan is for."""
    meals = _meals(plan, hours)
    return [
        Shift(counter, *rest)
        for counter, meal in enumerate(meals)
        for span in _spans(counter, plan, hours)
        for rest in without(span, [meal] if meal else [])
    ]


def lunches(plan: Plan, hours: Hours) -> list[tuple[float, int]]:
    """Return when lunches of a plan begin, and how many counters go then."""
    return sorted(Counter(meal[0] for meal in _meals(plan, hours) if meal).items())


def _meals(plan: Plan, hours: Hours) -> list[Span | None]:
    """Return the lunch of each counter; None where it has none."""
    found: list[Span | None] = []
    for counter in range(max(plan, default=0)):
        had = sum(meal is not None for meal in found)
        found.append(_lunch(_spans(counter, plan, hours), had) if hours.in_turns else None)
    return found


def _spans(counter: int, plan: Plan, hours: Hours) -> list[Span]:
    """Return when a counter is open, lunches aside; hours that follow each other are one stretch."""
    found: list[Span] = []
    for hour, many in zip(hours.slots(), plan, strict=True):
        for begin, end in hours.open_in(hour * 60.0, hour * 60.0 + 60) if many > counter else ():
            if found and found[-1][1] == begin:
                found[-1] = (found[-1][0], end)
            else:
                found.append((begin, end))
    return found


def _lunch(spans: Sequence[Span], before: int) -> Span | None:
    """Return when the officer of a counter has lunch, after so many others; None: there is a break for all, or no need.

    Who is open for the whole of lunch time, and for long, has one in turn.
    """
    at = LUNCHES[before % len(LUNCHES)]
    needed = any(end - begin > LONG and begin < at and end > at + LUNCH for begin, end in spans)
    return (at, at + LUNCH) if needed else None


def least(counters: int, covering: int, slots: int) -> Plan:
    """Return the fewest counters of each hour, where `covering` are needed so that every service is served."""
    return (max(covering, 2 if counters in FEW else 1),) * slots
