"""The checks judged: for the page, for the console, and each night for the trend."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from mpp.readiness import catalogue, reads, store, words
from mpp.readiness.core import attested
from mpp.readiness.core.shapes import ORDER, Attested, Check, Finding, State
from mpp.readiness.reads import Ground, Places
from mpp.readiness.views import CheckPart, ReadinessView, RecordPart, TrendPoint
from ticketing import reads as ground_reads
from ticketing import store as ground
from ticketing.core.ids import MallId
from ticketing.db import Db
from ticketing.hall import Hall
from ticketing.views import MallPart, TenantPart


class Known(Struct, frozen=True, kw_only=True):
    """All that a view is made of."""

    on: Ground
    places: Places
    files: set[int]
    trend: list[TrendPoint]
    mall: MallPart
    tenants: list[TenantPart]
    at: datetime


async def view(hall: Hall, mall_id: MallId) -> ReadinessView:
    """Judge all checks as of today."""
    known = await _known(hall.db, mall_id)
    checks = await asyncio.to_thread(_checks, known)
    return ReadinessView(
        at=known.at,
        pace=hall.clock.pace,
        build=hall.build,
        mall=known.mall,
        first=known.on.first,
        last=known.on.last,
        checks=checks,
        trend=known.trend,
        tenants=known.tenants,
    )


async def checks(db: Db, mall_id: MallId) -> tuple[str, date, date, list[CheckPart]]:
    """Judge all checks for the console: the mall's name, the period, the checks."""
    known = await _known(db, mall_id)
    return known.mall.name, known.on.first, known.on.last, await asyncio.to_thread(_checks, known)


async def note_day(db: Db, mall_id: MallId) -> None:
    """Note how the checks stand at the end of the last day, once."""
    async with db.read(mall_id) as tx:
        today = ground.today(tx)
        if await store.is_noted(tx, today - timedelta(days=1)):
            return
        on = await reads.ground(tx, today)
    if not on.kept:
        return
    found = await asyncio.to_thread(reads.judge, on, catalogue.checks())
    async with db.write(mall_id, "clock") as tx:
        await store.note(tx, on.last, found)


async def _known(db: Db, mall_id: MallId) -> Known:
    async with db.read(mall_id) as tx:
        today = ground.today(tx)
        return Known(
            on=await reads.ground(tx, today),
            places=await reads.places(tx),
            files=await store.with_files(tx),
            trend=_points(await store.trend(tx, today)),
            mall=ground_reads.mall_part(tx.mall),
            tenants=[ground_reads.tenant_part(row) for row in await ground.active_tenants(tx)],
            at=tx.now,
        )


def _points(counted: Sequence[tuple[date, str, int]]) -> list[TrendPoint]:
    by_day: dict[date, dict[str, int]] = defaultdict(dict)
    for day, state, n in counted:
        by_day[day][state] = n
    return [TrendPoint(day, *(states.get(state, 0) for state in _STATES)) for day, states in sorted(by_day.items())]


_STATES = (State.OK, State.WARNING, State.FAIL, State.NOT_ASSESSED)


def _checks(known: Known) -> list[CheckPart]:
    all_checks = catalogue.checks()
    found = reads.judge(known.on, all_checks)
    return [_part(check, found[check.id], known) for check in all_checks]


def _part(check: Check, found: Finding, known: Known) -> CheckPart:
    mine = attested.newest(known.on.records, check)
    last = max(mine.values(), key=lambda one: one.id, default=None)
    is_open = found.state is not State.OK
    return CheckPart(
        id=check.id,
        kind=check.kind,
        name=check.name,
        name_en=check.name_en,
        state=found.state,
        evidence=[words.part(fact, known.places) for fact in found.facts],
        records=[_record(one, known) for one in sorted(mine.values(), key=lambda one: -one.id)],
        date=_dated(found, last, known.on),
        responsible=last.responsible if last else None,
        next=check.todo if is_open else None,
        next_en=check.todo_en if is_open else None,
        source=check.source,
        stage=check.stage,
        dimension=check.dimension,
        aspect=check.aspect,
        causes=list(check.causes),
        per_tenant=check.per_tenant,
        items=list(check.items),
    )


def _dated(found: Finding, last: Attested | None, on: Ground) -> date | None:
    if last is not None:
        return last.dated
    return on.last if found.state is not State.NOT_ASSESSED else None


def _record(one: Attested, known: Known) -> RecordPart:
    return RecordPart(
        id=one.id,
        tenant=known.places.tenants.get(one.tenant_id) if one.tenant_id is not None else None,
        state=one.state,
        note=one.note,
        responsible=one.responsible,
        dated=one.dated,
        expires=one.expires,
        items=one.items,
        at=one.at,
        actor=one.actor,
        file=one.id in known.files,
    )


def by_urgency(checks: Sequence[CheckPart]) -> list[CheckPart]:
    """Return what is to be done, the worst first; of equal ones, those that answer more of the seven causes first."""
    left = [one for one in checks if one.state is not State.OK]
    return sorted(left, key=lambda one: (ORDER.index(one.state), -len(one.causes), one.id))


def counted(checks: Sequence[CheckPart]) -> Mapping[State, int]:
    """Count the checks by state."""
    return {state: sum(one.state is state for one in checks) for state in _STATES}
