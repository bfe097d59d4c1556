"""What is asked of the search, and its answer: plain values that can be sent to another process."""

from msgspec import Struct

from counters.core.forecast.shapes import Bools, Habits
from counters.core.simulation.drawn import Demand
from counters.core.staffing.load import Workload
from counters.core.staffing.search import Bounds, Found, Plan, Trial
from counters.core.staffing.shifts import Hours


class Question(Struct, frozen=True, kw_only=True):
    """A tenant as its own history tells it, and the wait that one in ten may exceed."""

    past: tuple[Demand, ...]
    """Whole days of demand; those to come are drawn from them."""
    habits: Habits
    """What was learned of services, ways, no-shows and pauses, and the rules of calling."""
    skills: Bools
    """(C, S) who serves what, in the order in which counters are opened; of as many counters as may be asked for."""
    hours: Hours
    bounds: Bounds
    workload: Workload
    spread: float
    """How much days differ (sd / mean of visitors)."""
    variation: float
    """How much services differ (sd / mean)."""
    pace_spread: float
    """How much the pace of days differs (sd)."""
    target: float
    usual: Plan
    """How many counters were usually open; empty when nobody knows."""


class Answer(Struct, frozen=True, kw_only=True):
    """The plan that was found, how it would do on fresh days, and how the usual one would."""

    found: Found
    fresh: Trial
    usual: Trial | None
