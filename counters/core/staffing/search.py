"""The search for counters hour by hour: add where an hour fails, then take away what no hour needs. Pure.

Source: Feldman, Mandelbaum, Massey, Whitt 2008 (iterative staffing by simulation), for a quantile of waits; the hour
before is tried too, for a backlog is paid for later.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

Plan = tuple[int, ...]

MARGIN = 0.1
"""Of the target, by how much a plan must stay below it: the days that it was fitted to flatter it."""


class Trial(Struct, frozen=True, kw_only=True):
    """How a plan did on many days. Minutes; a list has one value for each hour, None where nobody came."""

    p90: tuple[float | None, ...]
    breaks: tuple[float, ...]
    """Share of days on which more than one in ten of the hour's visitors waited longer than the target."""
    day_p90: float
    day_breaks: float
    """The same share for the whole day's visitors."""
    late: float
    """Share of all visitors beyond the target."""


class Found(Struct, frozen=True, kw_only=True):
    """A plan, how it did, and how it was come by."""

    plan: Plan
    trial: Trial
    tried: int
    is_whole: bool
    """False: time was over before the search was."""


class Bounds(Struct, frozen=True):
    """The fewest and the most counters of each hour."""

    least: Plan
    most: Plan

    def within(self, plan: Sequence[int]) -> Plan:
        """Return the plan, no less and no more than is allowed."""
        return tuple(min(top, max(low, one)) for low, one, top in zip(self.least, plan, self.most, strict=True))


class _Tried:
    """Trials so far: no plan is tried twice."""

    def __init__(self, trial: Callable[[Plan], Trial], limit: float) -> None:
        self._trial, self._limit = trial, limit
        self._known: dict[Plan, Trial] = {}

    def __call__(self, plan: Plan) -> Trial:
        if plan not in self._known:
            self._known[plan] = self._trial(plan)
        return self._known[plan]

    def __len__(self) -> int:
        return len(self._known)

    def failing(self, plan: Plan) -> list[int]:
        """Return the hours that fail, earliest first: what comes later often is their backlog."""
        return [hour for hour, p90 in enumerate(self(plan).p90) if p90 is not None and p90 > self._limit]

    def excess(self, plan: Plan) -> float:
        """Return by how much all hours together fail."""
        return sum(max(0.0, p90 - self._limit) for p90 in self(plan).p90 if p90 is not None)


def search(
    start: Sequence[int],
    bounds: Bounds,
    trial: Callable[[Plan], Trial],
    target: float,
    is_over: Callable[[], bool] = lambda: False,
) -> Found:
    """Return the plan with the fewest counters found whose every hour keeps p90 below the target.

    Where even the most counters do not reach it, the plan gets as near as it can. `is_over` ends the search early.
    """
    tried = _Tried(trial, target * (1 - MARGIN))
    plan = _add(bounds.within(start), bounds, tried, is_over)
    plan = _take_away(plan, bounds, tried, is_over)
    return Found(plan=plan, trial=tried(plan), tried=len(tried), is_whole=not is_over())


def _add(plan: Plan, bounds: Bounds, tried: _Tried, is_over: Callable[[], bool]) -> Plan:
    while failing := tried.failing(plan):
        options = next((found for hour in failing if (found := _more(plan, hour, bounds))), [])
        if not options or is_over():
            break
        plan = min(options, key=tried.excess)
    return plan


def _more(plan: Plan, hour: int, bounds: Bounds) -> list[Plan]:
    """Return the plans with one counter more in the hour, or in the one before; if both are full, in any before."""
    able = [one for one in range(hour, -1, -1) if plan[one] < bounds.most[one]]
    near = [one for one in able if one >= hour - 1] or able[:1]
    return [_changed(plan, one, 1) for one in near]


def _take_away(plan: Plan, bounds: Bounds, tried: _Tried, is_over: Callable[[], bool]) -> Plan:
    """Try one counter less in each hour, the largest first, until nothing can be spared."""
    allowed = tried.excess(plan)
    is_smaller = True
    while is_smaller:
        is_smaller = False
        for hour in sorted(range(len(plan)), key=lambda hour: -plan[hour]):
            if is_over():
                return plan
            if plan[hour] > bounds.least[hour]:
                less = _changed(plan, hour, -1)
                if tried.excess(less) <= allowed:
                    plan, is_smaller = less, True
    return plan


def _changed(plan: Plan, hour: int, by: int) -> Plan:
    return (*plan[:hour], plan[hour] + by, *plan[hour + 1 :])
