"""Load and save for commands: find what is named, record what happened. Write SQL of tickets, slips, counters."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from hardware.core import written
from ticketing import tables
from ticketing.core import counter as counters
from ticketing.core import lease, numbering
from ticketing.core import ticket as tickets
from ticketing.core.counter import CounterEvent, CounterState, Desk
from ticketing.core.ids import CounterId, MallId, ServiceId, TenantId, TicketId
from ticketing.core.lease import Given
from ticketing.core.refused import (
    UnknownCounter,
    UnknownService,
    UnknownTenant,
    UnknownTicket,
    UnknownZone,
)
from ticketing.core.ticket import AT_COUNTER, Called, Issued, Recalled, State, Ticket, TicketEvent
from ticketing.db import Db, Tx

V = TypeVar("V")


def value(row: Any, of: type[V]) -> V:
    """Copy a row into its frozen value; the fields have the same names."""
    return of(**{field: getattr(row, field) for field in of.__struct_fields__})  # type: ignore[attr-defined]  # V is a Struct


def put(row: Any, of: Any) -> None:
    """Copy a value back into its row."""
    for field in of.__struct_fields__:
        setattr(row, field, getattr(of, field))


def day_of(tx: Tx, at: datetime) -> date:
    """Return the mall's own date of a point in time."""
    return at.astimezone(ZoneInfo(tx.mall.timezone)).date()


def today(tx: Tx) -> date:
    """Return the mall's own date."""
    return day_of(tx, tx.now)


def midnight(tx: Tx) -> datetime:
    """Return when the mall's day began."""
    return begin_of(tx, today(tx))


def begin_of(tx: Tx, day: date) -> datetime:
    """Return when a day of the mall begins."""
    return datetime.combine(day, time.min, ZoneInfo(tx.mall.timezone))


async def service(tx: Tx, code: str) -> tables.Service:
    """Find an active service.

    Raises: UnknownService.
    """
    found = await tx.session.scalar(
        select(tables.Service).where(tables.Service.code == code, tables.Service.is_active.is_(True))
    )
    if found is None:
        raise UnknownService(f"There is no service {code!r} in this mall; GET /api/services lists them.")
    return found


async def any_service(tx: Tx, code: str) -> tables.Service | None:
    """Find a service, on offer still or not: a number that is on paper counts."""
    return await tx.session.scalar(select(tables.Service).where(tables.Service.code == code))


async def tenant(tx: Tx, tenant_id: TenantId) -> tables.Tenant:
    """Load a tenant that is known to exist."""
    return await tx.session.get_one(tables.Tenant, tenant_id)


async def tenant_by_code(tx: Tx, code: str) -> tables.Tenant:
    """Find an active tenant.

    Raises: UnknownTenant.
    """
    mine = tables.Tenant
    found = await tx.session.scalar(select(mine).where(mine.code == code, mine.is_active.is_(True)))
    if found is None:
        raise UnknownTenant
    return found


async def active_tenants(tx: Tx) -> Sequence[tables.Tenant]:
    """Return the tenants in the order of the mall's description."""
    mine = tables.Tenant
    return (await tx.session.scalars(select(mine).where(mine.is_active.is_(True)).order_by(mine.position))).all()


async def counter(tx: Tx, code: str) -> tables.Counter:
    """Find an active counter.

    Raises: UnknownCounter.
    """
    found = await tx.session.scalar(
        select(tables.Counter).where(tables.Counter.code == code, tables.Counter.is_active.is_(True))
    )
    if found is None:
        raise UnknownCounter(f"There is no counter {code!r} in this mall; GET /api/counters lists them.")
    return found


async def zone(tx: Tx, code: str) -> tables.Zone:
    """Find an active zone.

    Raises: UnknownZone.
    """
    found = await tx.session.scalar(
        select(tables.Zone).where(tables.Zone.code == code, tables.Zone.is_active.is_(True))
    )
    if found is None:
        raise UnknownZone(f"There is no zone {code!r} in this mall; GET /api/zones lists them.")
    return found


async def served_by(tx: Tx, counter_id: CounterId) -> frozenset[ServiceId]:
    """Return the services a counter serves."""
    found = await tx.session.scalars(
        select(tables.CounterService.service_id).where(tables.CounterService.counter_id == counter_id)
    )
    return frozenset(found)


async def ticket(tx: Tx, ticket_id: TicketId) -> tables.Ticket:
    """Load a ticket by id.

    Raises: UnknownTicket.
    """
    found = await tx.session.get(tables.Ticket, ticket_id)
    if found is None:
        raise UnknownTicket
    return found


async def mall_of_ticket(db: Db, code: str) -> MallId:
    """Find out in which mall a ticket of that secret code is: its holder is nobody, and names no mall.

    Raises: UnknownTicket.
    """
    async with db.session(db.reader, None) as session:
        found = await session.scalar(select(tables.Ticket.mall_id).where(tables.Ticket.code == code))
    if found is None:
        raise UnknownTicket
    return found


