"""What an officer can do: open, call, serve, hold, transfer, finish. Each is one transaction."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from msgspec import Struct

from counters import store as mine
from counters.core import dispatch, outcome
from counters.core.refused import AwayAlready, SentInCircle, SentToClosed
from ticketing import due, standings, store, tables
from ticketing.core.counter import CounterClosedEvent, CounterOpened, CounterPausedEvent, CounterState
from ticketing.core.ids import TicketId
from ticketing.core.refused import BadRequest, CounterBusy, NotServedHere, QueueEmpty, WrongState
from ticketing.core.ticket import (
    ALIVE,
    Called,
    Cancelled,
    Finished,
    Held,
    Missed,
    Recalled,
    Restored,
    Resumed,
    Returned,
    Started,
    State,
    Transferred,
)
from ticketing.db import Tx
from ticketing.hall import Proposals


class Destination(Struct, frozen=True, kw_only=True):
    """Where a visitor is sent: to a service, or to one counter (with the service kept if that counter serves it).

    With `back` the visitor comes back to the counter that sends, and waits there again.
    """

    service: str | None
    counter: str | None
    back: bool = False


async def open_(tx: Tx, row: tables.Counter, officer: str) -> None:
    """Open a counter, end its break, or take it over; does nothing when it is open and run by the same person."""
    if row.state is CounterState.OPEN and row.officer == officer:
        return
    await store.record_counter(tx, row, CounterOpened())
    row.officer = officer


async def pause(tx: Tx, row: tables.Counter) -> None:
    """Take a break.

    Raises: CounterClosed, CounterBusy.
    """
    await _must_be_free(tx, row)
    if row.state is not CounterState.PAUSED:
        await store.record_counter(tx, row, CounterPausedEvent())


async def close(tx: Tx, row: tables.Counter) -> None:
    """Close a counter; who waited there waits for all of the service now, or goes back where no other could call.

    Raises: CounterBusy.
    """
    await _must_be_free(tx, row)
    if row.state is CounterState.CLOSED:
        return
    await store.record_counter(tx, row, CounterClosedEvent())
    for ticket in await mine.waiting_for(tx, row):
        home = await mine.only_home(tx, ticket)
        moved = Transferred(tenant_id=ticket.tenant_id, service_id=ticket.service_id, for_counter_id=home)
        await store.record(tx, ticket, moved)


async def _must_be_free(tx: Tx, row: tables.Counter) -> None:
    if await store.at_counter(tx, row.id) is not None:
        raise CounterBusy


async def call_next(tx: Tx, code: str, proposals: Proposals | None = None) -> tables.Ticket:
    """Call whom the policy chooses; where counters look ahead, `proposals` are at hand or not, and never waited for.

    Raises: UnknownCounter, CounterClosed, CounterPaused, CounterBusy, QueueEmpty.
    """
    row = await mine.free_counter(tx, code)
    tickets = await mine.queue(tx, row, await store.served_by(tx, row.id))
    rules = tx.policy(row.tenant_id)
    favours = await standings.favours_of(tx, row.tenant_id, rules)
    ahead = mine.proposed(tx, row, proposals)
    choice = dispatch.choose(mine.waiting(tickets, row, rules, favours), tx.now, rules, ahead)
    if choice is None:
        raise QueueEmpty
    chosen = next(ticket for ticket in tickets if ticket.id == choice.ticket_id)
    called = Called(
        counter_id=row.id,
        score=choice.score,
        runner_up=choice.runner_up,
        runner_up_score=choice.runner_up_score,
        reason=choice.reason,
        foreseen=choice.foreseen,
        cap=choice.cap,
    )
    await store.record(tx, chosen, called)
    return chosen


async def call_number(tx: Tx, code: str, number: str) -> tables.Ticket:
    """Call a given number: one who waits, is held, or was not here.

    Raises: UnknownCounter, CounterClosed, CounterPaused, CounterBusy, UnknownTicket, NotServedHere, WrongState.
    """
    row = await mine.free_counter(tx, code)
    ticket = await store.ticket_by_number(tx, number)
    if ticket.back_to_counter_id == row.id:
        await _come_home(tx, ticket)
    elif ticket.for_counter_id != row.id and ticket.service_id not in await store.served_by(tx, row.id):
        raise NotServedHere
    await store.record(tx, ticket, Called(counter_id=row.id))
    return ticket


async def _come_home(tx: Tx, ticket: tables.Ticket) -> None:
    """Let one who was sent away, and is not at a counter now, wait for the counter that sent."""
    if ticket.state is State.MISSED:
        await store.record(tx, ticket, Restored())
    way = await mine.home(tx, ticket)
    if way is not None and ticket.state in {State.WAITING, State.HELD}:
        service, _ = way
        home = ticket.back_to_counter_id
        moved = Transferred(tenant_id=service.tenant_id, service_id=service.id, for_counter_id=home)
        await store.record(tx, ticket, moved)


async def recall(tx: Tx, code: str, expected: TicketId | None = None) -> tables.Ticket:
    """Call the same visitor again.

    Raises: UnknownCounter, NothingCalled, Overtaken, WrongState.
    """
    return await _step(tx, code, expected, Recalled())


async def start(tx: Tx, code: str, expected: TicketId | None = None) -> tables.Ticket:
    """Begin to serve.

    Raises: UnknownCounter, NothingCalled, Overtaken, WrongState.
    """
    return await _step(tx, code, expected, Started())


async def miss(tx: Tx, code: str, expected: TicketId | None = None) -> tables.Ticket:
    """Note that the called visitor is not here.

    Raises: UnknownCounter, NothingCalled, Overtaken, WrongState.
    """
    return await _step(tx, code, expected, Missed())


async def hold(tx: Tx, code: str, minutes: int | None, expected: TicketId | None = None) -> tables.Ticket:
    """Put the visitor at the counter aside; the ticket comes back by itself after `minutes`, if given.

    Raises: UnknownCounter, NothingCalled, Overtaken.
    """
    return await _step(tx, code, expected, Held(until=tx.now + timedelta(minutes=minutes) if minutes else None))


async def _step(
    tx: Tx, code: str, expected: TicketId | None, event: Recalled | Started | Missed | Held
) -> tables.Ticket:
    ticket = await mine.current(tx, await store.counter(tx, code), expected)
    await store.record(tx, ticket, event)
    return ticket


async def finish(tx: Tx, code: str, result: str | None = None, expected: TicketId | None = None) -> tables.Ticket:
    """End the service with its outcome; a visitor for whom another counter waits goes back there.

    Raises: UnknownCounter, NothingCalled, Overtaken, WrongState, OutcomeNeeded, UnknownOutcome.
    """
    ticket = await mine.current(tx, await store.counter(tx, code), expected)
    if ticket.state is State.SERVING:
        outcome.must_fit((await mine.service_of(tx, ticket)).outcomes, result)
    way = await mine.home(tx, ticket)
    if way is None:
        await store.record(tx, ticket, Finished(outcome=result))
    else:
        service, home = way
        back = Returned(tenant_id=service.tenant_id, service_id=service.id, for_counter_id=home, outcome=result)
        await store.record(tx, ticket, back)
    return ticket


async def resume(tx: Tx, ticket: tables.Ticket) -> None:
    """Let a held visitor wait again, with the waiting time kept.

    Raises: WrongState.
    """
    await store.record(tx, ticket, Resumed())


async def restore(tx: Tx, ticket: tables.Ticket) -> None:
    """Let one who was not here and came back wait again, with the waiting time kept.

    Raises: WrongState.
    """
    if ticket.day != store.today(tx):
        raise WrongState(f"Ticket {ticket.number} is of another day; take a new number.")
    await store.record(tx, ticket, Restored())


async def cancel(tx: Tx, ticket: tables.Ticket) -> None:
    """Give up a visitor's turn at the visitor's wish.

    Raises: WrongState.
    """
    await store.record(tx, ticket, Cancelled())


async def transfer(tx: Tx, code: str, to: Destination, expected: TicketId | None = None) -> tables.Ticket:
    """Send the visitor at a counter to another service or counter, with the waiting time kept.

    Raises: BadRequest, UnknownService, UnknownCounter, NothingCalled, Overtaken, NotServedHere, AwayAlready,
        SentInCircle, SentToClosed.
    """
    if to.service is None and to.counter is None:
        raise BadRequest("Say where to: a service, a counter, or both.")
    row = await store.counter(tx, code)
    ticket = await mine.current(tx, row, expected)
    service = await store.service(tx, to.service) if to.service else await mine.service_of(tx, ticket)
    counter = await store.counter(tx, to.counter) if to.counter else None
    if counter and counter.state is CounterState.CLOSED:
        raise SentToClosed
    if counter and to.service and service.id not in await store.served_by(tx, counter.id):
        raise NotServedHere
    if to.back:
        await _must_come_back(tx, row, ticket, service, counter)
    where, back_to = counter.id if counter else None, row.id if to.back else None
    moved = Transferred(tenant_id=service.tenant_id, service_id=service.id, for_counter_id=where, back_to=back_to)
    await store.record(tx, ticket, moved)
    return ticket


async def _must_come_back(
    tx: Tx, row: tables.Counter, ticket: tables.Ticket, service: tables.Service, counter: tables.Counter | None
) -> None:
    """Refuse a way back that somebody else waits for already, and one on which nobody but this counter could call."""
    if ticket.back_to_counter_id is not None:
        raise AwayAlready
    is_elsewhere = counter.id != row.id if counter else await mine.is_served_elsewhere(tx, service.id, row.id)
    if not is_elsewhere:
        raise SentInCircle


async def aside(
    tx: Tx, code: str, ticket_id: TicketId, act: Callable[[Tx, tables.Ticket], Awaitable[None]]
) -> tables.Ticket:
    """Do something with a ticket that is not at the counter but belongs to its services.

    Raises: UnknownCounter, UnknownTicket, NotServedHere, and what `act` raises.
    """
    row = await store.counter(tx, code)
    ticket = await store.ticket(tx, ticket_id)
    is_mine = row.id in (ticket.counter_id, ticket.for_counter_id)
    if not is_mine and ticket.service_id not in await store.served_by(tx, row.id):
        raise NotServedHere
    await act(tx, ticket)
    return ticket


async def write_note(tx: Tx, ticket: tables.Ticket, code: str, text: str) -> None:
    """Write a line for whoever has the ticket next.

    Raises: UnknownCounter, WrongState.
    """
    if ticket.state not in ALIVE:
        raise WrongState(f"Ticket {ticket.number} is {ticket.state}; nobody would read a note any more.")
    await mine.write_note(tx, ticket, (await store.counter(tx, code)).id, text)


async def is_anything_due(tx: Tx) -> bool:
    """Say whether notes of days that are over are left."""
    return await mine.is_any_note_old(tx)


async def erase_notes(tx: Tx) -> int:
    """Erase the notes of days that are over; return how many."""
    return await mine.erase_notes(tx)


async def close_left_open(tx: Tx) -> int:
    """Close the counters that were left open on an earlier day; return how many."""
    left = await due.counters(tx)
    for row in left:
        await store.record_counter(tx, row, CounterClosedEvent())
    return len(left)
