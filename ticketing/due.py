"""What time has brought about: holds, slips, days and counters that are over. Questions of the timekeeper.

They are asked every second, so none may go through all days: in an order that an index on ids could give, SQLite would.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Select, select

from ticketing import store, tables
from ticketing.core import ticket as tickets
from ticketing.core.counter import CounterState
from ticketing.core.slip_job import SlipState
from ticketing.core.ticket import State
from ticketing.db import Tx
from ticketing.lease_tables import Lease

SILENT_AGENT = timedelta(minutes=2)
"""An agent that took a slip and says nothing for so long has died in mid-job: a person has to look at the paper."""


async def holds(tx: Tx) -> Sequence[tables.Ticket]:
    """Return the held tickets whose time has come, in the order of these times."""
    return (await tx.session.scalars(_holds(tx))).all()


async def past_tickets(tx: Tx) -> Sequence[tables.Ticket]:
    """Return the open tickets of days that are over, oldest first."""
    return (await tx.session.scalars(_past_tickets(tx))).all()


async def slips(tx: Tx) -> Sequence[tables.Slip]:
    """Return the slips that no printer took in time, and those whose agent fell silent, by their time."""
    return (await tx.session.scalars(_slips(tx))).all()


async def counters(tx: Tx) -> Sequence[tables.Counter]:
    """Return the counters that were left open on an earlier day."""
    return (await tx.session.scalars(_counters(tx))).all()


async def past_leases(tx: Tx) -> Sequence[Lease]:
    """Return the numbers that kiosks still hold for days that are over."""
    return (await tx.session.scalars(_past_leases(tx))).all()


async def is_anything(tx: Tx) -> bool:
    """Say whether any of these has something."""
    for question in (_holds(tx), _past_tickets(tx), _slips(tx), _counters(tx), _past_leases(tx)):
        if (await tx.session.scalars(question.limit(1))).first() is not None:
            return True
    return False


def _holds(tx: Tx) -> Select[tables.Ticket]:
    mine = tables.Ticket
    return select(mine).where(mine.state == State.HELD, mine.held_until <= tx.now).order_by(mine.held_until, mine.id)


def _past_tickets(tx: Tx) -> Select[tables.Ticket]:
    mine = tables.Ticket
    return select(mine).where(mine.day < store.today(tx), mine.state.in_(tickets.ALIVE)).order_by(mine.day, mine.id)


def _slips(tx: Tx) -> Select[tables.Slip]:
    mine = tables.Slip
    is_over = mine.state.in_([SlipState.WAITING, SlipState.CLAIMED]) & (mine.expires_at <= tx.now)
    is_silent = mine.expires_at <= tx.now - SILENT_AGENT * tx.pace
    chosen = select(mine).where(is_over, (mine.state == SlipState.WAITING) | is_silent)
    return chosen.order_by(mine.expires_at, mine.id)


def _counters(tx: Tx) -> Select[tables.Counter]:
    mine = tables.Counter
    return select(mine).where(mine.state != CounterState.CLOSED, mine.since < store.midnight(tx)).order_by(mine.id)


def _past_leases(tx: Tx) -> Select[Lease]:
    return select(Lease).where(Lease.day < store.today(tx), Lease.ended_at.is_(None)).order_by(Lease.day, Lease.id)
