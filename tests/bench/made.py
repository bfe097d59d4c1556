"""Days of a hall, made up by chance from a seed: the log and rows of a mall as if it had been busy all that time.

Visitors come as in the demo's day; counters call by the product's own `policy.score`; every step is one that MOVES
allow (each ticket's row is its replayed log). The figures are inventions.
"""

import random
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import select, update

from mpp import store as people
from mpp.demo import day as demo
from mpp.tables import TokenKind
from tests.bench.made_log import Step, save
from ticketing import tables
from ticketing.core import chain, hours, policy
from ticketing.core.access import Role
from ticketing.core.counter import CounterClosedEvent, CounterOpened, CounterPausedEvent
from ticketing.core.ids import CounterId, MallId, ServiceId, TenantId
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
LOAD = 0.85
"""How much of its counters' time a tenant needs on a middling day: a busy hall that comes to an end."""

ABSENT, COMES_BACK, SENT, HELD, GIVES_UP = 0.06, 0.4, 0.04, 0.03, 0.02
"""Shares of visitors; of the absent, COMES_BACK come back."""

WEEKDAYS = (1.35, 1.05, 0.95, 0.9, 0.75, 0.6, 0.6)
"""Monday is the busiest day."""

BREAK = timedelta(minutes=30)
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


class Desk(Struct, frozen=True):
    """A counter and who runs it."""

    id: CounterId
    actor: str


class Team(Struct, frozen=True):
    """A tenant: its services with their number series, and its counters."""

    id: TenantId
    weight: float
    services: Sequence[tuple[ServiceId, str]]
    desks: Sequence[Desk]


class Visitor(Struct):
    """Somebody with a ticket of the day: `n` counts from 0, `since` is when the waiting began."""

    n: int
    team: Team
    service: ServiceId
    series: str
    is_priority: bool
    since: datetime
    is_absent: bool
    is_sent: bool
    is_held: bool
    takes: timedelta


async def make(db: Db, mall_id: MallId, mall: MallFile, year: Year, seed: int) -> Made:
    """Put days into the log of a mall that has none."""
    chance = random.Random(seed)
    teams = await _teams(db, mall_id, mall)
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
        steps = sorted(_day(chance, teams, day, zone, many, year.tickets / len(open_days)), key=lambda step: step.at)
        tickets, seq, head = await save(db, mall_id, day, steps, tickets, seq, head)
    async with db.session(db.writer, None) as session:
        await session.execute(update(tables.Mall).where(tables.Mall.id == mall_id).values(last_seq=seq, head=head))
        await session.commit()
    return Made(len(open_days), tickets, seq)


async def _teams(db: Db, mall_id: MallId, mall: MallFile) -> list[Team]:
    """Read the tenants with their counters; one officer in ten is a supervisor who helps out."""
    async with db.write(mall_id, "made") as tx:
        for role in (Role.OFFICER, Role.SUPERVISOR):
            await people.add_token(tx, TokenKind.PROGRAM, f"made-{role}", created_at=tx.now, role=role)
        rows = (await tx.session.scalars(select(tables.Tenant).order_by(tables.Tenant.id))).all()
        services = (await tx.session.scalars(select(tables.Service))).all()
        counters = (await tx.session.scalars(select(tables.Counter).order_by(tables.Counter.id))).all()
    rest = (1 - sum(demo.SHARES.values())) / max(1, len(rows) - len(demo.SHARES))
    return [
        Team(
            row.id,
            demo.SHARES.get(row.code, rest),
            [(one.id, one.prefix or row.prefix) for one in services if one.tenant_id == row.id],
            [
                Desk(one.id, f"program:made-{Role.SUPERVISOR if one.id % 10 == 0 else Role.OFFICER}")
                for one in counters
                if one.tenant_id == row.id
            ],
        )
        for row in rows
    ]


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
    mean = min(20.0, LOAD * len(team.desks) * 6.5 * 60 / max(1.0, usual * team.weight))
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
    for one in visitors:
        yield Step(one.since, "device:1", _issue(one), one.n)
    coming: list[tuple[datetime, int, Visitor]] = [(one.since, one.n, one) for one in visitors]
    coming.sort()
    queues: tuple[deque[Visitor], deque[Visitor]] = (deque(), deque())
    free: list[tuple[datetime, int, Desk]] = []
    breaks: dict[CounterId, datetime] = {}
    for at, desk in enumerate(team.desks):
        begins = opens + chance.uniform(-5, 10) * MINUTE
        yield Step(begins, desk.actor, CounterOpened(), None, desk.id)
        heappush(free, (begins, at, desk))
        breaks[desk.id] = opens + (210 + 35 * (at % 3)) * MINUTE
    while free:
        now, at, desk = heappop(free)
        while coming and coming[0][0] <= now:
            _, _, one = heappop(coming)
            queues[one.is_priority].append(one)
        if now >= breaks.get(desk.id, now + SECOND):
            del breaks[desk.id]
            yield Step(now, desk.actor, CounterPausedEvent(), None, desk.id)
            yield Step(now + BREAK, desk.actor, CounterOpened(), None, desk.id)
            heappush(free, (now + BREAK, at, desk))
        elif now >= opens + LONGEST_DAY:
            yield Step(now, desk.actor, CounterClosedEvent(), None, desk.id)
        elif any(queues):
            steps, until, back = _serve(chance, _choose(queues, now), desk, now, midnight)
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


def _choose(queues: tuple[deque[Visitor], deque[Visitor]], now: datetime) -> Visitor:
    """Call the first of either class, whose claim is higher: within a class who came first goes first."""

    def claim(queue: deque[Visitor]) -> float:
        first = queue[0]
        weight = policy.weight(Policy(), is_priority=first.is_priority)
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
