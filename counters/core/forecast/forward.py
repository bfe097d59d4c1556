"""One tenant run forward from now, many times: counters' days and the calling policy. Compiled.

A run draws what is not known (rests of services, new service times, pauses, no-shows, favoured visitors who are still
to come) and lets each counter call whom the policy of the live hall chooses. Runs of one seed are always the same.
"""

import numpy as np

from counters.core.forecast.beginning import Workspace, begin, workspace
from counters.core.forecast.compiled import compiled, inlined, uncounted
from counters.core.forecast.draws import arriving, draw, engagement, next_arrival
from counters.core.forecast.ghosts import at_once, meet
from counters.core.forecast.queue import Lanes, append, choose, choose_any, claim, leave, prepare
from counters.core.forecast.shapes import IDLE, Bools, Desk, Floats, Habits, Ints, Moment, Rules

NOBODY = np.empty(0, np.int64)
"""No ghosts."""


def run(moment: Moment, wanted: Bools, runs: int, seed: int, ghosts: Ints = NOBODY) -> Floats:
    """Return (runs, n + G) minutes from now until each who waits, and each ghost, is called; inf: not in that run.

    A run stops when all who are `wanted` (n,) and all ghosts (G,) are called; for these see there.
    """
    line, habits = moment.line, moment.habits
    rules = habits.rules
    lanes = prepare(line, rules, moment.desk.skills)
    feeds = overtaking(rules, np.concatenate((line.kind, ghosts // len(rules.favour))))
    skilled = moment.desk.skills.sum(axis=1)
    found: Floats = simulate(
        moment.now,
        moment.day_end,
        lanes,
        moment.desk,
        habits,
        feeds,
        stalls(moment),
        skilled,
        wanted,
        ghosts,
        workspace(lanes, moment.desk),
        np.empty((runs, len(wanted) + len(ghosts))),
        seed,
    )
    return found


def overtaking(rules: Rules, kinds: Ints) -> Floats:
    """Return (K,) 1 for classes of which more may come and go before those of `kinds`, else 0."""
    least = rules.weights[kinds].min(initial=np.inf)
    may = (rules.weights > least) | (rules.head_start > rules.head_start[kinds].min(initial=np.inf))
    return np.where(may | (np.ptp(rules.favour) > 0), 1.0, 0.0)


def stalls(moment: Moment) -> Floats:
    """Return (C,) for how long each free counter could have called someone; -1: nobody waits for it."""
    line, desk = moment.line, moment.desk
    each = np.arange(len(desk.phase))[:, None]
    fits = np.where(line.counter >= 0, line.counter == each, desk.skills[:, line.service])
    since = np.maximum(desk.since[:, None], line.since)
    waits = np.where(fits & (desk.phase == IDLE)[:, None], np.maximum(0.0, moment.now - since), -1.0)
    longest: Floats = waits.max(axis=1, initial=-1.0)
    return longest


@compiled
def simulate(
    now: float,
    day_end: float,
    lanes: Lanes,
    desk: Desk,
    habits: Habits,
    feeds: Floats,
    stalled: Floats,
    skilled: Ints,
    wanted: Bools,
    ghosts: Ints,
    work: Workspace,
    found: Floats,
    seed: int,
) -> Floats:
    """Run as often as there are rows in `found`, and fill them; see `run`.

    `feeds` (K,) is 1 for classes of which more may come and go before others.
    """
    np.random.seed(seed)
    line, counters, learned, room = uncounted(lanes), uncounted(desk), uncounted(habits), uncounted(work)
    more, free_for, skills = uncounted(feeds), uncounted(stalled), uncounted(skilled)
    asked, spirits, table = uncounted(wanted), uncounted(ghosts), uncounted(found)
    for one in range(len(found)):
        run_once(now, day_end, line, counters, learned, more, free_for, skills, asked, spirits, room, table[one])
    return found


@inlined
def run_once(
    now: float,
    day_end: float,
    lanes: Lanes,
    desk: Desk,
    habits: Habits,
    feeds: Floats,
    stalled: Floats,
    skilled: Ints,
    wanted: Bools,
    ghosts: Ints,
    work: Workspace,
    out: Floats,
) -> None:
    """Run until all who are wanted are called; `out` gets the minutes from now, inf for those who never are.

    Nothing but plain arrays goes into what is called for each visitor: to pass a whole tuple of them costs more than
    the rest of a call.
    """
    first, last, after, since, breaks, checked = (
        work.first,
        work.last,
        work.after,
        lanes.since,
        work.breaks,
        work.checked,
    )
    pace, free, idle, is_sure = work.pace, work.free, work.idle, work.is_sure
    first[:], last[:], after[:] = lanes.first, lanes.last, lanes.after
    breaks[:], checked[:] = desk.break_at, desk.checked
    durations, begins, gap, pause, odds = habits.durations, habits.begins, habits.gap, habits.pause, habits.odds
    closes, minutes = desk.closes, desk.break_minutes
    begin(now, desk, habits, stalled, pace, free, idle, is_sure)
    out[:] = np.inf
    crowd = len(wanted)
    left, known, waiting = wanted.sum(), crowd, crowd
    unseen = len(ghosts)
    if unseen > 0:
        unseen -= at_once(ghosts, lanes.able, idle, habits.reaction, out[crowd:])
    coming = next_arrival(habits.arrivals, feeds, now)
    while left + unseen > 0:
        counter = soonest(free, skilled)
        at = free[counter]
        if coming <= at and coming < np.inf:
            joined = arrive(
                coming, known, lanes, first, last, after, desk, habits, feeds, skilled, pace, free, idle, breaks
            )
            known, waiting = known + joined, waiting + joined
            coming = next_arrival(habits.arrivals, feeds, coming)
            continue
        if at == np.inf:
            return
        if not is_sure[counter]:
            stays = closes[counter] >= day_end and waiting + unseen > 0
            free[counter] = back(at, closes[counter], stays, breaks[counter], minutes[counter])
            if free[counter] == at and pauses(odds.pause_rate, at - checked[counter]):
                free[counter] += draw(pause)
            checked[counter] = at
            if free[counter] > at:
                continue
        is_sure[counter] = False
        lane, called, by_rule = call(
            lanes.weight,
            lanes.head_start,
            since,
            lanes.due,
            first,
            after,
            lanes.able[counter],
            lanes.sent[counter],
            odds.disorder,
            at,
        )
        if unseen > 0 and by_rule:
            able, claims = lanes.able[counter], -1.0
            if lane >= 0:
                claims = np.inf
                is_overdue = called < len(lanes.due) and lanes.due[called] < at
                if not lanes.sent[counter, lane] and not is_overdue:
                    claims = claim(lanes.weight[lane], at - since[called], lanes.head_start[lane])
            unseen -= meet(ghosts, able, lanes.weight, lanes.head_start, claims, at - now, out[crowd:])
        if lane < 0:
            free[counter], idle[counter] = np.inf, True
            continue
        leave(first, last, after, lane, called)
        waiting -= 1
        if called < crowd:
            out[called] = at - now
            left -= wanted[called]
        waited = at - since[called]
        free[counter] = at + engagement(durations, begins, gap, odds, lanes.service[lane], pace[counter], waited)


@compiled
def arrive(
    at: float,
    number: int,
    lanes: Lanes,
    first: Ints,
    last: Ints,
    after: Ints,
    desk: Desk,
    habits: Habits,
    feeds: Floats,
    skilled: Ints,
    pace: Floats,
    free: Floats,
    idle: Bools,
    breaks: Floats,
) -> int:
    """Let a favoured visitor come: an idle counter takes such a one at once, else one more waits (returns 1)."""
    kind, service = arriving(habits.arrivals, habits.mix, feeds, at)
    helper = taker(at, service, desk, skilled, free, idle, breaks)
    if helper >= 0:
        idle[helper] = False
        free[helper] = at + engagement(
            habits.durations, habits.begins, habits.gap, habits.odds, service, pace[helper], 0.0
        )
        return 0
    if number == len(after):
        return 0
    lanes.since[number] = at
    append(first, last, after, kind * desk.skills.shape[1] + service, number)
    return 1


@inlined
def call(
    weight: Floats,
    head_start: Floats,
    since: Floats,
    due: Floats,
    first: Ints,
    after: Ints,
    able: Bools,
    sent: Bools,
    disorder: float,
    now: float,
) -> tuple[int, int, bool]:
    """Return lane and number of the one who is called, and whether by the policy; now and then it is anybody.

    -1 is nobody, which is as the policy wants it.
    """
    if disorder > 0 and np.random.random() < disorder:
        lane, who = choose_any(first, after, able)
        return lane, who, lane < 0
    lane = choose(weight, head_start, since, due, first, able, sent, now)
    return lane, first[lane] if lane >= 0 else -1, True


@inlined
def back(at: float, closes: float, stays: bool, breaks: Floats, minutes: Floats) -> float:
    """Return when a counter that is free can call: now, after a planned break that is due, or not again today (inf)."""
    if at >= closes and not stays:
        return np.inf
    for one in range(len(breaks)):
        if at >= breaks[one]:
            breaks[one] = np.inf
            return float(at + minutes[one])
    return at


@compiled
def pauses(rate: float, minutes: float) -> bool:
    """Draw whether an officer who could have paused for so long pauses now."""
    return bool(np.random.random() < 1.0 - np.exp(-rate * max(0.0, minutes)))


@inlined
def soonest(free: Floats, skilled: Ints) -> int:
    """Return the counter that is free first; of several the one that can do least, so that the others stay free."""
    best = 0
    for counter in range(1, len(free)):
        is_sooner = free[counter] < free[best]
        if is_sooner or (free[counter] == free[best] and skilled[counter] < skilled[best]):
            best = counter
    return best


@compiled
def taker(at: float, service: int, desk: Desk, skilled: Ints, free: Floats, idle: Bools, breaks: Floats) -> int:
    """Return the idle counter that takes one who arrives; -1 none. One whose break is due has begun it instead.

    A break that was over before anybody came was had.
    """
    best = -1
    for counter in range(len(free)):
        if not idle[counter] or not desk.skills[counter, service] or at >= desk.closes[counter]:
            continue
        for one in range(breaks.shape[1]):
            if breaks[counter, one] <= at:
                over = breaks[counter, one] + desk.break_minutes[counter, one]
                breaks[counter, one] = np.inf
                if at < over:
                    free[counter] = over
                    idle[counter] = False
        if idle[counter] and (best < 0 or skilled[counter] < skilled[best]):
            best = counter
    return best
