"""Days that were, told so that they can be lived again: who came, who served them when, when each counter was there.

What is not in the records is taken from what is: a counter that was free, with somebody waiting whom it then called,
was away for as long as that lasted beyond what it takes to press. Who was never called waits in the simulation too; how
long the service would have taken is drawn from those of others.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from counters.core.forecast.shapes import Bools, Floats, Ints
from counters.core.simulation import shapes
from counters.core.simulation.shapes import COMES, STAYS_AWAY, Course, Day, Visitors

PRESSES = 3.0
"""Minutes within which an officer who is there calls the next one."""

IN_VAIN = 2.0
"""Minutes that a counter waits for one who does not come, where nobody else shows how long it was."""

LONGEST_WAY = 10.0
"""Minutes from a call to the service; more is a visitor who came back later."""

SHORTEST, LONGEST = 0.1, 480.0
"""Minutes of a service that are believed."""


class Record(NamedTuple):
    """What is known of a tenant's day: n visitors, C counters. Minutes since midnight; nan: there is none."""

    joined: Floats
    service: Ints
    kind: Ints
    called: Floats
    wait: Floats
    """(n,) until the call, as it is counted: less what was put aside, breaks of the tenant, time before the opening."""
    started: Floats
    ended: Floats
    minutes: Floats
    """(n,) of the service, of those who were served: less than from start to end of who was put aside in between."""
    counter: Ints
    """(n,) which of the counters called; -1 none."""
    skills: Bools
    """(C, S)"""
    opened: Floats
    closed: Floats
    """(C,) when a counter was opened first and closed last; nan: not told."""
    paused: Bools
    """(C, 24) whether it paused in that hour."""
    opening: float
    """When the tenant begins to serve."""


class Then(NamedTuple):
    """A day to be lived again, and what happened."""

    day: Day
    course: Course


def again(record: Record, usual: Sequence[Floats], chance: np.random.Generator) -> Then:
    """Return a day to be lived; `usual` are the service times of each service, for those of whom none is known."""
    order, at = _arrivals(record)
    one = _sorted(record, order)
    came = _came(one)
    minutes = np.where(np.isfinite(one.minutes), one.minutes, _drawn(one.service, usual, chance))
    minutes = np.clip(minutes, SHORTEST, LONGEST)
    gap = _gaps(one)
    left, late = _sittings(one, came, gap, minutes)
    turn, vain, break_at, break_minutes = _between(one, at, left, late)
    visitors = Visitors(
        at=at,
        since=at,
        service=one.service,
        kind=one.kind,
        minutes=minutes,
        gap=gap,
        chance=np.where(came | np.isnan(one.called), COMES, STAYS_AWAY),
        vain=vain,
        turn=turn,
    )
    opens, closes, ends = _hours(one, at, left)
    desk = shapes.desk(one.skills, opens, closes, np.ones(len(opens)), break_at, break_minutes)
    waited = np.maximum(at, one.opening) + one.wait
    called = np.where(np.isfinite(waited), waited, np.inf)
    started = np.where(came, called + gap, np.inf)
    course = Course(
        called=called,
        started=started,
        ended=np.where(came, started + minutes, called + vain),
        counter=one.counter,
        overtaken=_overtaken(at, called, one.service),
        overtaken_by_same=np.zeros(len(at), np.int64),
    )
    return Then(Day(visitors, desk, ends, one.opening), course)


def _arrivals(record: Record) -> tuple[Ints, Floats]:
    """Return the order of the numbers and when each came, as far as it counts: what the wait leaves out is left out."""
    counted = record.called - record.wait
    early = np.maximum(0.0, record.opening - record.joined)
    at = np.where(np.isfinite(counted), counted - early, record.joined)
    order = np.argsort(at, kind="stable")
    return order, at[order]


def _sorted(record: Record, order: Ints) -> Record:
    return record._replace(
        joined=record.joined[order],
        service=record.service[order],
        kind=record.kind[order],
        called=record.called[order],
        wait=record.wait[order],
        started=record.started[order],
        ended=record.ended[order],
        minutes=record.minutes[order],
        counter=record.counter[order],
    )


def _came(one: Record) -> Bools:
    return np.isfinite(one.minutes) | np.isfinite(one.started)


def _drawn(service: Ints, usual: Sequence[Floats], chance: np.random.Generator) -> Floats:
    return np.array([chance.choice(usual[one]) for one in service.tolist()], np.float64)


