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

from ticketing.core.ids import CounterId, ServiceId, TenantId, TicketId
from ticketing.core.refused import WrongState


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


class Issued(Struct, frozen=True, kw_only=True, tag="issued"):
    """A number was given out: now, or at `issued_at` by a kiosk whose line was lost (`offline`)."""

    code: str
    number: str
    series: str
    serial: int
    day: date
    tenant_id: TenantId
    service_id: ServiceId
    priority: str | None = None
    issued_at: datetime | None = None
    offline: bool = False


class Called(Struct, frozen=True, kw_only=True, tag="called"):
    """A counter called; `score` and `runner_up` tell why this one (None when called by number)."""

    counter_id: CounterId
    score: float | None = None
    runner_up: TicketId | None = None
    runner_up_score: float | None = None


class Recalled(Struct, frozen=True, tag="recalled"):
    """The same counter called again."""


class Started(Struct, frozen=True, tag="started"):
    """The visitor is at the counter and is being served."""


class Finished(Struct, frozen=True, tag="finished"):
    """The service at the counter is done."""


class Missed(Struct, frozen=True, tag="missed"):
    """Called, but not here."""


class Restored(Struct, frozen=True, tag="restored"):
    """Was not here, is back, and waits again with the waiting time kept."""


class Held(Struct, frozen=True, kw_only=True, tag="held"):
    """Put aside; comes back by itself at `until` when that is given."""

    until: datetime | None = None


class Resumed(Struct, frozen=True, kw_only=True, tag="resumed"):
    """Back from hold; `by_itself` when its time had come."""

    by_itself: bool = False


class Transferred(Struct, frozen=True, kw_only=True, tag="transferred"):
    """Waits for another service, or for one particular counter, with the waiting time kept."""

    tenant_id: TenantId
    service_id: ServiceId
    for_counter_id: CounterId | None = None


class Deferred(Struct, frozen=True, kw_only=True, tag="deferred"):
    """The visitor is late and let `places` others go first: the ticket waits as if since `waiting_since`.

    `for_counter_id` keeps a visitor with the counter that called, when no other serves what the visitor came for.
    """

    waiting_since: datetime
    places: int
    for_counter_id: CounterId | None = None


class Cancelled(Struct, frozen=True, tag="cancelled"):
    """Given back before the service."""


class Expired(Struct, frozen=True, tag="expired"):
    """Still open when its day was over."""


TicketEvent = (
    Issued
    | Called
    | Recalled
    | Started
    | Finished
    | Missed
    | Restored
    | Held
    | Resumed
    | Transferred
    | Deferred
    | Cancelled
    | Expired
)

MOVES: dict[type[TicketEvent], tuple[frozenset[State], State]] = {
    Issued: (frozenset(), State.WAITING),
    Called: (frozenset({State.WAITING, State.HELD, State.MISSED}), State.CALLED),
    Recalled: (frozenset({State.CALLED}), State.CALLED),
    Started: (frozenset({State.CALLED}), State.SERVING),
    Finished: (frozenset({State.SERVING}), State.DONE),
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
    """Make the ticket that `event` gives out, or gave out earlier; it waits since then."""
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
        waiting_since=issued_at,
        offline=event.offline,
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
            )
        case Recalled():
            return replace(moved, called_at=at, calls=ticket.calls + 1)
        case Started():
            return replace(moved, started_at=at)
        case Finished() | Cancelled() | Expired():
            return replace(moved, ended_at=at, held_until=None)
        case Held():
            return replace(moved, counter_id=None, held_until=event.until)
        case Restored() | Resumed():
            return replace(moved, counter_id=None, held_until=None)
        case Transferred():
            return replace(
                moved,
                tenant_id=event.tenant_id,
                service_id=event.service_id,
                for_counter_id=event.for_counter_id,
                counter_id=None,
                held_until=None,
                transferred_at=at,
                deferred=False,
            )
        case Deferred():
            return replace(
                moved,
                waiting_since=event.waiting_since,
                for_counter_id=event.for_counter_id,
                counter_id=None,
                deferred=True,
            )
        case Missed() | Issued():
            return moved
        case _:
            assert_never(event)


def replay(id: TicketId, log: Sequence[tuple[datetime, TicketEvent]]) -> Ticket:
    """Return the ticket that this log tells of, oldest event first."""
    (issued_at, first), *later = log
    if not isinstance(first, Issued):
        raise ValueError(f"the log of ticket {id} does not begin with its issue")
    ticket = issue(first, issued_at, id)
    for at, event in later:
        ticket = apply(ticket, event, at)
    return ticket
