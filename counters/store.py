"""Load what a counter's commands need beyond `ticketing.store`."""

from collections.abc import Sequence

from ticketing import store, tables
from ticketing.core import counter
from ticketing.core.counter import Desk
from ticketing.core.ranking import Waiting
from ticketing.core.refused import CounterBusy, NothingCalled
from ticketing.db import Tx


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


async def current(tx: Tx, row: tables.Counter) -> tables.Ticket:
    """Return the ticket at a counter.

    Raises: NothingCalled.
    """
    ticket = await store.at_counter(tx, row.id)
    if ticket is None:
        raise NothingCalled
    return ticket


async def queue(tx: Tx, row: tables.Counter) -> Sequence[tables.Ticket]:
    """Return who waits for this counter, oldest first."""
    return await store.waiting(tx, await store.served_by(tx, row.id), row.id)


def waiting(tickets: Sequence[tables.Ticket], row: tables.Counter) -> list[Waiting]:
    """Describe tickets as the policy sees them."""
    return [
        Waiting(
            ticket_id=ticket.id,
            since=ticket.waiting_since,
            is_priority=ticket.priority is not None,
            is_for_this_counter=ticket.for_counter_id == row.id and not ticket.deferred,
        )
        for ticket in tickets
    ]
