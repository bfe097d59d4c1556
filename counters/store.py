"""Load what a counter's commands need beyond `ticketing.store`."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, delete, or_, select

from counters.core import note
from counters.core.dispatch import Proposed
from counters.core.refused import Overtaken
from counters.tables import TicketNote
from ticketing import store, tables
from ticketing.core import counter, events, policy
from ticketing.core.counter import CounterState, Desk
from ticketing.core.events import NotesErased, NoteWritten
from ticketing.core.ids import CounterId, ServiceId, TicketId
from ticketing.core.policy import Policy
from ticketing.core.proposal import LIFE
from ticketing.core.ranking import Waiting
from ticketing.core.refused import CounterBusy, NothingCalled
from ticketing.core.ticket import ALIVE, Called, State
from ticketing.db import Tx
from ticketing.hall import Proposals

CALLED = str(Called.__struct_config__.tag)


async def open_counter(tx: Tx, code: str) -> tables.Counter:
    """Find a counter that takes visitors now.

    Raises: UnknownCounter, CounterClosed, CounterPaused.
    """
    row = await store.counter(tx, code)
    counter.must_take_visitors(store.value(row, Desk))
    return row


async def free_counter(tx: Tx, code: str) -> tables.Counter:
    """Find a counter that takes visitors now and has none.

    Raises: UnknownCounter, CounterClosed, CounterPaused, CounterBusy.
    """
    row = await open_counter(tx, code)
    if await store.at_counter(tx, row.id) is not None:
        raise CounterBusy
    return row


async def current(tx: Tx, row: tables.Counter, expected: TicketId | None = None) -> tables.Ticket:
    """Return the ticket at a counter: the one that the officer sees there, where that is told.

    Raises: NothingCalled, Overtaken.
    """
    ticket = await store.at_counter(tx, row.id)
    if expected is not None and (ticket is None or ticket.id != expected):
        raise Overtaken
    if ticket is None:
        raise NothingCalled
    return ticket


async def queue(tx: Tx, row: tables.Counter, services: frozenset[ServiceId]) -> Sequence[tables.Ticket]:
    """Return who waits for this counter, oldest first; whoever it sent away is called elsewhere."""
    waiting = await store.waiting(tx, services, row.id)
    return [ticket for ticket in waiting if ticket.back_to_counter_id != row.id]


async def waiting_for(tx: Tx, row: tables.Counter) -> Sequence[tables.Ticket]:
    """Return today's tickets that wait for this very counter, oldest first."""
    mine = tables.Ticket
    chosen = select(mine).where(mine.day == store.today(tx), mine.state == State.WAITING, mine.for_counter_id == row.id)
    return (await tx.session.scalars(chosen.order_by(mine.id))).all()


async def away_from(tx: Tx, counter_id: CounterId) -> Sequence[tables.Ticket]:
    """Return today's tickets that this counter sent away and that come back to it, oldest first."""
    mine = tables.Ticket
    chosen = select(mine).where(
        mine.day == store.today(tx), mine.state.in_(ALIVE), mine.back_to_counter_id == counter_id
    )
    return (await tx.session.scalars(chosen.order_by(mine.id))).all()


async def service_of(tx: Tx, ticket: tables.Ticket) -> tables.Service:
    """Load the service that a ticket waits for or gets."""
    return await tx.session.get_one(tables.Service, ticket.service_id)


async def home(tx: Tx, ticket: tables.Ticket) -> tuple[tables.Service, CounterId | None] | None:
    """Return for which service and counter a visitor who was sent here waits again; None for all others.

    A counter that has closed since gives the visitor to all counters of that service.
    """
    if ticket.back_to_counter_id is None or ticket.back_to_service_id is None:
        return None
    counter_row = await tx.session.get_one(tables.Counter, ticket.back_to_counter_id)
    is_there = counter_row.is_active and counter_row.state is not CounterState.CLOSED
    service = await tx.session.get_one(tables.Service, ticket.back_to_service_id)
    return service, counter_row.id if is_there else None


async def is_served_elsewhere(tx: Tx, service_id: ServiceId, counter_id: CounterId) -> bool:
    """Say whether another counter than this one serves a service."""
    link = tables.CounterService
    others = (
        select(link.counter_id)
        .join(tables.Counter, tables.Counter.id == link.counter_id)
        .where(link.service_id == service_id, link.counter_id != counter_id, tables.Counter.is_active.is_(True))
    )
    return (await tx.session.scalars(others.limit(1))).first() is not None


