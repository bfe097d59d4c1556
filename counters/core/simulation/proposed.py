"""Whom a counter of the live hall would call by looking ahead, were it free now: the trial of a simulated day.

What others do is known as their officers know it; when one comes back from a pause, or opens, is drawn once, as a
forward run does.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from counters.core.forecast.compiled import compiled
from counters.core.forecast.draws import free_at
from counters.core.forecast.forward import stalls
from counters.core.forecast.queue import Lanes, prepare
from counters.core.forecast.shapes import CALLING, SERVING, Desk, Floats, Habits, Ints, Line, Moment
from counters.core.simulation.look_ahead import RUNS, Ahead, Busy, Look, costs, look

SEED = 1
"""Always the same: a proposal changes because the hall has, and the log can be asked again why it was made."""


class Choosing(NamedTuple):
    """A counter, and whom it may call: places in the line, two at least."""

    counter: int
    among: Sequence[int]


def propose(moment: Moment, targets: Floats, choosing: Sequence[Choosing]) -> list[Floats]:
    """Return for each counter what it costs to call each of whom it may call, on average over the runs.

    `targets` (K,) are minutes by which each class shall be called. Whom a counter may call is first in a lane.
    """
    line, desk, habits = moment.line, moment.desk, moment.habits
    lanes = prepare(line, habits.rules, desk.skills)
    ways = _ways(line, lanes, habits, targets, desk.skills.shape[1])
    lane_of = {int(who): lane for lane, who in enumerate(lanes.first) if who >= 0}
    skilled, stalled = desk.skills.sum(axis=1), stalls(moment)
    return [
        tried(moment.now, one.counter, np.array([lane_of[who] for who in one.among]), ways, lanes, desk, habits,
              skilled, stalled) / RUNS
        for one in choosing
    ]  # fmt: skip


def _ways(line: Line, lanes: Lanes, habits: Habits, targets: Floats, services: int) -> Look:
    """Return how the tenant looks ahead, with a target for those lanes, too, in which one alone waits."""
    common = len(targets) * services
    target = np.concatenate((np.repeat(targets, services), targets[line.kind[lanes.first[common:]]]))
    usual = look(Ahead(habits, targets), len(targets), services)
    return usual._replace(target=target, weight=1.0 / target, no_head_start=np.zeros(len(target)))


@compiled
def tried(
    now: float,
    counter: int,
    candidates: Ints,
    ways: Look,
    lanes: Lanes,
    desk: Desk,
    habits: Habits,
    skilled: Ints,
    stalled: Floats,
) -> Floats:
    """Let a counter be free now, and try each of these lanes."""
    np.random.seed(SEED)
    many = len(desk.phase)
    busy, free = Busy(np.full(many, -1), np.zeros(many)), np.full(many, now)
    for other in range(many):
        if other == counter:
            continue
        if desk.phase[other] == SERVING or desk.phase[other] == CALLING:
            busy.service[other] = desk.service[other]
            busy.since[other] = desk.since[other] if desk.phase[other] == SERVING else now
        else:
            free[other] = free_at(now, desk, habits, other, desk.pace[other], stalled[other])
    return costs(
        ways, busy, now, counter, candidates, lanes.first, lanes.after, lanes.since, lanes.service, lanes.able,
        lanes.sent, free, skilled, desk.pace,
    )  # fmt: skip
