"""The views of counters: questions to the rows, nothing is changed here."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select

from counters import store as mine
from counters.core import dispatch
from counters.core.dispatch import Choice
from counters.tables import TicketNote
from counters.views import (
    CalledWhy,
    CounterChoice,
    CounterFace,
    CounterLine,
    CounterView,
    NextWhy,
    OutcomePart,
    QueueItem,
    ServiceChoice,
)
from ticketing import outlooks, reads, standings, store, tables
from ticketing.core import ranking
from ticketing.core.ids import CounterId, ServiceId, TenantId, TicketId, ZoneId
from ticketing.core.outlook import Outlook
from ticketing.core.policy import Policy
from ticketing.core.ranking import Waiting
from ticketing.core.ticket import State
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.views import CounterPart


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
    return [_line(tx, row, known) for row in known.counters.values()]


async def counter_line(tx: Tx, row: tables.Counter) -> CounterLine:
    """Show one counter as the list does."""
    return _line(tx, row, await floor(tx))


def _line(tx: Tx, row: tables.Counter, known: Floor) -> CounterLine:
    return CounterLine(
        code=row.code,
        name=row.name,
        zone=known.zones[row.zone_id].code,
        tenant=known.tenants[row.tenant_id].code,
        state=row.state,
        officer=row.officer,
        services=[known.services[id].code for id in known.served.get(row.id, [])],
        seq=tx.mall.last_seq,
    )


async def counter_view(tx: Tx, hall: Hall, counter_id: CounterId) -> CounterView:
    """Show a counter to its officer."""
    known = await floor(tx)
    row = known.counters[counter_id]
    services = frozenset(known.served.get(row.id, []))
    aside, away = await mine.aside(tx, row, services), await mine.away_from(tx, row.id)
    current = await store.at_counter(tx, row.id)
    queue = await mine.queue(tx, row, services)
    rules = tx.policy(row.tenant_id)
    favours = await standings.favours_of(tx, row.tenant_id, rules)
    ahead = mine.proposed(tx, row, hall.proposals)
    line = mine.waiting(queue, row, rules, favours)
    choice = dispatch.choose(line, tx.now, rules, ahead)
    everyone = {ticket.id: ticket for ticket in [*queue, *aside, *away, *([current] if current else [])]}
    slips, notes = await _slips(tx, list(everyone)), await mine.notes(tx, list(everyone))
    claims = {one.ticket_id: one for one in mine.waiting(list(everyone.values()), row, rules, favours)}
    shown = {
        id: _item(
            ticket, known, claims[id], rules, slips.get(id), notes.get(id), outlooks.shown(hall.outlooks.of(tx, ticket))
        )
        for id, ticket in everyone.items()
    }
    in_order = [shown[id] for id in _in_order(line, tx.now, rules, choice)]
    return CounterView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        seq=tx.mall.last_seq,
        mall=reads.mall_part(tx.mall),
        counter=_face(row, known),
        also_at=_also_at(row, known),
        current=shown[current.id] if current else None,
        called_why=await _called_why(tx, current) if current else None,
        outcomes=_outcomes(known.services[current.service_id]) if current else [],
        next=in_order[0] if in_order else None,
        next_why=_why(tx, shown, choice) if choice else None,
        queue=in_order,
        held=[shown[ticket.id] for ticket in aside if ticket.state is State.HELD],
        missed=[shown[ticket.id] for ticket in aside if ticket.state is State.MISSED],
        away=[shown[ticket.id] for ticket in away],
        served_today=await _served_today(tx, row),
        all_services=_service_choices(known),
        all_counters=_counter_choices(known),
    )


def _in_order(line: Sequence[Waiting], now: datetime, rules: Policy, choice: Choice | None) -> list[TicketId]:
    """Return who waits: first whom the counter would call, then all others by their claims."""
    ranked = [one.ticket_id for _, one in ranking.rank(line, now, rules)]
    return sorted(ranked, key=lambda id: choice is None or id != choice.ticket_id)


def _why(tx: Tx, shown: Mapping[TicketId, QueueItem], choice: Choice) -> NextWhy:
    first, foreseen = shown[choice.ticket_id], choice.foreseen
    return NextWhy(
        waited_seconds=max(0, int((tx.now - first.waiting_since).total_seconds())),
        weight=first.weight,
        runner_up=shown[choice.runner_up].number if choice.runner_up is not None else None,
        reason=choice.reason,
        cost=foreseen.cost if foreseen else None,
        runner_up_cost=foreseen.runner_up_cost if foreseen else None,
        cap=choice.cap,
    )


async def _called_why(tx: Tx, row: tables.Ticket) -> CalledWhy | None:
    """Read from the log why a ticket was called last."""
    called = await mine.last_call(tx, row.id)
    if called is None or called.score is None:
        return None
    other = await tx.session.get(tables.Ticket, called.runner_up) if called.runner_up is not None else None
    return CalledWhy(
        reason=called.reason,
        score=called.score,
        runner_up=other.number if other else None,
        runner_up_score=called.runner_up_score,
        cost=called.foreseen.cost if called.foreseen else None,
        runner_up_cost=called.foreseen.runner_up_cost if called.foreseen else None,
        cap=called.cap,
    )


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
    return {slip.ticket_id: slip for slip in rows if slip.ticket_id is not None}


def _item(
    ticket: tables.Ticket,
    known: Floor,
    claim: Waiting,
    rules: Policy,
    slip: tables.Slip | None,
    note: TicketNote | None,
    foretold: Outlook | None,
) -> QueueItem:
    service = known.services[ticket.service_id]
    return QueueItem(
        id=ticket.id,
        number=ticket.number,
        service=reads.service_part(service),
        priority=claim.is_priority,
        state=ticket.state,
        waiting_since=ticket.waiting_since,
        issued_at=ticket.issued_at,
        called_at=ticket.called_at,
        started_at=ticket.started_at,
        calls=ticket.calls,
        held_until=ticket.held_until,
        counter_minutes=service.standard.counter_minutes,
        slip=reads.slip_part(slip) if slip else None,
        offline=ticket.offline,
        deferred=ticket.deferred,
        weight=round(ranking.worth(claim, rules), 2),
        head_start=int(ranking.head_start(claim, rules).total_seconds() // 60),
        counter=_code(ticket.counter_id, known),
        for_counter=_code(ticket.for_counter_id, known),
        back_to=_code(ticket.back_to_counter_id, known),
        note=note.text if note else None,
        note_by=_code(note.counter_id, known) if note else None,
        outlook=foretold,
        agreed_at=ticket.agreed_at,
    )


def _code(id: CounterId | None, known: Floor) -> str | None:
    """Return a counter's code; None for a counter that has retired since."""
    row = known.counters.get(id) if id is not None else None
    return row.code if row else None


def _also_at(row: tables.Counter, known: Floor) -> list[CounterPart]:
    """Return the other counters that are run by the officer of this one."""
    return [
        CounterPart(code=other.code, name=other.name, zone=known.zones[other.zone_id].code)
        for other in known.counters.values()
        if row.officer is not None and other.officer == row.officer and other.id != row.id
    ]


def _outcomes(service: tables.Service) -> list[OutcomePart]:
    return [OutcomePart(code=one.code, name=one.name, name_en=one.name_en) for one in service.outcomes]


def _face(row: tables.Counter, known: Floor) -> CounterFace:
    return CounterFace(
        code=row.code,
        name=row.name,
        zone=known.zones[row.zone_id].code,
        tenant=reads.tenant_part(known.tenants[row.tenant_id]),
        state=row.state,
        officer=row.officer,
        since=row.since,
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
