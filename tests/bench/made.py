"""Days of a hall, made up by chance from a seed: the log and rows of a mall as if it had been busy all that time.

Visitors come as in the demo's day; counters call by the product's own `policy.score`; every step is one that MOVES
allow (each ticket's row is its replayed log). The figures are inventions.
"""

import random
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from zoneinfo import ZoneInfo

from msgspec import Struct, structs
from sqlalchemy import update

from mpp.demo import day as demo
from tests.bench import made_hall
from tests.bench.made_hall import Desk, Habits, Team, Visitor
from tests.bench.made_log import Step, save
from ticketing import tables
from ticketing.core import chain, hours, policy
from ticketing.core.counter import CounterClosedEvent, CounterOpened, CounterPausedEvent
from ticketing.core.ids import CounterId, MallId
from ticketing.core.mall_entries import MallFile
from ticketing.core.policy import Policy
from ticketing.core.ticket import (
    Called,
    Cancelled,
    Expired,
    Finished,
    Held,
    Issued,
    Missed,
    Recalled,
    Restored,
    Resumed,
    Started,
    TicketEvent,
    Transferred,
)
from ticketing.db import Db

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
ABSENT, COMES_BACK, SENT, HELD, GIVES_UP = 0.06, 0.4, 0.04, 0.03, 0.02
"""Shares of visitors; of the absent, COMES_BACK come back."""

WEEKDAYS = (1.35, 1.05, 0.95, 0.9, 0.75, 0.6, 0.6)
"""Monday is the busiest day."""

LONGEST_DAY = timedelta(hours=10)
"""After the opening even the last counter goes home; who waits still has waited in vain."""


class Year(Struct, frozen=True):
    """What is made: so many tickets, about, on the working days from first to last."""

    first: date
    last: date
    tickets: int


class Made(Struct, frozen=True):
    """What was made."""

    days: int
    tickets: int
    events: int


def usual(day: date) -> Habits:
    """Run the hall in the same way on every day."""
    del day
    return Habits()


async def make(
    db: Db, mall_id: MallId, mall: MallFile, year: Year, seed: int, habits: Callable[[date], Habits] = usual
) -> Made:
    """Put days into the log of a mall that has none, each run as `habits` says."""
    chance = random.Random(seed)
    teams = await made_hall.teams(db, mall_id)
    zone, holidays = ZoneInfo(mall.mall.timezone), {one.date for one in mall.holidays}
    open_days = [
        day
        for n in range((year.last - year.first).days + 1)
        if hours.week(mall.hours)[(day := year.first + timedelta(days=n)).weekday()] and day not in holidays
    ]
    weights = [WEEKDAYS[day.weekday()] * chance.uniform(0.85, 1.15) for day in open_days]
    tickets = 0
    async with db.read(mall_id) as tx:
        seq, head = tx.mall.last_seq, tx.mall.head or chain.START
    for day, weight in zip(open_days, weights, strict=True):
        many = round(year.tickets * weight / sum(weights))
        here = run(teams, habits(day))
        steps = sorted(_day(chance, here, day, zone, many, year.tickets / len(open_days)), key=lambda step: step.at)
        tickets, seq, head = await save(db, mall_id, day, steps, tickets, seq, head)
    async with db.session(db.writer, None) as session:
        await session.execute(update(tables.Mall).where(tables.Mall.id == mall_id).values(last_seq=seq, head=head))
        await session.commit()
    return Made(len(open_days), tickets, seq)


def run(teams: Sequence[Team], habits: Habits) -> list[Team]:
    """Return the tenants that are there on a day, run in this way."""
    return [structs.replace(team, habits=habits) for team in teams if team.code not in habits.silent]


def _day(
    chance: random.Random, teams: Sequence[Team], day: date, zone: ZoneInfo, many: int, usual: float
) -> Iterator[Step]:
    opens = datetime.combine(day, time(8), zone).astimezone(UTC)
    midnight = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    visitors = [_visitor(chance, n, team, opens, usual) for n, team in enumerate(_who(chance, teams, many))]
    for team in teams:
        yield from _tenant(chance, team, [one for one in visitors if one.team is team], opens, midnight)


def _who(chance: random.Random, teams: Sequence[Team], many: int) -> list[Team]:
    return chance.choices(teams, [team.weight for team in teams], k=many)


def _visitor(chance: random.Random, n: int, team: Team, opens: datetime, usual: float) -> Visitor:
    hour = chance.choices(range(len(demo.HOURS)), demo.HOURS)[0]
    comes = opens + chance.uniform(60 * hour, 60 * hour + (30 if hour == len(demo.HOURS) - 1 else 60)) * MINUTE
    service, series = chance.choice(team.services)
    mean = min(20.0, team.habits.load * len(team.desks) * 6.5 * 60 / max(1.0, usual * team.weight))
    if team.habits.pace is not None:
        mean = team.habits.pace * team.promised[service]
    is_priority = chance.random() < demo.PRIORITY_SHARE
    return Visitor(
        n=n,
        team=team,
        service=service,
        series=f"P{series}" if is_priority else series,
        is_priority=is_priority,
        since=comes,
        is_absent=chance.random() < ABSENT,
        is_sent=chance.random() < SENT,
        is_held=chance.random() < HELD,
        takes=chance.gammavariate(1.8, mean / 1.8) * MINUTE + 20 * SECOND,
    )


