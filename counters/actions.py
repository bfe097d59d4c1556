"""What an officer can do: open, call, serve, hold, transfer, finish. Each is one transaction."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from msgspec import Struct

from counters import store as mine
from counters.core import dispatch
from ticketing import due, store, tables
from ticketing.core.counter import CounterClosedEvent, CounterOpened, CounterPausedEvent, CounterState
from ticketing.core.ids import TicketId
from ticketing.core.refused import BadRequest, CounterBusy, NotServedHere, QueueEmpty, WrongState
from ticketing.core.ticket import (
    Called,
    Cancelled,
    Finished,
    Held,
    Missed,
    Recalled,
    Restored,
    Resumed,
    Started,
    Transferred,
)
from ticketing.db import Tx


class Destination(Struct, frozen=True, kw_only=True):
    """Where a visitor is sent: to a service, or to one counter (with the service kept if that counter serves it)."""

    service: str | None
    counter: str | None


async def open_(tx: Tx, row: tables.Counter, officer: str) -> None:
    """Open a counter, end its break, or take it over; does nothing when it is open and run by the same person."""
    if row.state is CounterState.OPEN and row.officer == officer:
        return
    await store.record_counter(tx, row, CounterOpened(officer=officer))


async def pause(tx: Tx, row: tables.Counter) -> None:
    """Take a break.

    Raises: CounterClosed, CounterBusy.
    """
    await _must_be_free(tx, row)
    if row.state is not CounterState.PAUSED:
        await store.record_counter(tx, row, CounterPausedEvent())


async def close(tx: Tx, row: tables.Counter) -> None:
    """Close a counter.

    Raises: CounterBusy.
    """
    await _must_be_free(tx, row)
    if row.state is not CounterState.CLOSED:
        await store.record_counter(tx, row, CounterClosedEvent())


async def _must_be_free(tx: Tx, row: tables.Counter) -> None:
    if await store.at_counter(tx, row.id) is not None:
        raise CounterBusy


async def call_next(tx: Tx, code: str) -> tables.Ticket:
    """Call whom the policy chooses.

    Raises: UnknownCounter, CounterClosed, CounterPaused, CounterBusy, QueueEmpty.
    """
    row = await mine.free_counter(tx, code)
    tickets = await mine.queue(tx, row)
    choice = dispatch.choose(mine.waiting(tickets, row), tx.now, tx.mall.policy)
    if choice is None:
        raise QueueEmpty
    chosen = next(ticket for ticket in tickets if ticket.id == choice.ticket_id)
    called = Called(
        counter_id=row.id,
        score=choice.score,
        runner_up=choice.runner_up,
        runner_up_score=choice.runner_up_score,
    )
    await store.record(tx, chosen, called)
    return chosen


async def call_number(tx: Tx, code: str, number: str) -> tables.Ticket:
    """Call a given number: one who waits, is held, or was not here.

    Raises: UnknownCounter, CounterClosed, CounterPaused, CounterBusy, UnknownTicket, NotServedHere, WrongState.
    """
    row = await mine.free_counter(tx, code)
    ticket = await store.ticket_by_number(tx, number)
    if ticket.for_counter_id != row.id and ticket.service_id not in await store.served_by(tx, row.id):
        raise NotServedHere
    await store.record(tx, ticket, Called(counter_id=row.id))
    return ticket


async def recall(tx: Tx, code: str) -> tables.Ticket:
    """Call the same visitor again.

    Raises: UnknownCounter, NothingCalled, WrongState.
    """
    ticket = await mine.current(tx, await store.counter(tx, code))
    await store.record(tx, ticket, Recalled())
    return ticket


async def start(tx: Tx, code: str) -> tables.Ticket:
    """Begin to serve.

    Raises: UnknownCounter, NothingCalled, WrongState.
    """
    ticket = await mine.current(tx, await store.counter(tx, code))
    await store.record(tx, ticket, Started())
    return ticket


async def finish(tx: Tx, code: str) -> tables.Ticket:
    """End the service.

    Raises: UnknownCounter, NothingCalled, WrongState.
    """
    ticket = await mine.current(tx, await store.counter(tx, code))
    await store.record(tx, ticket, Finished())
    return ticket


async def miss(tx: Tx, code: str) -> tables.Ticket:
    """Note that the called visitor is not here.

    Raises: UnknownCounter, NothingCalled, WrongState.
    """
    ticket = await mine.current(tx, await store.counter(tx, code))
    await store.record(tx, ticket, Missed())
    return ticket


async def hold(tx: Tx, code: str, minutes: int | None) -> tables.Ticket:
    """Put the visitor at the counter aside; the ticket comes back by itself after `minutes`, if given.

    Raises: UnknownCounter, NothingCalled.
    """
    ticket = await mine.current(tx, await store.counter(tx, code))
    until = tx.now + timedelta(minutes=minutes) if minutes else None
    await store.record(tx, ticket, Held(until=until))
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


async def transfer(tx: Tx, code: str, to: Destination) -> tables.Ticket:
    """Send the visitor at a counter to another service or counter, with the waiting time kept.

    Raises: BadRequest, UnknownService, UnknownCounter, NothingCalled, NotServedHere.
    """
    if to.service is None and to.counter is None:
        raise BadRequest("Say where to: a service, a counter, or both.")
    ticket = await mine.current(tx, await store.counter(tx, code))
    service = await store.service(tx, to.service) if to.service else None
    counter = await store.counter(tx, to.counter) if to.counter else None
    service_id, tenant_id = (service.id, service.tenant_id) if service else (ticket.service_id, ticket.tenant_id)
    if counter and service and service.id not in await store.served_by(tx, counter.id):
        raise NotServedHere
    moved = Transferred(tenant_id=tenant_id, service_id=service_id, for_counter_id=counter.id if counter else None)
    await store.record(tx, ticket, moved)
    return ticket


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


async def close_left_open(tx: Tx) -> int:
    """Close the counters that were left open on an earlier day; return how many."""
    left = await due.counters(tx)
    for row in left:
        await store.record_counter(tx, row, CounterClosedEvent())
    return len(left)
