"""An officer's own day at the counters of a tenant: questions to the log."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from counters.core import shift
from counters.core.shift import Step, Tally
from counters.views import ShiftPart, ShiftView
from ticketing import store, tables
from ticketing.core.ids import CounterId
from ticketing.core.ticket import Finished, Missed, Returned, Started
from ticketing.db import Tx
from ticketing.hall import Hall

WEEK = timedelta(days=7)


async def shift_view(tx: Tx, hall: Hall, row: tables.Counter, actor: str) -> ShiftView:
    """Compare an officer's day with the same weekday of the week before."""
    today = store.today(tx)
    counters = await _counters(tx, row)
    before = await _tally(tx, counters, today - WEEK, actor)
    return ShiftView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        today=_part(today, await _tally(tx, counters, today, actor)),
        week_ago=_part(today - WEEK, before) if before.served or before.absent else None,
    )


def _part(day: date, of: Tally) -> ShiftPart:
    seconds = None if of.average is None else round(of.average.total_seconds())
    return ShiftPart(day=day, served=of.served, average_seconds=seconds, absent=of.absent, is_small=of.is_small)


async def _counters(tx: Tx, row: tables.Counter) -> Sequence[CounterId]:
    mine = tables.Counter
    return (await tx.session.scalars(select(mine.id).where(mine.tenant_id == row.tenant_id))).all()


async def _tally(tx: Tx, counters: Sequence[CounterId], day: date, actor: str) -> Tally:
    log = tables.Event
    kinds = [str(event.__struct_config__.tag) for event in (Started, Finished, Returned, Missed)]
    begins, ends = (store.begin_of(tx, when) for when in (day, day + timedelta(days=1)))
    rows = await tx.session.execute(
        select(log.kind, log.ticket_id, log.at, log.actor)
        .where(log.kind.in_(kinds), log.at >= begins, log.at < ends, log.counter_id.in_(counters))
        .order_by(log.seq)
    )
    return shift.tally(Step(name, ticket_id, at, who == actor) for name, ticket_id, at, who in rows if ticket_id)
