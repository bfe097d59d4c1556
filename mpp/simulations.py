"""Tries out on days gone by what a manager might change, in another process: the server goes on meanwhile."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, time, timedelta
from multiprocessing import get_context
from zoneinfo import ZoneInfo

from sqlalchemy import select

from counters import machine_code
from mpp import days
from mpp.core.ask import Asked, Compared, Way
from mpp.core.packed import Kept
from mpp.core.records import Place
from mpp.core.refused import Trying
from ticketing import store, tables
from ticketing.core import events, hours, policy
from ticketing.core.ids import TenantId
from ticketing.core.policy import Change, Policy, PolicyChanged, PolicyKept
from ticketing.core.refused import BadRequest
from ticketing.db import Tx

LONGEST = timedelta(days=62)
"""What one question may cost: two months of the largest tenant."""

USUAL = timedelta(days=29)


class Simulations:
    """Lets one question be tried out at a time."""

    def __init__(self) -> None:
        self._one = asyncio.Lock()

    async def compare(self, asked: Asked) -> Compared | None:
        """Live the days in a process of its own, which takes the compiler's memory with it when it ends.

        Raises: Trying.
        """
        if not asked.kept:
            return None
        if self._one.locked():
            raise Trying
        async with self._one:
            pool = ProcessPoolExecutor(1, get_context("spawn"), machine_code.keep)
            try:
                return await asyncio.get_running_loop().run_in_executor(pool, compare, asked)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


def compare(asked: Asked) -> Compared | None:
    """Live the days here; only who calls this imports the compiler."""
    from mpp.core.tryout import try_out

    return try_out(asked)


def period(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """Return which days are meant: those before today, thirty when nothing is said.

    Raises: BadRequest.
    """
    ends = last or today - timedelta(days=1)
    begins = first or ends - USUAL
    if begins > ends:
        raise BadRequest(f"The period ends ({ends}) before it begins ({begins}); exchange the two.")
    if ends >= today:
        raise BadRequest(f"Only days that are over can be lived again; the last one is {today - timedelta(days=1)}.")
    if ends - begins > LONGEST:
        raise BadRequest(f"The period is longer than {LONGEST.days} days; ask for a shorter one.")
    return begins, ends


async def asked(tx: Tx, tenant_id: TenantId, first: date, last: date, way: Way) -> Asked:
    """Read what is needed to live the days of a tenant again."""
    kept = await days.kept(tx, first, last, [tenant_id])
    return Asked(
        kept=kept,
        place=await _place(tx, tenant_id),
        openings=await _openings(tx, tenant_id, kept),
        policies=await _policies(tx, tenant_id, kept),
        target_minutes=tx.mall.reporting.target_wait_minutes,
        way=way,
    )


async def _place(tx: Tx, tenant_id: TenantId) -> Place:
    service, serves = tables.Service, tables.CounterService
    minutes = await tx.session.execute(
        select(service.id, service.standard).where(service.tenant_id == tenant_id).order_by(service.id)
    )
    mine = select(tables.Counter.id).where(tables.Counter.tenant_id == tenant_id)
    pairs = (
        await tx.session.execute(select(serves.counter_id, serves.service_id).where(serves.counter_id.in_(mine)))
    ).all()
    return Place(
        services={id: standard.counter_minutes for id, standard in minutes},
        counters={counter: frozenset(of for who, of in pairs if who == counter) for counter, _ in pairs},
    )


async def _openings(tx: Tx, tenant_id: TenantId, kept: Sequence[Kept]) -> dict[date, float]:
    """Return when the tenant opened on each day, by the hours of now."""
    tenant = await store.tenant(tx, tenant_id)
    week = hours.week(tenant.hours or tx.mall.hours)
    found = {}
    for one in kept:
        day = week[one.day.weekday()]
        found[one.day] = day.open.hour * 60.0 + day.open.minute if day is not None else 0.0
    return found


async def _policies(tx: Tx, tenant_id: TenantId, kept: Sequence[Kept]) -> dict[date, Policy]:
    """Return by which policy each day was called, at its noon: the log tells every change."""
    log, zone = tables.Event, ZoneInfo(tx.mall.timezone)
    kinds = [str(of.__struct_config__.tag) for of in (PolicyChanged, PolicyKept)]
    changes: list[Change] = []
    for body in await tx.session.scalars(select(log.body).where(log.kind.in_(kinds)).order_by(log.seq)):
        told = events.decode(body)
        if isinstance(told, PolicyChanged | PolicyKept):
            changes = [one for one in changes if (one.tenant_id, one.since) != (told.tenant_id, told.since)]
        if isinstance(told, PolicyChanged):
            changes.append(Change(tenant_id=told.tenant_id, since=told.since, policy=told.policy))
    return {
        one.day: policy.in_force(tx.mall.policy, changes, tenant_id, datetime.combine(one.day, time(12), zone))
        for one in kept
    }
