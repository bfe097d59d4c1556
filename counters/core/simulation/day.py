"""A whole day of one tenant: each counter calls whom the policy of the live hall chooses. Compiled.

The parts are those of the forward run (queue, breaks, who of several free counters takes an arrival); what is drawn
there is given here, so that days differ only in what was changed.
"""

from collections.abc import Iterable

import numpy as np

from counters.core.forecast.compiled import compiled
from counters.core.forecast.draws import will_not_come
from counters.core.forecast.forward import back, soonest, taker
from counters.core.forecast.queue import Lanes, append, choose, leave, prepare
from counters.core.forecast.shapes import Desk, Floats, Ints, Line, Odds, Rules
from counters.core.simulation.look_ahead import Ahead, Busy, Look, look, look_ahead, overdue
from counters.core.simulation.shapes import Course, Day, Visitors

NONE = np.empty(0, np.int64)


def simulate(days: Iterable[Day], rules: Rules, odds: Odds, ahead: Ahead | None = None) -> list[Course]:
    """Live days by a policy, each from its first number to its last call.

    `rules` are those of a forward run: weights (K,), head_start (K,) and favour (S,). Of `odds` count the two that tell
    how many do not come after how long a wait; nothing is drawn. With `ahead` counters call by looking ahead instead,
    or with its guard only (no runs), and days lived twice are still the same.
    """
    return [one(day, rules, odds, ahead) for day in days]


def one(day: Day, rules: Rules, odds: Odds, ahead: Ahead | None = None) -> Course:
    """Live one day; see `simulate`."""
    skills = day.desk.skills
    lanes = prepare(Line(NONE, NONE, np.empty(0), NONE), rules, skills)
    many = len(day.visitors.at)
    course = Course(
        called=np.full(many, np.inf),
        started=np.full(many, np.inf),
        ended=np.full(many, np.inf),
        counter=np.full(many, -1),
        overtaken=np.zeros(many, np.int64),
        overtaken_by_same=np.zeros(many, np.int64),
    )
    ways = look(ahead, len(rules.weights), skills.shape[1])
    live(day.visitors, day.desk, day.ends, lanes, odds, skills.sum(axis=1), ways, course)
    return course


@compiled
def live(
    visitors: Visitors,
    desk: Desk,
    day_end: float,
    lanes: Lanes,
    odds: Odds,
    skilled: Ints,
    ways: Look,
    course: Course,
) -> None:
    """Live a day; `course` is filled in."""
    np.random.seed(1)
    at, since, service, closes = visitors.at, visitors.since, visitors.service, desk.closes
    first, last, after = lanes.first.copy(), lanes.last.copy(), np.full(len(at), -1)
    free, breaks = desk.opens.copy(), desk.break_at.copy()
    idle, serving = np.zeros(len(free), np.bool_), np.full(len(free), -1)
    coming, waiting = 0, 0
    while True:
        counter = soonest(free, skilled)
        now = free[counter]
        if coming < len(at) and at[coming] <= now:
            helper = taker(at[coming], service[coming], desk, skilled, free, idle, breaks)
            if helper >= 0:
                idle[helper], serving[helper] = False, coming
                begins = at[coming] + visitors.turn[coming]
                free[helper] = engage(visitors, odds, coming, begins, helper, desk.pace[helper], course)
            else:
                enter(first, last, after, since, visitors.kind[coming] * desk.skills.shape[1] + service[coming], coming)
                waiting += 1
            coming += 1
            continue
        if now == np.inf:
            return
        serving[counter] = -1
        stays = closes[counter] >= day_end and waiting > 0
        free[counter] = back(now, closes[counter], stays, breaks[counter], desk.break_minutes[counter])
        if free[counter] > now:
            continue
        lane = decide(ways, visitors, course, desk, lanes, now, counter, first, after, free, skilled, serving)
        if lane < 0:
            free[counter], idle[counter] = np.inf, True
            continue
        called = first[lane]
        leave(first, last, after, lane, called)
        waiting, serving[counter] = waiting - 1, called
        pass_over(lanes.service, first, after, since, lane, called, course)
        free[counter] = engage(visitors, odds, called, now, counter, desk.pace[counter], course)


@compiled
def decide(
    ways: Look,
    visitors: Visitors,
    course: Course,
    desk: Desk,
    lanes: Lanes,
    now: float,
    counter: int,
    first: Ints,
    after: Ints,
    free: Floats,
    skilled: Ints,
    serving: Ints,
) -> int:
    """Return the lane whose first a counter calls, by claim or by looking ahead; -1 nobody is for it."""
    since, able, sent = visitors.since, lanes.able, lanes.sent
    if ways.runs == 0:
        lane = overdue(ways, since, first, able[counter], now) if ways.guard < np.inf else -1
        if lane >= 0:
            return lane
        return choose(lanes.weight, lanes.head_start, since, lanes.due, first, able[counter], sent[counter], now)
    busy = Busy(np.full(len(free), -1), np.zeros(len(free)))
    for other in range(len(free)):
        if serving[other] >= 0:
            busy.service[other] = visitors.service[serving[other]]
            busy.since[other] = min(now, course.called[serving[other]] + visitors.gap[serving[other]])
    return look_ahead(
        ways, busy, now, counter, first, after, since, lanes.service, able, sent, free, skilled, desk.pace
    )


@compiled
def engage(visitors: Visitors, odds: Odds, who: int, now: float, counter: int, pace: float, course: Course) -> float:
    """Call one; return when the counter can call again."""
    course.called[who], course.counter[who] = now, counter
    if visitors.chance[who] < will_not_come(odds, max(0.0, now - visitors.since[who])):
        course.ended[who] = now + visitors.vain[who]
    else:
        course.started[who] = now + visitors.gap[who]
        course.ended[who] = course.started[who] + pace * visitors.minutes[who]
    return float(course.ended[who] + visitors.turn[who])


@compiled
def enter(first: Ints, last: Ints, after: Ints, since: Floats, lane: int, who: int) -> None:
    """Let one wait in a lane, behind all whose clock is not later."""
    if first[lane] < 0 or since[last[lane]] <= since[who]:
        append(first, last, after, lane, who)
        return
    if since[who] < since[first[lane]]:
        after[who] = first[lane]
        first[lane] = who
        return
    before = first[lane]
    while since[after[before]] <= since[who]:
        before = after[before]
    after[who] = after[before]
    after[before] = who


@compiled
def pass_over(service: Ints, first: Ints, after: Ints, since: Floats, lane: int, called: int, course: Course) -> None:
    """Count for each of the same service who was there before that another is called first."""
    for other in range(len(first)):
        if service[other] != service[lane]:
            continue
        who = first[other]
        while who >= 0:
            if since[who] < since[called] or (since[who] == since[called] and who < called):
                course.overtaken[who] += 1
                course.overtaken_by_same[who] += other == lane
            who = after[who]
