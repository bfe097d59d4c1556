"""A day of the demo in the real hall, then its log once more: each call that the hall chose, the runs choose too."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from heapq import heapify, heappop, heappush
from importlib.resources import files
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from msgspec import Struct
from sqlalchemy import select

from counters import actions as officers
from counters import policies
from counters.core.forecast import queue
from counters.core.forecast.shapes import Line, Rules
from mpp.demo import day as demo
from tests.counters.desk import call, open_, send
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, look, take
from ticketing import actions, malls, standings, store, tables
from ticketing.core import events, mall_file, policy, ticket
from ticketing.core.ids import CounterId, MallId, ServiceId, TicketId
from ticketing.core.mall_entries import MallFile
from ticketing.core.outlook import Chance, Forecast
from ticketing.core.policy import ChosenBy, Policy
from ticketing.core.refused import LateAlready, QueueEmpty
from ticketing.core.ticket import Called, State, Ticket, TicketEvent
from ticketing.db import Db, Tx
from ticketing.outlooks import Outlooks

TENANT, COUNTERS = "DUKCAPIL", ("L02", "L04")
"""The second counter serves half of the services."""
LATER = Policy(priority_weight=3.0, head_start=20, favour_short=0.5, cap=3)
"""Holds from the middle of the day on."""

CLASSES = (False, True)

PROMISED = Forecast(mean=5.0, q10=2.0, q25=3.0, q50=5.0, q75=8.0, q90=10.0)


Calls = Callable[[Db, MallId, str], Awaitable[tables.Ticket]]
"""How a counter calls the next one."""


class Hall(Struct):
    """What does not change during the day: who serves what, and how much each service counts by which policy."""

    served: dict[CounterId, frozenset[ServiceId]]
    favours: dict[Policy, dict[ServiceId, float]]


class Decision(Struct):
    """A call that the policy chose: when, by which policy, at which counter, who waited, who was called, and why."""

    at: datetime
    rules: Policy
    counter: CounterId
    waiting: list[Ticket]
    called: TicketId
    why: Called


async def begin(db: Db, clock: StoppedClock) -> tuple[MallId, MallFile, datetime]:
    """Open the demo's mall on a Monday morning."""
    mall = mall_file.read(files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8"))
    opens = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo(mall.mall.timezone))
    clock.at = opens
    mall_id = await malls.ensure(db, mall)
    await act(db, mall_id, lambda tx: malls.replace(tx, mall))
    for code in COUNTERS:
        await open_(db, mall_id, code, f"Officer {code}")
    return mall_id, mall, opens


async def live(
    db: Db, clock: StoppedClock, visitors: Sequence[demo.Visitor], later: Policy = LATER, by: Calls = call
) -> MallId:
    """Let the visitors come faster than two counters can serve them, until all are gone."""
    mall, described, opens = await begin(db, clock)
    services = [service for tenant in described.tenants for service in tenant.services]
    outcomes = {service.code: [one.code for one in service.outcomes] for service in services}
    deeds: list[tuple[datetime, int, str]] = [(opens + one.comes / 3, n, "") for n, one in enumerate(visitors)]
    deeds += [(opens + timedelta(minutes=5), len(visitors) + n, code) for n, code in enumerate(COUNTERS)]
    heapify(deeds)
    coming, many = len(visitors), 0
    issued: dict[TicketId, demo.Visitor] = {}
    while deeds:
        clock.at, n, counter = heappop(deeds)
        if not counter:
            coming -= 1
            told = await foretold(db, mall, clock.at)
            row = await take(db, mall, visitors[n].service, priority=visitors[n].is_priority, told=told)
            issued[row.id] = visitors[n]
            continue
        try:
            row = await by(db, mall, counter)
        except QueueEmpty:
            if coming:
                heappush(deeds, (clock.at + timedelta(minutes=1), n, counter))
            continue
        many += 1
        if many == len(visitors) // 2:
            await act(db, mall, lambda tx: policies.change(tx, None, None, later))
        if many % 9 == 4 and await be_late(db, mall, row.id):
            heappush(deeds, (clock.at + timedelta(minutes=1), n, counter))
            continue
        lasts = await serve(db, mall, counter, issued[row.id], many, outcomes[issued[row.id].service])
        heappush(deeds, (clock.at + lasts, n, counter))
    return mall


async def foretold(db: Db, mall: MallId, now: datetime) -> Outlooks:
    """Tell everybody the same, that nobody can be sure of in this hall."""
    told = Outlooks()
    for row in await look(db, mall, lambda tx: tx.session.scalars(select(tables.Service))):
        told.tell(row.tenant_id, now, [], [((row.id, kind), Chance(PROMISED)) for kind in CLASSES])
    return told


async def be_late(db: Db, mall: MallId, ticket_id: TicketId) -> bool:
    """Let a visitor who is called say to be late; once only."""
    with suppress(LateAlready):
        async with db.write(mall, "visitor") as tx:
            await actions.step_back(tx, await store.ticket(tx, ticket_id))
        return True
    return False


