"""The life of a ticket: its states, its events, which step may follow which. Pure.

A step is an event. `MOVES` says from which states an event may happen and which state it leads to; `apply` makes
the next value. A row in the database is nothing but the fold of its events, which the tests check after every change.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from ticketing.core import policy
from ticketing.core.ids import CounterId, ServiceId, TenantId, TicketId
from ticketing.core.refused import WrongState
from ticketing.core.ticket_events import (
    Called,
    Cancelled,
    Deferred,
    Expired,
    Finished,
    Foreseen,
    Held,
    Issued,
    Missed,
    Recalled,
    Restored,
    Resumed,
    Returned,
    Started,
    TicketEvent,
    Transferred,
)

__all__ = [
    "ALIVE",
    "AT_COUNTER",
    "DECLARED",
    "MOVES",
    "Called",
    "Cancelled",
    "Deferred",
    "Expired",
    "Finished",
    "Foreseen",
    "Held",
    "Issued",
    "Missed",
    "Recalled",
    "Restored",
    "Resumed",
    "Returned",
    "Started",
    "State",
    "Ticket",
    "TicketEvent",
    "Transferred",
    "apply",
    "issue",
    "replay",
]


class State(StrEnum):
    """Where a ticket is in its life."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    MISSED = "missed"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


AT_COUNTER = frozenset({State.CALLED, State.SERVING})
ALIVE = frozenset({State.WAITING, State.CALLED, State.SERVING, State.HELD, State.MISSED})

DECLARED = "declared"
"""Priority claimed by own declaration: nobody is asked for the reason."""


class Ticket(Struct, frozen=True, kw_only=True):
    """One visitor's turn for one service. Times are UTC; `priority` is a class code, `declared`, or None.

    `deferred`: stepped back in this queue, which a visitor may do once; sent on to another, one may be late there too.
    `back_to_counter_id` waits for the visitor's return, with `back_to_service_id`; `outcome` is a code of the service.
    `agreed_at` is the time that was agreed upon with the visitor, if it counts. `promised` is the most minutes that
    were told with the number, as long as that holds: until the first call, and only in the first queue.
    """

    id: TicketId
    code: str
    number: str
    series: str
    serial: int
    day: date
    tenant_id: TenantId
    service_id: ServiceId
    priority: str | None
    state: State
    issued_at: datetime
    waiting_since: datetime
    called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    calls: int = 0
    counter_id: CounterId | None = None
    for_counter_id: CounterId | None = None
    held_until: datetime | None = None
    offline: bool = False
    transferred_at: datetime | None = None
    deferred: bool = False
    back_to_counter_id: CounterId | None = None
    back_to_service_id: ServiceId | None = None
    outcome: str | None = None
    agreed_at: datetime | None = None
    promised: int | None = None


MOVES: dict[type[TicketEvent], tuple[frozenset[State], State]] = {
    Issued: (frozenset(), State.WAITING),
    Called: (frozenset({State.WAITING, State.HELD, State.MISSED}), State.CALLED),
    Recalled: (frozenset({State.CALLED}), State.CALLED),
    Started: (frozenset({State.CALLED}), State.SERVING),
    Finished: (frozenset({State.SERVING}), State.DONE),
    Returned: (frozenset({State.SERVING}), State.WAITING),
    Missed: (frozenset({State.CALLED}), State.MISSED),
    Restored: (frozenset({State.MISSED}), State.WAITING),
    Held: (frozenset({State.WAITING, State.CALLED, State.SERVING}), State.HELD),
    Resumed: (frozenset({State.HELD}), State.WAITING),
    Transferred: (frozenset({State.WAITING, State.CALLED, State.SERVING, State.HELD}), State.WAITING),
    Deferred: (frozenset({State.WAITING, State.CALLED}), State.WAITING),
    Cancelled: (frozenset({State.WAITING, State.CALLED, State.HELD, State.MISSED}), State.CANCELLED),
    Expired: (ALIVE, State.EXPIRED),
}


def issue(event: Issued, at: datetime, id: TicketId) -> Ticket:
    """Make the ticket that `event` gives out, or gave out earlier; it waits since then, or since the agreed time."""
    issued_at = event.issued_at or at
    return Ticket(
        id=id,
        code=event.code,
        number=event.number,
        series=event.series,
        serial=event.serial,
        day=event.day,
        tenant_id=event.tenant_id,
        service_id=event.service_id,
        priority=event.priority,
        state=State.WAITING,
        issued_at=issued_at,
        waiting_since=policy.clock(event.agreed_at, issued_at),
        offline=event.offline,
        agreed_at=event.agreed_at,
        promised=event.promised,
    )


def apply(ticket: Ticket, event: TicketEvent, at: datetime) -> Ticket:
    """Return the ticket after `event`.

    Raises: WrongState when the ticket's state does not allow the event.
    """
    allowed, state = MOVES[type(event)]
    if ticket.state not in allowed:
        raise WrongState(
            f"Ticket {ticket.number} is {ticket.state}; it cannot be {type(event).__struct_config__.tag} now."
        )
    moved = replace(ticket, state=state)
    match event:
        case Called():
            return replace(
                moved,
                counter_id=event.counter_id,
                for_counter_id=None,
                called_at=at,
                held_until=None,
                calls=ticket.calls + 1,
                promised=None,
            )
        case Recalled():
            return replace(moved, called_at=at, calls=ticket.calls + 1)
        case Started():
            return replace(moved, started_at=at)
        case Finished():
            return replace(_at_home(moved), ended_at=at, outcome=event.outcome)
        case Cancelled() | Expired():
            return replace(_at_home(moved), ended_at=at, held_until=None)
        case Held():
            return replace(moved, counter_id=None, held_until=event.until)
        case Restored() | Resumed():
            return replace(moved, counter_id=None, held_until=None)
        case Returned():
            return _sent(_at_home(moved), event, at)
        case Transferred():
            return _sent(_on_the_way(moved, event), event, at)
        case Deferred():
            return replace(
                moved,
                waiting_since=event.waiting_since,
                for_counter_id=event.for_counter_id,
                counter_id=None,
                deferred=True,
                promised=None,
            )
        case Missed() | Issued():
            return moved
        case _:
            assert_never(event)


def _sent(ticket: Ticket, event: Transferred | Returned, at: datetime) -> Ticket:
    """Let a ticket wait for what the event names."""
    return replace(
        ticket,
        tenant_id=event.tenant_id,
        service_id=event.service_id,
        for_counter_id=event.for_counter_id,
        counter_id=None,
        held_until=None,
        transferred_at=at,
        deferred=False,
        promised=None,
    )


def _on_the_way(ticket: Ticket, event: Transferred) -> Ticket:
    """Remember where a ticket comes back to; sent on, it still does, until it is sent to that very counter."""
    if event.back_to is not None:
        return replace(ticket, back_to_counter_id=event.back_to, back_to_service_id=ticket.service_id)
    return _at_home(ticket) if event.for_counter_id == ticket.back_to_counter_id else ticket


def _at_home(ticket: Ticket) -> Ticket:
    """Forget the way back."""
    return replace(ticket, back_to_counter_id=None, back_to_service_id=None)


def replay(id: TicketId, log: Sequence[tuple[datetime, TicketEvent]]) -> Ticket:
    """Return the ticket that this log tells of, oldest event first."""
    (issued_at, first), *later = log
    if not isinstance(first, Issued):
        raise ValueError(f"the log of ticket {id} does not begin with its issue")
    ticket = issue(first, issued_at, id)
    for at, event in later:
        ticket = apply(ticket, event, at)
    return ticket
