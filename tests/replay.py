"""Replays a mall's event log and compares it with the rows: the log is the truth, or nothing is."""

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import select

from mpp.complaints.core import complaint
from mpp.complaints.core.complaint import Complaint
from mpp.complaints.tables import Complaint as ComplaintRow
from mpp.complaints.tables import ComplaintContact
from ticketing import lease_tables, store, tables
from ticketing.core import counter, events, lease, slip_job, ticket
from ticketing.core.chain import Entry, Walk
from ticketing.core.complaint_events import ComplaintEvent
from ticketing.core.counter import CounterEvent, Desk
from ticketing.core.ids import ComplaintId, CounterId, LeaseId, MallId, SlipId, TicketId
from ticketing.core.lease import Lease, LeaseEvent
from ticketing.core.slip_job import SlipAsked, SlipEvent, SlipJob
from ticketing.core.ticket import Ticket, TicketEvent
from ticketing.db import Db, Tx


async def assert_log_tells_rows(db: Db, mall_id: MallId) -> None:
    """Fold every ticket, slip, counter, lease and complaint from the log, and hold the result against its row."""
    async with db.read(mall_id) as tx:
        log = list(await tx.session.scalars(select(tables.Event).order_by(tables.Event.seq)))
        assert [event.seq for event in log] == list(range(1, len(log) + 1)), "the log has gaps"
        assert tx.mall.last_seq == len(log)
        walk = Walk(mall_id, {})
        walk.take(store.value(event, Entry) for event in log)
        assert walk.end(tx.mall.last_seq, tx.mall.head).faults == (), "the log does not chain"
        tickets: dict[TicketId, list[tuple[datetime, TicketEvent]]] = {}
        slips: dict[SlipId, SlipJob] = {}
        desks: dict[CounterId, Desk] = {}
        leases: dict[LeaseId, Lease] = {}
        complaints: dict[ComplaintId, list[tuple[datetime, ComplaintEvent]]] = {}
        for row in log:
            what = events.decode(row.body)
            assert events.kind(what) == row.kind
            if isinstance(what, TicketEvent):
                assert row.ticket_id is not None
                tickets.setdefault(row.ticket_id, []).append((row.at, what))
            elif isinstance(what, SlipAsked):
                slips[what.slip_id] = slip_job.ask(what, row.at)
            elif isinstance(what, SlipEvent):
                slips[what.slip_id] = slip_job.apply(slips[what.slip_id], what, row.at)
            elif isinstance(what, CounterEvent):
                assert row.counter_id is not None
                desk = desks.get(row.counter_id, Desk(id=row.counter_id))
                desks[row.counter_id] = counter.apply(desk, what, row.at)
            elif isinstance(what, LeaseEvent):
                leases = lease.apply(leases, what, row.at)
            elif isinstance(what, ComplaintEvent):
                complaints.setdefault(what.complaint_id, []).append((row.at, what))
        for stored in await tx.session.scalars(select(tables.Ticket)):
            assert ticket.replay(stored.id, tickets.pop(stored.id)) == store.value(stored, Ticket)
        assert not tickets, "the log tells of tickets that are not there"
        for slip in await tx.session.scalars(select(tables.Slip)):
            assert slips.pop(slip.id) == store.value(slip, SlipJob)
        assert not slips, "the log tells of slips that are not there"
        for place in await tx.session.scalars(select(tables.Counter)):
            assert desks.get(place.id, Desk(id=place.id)) == store.value(place, Desk)
        await _assert_leases(tx, leases)
        await _assert_complaints(tx, complaints)


async def _assert_complaints(tx: Tx, told: dict[ComplaintId, list[tuple[datetime, ComplaintEvent]]]) -> None:
    """Hold the complaints against their rows, and who complained against what the log says of it."""
    contacts = set(await tx.session.scalars(select(ComplaintContact.complaint_id)))
    for row in await tx.session.scalars(select(ComplaintRow)):
        folded = complaint.replay(told.pop(row.id))
        assert folded == store.value(row, Complaint)
        assert folded.has_contact == (row.id in contacts)
    assert not told, "the log tells of complaints that are not there"


async def _assert_leases(tx: Tx, told: dict[LeaseId, Lease]) -> None:
    """Hold the leases against their rows, and both against the tickets that were handed in."""
    tickets = list(await tx.session.scalars(select(tables.Ticket)))
    for row in await tx.session.scalars(select(lease_tables.Lease)):
        mine = [t for t in tickets if (t.day, t.series) == (row.day, row.series) and row.first <= t.serial <= row.last]
        assert all(ticket.offline for ticket in mine), "a number of a kiosk was given out at the server"
        assert replace(told.pop(row.id), used=len(mine)) == store.value(row, Lease)
    assert not told, "the log tells of leases that are not there"
