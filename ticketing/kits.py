"""What a kiosk takes with it into the time without a server: numbers, the day's hours, ready-made slips. Questions."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from sqlalchemy import select

from hardware.core.lease import NUMBER, URL, Block, Hours, Lease, ServiceSlips, TenantHours, Turn
from ticketing import layouts, leases, reads, store, tables
from ticketing.core import hours, numbering, paper
from ticketing.core.hours import OpeningHours
from ticketing.core.ids import DeviceId, TicketId
from ticketing.core.slip_layout import SlipLayout
from ticketing.core.ticket import State
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.views import TicketView


class Kit(Lease, frozen=True, kw_only=True):
    """A lease as the server writes it; None when there is no service, and so no ticket."""

    ticket: TicketView | None  # type: ignore[assignment]  # the kiosk passes on what it cannot know: JSON as it is


async def kit(tx: Tx, hall: Hall, device_id: DeviceId) -> Kit:
    """Show a kiosk all that it holds for today."""
    rows = [row for row in await leases.open_of(tx, device_id) if row.day == store.today(tx)]
    holidays: dict[date, str] = {row.date: row.name for row in await tx.session.scalars(select(tables.Holiday))}
    tenants = {
        row.id: row for row in await tx.session.scalars(select(tables.Tenant).where(tables.Tenant.is_active.is_(True)))
    }
    offered = select(tables.Service).where(tables.Service.is_active.is_(True)).order_by(tables.Service.position)
    services = [row for row in await tx.session.scalars(offered) if row.tenant_id in tenants]
    printed = await layouts.layout(tx)
    return Kit(
        at=tx.now,
        day=store.today(tx),
        expires_at=min((row.expires_at for row in rows), default=tx.now),
        timezone=tx.mall.timezone,
        ticket_url=hall.ticket_url(""),
        blocks=tuple(Block(id=row.id, series=row.series, first=row.first, last=row.last) for row in rows),
        turns=_turns(tx, tx.mall.hours, holidays),
        tenants=tuple(
            TenantHours(tenant=row.code, turns=_turns(tx, row.hours, holidays))
            for row in tenants.values()
            if row.hours is not None
        ),
        services=tuple(_slips(tx, row, tenants[row.tenant_id], printed) for row in services),
        ticket=await _blank(tx, hall, services[0]) if services else None,
    )


async def _blank(tx: Tx, hall: Hall, service: tables.Service) -> TicketView:
    """Show a ticket to which nothing has happened and of which nothing is known; it is in no queue and never saved."""
    row = tables.Ticket(
        id=TicketId(0),
        code="",
        number="",
        tenant_id=service.tenant_id,
        service_id=service.id,
        state=State.EXPIRED,
        issued_at=tx.now,
        calls=0,
        deferred=False,
        offline=True,
    )
    return await reads.ticket_view(tx, hall, row)


def _turns(tx: Tx, week: OpeningHours, holidays: dict[date, str]) -> tuple[Turn, ...]:
    zone, cut_off = ZoneInfo(tx.mall.timezone), timedelta(minutes=tx.mall.last_ticket_minutes)
    return tuple(
        Turn(at=at, hours=Hours(state=now.state, reason=now.reason, until=now.until, next_open=now.next_open))
        for at, now in hours.turns(store.today(tx), zone, week, holidays, cut_off)
    )


def _slips(tx: Tx, service: tables.Service, tenant: tables.Tenant, printed: SlipLayout) -> ServiceSlips:
    known = replace(layouts.facts(tx.mall, tenant, service, printed), number=NUMBER, url=URL, is_offline=True)
    prefix = service.prefix or tenant.prefix
    return ServiceSlips(
        service=service.code,
        ordinary=numbering.series(prefix, is_priority=False),
        priority=numbering.series(prefix, is_priority=True),
        ordinary_slip=paper.compose(known),
        priority_slip=paper.compose(replace(known, is_priority=True)),
    )
