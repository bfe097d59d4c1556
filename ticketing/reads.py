"""The views of tickets and services: questions to the rows, nothing is changed here."""

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import func, select

from hardware.core.slip import Slip
from ticketing import store, tables
from ticketing.core import hours, paper, policy
from ticketing.core.counter import CounterState
from ticketing.core.hours import HoursState, OpenStatus
from ticketing.core.ids import CounterId, DeviceId, ServiceId, TenantId, TicketId
from ticketing.core.paper import Paper
from ticketing.core.slip_job import OPEN
from ticketing.core.ticket import AT_COUNTER, State
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.views import (
    CounterPart,
    HoursPart,
    KioskView,
    MallPart,
    PrinterPart,
    PrinterView,
    PriorityPart,
    ServiceLine,
    ServiceOffer,
    ServicePart,
    SlipJobView,
    SlipPart,
    TenantOffer,
    TenantPart,
    TicketView,
    ZoneLine,
)

Standing = tuple[TicketId, TenantId, bool, float]


class Openings(Struct, frozen=True):
    """Whether the mall and its tenants give out numbers now."""

    mall: OpenStatus
    tenants: Mapping[TenantId, OpenStatus]


def mall_part(mall: tables.Mall) -> MallPart:
    """Show a mall."""
    return MallPart(
        code=mall.code,
        name=mall.name,
        name_en=mall.name_en,
        place=mall.place,
        timezone=mall.timezone,
        label=mall.label,
        languages=mall.languages,
    )


def tenant_part(row: tables.Tenant) -> TenantPart:
    """Show a tenant."""
    return TenantPart(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        short_name=row.short_name,
        colour=row.colour,
        prefix=row.prefix,
    )


def service_part(row: tables.Service) -> ServicePart:
    """Show a service."""
    return ServicePart(code=row.code, name=row.name, name_en=row.name_en)


def hours_part(status: OpenStatus) -> HoursPart:
    """Show whether numbers are given out."""
    return HoursPart(state=status.state, reason=status.reason, until=status.until, next_open=status.next_open)


async def counter_part(tx: Tx, counter_id: CounterId) -> CounterPart:
    """Show a counter and where it is."""
    row = await tx.session.get_one(tables.Counter, counter_id)
    zone = await tx.session.get_one(tables.Zone, row.zone_id)
    return CounterPart(code=row.code, name=row.name, zone=zone.code)


async def openings(tx: Tx, tenants: list[tables.Tenant]) -> Openings:
    """Ask the hours of the mall and of these tenants; a tenant without hours keeps the mall's."""
    holidays: dict[date, str] = {row.date: row.name for row in await tx.session.scalars(select(tables.Holiday))}
    now = tx.now.astimezone(ZoneInfo(tx.mall.timezone))
    cut_off = timedelta(minutes=tx.mall.last_ticket_minutes)
    mall = hours.status(now, tx.mall.hours, holidays, cut_off)
    return Openings(
        mall,
        {t.id: hours.status(now, t.hours, holidays, cut_off) if t.hours else mall for t in tenants},
    )


async def standings(tx: Tx, tenant_id: TenantId | None = None) -> list[Standing]:
    """Return who waits today: id, tenant, priority or not, and the claim to be called next; highest claim first."""
    mine = tables.Ticket
    question = select(mine.id, mine.tenant_id, mine.priority, mine.waiting_since).where(
        mine.day == store.today(tx), mine.state == State.WAITING
    )
    if tenant_id is not None:
        question = question.where(mine.tenant_id == tenant_id)
    found: list[Standing] = []
    for id, tenant, priority, since in await tx.session.execute(question):
        is_priority = priority is not None
        claim = policy.score(tx.mall.policy, is_priority=is_priority, since=since, now=tx.now)
        found.append((id, tenant, is_priority, claim))
    return sorted(found, key=lambda standing: (-standing[3], standing[0]))


async def ahead(tx: Tx, row: tables.Ticket) -> int | None:
    """Count those of the same tenant whose claim is higher now; None when the ticket does not wait."""
    if row.state is not State.WAITING:
        return None
    ids = [standing[0] for standing in await standings(tx, row.tenant_id)]
    return ids.index(row.id) if row.id in ids else None


async def ticket_view(tx: Tx, hall: Hall, row: tables.Ticket) -> TicketView:
    """Show a ticket to whoever holds it."""
    tenant = await store.tenant(tx, row.tenant_id)
    service = await tx.session.get_one(tables.Service, row.service_id)
    slip = await store.last_slip(tx, row.id)
    is_called = row.state in AT_COUNTER and row.counter_id is not None
    return TicketView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        id=row.id,
        number=row.number,
        code=row.code,
        state=row.state,
        mall=mall_part(tx.mall),
        tenant=tenant_part(tenant),
        service=service_part(service),
        requirements=list(service.standard.requirements),
        priority=row.priority is not None,
        issued_at=row.issued_at,
        ahead=await ahead(tx, row),
        counter=await counter_part(tx, row.counter_id) if is_called and row.counter_id else None,
        called_at=row.called_at,
        calls=row.calls,
        held_until=row.held_until,
        slip=slip_part(slip) if slip else None,
        url=hall.ticket_url(row.code),
    )


