"""How many counters a tenant needs in each hour: what is asked, from which days, and the answer as a view."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, time, timedelta

from msgspec import Struct
from sqlalchemy import select

from counters.core.staffing import crowd, load
from counters.core.staffing.question import Answer, Question
from counters.core.staffing.shifts import LUNCH, Hours, lunches
from mpp import days
from mpp.core import frame, past
from mpp.core import staffing as core
from mpp.core.packed import Kept
from mpp.core.staffing import Desks
from mpp.planner import Planner
from mpp.staffing_views import Lunch, StaffingHour, StaffingResult, StaffingState, StaffingView
from ticketing import reads, store, tables
from ticketing.core import hours
from ticketing.core.access import Principal
from ticketing.core.hours import Interval
from ticketing.core.ids import TenantId
from ticketing.core.refused import BadRequest, NotAllowed, Unknown
from ticketing.db import Tx
from ticketing.hall import Hall

HISTORY = timedelta(days=182)
"""Half a year: enough of each weekday, and not the demand of long ago."""

LONGEST_TARGET = 120
"""Minutes; beyond two hours nobody plans counters."""


class Ask(Struct, frozen=True, kw_only=True):
    """What somebody wants to know; None: the first (or own) tenant, the mall's target, the next day that is open."""

    tenant: str | None
    weekday: int | None
    target: int | None


class Asked(Struct, frozen=True, kw_only=True):
    """What is asked, as the database has it; `interval` None: not open on that weekday."""

    tenant: tables.Tenant
    tenants: list[tables.Tenant]
    weekday: int
    weekdays: list[int]
    target: int
    interval: Interval | None
    desks: Desks
    kept: list[Kept]


async def view(
    hall: Hall, planner: Planner, who: Principal, ask: Ask, *, patience: float | None = None
) -> StaffingView:
    """Show the counters that a tenant needs; one who is tied to a tenant sees that tenant only.

    Args:
        patience: for how many seconds to wait for an answer; None: until there is one.

    Raises: BadRequest, NotAllowed, TooManyRequests, Unknown.
    """
    async with hall.db.read(who.mall_id) as tx:
        asked = await read(tx, who.tenant_id, ask)
        mall, at = tx.mall, tx.now
    asks = await asyncio.to_thread(question, asked)
    answer = await _answer(planner, asks, patience) if asks else None
    known = days_of(asked)
    return StaffingView(
        at=at,
        pace=hall.clock.pace,
        build=hall.build,
        mall=reads.mall_part(mall),
        tenants=[reads.tenant_part(row) for row in asked.tenants],
        tenant=asked.tenant.code,
        state=_state(asked, asks, answer),
        weekday=asked.weekday,
        weekdays=asked.weekdays,
        target_minutes=asked.target,
        days=len(known),
        of_weekday=sum(one.weekday() == asked.weekday for one in known),
        there=len(asked.desks.counters),
        result=result(asks, answer) if asks and answer else None,
    )


def question(asked: Asked) -> Question | None:
    """Return what to search for; None when it is not open, or there is too little history. It takes a moment."""
    if asked.interval is None:
        return None
    columns, hours = frame.columns(asked.kept), _hours(asked.interval)
    return core.question(columns, asked.desks, hours, asked.weekday, asked.target)


def openings(asked: Asked, asks: Question) -> Mapping[int, Sequence[float]]:
    """Return by counter when it opened on past days of the weekday, in minutes since midnight. It takes a moment."""
    return past.openings(frame.columns(asked.kept), asks.hours, asked.weekday)


def days_of(asked: Asked) -> set[date]:
    """Return the days with visitors."""
    return {one.day for one in asked.kept if one.what.legs}


async def _answer(planner: Planner, asks: Question, patience: float | None) -> Answer | None:
    """Return the answer; None while it is searched for."""
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            return await planner.answer(asks)
    return None


def _state(asked: Asked, asks: Question | None, answer: Answer | None) -> StaffingState:
    if asked.interval is None:
        return StaffingState.CLOSED
    if asks is None:
        return StaffingState.FEW_DAYS
    return StaffingState.FOUND if answer else StaffingState.SEARCHING


