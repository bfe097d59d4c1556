"""The views of tickets and services: questions to the rows, nothing is changed here."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from hardware.core.slip import Slip
from ticketing import layouts, outlooks, slips, standings, store, tables
from ticketing.core import colour, hours, paper
from ticketing.core.hours import OpenStatus
from ticketing.core.ids import CounterId, TenantId
from ticketing.core.slip_job import OPEN
from ticketing.core.ticket import AT_COUNTER, Called, Recalled, State
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.views import (
    CounterPart,
    HoursPart,
    MallPart,
    PrinterView,
    ServicePart,
    SlipJobView,
    SlipPart,
    TenantPart,
    TicketView,
)

HAS_COUNTER = AT_COUNTER | {State.MISSED, State.DONE}
"""States in which a visitor wants to know the counter: where to go, whom to ask, where it was."""


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
        colour=colour.readable(row.colour),
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


async def openings(
    tx: Tx, tenants: list[tables.Tenant], *, at: datetime | None = None, tomorrow: bool = False
) -> Openings:
    """Ask the hours of the mall and of these tenants, now (or `at`) or as tomorrow begins.

    A tenant without hours keeps the mall's.
    """
    holidays: dict[date, str] = {row.date: row.name for row in await tx.session.scalars(select(tables.Holiday))}
    now = (at or tx.now).astimezone(ZoneInfo(tx.mall.timezone))
    if tomorrow:
        now = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    cut_off = timedelta(minutes=tx.mall.last_ticket_minutes)
    mall = hours.status(now, tx.mall.hours, holidays, cut_off)
    return Openings(
        mall,
        {t.id: hours.status(now, t.hours, holidays, cut_off) if t.hours else mall for t in tenants},
    )


async def ticket_view(tx: Tx, hall: Hall, row: tables.Ticket) -> TicketView:
    """Show a ticket to whoever holds it."""
    tenant = await store.tenant(tx, row.tenant_id)
    service = await tx.session.get_one(tables.Service, row.service_id)
    slip = await slips.last(tx, row.id)
    stands = await standings.standing(tx, row)
    named = (row.counter_id, row.for_counter_id, row.back_to_counter_id)
    places = {id: await counter_part(tx, id) for id in named if id is not None}
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
        ahead=stands.ahead,
        is_soon=stands.is_soon,
        counter=places[row.counter_id] if row.state in HAS_COUNTER and row.counter_id else None,
        for_counter=places[row.for_counter_id] if row.for_counter_id else None,
        back_to=places[row.back_to_counter_id] if row.back_to_counter_id else None,
        called_at=row.called_at,
        calls=row.calls,
        called_again=row.state is State.CALLED and row.calls > 1 and await _was_recalled(tx, row),
        held_until=row.held_until,
        transferred_at=row.transferred_at,
        deferred=row.deferred,
        late_places=stands.late_places,
        slip=slip_part(slip) if slip else None,
        url=hall.ticket_url(row.code),
        offline=row.offline,
        outlook=outlooks.shown(hall.outlooks.of(tx, row)),
        agreed_at=row.agreed_at,
        seq=tx.mall.last_seq,
    )


async def _was_recalled(tx: Tx, row: tables.Ticket) -> bool:
    """Say whether the newest call repeats one of the same counter: a visitor may be called at several."""
    kinds = [of.__struct_config__.tag for of in (Called, Recalled)]
    event = tables.Event
    newest = select(event.kind).where(event.ticket_id == row.id, event.kind.in_(kinds)).order_by(event.seq.desc())
    return await tx.session.scalar(newest.limit(1)) == Recalled.__struct_config__.tag


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
    if slip.ticket_id is None:
        title, content = slip.title or "", slip.paper or Slip(blocks=())
    else:
        ticket = await store.ticket(tx, slip.ticket_id)
        title, content = ticket.number, await compose(tx, hall, slip, ticket)
    return SlipJobView(
        id=slip.id, ticket=title, state=slip.state, copy=slip.copy, expires_at=slip.expires_at, slip=content
    )


async def compose(tx: Tx, hall: Hall, slip: tables.Slip, ticket: tables.Ticket) -> Slip:
    """Lay out the slip of a ticket as its printer shall print it."""
    tenant = await store.tenant(tx, ticket.tenant_id)
    service = await tx.session.get_one(tables.Service, ticket.service_id)
    return paper.compose(
        replace(
            layouts.facts(tx.mall, tenant, service, await layouts.layout(tx)),
            number=ticket.number,
            is_priority=ticket.priority is not None,
            issued_at=ticket.issued_at,
            agreed_at=ticket.agreed_at,
            ahead=None if slip.copy else (await standings.standing(tx, ticket)).ahead,
            outlook=None if slip.copy else outlooks.shown(hall.outlooks.of(tx, ticket)),
            url=hall.ticket_url(ticket.code),
            copied_at=slip.asked_at if slip.copy else None,
        )
    )