async def only_home(tx: Tx, ticket: tables.Ticket) -> CounterId | None:
    """Return the counter that sent a visitor here, where no other could call the visitor; None for all others."""
    sender = ticket.back_to_counter_id
    return None if sender is None or await is_served_elsewhere(tx, ticket.service_id, sender) else sender


async def last_call(tx: Tx, ticket_id: TicketId) -> Called | None:
    """Read how a ticket was called last; None: never."""
    log = tables.Event
    of_ticket = select(log.body).where(log.ticket_id == ticket_id, log.kind == CALLED).order_by(log.seq.desc()).limit(1)
    body = await tx.session.scalar(of_ticket)
    found = None if body is None else events.decode(body)
    return found if isinstance(found, Called) else None


async def aside(tx: Tx, row: tables.Counter, services: frozenset[ServiceId]) -> Sequence[tables.Ticket]:
    """Return today's held and absent tickets of this counter's services, oldest first."""
    mine = tables.Ticket
    chosen = select(mine).where(
        mine.day == store.today(tx),
        mine.state.in_([State.HELD, State.MISSED]),
        or_(mine.service_id.in_(services), mine.for_counter_id == row.id),
    )
    return (await tx.session.scalars(chosen.order_by(mine.id))).all()


async def notes(tx: Tx, tickets: Sequence[TicketId]) -> dict[TicketId, TicketNote]:
    """Return the notes of these tickets."""
    rows = await tx.session.scalars(select(TicketNote).where(TicketNote.ticket_id.in_(tickets)))
    return {row.ticket_id: row for row in rows}


async def write_note(tx: Tx, ticket: tables.Ticket, counter_id: CounterId, text: str) -> None:
    """Put a note in the place of the one before; an empty one only takes that away."""
    await tx.session.execute(delete(TicketNote).where(TicketNote.ticket_id == ticket.id))
    if line := note.tidy(text):
        tx.session.add(TicketNote(ticket_id=ticket.id, counter_id=counter_id, text=line, at=tx.now))
    tx.append(NoteWritten(), ticket_id=ticket.id, counter_id=counter_id)
    store.touch_ticket(tx, ticket)


def _old_notes(tx: Tx) -> Select[TicketNote]:
    mine = tables.Ticket
    is_past = select(mine.id).where(mine.id == TicketNote.ticket_id, mine.day < store.today(tx)).exists()
    return select(TicketNote).where(is_past)  # a few notes, not the tickets of all years, are gone through


async def is_any_note_old(tx: Tx) -> bool:
    """Say whether there are notes of days that are over."""
    return (await tx.session.scalars(_old_notes(tx).limit(1))).first() is not None


async def erase_notes(tx: Tx) -> int:
    """Erase the notes of days that are over; return how many."""
    rows = (await tx.session.scalars(_old_notes(tx))).all()
    for row in rows:
        await tx.session.delete(row)
    if rows:
        tx.append(NotesErased(notes=len(rows)))
    return len(rows)


def proposed(tx: Tx, row: tables.Counter, proposals: Proposals | None) -> Proposed:
    """Return what a counter that looks ahead goes by; a proposal that is too old is none."""
    found = (proposals or {}).get(row.tenant_id, {}).get(row.id)
    is_fresh = found is not None and abs(tx.now - found.at) <= LIFE * tx.pace
    return Proposed(target_minutes=tx.mall.reporting.target_wait_minutes, proposal=found if is_fresh else None)


def waiting(
    tickets: Sequence[tables.Ticket], row: tables.Counter, rules: Policy, favours: Mapping[ServiceId, float]
) -> list[Waiting]:
    """Describe tickets as the policy sees them."""
    return [
        Waiting(
            ticket_id=ticket.id,
            since=ticket.waiting_since,
            is_priority=ticket.priority is not None,
            is_for_this_counter=ticket.for_counter_id == row.id and not ticket.deferred,
            is_late=ticket.deferred,
            has_appointment=ticket.agreed_at is not None,
            favour=favours.get(ticket.service_id, 1.0),
            service_id=ticket.service_id,
            due=policy.due(rules, ticket.waiting_since, ticket.promised),
        )
        for ticket in tickets
    ]