def _gaps(record: Record) -> Floats:
    gap = record.started - record.called
    is_known = (gap >= 0) & (gap <= LONGEST_WAY)
    usual = float(np.median(gap[is_known])) if is_known.any() else 0.0
    return np.where(is_known, gap, usual)


def _sittings(one: Record, came: Bools, gap: Floats, minutes: Floats) -> tuple[Floats, Floats]:
    """Return when each left the counter first, and (n, 2) when those who came to it twice sat there again (else nan).

    Who missed the call was served after coming back; who was put aside had one half of the service before.
    """
    back = came & (one.started - one.called > LONGEST_WAY)
    aside = came & ~back & (one.ended - one.started - minutes > PRESSES)
    left = np.where(came & ~back, one.called + gap + np.where(aside, minutes / 2, minutes), one.called + IN_VAIN)
    begins = np.where(back, one.started, np.where(aside, one.ended - minutes / 2, np.nan))
    ends = np.where(back, one.started + minutes, np.where(aside, one.ended, np.nan))
    return left, np.stack((begins, ends), axis=1)


def _between(one: Record, at: Floats, left: Floats, late: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return what the time between two visitors at a counter tells: presses, waits in vain, and (C, B) breaks."""
    many, counters = len(at), len(one.opened)
    turn, vain = np.full(many, np.nan), np.full(many, IN_VAIN)
    breaks: list[list[tuple[float, float]]] = [[] for _ in range(counters)]
    came = _came(one)
    for counter in range(counters):
        mine = np.flatnonzero(one.counter == counter)
        mine = mine[np.argsort(one.called[mine], kind="stable")]
        again = late[mine][np.isfinite(late[mine, 0])]
        for who, then in zip(mine[:-1].tolist(), mine[1:].tolist(), strict=True):
            if not came[who] and at[then] <= one.called[who]:
                vain[who] = min(PRESSES, one.called[then] - one.called[who])
                left[who] = one.called[who] + vain[who]
            ready = max(left[who], at[then], one.opening)
            taken = np.minimum(again[:, 1], one.called[then]) - np.maximum(again[:, 0], ready)
            idle = one.called[then] - ready - np.maximum(0.0, taken).sum()
            if at[then] <= left[who] and idle <= PRESSES:
                turn[who] = max(0.0, idle)
            if idle > PRESSES:
                turn[who] = 0.0
                begins = left[who] if _paused(one, counter, left[who], one.called[then]) else ready
                breaks[counter].append((begins, ready - begins + idle))
    pressed = turn[turn > 0]
    usual = float(np.median(pressed)) if len(pressed) else 0.0
    most = max([1, *(len(own) for own in breaks)])
    break_at, minutes = np.full((counters, most), np.inf), np.zeros((counters, most))
    for counter, own in enumerate(breaks):
        for number, (begins, lasts) in enumerate(own):
            break_at[counter, number], minutes[counter, number] = begins, lasts
    return np.where(np.isnan(turn), usual, turn), vain, break_at, minutes


def _paused(one: Record, counter: int, begins: float, ends: float) -> bool:
    """Say whether a counter paused in any of the hours between."""
    return bool(one.paused[counter, int(begins // 60) % 24 : int(ends // 60) % 24 + 1].any())


def _hours(one: Record, at: Floats, left: Floats) -> tuple[Floats, Floats, float]:
    """Return when counters open and close, and when the day ends.

    Those that were still there when the last visitor came stay until nobody waits, if all were called that day.
    """
    counters = len(one.opened)
    opens, closes = np.full(counters, np.inf), np.full(counters, -np.inf)
    for counter in range(counters):
        mine = one.counter == counter
        opens[counter] = min(one.called[mine].min(initial=np.inf), np.nan_to_num(one.opened[counter], nan=np.inf))
        closes[counter] = max(left[mine].max(initial=-np.inf), np.nan_to_num(one.closed[counter], nan=-np.inf))
    closes = np.where(np.isfinite(opens), closes, np.inf)
    last = float(at.max(initial=0.0)) + 1.0
    if np.isnan(one.called).any():
        return opens, closes, np.inf
    return opens, np.where(closes >= last, last, closes), last


def _overtaken(at: Floats, called: Floats, service: Ints) -> Ints:
    found = np.zeros(len(at), np.int64)
    for one in np.unique(service):
        own = np.flatnonzero(service == one)
        later = at[own][None, :] > at[own][:, None]
        found[own] = (later & (called[own][None, :] < called[own][:, None])).sum(axis=1)
    return found
