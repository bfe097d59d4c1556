"""What can be had now: the mall's services as kiosk and information corner list them. Questions, nothing is changed."""

from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct
from sqlalchemy import case, func, select

from ticketing import closings, forecasts, outlooks, reads, register, standings, store, tables
from ticketing.core import colour, outlook
from ticketing.core.closing import Mode
from ticketing.core.counter import CounterState
from ticketing.core.hours import HoursState
from ticketing.core.ids import DeviceId, ServiceId, TenantId
from ticketing.core.standard import delivered
from ticketing.core.ticket import State
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.outlooks import Outlooks
from ticketing.views import (
    KioskView,
    OfferState,
    PrinterPart,
    PriorityPart,
    ServiceLine,
    ServiceOffer,
    TenantOffer,
    ZoneLine,
)

RECENT = timedelta(days=7)
"""A week, today included: every weekday counts, and last month's rush is forgotten."""

POPULAR = 6
"""More are no help: a visitor reads a short list, or searches."""


class Taken(Struct, frozen=True):
    """How many numbers of a service were given out and not given back: today, and in recent days."""

    today: int
    lately: int


NONE = Taken(0, 0)


async def kiosk_view(tx: Tx, hall: Hall, printer_id: DeviceId | None) -> KioskView:
    """Show all that can be had now, tenant by tenant."""
    tenants = await _active_tenants(tx)
    opened = await reads.openings(tx, tenants)
    taken = await _taken(tx)
    offers = await _offers(tx, hall.outlooks, tenants, opened, taken)
    waiting = await standings.waiting_by_tenant(tx)
    counters = await _open_counters(tx)
    printer = await tx.session.get(tables.Device, printer_id) if printer_id else None
    return KioskView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        mall=reads.mall_part(tx.mall),
        hours=reads.hours_part(opened.mall),
        priority_classes=[PriorityPart(code=c.code, name=c.name, name_en=c.name_en) for c in tx.mall.priority_classes],
        printer=PrinterPart(code=printer.code or "", condition=printer.condition) if printer else None,
        tenants=[
            TenantOffer(
                code=t.code,
                name=t.name,
                name_en=t.name_en,
                short_name=t.short_name,
                colour=colour.readable(t.colour),
                prefix=t.prefix,
                hours=reads.hours_part(opened.tenants[t.id]),
                outlook=outlook.whichever(one.outlook for one in offers.get(t.id, [])),
                waiting=waiting.get(t.id, 0),
                open_counters=counters.get(t.id, 0),
                services=offers.get(t.id, []),
            )
            for t in tenants
        ],
        complaints=tx.mall.complaints,
        appointments=await register.is_any_today(tx),
        popular=await _popular(tx, taken),
        right_last_month=await forecasts.right_last_month(tx, hall.outlooks),
    )


async def service_lines(tx: Tx) -> list[ServiceLine]:
    """List the services with their tenants' codes and whether numbers are given out now."""
    tenants = await _active_tenants(tx)
    codes = {t.id: t.code for t in tenants}
    offers = await _offers(tx, Outlooks(), tenants, await reads.openings(tx, tenants), await _taken(tx))
    return [
        ServiceLine(code=o.code, name=o.name, name_en=o.name_en, tenant=codes[tenant_id], state=o.state)
        for tenant_id, of_tenant in offers.items()
        for o in of_tenant
    ]


async def services_by_tenant(tx: Tx) -> dict[TenantId, list[ServiceId]]:
    """Return the services of each tenant that are offered."""
    mine = tables.Service
    found: dict[TenantId, list[ServiceId]] = {}
    for id, tenant_id in await tx.session.execute(select(mine.id, mine.tenant_id).where(mine.is_active.is_(True))):
        found.setdefault(tenant_id, []).append(id)
    return found


async def zone_lines(tx: Tx) -> list[ZoneLine]:
    """List the zones."""
    rows = await tx.session.scalars(
        select(tables.Zone).where(tables.Zone.is_active.is_(True)).order_by(tables.Zone.position)
    )
    return [ZoneLine(code=row.code, name=row.name, languages=row.languages) for row in rows]


