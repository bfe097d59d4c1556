"""Whom to call by trying it out: each who could be called next is called in short runs, and the kindest choice wins.

Only the first of each service and class is tried, so first come stays first served among equals. A run goes on as a
policy would whose weights are one over the targets. Cost of a run: over all who wait, x squared, and LATE more when x
is over 1, where x = wait / target. Compiled.
Source: the convex costs of Van Mieghem 1995 (generalised c-mu rule), here tried out instead of approximated.
"""

from typing import NamedTuple

import numpy as np

from counters.core.forecast.compiled import compiled
from counters.core.forecast.draws import engagement, rest
from counters.core.forecast.forward import soonest
from counters.core.forecast.queue import choose
from counters.core.forecast.shapes import Bools, Floats, Habits, Ints, Odds

RUNS, HORIZON, LATE = 12, 90.0, 4.0
"""Runs for each who could be called; minutes that they look ahead; what it costs beside to keep one too long."""


class Look(NamedTuple):
    """What looking ahead needs to know of a tenant; L lanes as in `forecast.queue`."""

    target: Floats
    """(L,) minutes that those of a lane shall wait at most."""
    weight: Floats
    """(L,) one over that."""
    no_head_start: Floats
    """(L,) zeros."""
    guard: float
    """Whoever waits longer than so many targets is not passed over; inf: no guard."""
    runs: int
    """Runs for each who could be called; 0: nobody looks ahead."""
    durations: Floats
    """Service times that may be, as in `Habits`, from which the next three come."""
    begins: Ints
    gap: Floats
    odds: Odds


class Ahead(NamedTuple):
    """How a tenant looks ahead: what is learned of it, and by which minutes (K,) each class shall be called."""

    habits: Habits
    targets: Floats
    guard: float = np.inf
    """Whoever waits longer than so many targets is not passed over."""
    runs: int = RUNS
    """0: nobody looks ahead, the claims decide; only the guard goes before them."""


class Busy(NamedTuple):
    """What each counter does during a day that is lived, as its officers know it: not when it will be free."""

    service: Ints
    """(C,) what is served; -1: nothing, and when it calls again is known."""
    since: Floats
    """(C,) since when."""


def look(ahead: Ahead | None, kinds: int, services: int) -> Look:
    """Return what a day needs in order to look ahead; of None: what says that it does not."""
    if ahead is None:
        nothing = np.zeros(1)
        ahead_odds = Odds(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        return Look(nothing, nothing, nothing, np.inf, 0, nothing, np.zeros(1, np.int64), nothing, ahead_odds)
    target = np.repeat(ahead.targets, services)
    known = ahead.habits
    return Look(
        target=target,
        weight=1.0 / target,
        no_head_start=np.zeros(kinds * services),
        guard=float(ahead.guard),
        runs=ahead.runs,
        durations=known.durations,
        begins=known.begins,
        gap=known.gap,
        odds=known.odds,
    )


@compiled
def overdue(look: Look, since: Floats, first: Ints, able: Bools, now: float) -> int:
    """Return the lane whose first has waited longest of those beyond the guard, in targets; -1: nobody has."""
    found, most = -1, look.guard
    for lane in range(len(first)):
        if able[lane] and first[lane] >= 0:
            waited = (now - since[first[lane]]) / look.target[lane]
            if waited > most:
                found, most = lane, waited
    return found


@compiled
def look_ahead(
    look: Look,
    busy: Busy,
    now: float,
    counter: int,
    first: Ints,
    after: Ints,
    since: Floats,
    service: Ints,
    able: Bools,
    sent: Bools,
    free: Floats,
    skilled: Ints,
    pace: Floats,
) -> int:
    """Return the lane whose first the counter calls; -1: there is nobody for it. `free` (C,) is when others will be."""
    found = overdue(look, since, first, able[counter], now)
    candidates = np.flatnonzero(able[counter] & (first >= 0))
    if found >= 0 or len(candidates) < 2:
        return found if found >= 0 or len(candidates) == 0 else int(candidates[0])
    tried = costs(look, busy, now, counter, candidates, first, after, since, service, able, sent, free, skilled, pace)
    return int(candidates[np.argmin(tried)])


@compiled
def costs(
    look: Look,
    busy: Busy,
    now: float,
    counter: int,
    candidates: Ints,
    first: Ints,
    after: Ints,
    since: Floats,
    service: Ints,
    able: Bools,
    sent: Bools,
    free: Floats,
    skilled: Ints,
    pace: Floats,
) -> Floats:
    """Return what it costs, over all runs, to call the first of each of these lanes."""
    found = np.zeros(len(candidates))
    minutes, ready = np.empty(len(after)), np.empty(len(free))
    for _ in range(look.runs):
        imagine(look, busy, now, first, after, since, service, free, pace, minutes, ready)
        for one in range(len(candidates)):
            found[one] += try_out(
                look, now, counter, candidates[one], first, after, since, able, sent, minutes, ready, skilled, pace
            )
    return found


@compiled
def imagine(
    look: Look,
    busy: Busy,
    now: float,
    first: Ints,
    after: Ints,
    since: Floats,
    service: Ints,
    free: Floats,
    pace: Floats,
    minutes: Floats,
    ready: Floats,
) -> None:
    """Draw what all candidates share: how long each who waits will keep a counter, and when the others are free."""
    durations, begins = look.durations, look.begins
    for lane in range(len(first)):
        who = first[lane]
        while who >= 0:
            minutes[who] = engagement(durations, begins, look.gap, look.odds, service[lane], 1.0, now - since[who])
            who = after[who]
    for other in range(len(free)):
        ready[other] = free[other]
        if busy.service[other] >= 0:
            known = durations[begins[busy.service[other]] : begins[busy.service[other] + 1]]
            elapsed = max(0.0, now - busy.since[other])
            ready[other] = now + pace[other] * rest(known, elapsed / pace[other])


@compiled
def try_out(
    look: Look,
    now: float,
    counter: int,
    candidate: int,
    first: Ints,
    after: Ints,
    since: Floats,
    able: Bools,
    sent: Bools,
    minutes: Floats,
    ready: Floats,
    skilled: Ints,
    pace: Floats,
) -> float:
    """Call the candidate and go on; return what the waits cost of all who wait now."""
    heads, free = first.copy(), ready.copy()
    lane, cost, at = candidate, 0.0, now
    nobody_is_due = np.empty(0)
    while lane >= 0:
        who = heads[lane]
        heads[lane] = after[who]
        cost += price(at - since[who], look.target[lane])
        free[counter] = at + pace[counter] * minutes[who]
        lane = -1
        while lane < 0:
            counter = soonest(free, skilled)
            at = free[counter]
            if at > now + HORIZON:
                break
            lane = choose(
                look.weight, look.no_head_start, since, nobody_is_due, heads, able[counter], sent[counter], at
            )
            if lane < 0:
                free[counter] = np.inf
    for lane in range(len(heads)):
        who = heads[lane]
        while who >= 0:
            cost += price(now + HORIZON - since[who], look.target[lane])
            who = after[who]
    return cost


@compiled
def price(waited: float, target: float) -> float:
    """Return what a wait costs."""
    times = max(0.0, waited) / target
    return times * times + (LATE if times > 1.0 else 0.0)
