"""Who waits in a forward run, kept in lanes: equal service, class and counter, first come first served. Compiled.

A lane's first has the lane's greatest claim, whatever the weights are; so the policy looks at the firsts only, and a
call costs as many looks as there are lanes, not as there are visitors.
"""

from typing import NamedTuple

import numpy as np

from counters.core.forecast.compiled import compiled, inlined
from counters.core.forecast.shapes import Bools, Floats, Ints, Line, Rules
from ticketing.core import policy

TO_COME = 96
"""Favoured visitors that one run lets arrive at most: more than come to one tenant while a visitor waits."""

claim = compiled(policy.claim)
place = compiled(policy.place)


class Lanes(NamedTuple):
    """The lanes of a tenant (L), and who waits in them: n now, and room for m = n + TO_COME."""

    since: Floats
    """(m,) the clock of the claim."""
    after: Ints
    """(m,) who comes next in the lane; -1 nobody."""
    first: Ints
    """(L,) who is first in each lane; -1 nobody."""
    last: Ints
    """(L,) who is last; without meaning in an empty lane."""
    weight: Floats
    """(L,) how much a minute of waiting counts there."""
    head_start: Floats
    """(L,) minutes that are added to the waiting."""
    service: Ints
    """(L,) for which service they wait."""
    able: Bools
    """(C, L) which counter may call them."""
    sent: Bools
    """(C, L) to which counter they were sent, so that it calls them before all others."""
    due: Floats
    """(n,) when who waits is overdue, or (0,) if nobody ever is; whoever comes later has no promise."""


def prepare(line: Line, rules: Rules, skills: Bools) -> Lanes:
    """Put those who wait into lanes: one for each class and service, and one for each of whom something special holds.

    The lane of a class and service has the index class x S + service.
    """
    (counters, services), kinds = skills.shape, len(rules.weights)
    late = np.zeros(len(line.since), np.bool_)
    late[list(line.late)] = True
    is_special = (line.counter >= 0) | late
    is_special[[who for who, _ in line.barred]] = True
    special = np.flatnonzero(is_special)
    common = kinds * services
    lane = line.kind * services + line.service
    lane[special] = common + np.arange(len(special))
    able, sent = _special(line, special, late, skills)
    lanes = Lanes(
        since=np.concatenate((line.since, np.zeros(TO_COME))),
        after=np.full(len(lane) + TO_COME, -1),
        first=np.full(common + len(special), -1),
        last=np.full(common + len(special), -1),
        weight=np.concatenate(
            (
                np.outer(rules.weights, rules.favour).ravel(),
                rules.weights[line.kind[special]] * rules.favour[line.service[special]],
            )
        ),
        head_start=np.concatenate(
            (np.repeat(rules.head_start, services), np.where(late, 0.0, rules.head_start[line.kind])[special])
        ),
        service=np.concatenate((np.tile(np.arange(services), kinds), line.service[special])),
        able=np.concatenate((np.tile(skills, kinds), able), axis=1),
        sent=np.concatenate((np.zeros((counters, common), np.bool_), sent), axis=1),
        due=_due(line),
    )
    line_up(lanes.first, lanes.last, lanes.after, lane, np.lexsort((np.arange(len(lane)), line.since)))
    return lanes


def _due(line: Line) -> Floats:
    """Return when who waits is overdue, were he the first in his lane; see ticketing.core.ranking.overdue.

    Who comes back to a counter is in a lane by himself, and still nobody behind him passes.
    """
    due = np.array(line.due, np.float64)
    order = np.arange(len(due))
    for who, _ in line.barred if len(due) else ():
        is_behind = (line.since > line.since[who]) | ((line.since == line.since[who]) & (order > who))
        due[(line.service == line.service[who]) & (line.kind == line.kind[who]) & is_behind] = np.inf
    return due


def _special(line: Line, special: Ints, late: Bools, skills: Bools) -> tuple[Bools, Bools]:
    """Return (C, s) which counters may call each special visitor, and which of them do so before all others."""
    each = np.arange(len(skills))[:, None]
    is_there = line.counter[special] == each
    able = np.where(line.counter[special] >= 0, is_there, skills[:, line.service[special]])
    for who, counter in line.barred:
        able[counter, np.searchsorted(special, who)] = False
    return able, is_there & ~late[special]


@compiled
def line_up(first: Ints, last: Ints, after: Ints, lane: Ints, order: Ints) -> None:
    """Let each who waits (n,) wait in the own lane, one after the other."""
    for who in order:
        append(first, last, after, lane[who], who)


@inlined
def append(first: Ints, last: Ints, after: Ints, lane: int, who: int) -> None:
    """Let one wait at the end of a lane."""
    after[who] = -1
    if first[lane] < 0:
        first[lane] = who
    else:
        after[last[lane]] = who
    last[lane] = who


@inlined
def choose(
    weight: Floats,
    head_start: Floats,
    since: Floats,
    due: Floats,
    first: Ints,
    able: Bools,
    sent: Bools,
    now: float,
) -> int:
    """Return the lane of the one whom the policy calls; -1 when nobody is for this counter.

    `able` and `sent` (L,) are those of the counter; `due` is as in `Lanes`.
    """
    best, found = (True, True, 0.0, 0), -1
    for lane in range(len(first)):
        who = first[lane]
        if who >= 0 and able[lane]:
            is_overdue = who < len(due) and due[who] < now
            this = place(sent[lane], is_overdue, claim(weight[lane], now - since[who], head_start[lane]), who)
            if found < 0 or this < best:
                best, found = this, lane
    return found


@compiled
def choose_any(first: Ints, after: Ints, able: Bools) -> tuple[int, int]:
    """Draw lane and number of anybody whom the counter may call; -1 when there is nobody."""
    found, chosen, seen = -1, -1, 0
    for lane in range(len(first)):
        who = first[lane]
        while who >= 0 and able[lane]:
            seen += 1
            if np.random.random() * seen < 1.0:
                found, chosen = lane, who
            who = after[who]
    return found, chosen


@inlined
def leave(first: Ints, last: Ints, after: Ints, lane: int, who: int) -> None:
    """Take one out of a lane."""
    if first[lane] == who:
        first[lane] = after[who]
        return
    before = first[lane]
    while after[before] != who:
        before = after[before]
    after[before] = after[who]
    if last[lane] == who:
        last[lane] = before