async def read(tx: Tx, own: TenantId | None, ask: Ask) -> Asked:
    """Find what is asked for, within the own tenant of one who is tied to it.

    Raises: BadRequest, NotAllowed, Unknown.
    """
    tenants = await _tenants(tx, own)
    tenant = next((row for row in tenants if ask.tenant in {None, row.code}), None)
    if tenant is None:
        if own is not None:
            raise NotAllowed("You may plan the counters of your own tenant only.")
        raise Unknown(f"There is no tenant {ask.tenant!r} in this mall.")
    week = hours.week(tenant.hours or tx.mall.hours)
    today = store.today(tx)
    if ask.weekday is not None and not 0 <= ask.weekday <= 6:
        raise BadRequest("`weekday` is a whole number from 0 (Monday) to 6 (Sunday).")
    if ask.target is not None and not 1 <= ask.target <= LONGEST_TARGET:
        raise BadRequest(f"`target` is a whole number of minutes from 1 to {LONGEST_TARGET}.")
    ahead = ((today.weekday() + later) % 7 for later in range(1, 8))
    weekday = next((one for one in ahead if week[one]), today.weekday()) if ask.weekday is None else ask.weekday
    return Asked(
        tenant=tenant,
        tenants=tenants,
        weekday=weekday,
        weekdays=[at for at, interval in enumerate(week) if interval],
        target=ask.target or tx.mall.reporting.target_wait_minutes,
        interval=week[weekday],
        desks=await _desks(tx, tenant),
        kept=await days.kept(tx, today - HISTORY, today - timedelta(days=1), [tenant.id]),
    )


async def _tenants(tx: Tx, own: TenantId | None) -> list[tables.Tenant]:
    mine = tables.Tenant
    wanted = select(mine).where(mine.is_active.is_(True)).order_by(mine.position, mine.id)
    if own is not None:
        wanted = wanted.where(mine.id == own)
    return list(await tx.session.scalars(wanted))


async def _desks(tx: Tx, tenant: tables.Tenant) -> Desks:
    service, counter, serves = tables.Service, tables.Counter, tables.CounterService
    known = await tx.session.execute(
        select(service.id, service.standard)
        .where(service.tenant_id == tenant.id, service.is_active.is_(True))
        .order_by(service.position, service.id)
    )
    pairs = await tx.session.execute(
        select(counter.id, serves.service_id)
        .join(serves, serves.counter_id == counter.id)
        .where(counter.tenant_id == tenant.id, counter.is_active.is_(True))
        .order_by(counter.position, counter.id, serves.service_id)
    )
    can: dict[int, set[int]] = defaultdict(set)
    for counter_id, service_id in pairs:
        can[counter_id].add(service_id)
    return Desks(
        minutes={id: standard.counter_minutes for id, standard in known},
        counters=tuple(frozenset(one) for one in can.values()),
        rules=tx.policy(tenant.id),
    )


def _hours(day: Interval) -> Hours:
    """Return a day's hours in minutes; where there is a break for all, officers need no lunch in turns."""
    shut = tuple((_minutes(one.start), _minutes(one.end)) for one in day.breaks)
    return Hours(_minutes(day.open), _minutes(day.close), shut, in_turns=not shut)


def _minutes(at: time) -> float:
    return at.hour * 60.0 + at.minute


def result(asks: Question, answer: Answer) -> StaffingResult:
    """Put an answer into the shape of the view."""
    found, fresh, usual = answer.found, answer.fresh, answer.usual
    slots = asks.hours.slots()
    visitors = crowd.visitors(asks.past, asks.hours)
    return StaffingResult(
        effective_minutes=load.effective_minutes(asks.workload),
        hours=[
            StaffingHour(
                hour=hour,
                visitors=visitors[at],
                counters=found.plan[at],
                p90=fresh.p90[at],
                breaks=fresh.breaks[at],
                usual=asks.usual[at] if usual else None,
                usual_p90=usual.p90[at] if usual else None,
                usual_breaks=usual.breaks[at] if usual else None,
            )
            for at, hour in enumerate(slots)
        ],
        lunches=[Lunch(int(at), int(LUNCH), many) for at, many in lunches(found.plan, asks.hours)],
        day_breaks=fresh.day_breaks,
        late=fresh.late,
        usual_day_breaks=usual.day_breaks if usual else None,
        usual_late=usual.late if usual else None,
        is_reached=all(p90 is None or p90 <= asks.target for p90 in found.trial.p90),
        is_whole=found.is_whole,
    )
