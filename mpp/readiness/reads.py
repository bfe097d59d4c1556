"""What the checks are judged by: days gone by, hours, counters, rules, and what people put on record."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import select

from mpp import days
from mpp.core import frame
from mpp.core.packed import Kept
from mpp.law import store as law
from mpp.law.core import Edition, Instrument
from mpp.readiness import desks
from mpp.readiness import store as mine
from mpp.readiness.core import attested, hall
from mpp.readiness.core.hall import Hall, Planned
from mpp.readiness.core.shapes import NOTHING_KNOWN, Attested, Check, Finding, Kind
from mpp.readiness.views import Named
from ticketing import store, tables
from ticketing.core import hours, policy
from ticketing.db import Tx

HOUR = timedelta(hours=1)


class Ground(Struct, frozen=True, kw_only=True):
    """All that the checks are judged by; judging needs no database any more."""

    first: date
    last: date
    today: date
    kept: Sequence[Kept]
    planned: Sequence[Planned]
    counters: Mapping[int, Sequence[int]]
    rules: Edition
    smallest: int
    favours: bool
    has_begun: bool
    """Whether the mall has ever had a day: before that its hall is not judged."""
    records: Sequence[Attested]
    desks: Mapping[str, Finding]
    """What standards, complaints, the survey and privacy say."""


async def ground(tx: Tx, today: date) -> Ground:
    """Read what the checks are judged by on a day: the days before it, and what is on record."""
    rules = await law.in_force(tx, Instrument.HALL, today)
    last = today - timedelta(days=1)
    first = today - timedelta(days=int(rules.number("period.days")))
    tenants = await store.active_tenants(tx)
    return Ground(
        first=first,
        last=last,
        today=today,
        kept=await days.kept(tx, first, last),
        planned=await planned(tx, first, last, tenants),
        counters=await _counters(tx, tenants),
        rules=rules,
        smallest=tx.mall.reporting.smallest_group,
        favours=any(_favours(tx.policy(row.id)) for row in tenants),
        has_begun=await days.has_any(tx),
        records=await mine.records(tx),
        desks=await desks.findings(tx, today),
    )


def _favours(rules: policy.Policy) -> bool:
    return rules.priority_weight > rules.ordinary_weight or rules.head_start > 0


async def _counters(tx: Tx, tenants: Sequence[tables.Tenant]) -> dict[int, list[int]]:
    of = tables.Counter
    rows = await tx.session.execute(select(of.tenant_id, of.id).where(of.is_active.is_(True)).order_by(of.id))
    found: dict[int, list[int]] = {row.id: [] for row in tenants}
    for tenant_id, id in rows:
        if tenant_id in found:
            found[tenant_id].append(id)
    return found


async def planned(tx: Tx, first: date, last: date, tenants: Sequence[tables.Tenant]) -> list[Planned]:
    """Return for how long each tenant serves in each hour of the days, by its own hours or the mall's."""
    zone = ZoneInfo(tx.mall.timezone)
    closed = set(await tx.session.scalars(select(tables.Holiday.date).where(tables.Holiday.date.between(first, last))))
    open_days = [day for nth in range((last - first).days + 1) if (day := first + timedelta(days=nth)) not in closed]
    return [
        Planned(day.toordinal(), row.id, hour, seconds)
        for day in open_days
        for row in tenants
        for hour, seconds in _by_hour(tx, day, zone, row).items()
    ]


def _by_hour(tx: Tx, day: date, zone: ZoneInfo, row: tables.Tenant) -> dict[int, int]:
    spent: dict[int, int] = {}
    begins = store.begin_of(tx, day)
    for since, until in hours.serving(day, zone, row.hours or tx.mall.hours):
        for hour in range((since - begins) // HOUR, -((begins - until) // HOUR)):
            within = min(until, begins + (hour + 1) * HOUR) - max(since, begins + hour * HOUR)
            spent[hour] = spent.get(hour, 0) + int(within.total_seconds())
    return spent


def judge(on: Ground, checks: Sequence[Check]) -> dict[str, Finding]:
    """Judge all checks; takes a moment, so not on the event loop."""
    whole = Hall(
        of=frame.columns(on.kept),
        planned=on.planned,
        counters=on.counters,
        rules=on.rules,
        smallest=on.smallest,
        favours=on.favours,
    )
    remind = timedelta(days=int(on.rules.number("expiry.remind")))
    tenants = list(on.counters)
    of_hall = {id: of(whole) for id, of in hall.CHECKS.items()} if on.has_begun else {}
    known = {**of_hall, **on.desks}

    def judged(check: Check) -> Finding:
        own = known.get(check.id)
        if check.kind is Kind.AUTO:
            return own or NOTHING_KNOWN
        papers = attested.judged(check, on.records, tenants, on.today, remind)
        return papers if own is None else attested.both(own, papers)

    return {check.id: judged(check) for check in checks}


class Places(Struct, frozen=True, kw_only=True):
    """The names of tenants, services and counters by id."""

    tenants: Mapping[int, Named]
    services: Mapping[int, Named]
    counters: Mapping[int, Named]


async def places(tx: Tx) -> Places:
    """Read the names, also of what is gone: days gone by know it."""
    tenants = await tx.session.scalars(select(tables.Tenant))
    services = await tx.session.scalars(select(tables.Service))
    counters = await tx.session.scalars(select(tables.Counter))
    return Places(
        tenants={row.id: Named(code=row.code, name=row.short_name, name_en=row.short_name) for row in tenants},
        services={row.id: Named(code=row.code, name=row.name, name_en=row.name_en) for row in services},
        counters={row.id: Named(code=row.code, name=row.name, name_en=None) for row in counters},
    )
