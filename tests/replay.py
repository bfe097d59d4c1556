"""Replays a mall's event log and compares it with the rows: the log is the truth, or nothing is."""

from datetime import datetime

from sqlalchemy import select

from ticketing import store, tables
from ticketing.core import counter, events, slip_job, ticket
from ticketing.core.counter import CounterEvent, Desk
from ticketing.core.ids import CounterId, MallId, SlipId, TicketId
from ticketing.core.slip_job import SlipAsked, SlipEvent, SlipJob
from ticketing.core.ticket import Ticket, TicketEvent
from ticketing.db import Db


async def assert_log_tells_rows(db: Db, mall_id: MallId) -> None:
    """Fold every ticket, slip and counter from the log, and hold the result against its row."""
    async with db.read(mall_id) as tx:
        log = list(await tx.session.scalars(select(tables.Event).order_by(tables.Event.seq)))
        assert [event.seq for event in log] == list(range(1, len(log) + 1)), "the log has gaps"
        assert tx.mall.last_seq == len(log)
        tickets: dict[TicketId, list[tuple[datetime, TicketEvent]]] = {}
        slips: dict[SlipId, SlipJob] = {}
        desks: dict[CounterId, Desk] = {}
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
        for stored in await tx.session.scalars(select(tables.Ticket)):
            assert ticket.replay(stored.id, tickets.pop(stored.id)) == store.value(stored, Ticket)
        assert not tickets, "the log tells of tickets that are not there"
        for slip in await tx.session.scalars(select(tables.Slip)):
            assert slips.pop(slip.id) == store.value(slip, SlipJob)
        assert not slips, "the log tells of slips that are not there"
        for place in await tx.session.scalars(select(tables.Counter)):
            assert desks.get(place.id, Desk(id=place.id)) == store.value(place, Desk)