def _tenant(
    chance: random.Random, team: Team, visitors: Sequence[Visitor], opens: datetime, midnight: datetime
) -> Iterator[Step]:
    """Let a tenant's counters call whom the policy puts first, until nobody is left."""
    habits = team.habits
    for one in visitors:
        yield Step(one.since, "device:1", _issue(one), one.n)
    coming: list[tuple[datetime, int, Visitor]] = [(one.since, one.n, one) for one in visitors]
    coming.sort()
    queues: tuple[deque[Visitor], deque[Visitor]] = (deque(), deque())
    free: list[tuple[datetime, int, Desk]] = []
    breaks: dict[CounterId, datetime] = {}
    for at, desk in enumerate(team.desks):
        begins = opens + chance.uniform(-5, 0 if habits.punctual else 10) * MINUTE
        yield Step(begins, desk.actor, CounterOpened(), None, desk.id)
        heappush(free, (begins, at, desk))
        breaks[desk.id] = opens + (210 + (0 if habits.rest_together else 35 * (at % 3))) * MINUTE
    while free:
        now, at, desk = heappop(free)
        while coming and coming[0][0] <= now:
            _, _, one = heappop(coming)
            queues[one.is_priority].append(one)
        if now >= breaks.get(desk.id, now + SECOND):
            del breaks[desk.id]
            yield Step(now, desk.actor, CounterPausedEvent(), None, desk.id)
            yield Step(now + habits.rest, desk.actor, CounterOpened(), None, desk.id)
            heappush(free, (now + habits.rest, at, desk))
        elif now >= opens + LONGEST_DAY:
            yield Step(now, desk.actor, CounterClosedEvent(), None, desk.id)
        elif any(queues):
            steps, until, back = _serve(chance, _choose(queues, now, habits.rules), desk, now, midnight)
            yield from steps
            if back is not None:
                heappush(coming, (back.since, back.n, back))
            heappush(free, (until, at, desk))
        elif coming:
            heappush(free, (max(coming[0][0], now) + SECOND, at, desk))
        else:
            yield Step(max(now, opens + 420 * MINUTE), desk.actor, CounterClosedEvent(), None, desk.id)
    for left in [*queues[0], *queues[1], *(one for _, _, one in coming)]:
        yield Step(midnight + SECOND, "clock", Expired(), left.n)


def _choose(queues: tuple[deque[Visitor], deque[Visitor]], now: datetime, rules: Policy) -> Visitor:
    """Call the first of either class, whose claim is higher: within a class who came first goes first."""

    def claim(queue: deque[Visitor]) -> float:
        first = queue[0]
        weight = policy.weight(rules, is_priority=first.is_priority)
        return policy.claim(weight, (now - first.since).total_seconds(), 0.0)

    return max((queue for queue in queues if queue), key=claim).popleft()


def _issue(one: Visitor) -> Issued:
    return Issued(
        code="",
        number="",
        series=one.series,
        serial=0,
        day=date.min,
        tenant_id=one.team.id,
        service_id=one.service,
        priority="declared" if one.is_priority else None,
    )


def _serve(
    chance: random.Random, one: Visitor, desk: Desk, now: datetime, midnight: datetime
) -> tuple[list[Step], datetime, Visitor | None]:
    """Return what happens at the counter, until when, and the visitor if the visitor waits again."""

    def step(at: datetime, event: TicketEvent) -> Step:
        return Step(at, desk.actor, event, one.n, desk.id)

    if chance.random() < GIVES_UP:
        return [Step(now, "visitor", Cancelled(), one.n)], now + SECOND, None
    called = [step(now, Called(counter_id=desk.id))]
    if one.is_absent:
        one.is_absent = False
        called += [step(now + MINUTE, Recalled()), step(now + 2 * MINUTE, Missed())]
        back = now + chance.uniform(5, 30) * MINUTE
        if chance.random() < COMES_BACK and back < midnight - 60 * MINUTE:
            return [*called, step(back, Restored())], now + 2 * MINUTE, _waits(one, back)
        return [*called, Step(midnight + SECOND, "clock", Expired(), one.n)], now + 2 * MINUTE, None
    begins = now + chance.uniform(10, 45) * SECOND
    called.append(step(begins, Started()))
    ends = begins + one.takes
    if one.is_held:
        one.is_held = False
        back = ends + chance.uniform(5, 20) * MINUTE
        return [*called, step(ends, Held()), step(back, Resumed())], ends, _waits(one, back)
    if one.is_sent and len(one.team.services) > 1:
        one.is_sent = False
        one.service = chance.choice([service for service, _ in one.team.services if service != one.service])
        sent = step(ends, Transferred(tenant_id=one.team.id, service_id=one.service))
        return [*called, sent], ends, _waits(one, ends)
    return [*called, step(ends, Finished())], ends + 20 * SECOND, None


def _waits(one: Visitor, at: datetime) -> Visitor:
    """Let a visitor wait again; for the queue the visitor is there from then on."""
    one.since = at
    return one