async def ticket_by_code(tx: Tx, code: str) -> tables.Ticket:
    """Load a ticket by its secret code.

    Raises: UnknownTicket.
    """
    found = await tx.session.scalar(select(tables.Ticket).where(tables.Ticket.code == code))
    if found is None:
        raise UnknownTicket
    return found


async def tickets_like(tx: Tx, day: date, series: str, serial: int, code: str) -> Sequence[tables.Ticket]:
    """Return the tickets of that day's number or of that code: one when it is the same, more when they clash."""
    mine = tables.Ticket
    same = (mine.day == day) & (mine.series == series) & (mine.serial == serial)
    return (await tx.session.scalars(select(mine).where(same | (mine.code == code)))).all()


async def ticket_by_number(tx: Tx, number: str) -> tables.Ticket:
    """Load today's ticket of that number, typed in any case and with or without dash and zeros (b12 is B-012).

    Raises: UnknownTicket.
    """
    series, serial = numbering.parse(number)
    found = await tx.session.scalar(
        select(tables.Ticket).where(
            tables.Ticket.day == today(tx), tables.Ticket.series == series, tables.Ticket.serial == serial
        )
    )
    if found is None:
        raise UnknownTicket(f"There is no ticket {number} today; check the number.")
    return found


async def at_counter(tx: Tx, counter_id: CounterId) -> tables.Ticket | None:
    """Return the ticket that is called to or served at a counter."""
    return await tx.session.scalar(
        select(tables.Ticket).where(tables.Ticket.counter_id == counter_id, tables.Ticket.state.in_(AT_COUNTER))
    )


async def waiting(tx: Tx, services: frozenset[ServiceId], counter_id: CounterId) -> Sequence[tables.Ticket]:
    """Return today's waiting tickets that this counter may call, longest waiting first."""
    mine = tables.Ticket
    return (
        await tx.session.scalars(
            select(mine)
            .where(
                mine.day == today(tx),
                mine.state == State.WAITING,
                ((mine.for_counter_id.is_(None)) & mine.service_id.in_(services)) | (mine.for_counter_id == counter_id),
            )
            .order_by(mine.waiting_since, mine.id)
        )
    ).all()


async def issued_today(tx: Tx, service_id: ServiceId) -> int:
    """Count the numbers given out today for a service; given-back ones are free again."""
    mine = tables.Ticket
    count = select(func.count(mine.id)).where(
        mine.day == today(tx), mine.service_id == service_id, mine.state != State.CANCELLED
    )
    return await tx.session.scalar(count) or 0


async def series(tx: Tx, name: str) -> tables.Series:
    """Load how far a series is today; the mall's lock makes sure that no one else moves it meanwhile."""
    day = today(tx)
    row = await tx.session.scalar(select(tables.Series).where(tables.Series.day == day, tables.Series.name == name))
    if row is None:
        row = tables.Series(day=day, name=name, last=0, leased_from=0, leased=0)
        tx.session.add(row)
    return row


async def next_serial(tx: Tx, name: str) -> int:
    """Take the next number of a series."""
    row = await series(tx, name)
    row.last = lease.next_serial(value(row, Given))
    return row.last


async def add_ticket(tx: Tx, event: Issued) -> tables.Ticket:
    """Save a new ticket and log its issue."""
    fresh = tickets.issue(event, tx.now, TicketId(0))
    fields = {field: getattr(fresh, field) for field in Ticket.__struct_fields__ if field != "id"}
    row = tables.Ticket(**fields)
    tx.session.add(row)
    await tx.session.flush()
    tx.append(event, ticket_id=row.id)
    touch_ticket(tx, row)
    return row


async def record(tx: Tx, row: tables.Ticket, event: TicketEvent) -> None:
    """Let `event` happen to a ticket: apply, save, log, and note who has to see it.

    Raises: WrongState.
    """
    touch_ticket(tx, row)
    left = row.counter_id if row.state in AT_COUNTER else None
    put(row, tickets.apply(value(row, Ticket), event, tx.now))
    await tx.session.flush()
    tx.append(event, ticket_id=row.id, counter_id=row.counter_id or left)
    touch_ticket(tx, row)
    if isinstance(event, Called | Recalled):
        tx.touch("calls")


def touch_ticket(tx: Tx, row: tables.Ticket) -> None:
    """Note that everybody who sees a ticket has to see it anew."""
    tx.touch(f"tenant:{row.tenant_id}", f"ticket:{row.id}", "tickets")
    places = (row.counter_id, row.for_counter_id, row.back_to_counter_id)
    tx.touch(*(f"counter:{id}" for id in places if id is not None))


async def record_counter(tx: Tx, row: tables.Counter, event: CounterEvent) -> None:
    """Let `event` happen to a counter.

    Raises: CounterClosed.
    """
    put(row, counters.apply(value(row, Desk), event, tx.now))
    if row.state is CounterState.CLOSED:
        row.officer = None
    tx.append(event, counter_id=row.id)
    tx.touch(f"counter:{row.id}", f"tenant:{row.tenant_id}", "counters")


def fresh_code() -> str:
    """Make a ticket code nobody can guess."""
    return written.code(secrets.token_bytes(written.CODE_LENGTH))
