"""The views of counters: questions to the rows, nothing is changed here."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from sqlalchemy import func, or_, select

from counters import store as mine
from counters.views import (
    CounterChoice,
    CounterFace,
    CounterLine,
    CounterView,
    NextWhy,
    QueueItem,
    ServiceChoice,
)
from ticketing import reads, store, tables
from ticketing.core import policy, ranking
from ticketing.core.ids import CounterId, ServiceId, TenantId, TicketId, ZoneId
from ticketing.core.ticket import State
from ticketing.db import Tx
from ticketing.hall import Hall


class Floor(Struct, frozen=True):
    """The mall's structure, loaded once for a view."""

    tenants: Mapping[TenantId, tables.Tenant]
    services: Mapping[ServiceId, tables.Service]
    counters: Mapping[CounterId, tables.Counter]
    zones: Mapping[ZoneId, tables.Zone]
    served: Mapping[CounterId, list[ServiceId]]


async def floor(tx: Tx) -> Floor:
    """Load the structure of the mall."""
    served: dict[CounterId, list[ServiceId]] = {}
    links = select(tables.CounterService.counter_id, tables.CounterService.service_id)
    for counter_id, service_id in await tx.session.execute(links):
        served.setdefault(counter_id, []).append(service_id)
    return Floor(
        {row.id: row for row in await tx.session.scalars(select(tables.Tenant))},
        {row.id: row for row in await tx.session.scalars(select(tables.Service))},
        {
            row.id: row
            for row in await tx.session.scalars(select(tables.Counter).order_by(tables.Counter.position))
            if row.is_active
        },
        {row.id: row for row in await tx.session.scalars(select(tables.Zone))},
        served,
    )


async def counter_lines(tx: Tx) -> list[CounterLine]:
    """List the counters."""
    known = await floor(tx)
    return [_line(row, known) for row in known.counters.values()]


async def counter_line(tx: Tx, row: tables.Counter) -> CounterLine:
    """Show one counter as the list does."""
    return _line(row, await floor(tx))


def _line(row: tables.Counter, known: Floor) -> CounterLine:
    return CounterLine(
        code=row.code,
        name=row.name,
        zone=known.zones[row.zone_id].code,
        tenant=known.tenants[row.tenant_id].code,
        state=row.state,
        officer=row.officer,
        services=[known.services[id].code for id in known.served.get(row.id, [])],
    )


async def counter_view(tx: Tx, hall: Hall, counter_id: CounterId) -> CounterView:
    """Show a counter to its officer."""
    known = await floor(tx)
    row = known.counters[counter_id]
    services = frozenset(known.served.get(row.id, []))
    aside = await _aside(tx, row, services)
    current = await store.at_counter(tx, row.id)
    queue = await store.waiting(tx, services, row.id)
    ranked = ranking.rank(mine.waiting(queue, row), tx.now, tx.mall.policy)
    by_id = {ticket.id: ticket for ticket in queue}
    everyone = [*queue, *aside, *([current] if current else [])]
    slips = await _slips(tx, [ticket.id for ticket in everyone])
    shown = {ticket.id: _item(ticket, known, slips) for ticket in everyone}
    in_order = [shown[waiting.ticket_id] for _, waiting in ranked]
    first = by_id[ranked[0][1].ticket_id] if ranked else None
    return CounterView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        mall=reads.mall_part(tx.mall),
        counter=_face(row, known),
        current=shown[current.id] if current else None,
        next=in_order[0] if in_order else None,
        next_why=_why(tx, first, in_order) if first else None,
        queue=in_order,
        held=[shown[ticket.id] for ticket in aside if ticket.state is State.HELD],
        missed=[shown[ticket.id] for ticket in aside if ticket.state is State.MISSED],
        served_today=await _served_today(tx, row),
        all_services=_service_choices(known),
        all_counters=_counter_choices(known),
    )


def _why(tx: Tx, first: tables.Ticket, in_order: Sequence[QueueItem]) -> NextWhy:
    return NextWhy(
        waited_seconds=int((tx.now - first.waiting_since).total_seconds()),
        weight=policy.weight(tx.mall.policy, is_priority=first.priority is not None),
        runner_up=in_order[1].number if len(in_order) > 1 else None,
    )


async def _aside(tx: Tx, row: tables.Counter, services: frozenset[ServiceId]) -> Sequence[tables.Ticket]:
    """Return today's held and absent tickets of this counter's services, oldest first."""
    ticket = tables.Ticket
    return (
        await tx.session.scalars(
            select(ticket)
            .where(
                ticket.day == store.today(tx),
                ticket.state.in_([State.HELD, State.MISSED]),
                or_(ticket.service_id.in_(services), ticket.for_counter_id == row.id),
            )
            .order_by(ticket.id)
        )
    ).all()


async def _served_today(tx: Tx, row: tables.Counter) -> int:
    ticket = tables.Ticket
    count = select(func.count(ticket.id)).where(
        ticket.day == store.today(tx), ticket.counter_id == row.id, ticket.state == State.DONE
    )
    return await tx.session.scalar(count) or 0


async def _slips(tx: Tx, tickets: Sequence[TicketId]) -> dict[TicketId, tables.Slip]:
    """Return the newest slip of each ticket that has one."""
    rows = await tx.session.scalars(
        select(tables.Slip).where(tables.Slip.ticket_id.in_(tickets)).order_by(tables.Slip.id)
    )
    return {slip.ticket_id: slip for slip in rows}


def _item(ticket: tables.Ticket, known: Floor, slips: Mapping[TicketId, tables.Slip]) -> QueueItem:
    service = known.services[ticket.service_id]
    slip = slips.get(ticket.id)
    sent_to = known.counters.get(ticket.for_counter_id) if ticket.for_counter_id else None
    return QueueItem(
        id=ticket.id,
        number=ticket.number,
        service=reads.service_part(service),
        priority=ticket.priority is not None,
        state=ticket.state,
        waiting_since=ticket.waiting_since,
        issued_at=ticket.issued_at,
        called_at=ticket.called_at,
        started_at=ticket.started_at,
        calls=ticket.calls,
        held_until=ticket.held_until,
        counter_minutes=service.standard.counter_minutes,
        slip=reads.slip_part(slip) if slip else None,
        for_counter=sent_to.code if sent_to else None,
        offline=ticket.offline,
        deferred=ticket.deferred,
    )


def _face(row: tables.Counter, known: Floor) -> CounterFace:
    return CounterFace(
        code=row.code,
        name=row.name,
        zone=known.zones[row.zone_id].code,
        tenant=reads.tenant_part(known.tenants[row.tenant_id]),
        state=row.state,
        officer=row.officer,
        services=[reads.service_part(known.services[id]) for id in known.served.get(row.id, [])],
    )


def _service_choices(known: Floor) -> list[ServiceChoice]:
    return [
        ServiceChoice(code=row.code, name=row.name, name_en=row.name_en, tenant=known.tenants[row.tenant_id].code)
        for row in known.services.values()
        if row.is_active
    ]


def _counter_choices(known: Floor) -> list[CounterChoice]:
    return [
        CounterChoice(
            code=row.code,
            name=row.name,
            zone=known.zones[row.zone_id].code,
            tenant=known.tenants[row.tenant_id].code,
            state=row.state,
        )
        for row in known.counters.values()
    ]