async def _active_tenants(tx: Tx) -> list[tables.Tenant]:
    rows = await tx.session.scalars(
        select(tables.Tenant).where(tables.Tenant.is_active.is_(True)).order_by(tables.Tenant.position)
    )
    return list(rows)


async def _open_counters(tx: Tx) -> dict[TenantId, int]:
    mine = tables.Counter
    counted = (
        select(mine.tenant_id, func.count(mine.id))
        .where(mine.state == CounterState.OPEN, mine.is_active.is_(True))
        .group_by(mine.tenant_id)
    )
    return dict((await tx.session.execute(counted)).all())


async def _offers(
    tx: Tx, told: Outlooks, tenants: list[tables.Tenant], opened: reads.Openings, taken: Mapping[ServiceId, Taken]
) -> dict[TenantId, list[ServiceOffer]]:
    tomorrow = await reads.openings(tx, tenants, tomorrow=True)
    kept = await register.places_kept(tx, store.today(tx))
    rows = await tx.session.scalars(
        select(tables.Service).where(tables.Service.is_active.is_(True)).order_by(tables.Service.position)
    )
    homes = {row.id: row for row in tenants}
    offers: dict[TenantId, list[ServiceOffer]] = {}
    for row in rows:
        if (now := opened.tenants.get(row.tenant_id)) is None:
            continue
        home = homes[row.tenant_id]
        used = taken.get(row.id, NONE).today + kept.get(row.id, 0)
        left = None if row.quota_per_day is None else max(0, row.quota_per_day - used)
        is_open = now.state is HoursState.OPEN
        state = OfferState.CLOSED if not is_open else OfferState.FULL if left == 0 else OfferState.OPEN
        is_late = state is OfferState.OPEN and closings.is_late(tx, told, home, row.id, is_priority=False)
        if is_late and tx.mall.closing.mode is Mode.STOP:
            state = _stopped(tx, told, home, row.id)
        is_today = state in {OfferState.OPEN, OfferState.CLOSED}
        next_open = (now if is_today else tomorrow.tenants[row.tenant_id]).next_open
        offers.setdefault(row.tenant_id, []).append(
            ServiceOffer(
                code=row.code,
                name=row.name,
                name_en=row.name_en,
                keywords=row.keywords,
                standard=delivered(row.standard),
                state=state,
                is_late=is_late,
                left=left,
                next_open=next_open,
                outlook=outlooks.shown(told.offer(tx, row.id, is_priority=False)) if is_open else None,
                priority_outlook=outlooks.shown(told.offer(tx, row.id, is_priority=True)) if is_open else None,
            )
        )
    return offers


def _stopped(tx: Tx, told: Outlooks, home: tables.Tenant, service_id: ServiceId) -> OfferState:
    """Return the state of a service for which no ordinary numbers are given out any more today."""
    is_over = not tx.mall.priority_classes or closings.is_late(tx, told, home, service_id, is_priority=True)
    return OfferState.LATE if is_over else OfferState.PRIORITY_ONLY


async def _taken(tx: Tx) -> dict[ServiceId, Taken]:
    mine = tables.Ticket
    today = store.today(tx)
    of_today = func.sum(case((mine.day == today, 1), else_=0))
    counted = (
        select(mine.service_id, of_today, func.count(mine.id))
        .where(mine.day > today - RECENT, mine.day <= today, mine.state != State.CANCELLED)
        .group_by(mine.service_id)
    )
    return {service_id: Taken(now, lately) for service_id, now, lately in await tx.session.execute(counted)}


async def _popular(tx: Tx, taken: Mapping[ServiceId, Taken]) -> list[str]:
    """List the codes of the services that were asked for most in recent days."""
    most = sorted(taken, key=lambda service_id: (-taken[service_id].lately, service_id))[:POPULAR]
    rows = await tx.session.execute(
        select(tables.Service.id, tables.Service.code).where(
            tables.Service.id.in_(most), tables.Service.is_active.is_(True)
        )
    )
    codes = dict(rows.all())
    return [codes[service_id] for service_id in most if service_id in codes]