async def serve(db: Db, mall: MallId, counter: str, who: demo.Visitor, many: int, outcomes: Sequence[str]) -> timedelta:
    """Serve who was called, or miss them, or send them to the other counter; return how long it takes."""
    if not who.comes_when_called:
        await act(db, mall, partial(officers.miss, code=counter))
        return timedelta(minutes=2)
    await act(db, mall, partial(officers.start, code=counter), "person:1")
    if many % 8 == 3:
        await send(db, mall, counter, to=COUNTERS[counter == COUNTERS[0]])
    else:
        await act(db, mall, partial(officers.finish, code=counter, result=demo.outcome(outcomes, who.luck)))
    return timedelta(seconds=round((who.walk + who.takes).total_seconds()))


async def hall_of(tx: Tx) -> Hall:
    serves, tenant = (
        tables.CounterService,
        await tx.session.scalar(select(tables.Tenant).where(tables.Tenant.code == TENANT)),
    )
    assert tenant is not None
    served: dict[CounterId, set[ServiceId]] = defaultdict(set)
    for counter, service in await tx.session.execute(select(serves.counter_id, serves.service_id)):
        served[counter].add(service)
    policies_held = (tx.mall.policy, *(one.policy for one in tx.mall.policy_changes if one.policy))
    favours = {rules: dict(await standings.favours_of(tx, tenant.id, rules)) for rules in policies_held}
    return Hall({counter: frozenset(of) for counter, of in served.items()}, favours)


async def decisions(tx: Tx) -> list[Decision]:
    """Read from the log, and from nothing else, what the hall knew at each call that it chose."""
    logs: dict[TicketId, list[tuple[datetime, TicketEvent]]] = defaultdict(list)
    rules, found = tx.mall.policy, []
    for row in await tx.session.scalars(select(tables.Event).order_by(tables.Event.seq)):
        what = events.decode(row.body)
        if isinstance(what, policy.PolicyChanged) and what.policy is not None:
            rules = what.policy
        if row.ticket_id is None or not isinstance(what, TicketEvent):
            continue
        if isinstance(what, Called) and what.score is not None:
            known = [ticket.replay(id, log) for id, log in logs.items()]
            waiting = [one for one in known if one.state is State.WAITING]
            found.append(Decision(row.at, rules, what.counter_id, waiting, row.ticket_id, what))
        logs[row.ticket_id].append((row.at, what))
    return found


def chosen(hall: Hall, one: Decision) -> TicketId:
    """Let a counter of a run call, as it would in the middle of a forecast or a simulation."""
    counters, waiting = list(hall.served), sorted(one.waiting, key=lambda who: who.id)
    services = sorted({service for of in hall.served.values() for service in of})
    favour = hall.favours[one.rules]
    dues = [policy.due(one.rules, who.waiting_since, who.promised) for who in waiting]
    line = Line(
        service=np.array([services.index(who.service_id) for who in waiting]),
        kind=np.array([who.priority is not None for who in waiting], np.int64),
        since=np.array([(who.waiting_since - one.at).total_seconds() for who in waiting]),
        counter=np.array([counters.index(who.for_counter_id) if who.for_counter_id else -1 for who in waiting]),
        late=tuple(n for n, who in enumerate(waiting) if who.deferred),
        due=tuple((due - one.at).total_seconds() if due else np.inf for due in dues),
    )
    rules = Rules(
        weights=np.array([policy.weight(one.rules, is_priority=kind) for kind in CLASSES]),
        head_start=np.array([policy.head_start(one.rules, is_priority=kind).total_seconds() for kind in CLASSES]),
        favour=np.array([favour.get(service, 1.0) for service in services]),
    )
    skills = np.array([[service in hall.served[counter] for service in services] for counter in counters])
    lanes, at = queue.prepare(line, rules, skills), counters.index(one.counter)
    lane = queue.choose(
        lanes.weight, lanes.head_start, lanes.since, lanes.due, lanes.first, lanes.able[at], lanes.sent[at], 0.0
    )
    return waiting[int(lanes.first[lane])].id


def of_tenant(mall: MallFile, seed: int) -> Iterator[demo.Visitor]:
    services = {service.code for tenant in mall.tenants if tenant.code == TENANT for service in tenant.services}
    return (one for one in demo.plan(mall, seed) if one.service in services)


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_the_runs_call_whom_the_hall_called(db: Db, clock: StoppedClock) -> None:
    mall = mall_file.read(files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8"))
    lived = await live(db, clock, list(of_tenant(mall, seed=1))[:40])
    hall, found = await look(db, lived, hall_of), await look(db, lived, decisions)
    with_choice = [one for one in found if len(one.waiting) > 1]
    assert len(with_choice) > 20
    assert {one.rules for one in with_choice} == {Policy(), LATER}
    assert any(one.for_counter_id for choice in with_choice for one in choice.waiting)
    assert any(one.deferred for choice in with_choice for one in choice.waiting)
    assert {one.why.reason for one in with_choice} == {ChosenBy.CLAIM, ChosenBy.PROMISE}
    assert [chosen(hall, one) for one in found] == [one.called for one in found]
