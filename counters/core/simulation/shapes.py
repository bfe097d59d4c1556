"""What goes into a simulated day and what comes out of it, as arrays. Plain values, as those of a forward run.

Times are minutes since midnight of the mall, spans are minutes, both as floats. Sizes: n visitors of a day, and as
in `counters.core.forecast.shapes` C counters, S services, K classes of visitors, B breaks of a counter.
"""

from typing import NamedTuple

import numpy as np

from counters.core.forecast.shapes import ABSENT, Bools, Desk, Floats, Ints

COMES, STAYS_AWAY = 1.0, -1.0
"""Chances of one of whom it is known whether he comes when called."""


class Visitors(NamedTuple):
    """Who comes on a day, in the order of their numbers. What was drawn for one is kept, whatever the policy is."""

    at: Floats
    """(n,) when each takes a number; never earlier than the one before."""
    since: Floats
    """(n,) the clock of the claim and of the wait: usually `at`."""
    service: Ints
    """(n,) which service."""
    kind: Ints
    """(n,) class of visitor: 0 ordinary."""
    minutes: Floats
    """(n,) how long the service takes at pace 1."""
    gap: Floats
    """(n,) from the call until the service begins."""
    chance: Floats
    """(n,) drawn between 0 and 1: who draws less than the chance of not coming does not come (COMES, STAYS_AWAY)."""
    vain: Floats
    """(n,) how long a counter waits for one who does not come."""
    turn: Floats
    """(n,) how long an officer takes to press: after this visitor has left, or when a free counter sees this one."""


class Day(NamedTuple):
    """A day that can be lived: who comes, and which counters there are.

    Of the desk count `skills`, `pace`, `opens` (inf: not that day), `closes`, `break_at` and `break_minutes` (planned
    and other breaks alike; one that is due while the counter is busy begins afterwards, and lasts as long).
    """

    visitors: Visitors
    desk: Desk
    ends: float
    """A counter that closes then stays until nobody waits."""
    begins: float = 0.0
    """Waiting before this does not count: nobody serves yet."""


class Course(NamedTuple):
    """What happened to each visitor of a day; inf: never."""

    called: Floats
    """(n,)"""
    started: Floats
    """(n,) when the service began; inf of one who did not come."""
    ended: Floats
    """(n,) when the service, or waiting in vain, was over."""
    counter: Ints
    """(n,) who called; -1 nobody."""
    overtaken: Ints
    """(n,) how many of the same service who came later, by the clock, were called first."""
    overtaken_by_same: Ints
    """(n,) how many of these were of the same class: none."""


def desk(skills: Bools, opens: Floats, closes: Floats, pace: Floats, break_at: Floats, break_minutes: Floats) -> Desk:
    """Return the counters of a day that has not begun: (C, S), then (C,) each, then (C, B) starts and lengths.

    Pace is how long its officer takes, times the usual; a start of inf is no break.
    """
    counters = len(opens)
    zeros, nobody = np.zeros(counters), np.full(counters, -1)
    return Desk(
        skills=skills,
        phase=np.full(counters, ABSENT),
        since=zeros,
        service=nobody,
        waited=zeros,
        pace=pace,
        ends=np.full(counters, np.nan),
        checked=zeros,
        opens=opens,
        closes=closes,
        break_at=break_at,
        break_minutes=break_minutes,
    )
