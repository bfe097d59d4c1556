"""What goes into a forward run, as arrays. Plain values: they can be sent to another process.

Times are minutes since midnight of the mall, spans are minutes, both as floats: these are the numbers of a simulation,
and the door (`Forecaster`, the replay) turns them into what people read. Sizes: n who wait, C counters, S services,
K classes of visitors, B planned breaks of a counter. The compiler takes tuples with names, but no Structs.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ABSENT, IDLE, CALLING, SERVING, PAUSED, BREAK, GONE = range(7)
"""What a counter does: not opened yet today, free, called someone, serves, pauses, has its planned break, closed."""


class Line(NamedTuple):
    """Who waits, in the order of the numbers."""

    service: Ints
    """(n,) which service."""
    kind: Ints
    """(n,) class of visitor: 0 ordinary, others as the mall numbers them."""
    since: Floats
    """(n,) the clock of the claim: when the number was taken."""
    counter: Ints
    """(n,) the one counter that the visitor was sent to; -1 any that serves the service."""
    late: tuple[int, ...] = ()
    """Who said to be late, by place in the line: neither head start nor preference where they were sent."""
    barred: tuple[tuple[int, int], ...] = ()
    """Who is not called by one counter, and which: it sent that visitor away, to come back."""
    due: tuple[float, ...] = ()
    """When each has waited too much longer than was promised (ticketing.core.policy.due); inf never. Empty: nobody."""


class Desk(NamedTuple):
    """The counters of a tenant now, and what is planned for them."""

    skills: Bools
    """(C, S) who serves what."""
    phase: Ints
    """(C,) what it does now: ABSENT ... GONE."""
    since: Floats
    """(C,) since when."""
    service: Ints
    """(C,) what is called for or served; -1 nothing."""
    waited: Floats
    """(C,) how long the one who is called has waited: who waited long comes less often."""
    pace: Floats
    """(C,) how long its officer takes today, times the usual; 1 as usual."""
    ends: Floats
    """(C,) when the planned break that it has now will end; nan none."""
    checked: Floats
    """(C,) when it last could have gone into a pause."""
    opens: Floats
    """(C,) planned opening."""
    closes: Floats
    """(C,) planned closing; a counter that is to stay to the day's end stays until nobody waits."""
    break_at: Floats
    """(C, B) planned starts of breaks that are still to come; inf none."""
    break_minutes: Floats
    """(C, B) how long each lasts."""


class Odds(NamedTuple):
    """The numbers among what was learned of a tenant."""

    pause_rate: float
    """Unplanned pauses in a minute."""
    no_show: float
    """Chance that one who did not wait does not come."""
    no_show_slope: float
    """How much this chance grows with each minute waited."""
    no_show_least: float
    """Shortest time after which a counter gives up."""
    no_show_most: float
    """Longest."""
    disorder: float
    """Share of calls that the rule did not choose."""


class Rules(NamedTuple):
    """By which policy the tenant is called (ticketing.core.policy)."""

    weights: Floats
    """(K,) how much a minute of waiting counts."""
    head_start: Floats
    """(K,) minutes that are added to the waiting."""
    favour: Floats
    """(S,) how much more a service counts than others, because it is short."""


class Habits(NamedTuple):
    """What was learned of a tenant. Samples are sorted, and never empty."""

    durations: Floats
    """Service times of all services, one after the other, at pace 1."""
    begins: Ints
    """(S + 1,) where the durations of each service begin."""
    gap: Floats
    """From the call until the visitor sits there."""
    reaction: Floats
    """From a free counter with someone to call until the call."""
    opening: Floats
    """How much later than planned a counter opens; inf not at all that day."""
    pause: Floats
    """Lengths of unplanned pauses."""
    arrivals: Floats
    """(K, 48) visitors in a minute, by class and half-hour of the day."""
    mix: Floats
    """(S,) shares of the services among them, added up."""
    rules: Rules
    odds: Odds


class Moment(NamedTuple):
    """The state from which to run forward."""

    now: float
    day_end: float
    line: Line
    desk: Desk
    habits: Habits