def slip_part(row: tables.Slip) -> SlipPart:
    """Show what is known of a slip."""
    return SlipPart(state=row.state, reason=row.reason)


async def printer_view(tx: Tx, hall: Hall, printer: tables.Device) -> PrinterView:
    """Show the slips that a printer shall print, or was printing when it was last heard of."""
    mine = tables.Slip
    rows = await tx.session.scalars(
        select(mine).where(mine.printer_id == printer.id, mine.state.in_(OPEN)).order_by(mine.id)
    )
    return PrinterView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        printer=printer.code or "",
        name=printer.name or "",
        slips=[await slip_job_view(tx, hall, slip) for slip in rows],
    )


async def slip_job_view(tx: Tx, hall: Hall, slip: tables.Slip) -> SlipJobView:
    """Show a slip as its printer shall print it."""
    ticket = await store.ticket(tx, slip.ticket_id)
    return SlipJobView(
        id=slip.id,
        ticket=ticket.number,
        state=slip.state,
        copy=slip.copy,
        expires_at=slip.expires_at,
        slip=await compose(tx, slip, ticket, hall.ticket_url(ticket.code)),
    )


async def compose(tx: Tx, slip: tables.Slip, ticket: tables.Ticket, url: str) -> Slip:
    """Lay out the slip of a ticket as its printer shall print it."""
    tenant = await store.tenant(tx, ticket.tenant_id)
    service = await tx.session.get_one(tables.Service, ticket.service_id)
    return paper.compose(
        Paper(
            language=tx.mall.languages[0],
            mall=tx.mall.name,
            place=tx.mall.place,
            label=tx.mall.label,
            tenant=tenant.name,
            service=service.name,
            number=ticket.number,
            is_priority=ticket.priority is not None,
            issued_at=ticket.issued_at,
            timezone=tx.mall.timezone,
            ahead=None if slip.copy else await ahead(tx, ticket),
            url=url,
            footer=tx.mall.ticket_footer,
            copied_at=slip.asked_at if slip.copy else None,
        )
    )


async def kiosk_view(tx: Tx, hall: Hall, printer_id: DeviceId | None) -> KioskView:
    """Show all that can be had now, tenant by tenant."""
    tenants = await _active_tenants(tx)
    opened = await openings(tx, tenants)
    offers = await _offers(tx, opened)
    waiting: dict[TenantId, int] = {}
    for _, tenant_id, _, _ in await standings(tx):
        waiting[tenant_id] = waiting.get(tenant_id, 0) + 1
    counters = await _open_counters(tx)
    printer = await tx.session.get(tables.Device, printer_id) if printer_id else None
    return KioskView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        mall=mall_part(tx.mall),
        hours=hours_part(opened.mall),
        priority_classes=[PriorityPart(code=c.code, name=c.name, name_en=c.name_en) for c in tx.mall.priority_classes],
        printer=PrinterPart(code=printer.code or "", condition=printer.condition) if printer else None,
        tenants=[
            TenantOffer(
                code=t.code,
                name=t.name,
                name_en=t.name_en,
                short_name=t.short_name,
                colour=t.colour,
                prefix=t.prefix,
                hours=hours_part(opened.tenants[t.id]),
                waiting=waiting.get(t.id, 0),
                open_counters=counters.get(t.id, 0),
                services=offers.get(t.id, []),
            )
            for t in tenants
        ],
    )


async def service_lines(tx: Tx) -> list[ServiceLine]:
    """List the services with their tenants' codes and whether numbers are given out now."""
    tenants = {t.id: t for t in await _active_tenants(tx)}
    offers = await _offers(tx, await openings(tx, list(tenants.values())))
    return [
        ServiceLine(code=o.code, name=o.name, name_en=o.name_en, tenant=tenants[tenant_id].code, state=o.state)
        for tenant_id, of_tenant in offers.items()
        for o in of_tenant
    ]


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


async def _offers(tx: Tx, opened: Openings) -> dict[TenantId, list[ServiceOffer]]:
    taken = await _taken_today(tx)
    rows = await tx.session.scalars(
        select(tables.Service).where(tables.Service.is_active.is_(True)).order_by(tables.Service.position)
    )
    offers: dict[TenantId, list[ServiceOffer]] = {}
    for row in rows:
        if row.tenant_id not in opened.tenants:
            continue
        left = None if row.quota_per_day is None else max(0, row.quota_per_day - taken.get(row.id, 0))
        is_open = opened.tenants[row.tenant_id].state is HoursState.OPEN
        offers.setdefault(row.tenant_id, []).append(
            ServiceOffer(
                code=row.code,
                name=row.name,
                name_en=row.name_en,
                standard=row.standard,
                state="closed" if not is_open else "full" if left == 0 else "open",
                left=left,
            )
        )
    return offers


async def _taken_today(tx: Tx) -> dict[ServiceId, int]:
    mine = tables.Ticket
    counted = (
        select(mine.service_id, func.count(mine.id))
        .where(mine.day == store.today(tx), mine.state != State.CANCELLED)
        .group_by(mine.service_id)
    )
    return dict((await tx.session.execute(counted)).all())
