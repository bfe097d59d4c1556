"""The hall's own log, told as the lines that forecasts are made from, and the day as it stands after each. Pure.

What the plain lines do not know is put into their words. Who is sent on, put aside or comes back takes a number anew,
at that moment and in that queue; who leaves a counter without having come ends a call in vain; what happened at a
counter before somebody was put aside or sent on was a service. A takeover of a busy counter is not told: its service
goes on.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from msgspec import Struct

from counters.core.forecast.layout import Place, Places
from counters.core.forecast.plan import Entry, Kind, PlannedTenant
from ticketing.core import ticket as tickets
from ticketing.core.counter import CounterClosedEvent, CounterEvent, CounterOpened, CounterPausedEvent, CounterState
from ticketing.core.ids import CounterId, TicketId
from ticketing.core.ticket import (
    AT_COUNTER,
    Called,
    Cancelled,
    Deferred,
    Finished,
    Held,
    Issued,
    Missed,
    Returned,
    Started,
    State,
    Ticket,
    TicketEvent,
    Transferred,
)

EARLY = 15.0
"""Minutes before a planned break from which on a pause is that break: an officer who is free goes a little earlier."""


CLASSES = ((False, False), (True, False), (False, True), (True, True))
"""The classes of visitors that the calling policy knows: whether favoured, and whether an agreed time counts."""


class Line(Struct, frozen=True):
    """One line of the log, of a ticket or of a counter; `actor` is who did it."""

    at: datetime
    event: TicketEvent | CounterEvent
    ticket_id: TicketId | None
    counter_id: CounterId | None
    actor: str = ""


class HallDay:
    """One day of a mall. `plans` (one for each tenant; None: it does not open) tell which pauses are planned breaks."""

    def __init__(self, places: Places, day: date, plans: list[PlannedTenant | None]) -> None:
        self.places, self.day, self.plans = places, day, plans
        self.tickets: dict[TicketId, Ticket] = {}
        self.waiting: dict[TicketId, Ticket] = {}
        self.by_number = self.by_policy = 0
        self._counters: dict[CounterId, CounterState] = {}
        self._here: dict[CounterId, TicketId] = {}

    def take(self, line: Line, officer: Callable[[str], int]) -> list[Entry]:
        """Take a line in, and return what it is in the words of the forecasts; `officer` numbers who acts."""
        if isinstance(line.event, CounterEvent):
            known = self.places.counters
            if line.counter_id is None or line.counter_id not in known:
                return []
            return list(self._counter(line, line.counter_id, known[line.counter_id], officer))
        return [] if line.ticket_id is None else list(self._ticket(line, line.ticket_id, line.event))

    def _ticket(self, line: Line, id: TicketId, event: TicketEvent) -> Iterator[Entry]:
        if isinstance(event, Issued):
            if event.day == self.day:
                new = self._put(tickets.issue(event, line.at, id))
                yield from self._joins(new.issued_at, new)
            return
        before = self.tickets.get(id)
        if before is None:
            return
        after = self._put(tickets.apply(before, event, line.at))
        yield from self._leaves(line.at, before, event)
        if isinstance(event, Called):
            yield from self._called(line.at, before, event)
        elif isinstance(event, Started):
            yield from self._at_counter(line.at, Kind.START, before)
        elif after.state is State.WAITING and not _waits_on(before, after):
            yield from self._joins(line.at, after)

    def _put(self, ticket: Ticket) -> Ticket:
        self.tickets[ticket.id] = ticket
        if ticket.state is State.WAITING:
            self.waiting[ticket.id] = ticket
        else:
            self.waiting.pop(ticket.id, None)
        return ticket

    def _called(self, at: datetime, before: Ticket, event: Called) -> Iterator[Entry]:
        self._here[event.counter_id] = before.id
        if before.state is State.WAITING:
            self.by_policy += event.score is not None
            self.by_number += event.score is None
        yield from self._at_counter(at, Kind.CALL, self.tickets[before.id])

    def _leaves(self, at: datetime, before: Ticket, event: TicketEvent) -> Iterator[Entry]:
        """End what goes on at a counter whose visitor leaves it."""
        if before.state not in AT_COUNTER or before.counter_id is None:
            return
        in_vain = isinstance(event, Missed | Cancelled | Deferred)
        if in_vain or isinstance(event, Finished | Returned | Transferred | Held):
            self._here.pop(before.counter_id, None)
            yield from self._at_counter(at, Kind.NO_SHOW if in_vain else Kind.END, before)

    def _joins(self, at: datetime, ticket: Ticket) -> Iterator[Entry]:
        place = self.places.queue(ticket)
        if place is not None:
            yield self._entry(at, Kind.TICKET, place.tenant, -1, ticket.id, place.own, class_of(ticket))

    def _at_counter(self, at: datetime, kind: Kind, ticket: Ticket) -> Iterator[Entry]:
        counter, queue = self.places.counters.get(ticket.counter_id or CounterId(0)), self.places.queue(ticket)
        if counter is not None and queue is not None:
            yield self._entry(at, kind, counter.tenant, counter.own, ticket.id, queue.own, class_of(ticket))

    def _counter(self, line: Line, id: CounterId, place: Place, officer: Callable[[str], int]) -> Iterator[Entry]:
        at, state, kind, who = line.at, self._counters.get(id, CounterState.CLOSED), Kind.CLOSE, -1
        match line.event:
            case CounterOpened():
                self._counters[id] = CounterState.OPEN
                kind, who = (Kind.OPEN if state is CounterState.CLOSED else Kind.RESUME), officer(line.actor)
            case CounterPausedEvent():
                self._counters[id] = CounterState.PAUSED
                kind = Kind.LUNCH if self._is_break(at, place) else Kind.PAUSE
            case CounterClosedEvent():
                self._counters[id] = CounterState.CLOSED
                if state is CounterState.CLOSED:  # it was left open on an earlier day
                    return
        if id not in self._here:
            yield self._entry(at, kind, place.tenant, place.own, -1, -1, who)

    def _is_break(self, at: datetime, place: Place) -> bool:
        plan, minute = self.plans[place.tenant], self.places.minute(at, self.day)
        if plan is None:
            return False
        return any(one.at - EARLY <= minute < one.at + one.minutes for one in plan.counters[place.own].breaks)

    def _entry(self, at: datetime, kind: Kind, tenant: int, counter: int, ticket: int, service: int, who: int) -> Entry:
        return Entry(
            self.day.toordinal(), self.places.minute(at, self.day), kind, tenant, counter, ticket, service, who
        )


def class_of(ticket: Ticket) -> int:
    """Return the place of a visitor's class among CLASSES."""
    return CLASSES.index((ticket.priority is not None, ticket.agreed_at is not None))


def _waits_on(before: Ticket, after: Ticket) -> bool:
    """Say whether one who waited only waits on in the same queue: later, or for any counter since one has closed."""
    is_same = (before.tenant_id, before.service_id) == (after.tenant_id, after.service_id)
    return before.state is State.WAITING and is_same
