"""What is read of the log to verify it, and to tell what was erased."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import func, inspect, select

from ticketing import tables
from ticketing.core import events
from ticketing.core.chain import Entry, LogSealed, LogVerified
from ticketing.core.complaint_events import ComplaintContactErased, ComplaintTextErased
from ticketing.core.events import NotesErased
from ticketing.core.ids import TicketId
from ticketing.core.privacy_events import RetentionRun
from ticketing.db import Db, Tx

RUN = str(RetentionRun.__struct_config__.tag)

BY_THEMSELVES = {
    str(NotesErased.__struct_config__.tag): "note",
    str(ComplaintContactErased.__struct_config__.tag): "contact",
    str(ComplaintTextErased.__struct_config__.tag): "complaint",
}
"""Events that say that something was erased, and the kind of data that it was."""


async def entries(tx: Tx, first: int, last: int, most: int) -> list[Entry]:
    """Return events `first` to `last` as they lie in the log, but no more than `most`."""
    log = tables.Event
    wanted = select(log.seq, log.at, log.actor, log.kind, log.ticket_id, log.counter_id, log.body, log.hash)
    rows = await tx.session.execute(wanted.where(log.seq >= first, log.seq <= last).order_by(log.seq).limit(most))
    return [Entry(*row) for row in rows]


async def newest(tx: Tx) -> int:
    """Return the number of the last event that is there, wherever the mall says that its log ends."""
    return await tx.session.scalar(select(func.max(tables.Event.seq))) or 0


async def last_before(tx: Tx, day: date) -> tuple[int, bytes] | None:
    """Return number and hash of the last event before a day; None when there is none that is chained."""
    log, midnight = tables.Event, datetime.combine(day, time.min, ZoneInfo(tx.mall.timezone)).astimezone(UTC)
    found = (
        await tx.session.execute(select(log.seq, log.hash).where(log.at < midnight).order_by(log.seq.desc()).limit(1))
    ).first()
    return (found.seq, found.hash) if found is not None and found.hash is not None else None


async def is_sealed(tx: Tx) -> bool:
    """Say whether nothing is left to be sealed: the first event is chained, or a seal was written."""
    log = tables.Event
    first = (await tx.session.execute(select(log.hash).where(log.seq == 1))).first()
    if first is None or first.hash is not None:
        return True
    seal = select(log.seq).where(log.kind == LogSealed.__struct_config__.tag).limit(1)
    return await tx.session.scalar(seal) is not None


async def has_chain(db: Db) -> bool:
    """Say whether the database has the shape of a version that chains its log."""
    async with db.session(db.reader, None) as session:
        connection = await session.connection()
        columns = await connection.run_sync(lambda sync: inspect(sync).get_columns(tables.Event.__tablename__))
    return "hash" in {column["name"] for column in columns}


async def last_run(tx: Tx) -> tuple[int, datetime, RetentionRun] | None:
    """Return number, time and counts of the last nightly erasing."""
    log = tables.Event
    wanted = select(log.seq, log.at, log.body).where(log.kind == RUN).order_by(log.seq.desc()).limit(1)
    found = (await tx.session.execute(wanted)).first()
    return (found.seq, found.at, msgspec.json.decode(found.body, type=RetentionRun)) if found else None


async def last_run_seq(tx: Tx) -> int:
    """Return the number of the last nightly erasing; 0 when there was none."""
    found = await last_run(tx)
    return found[0] if found else 0


async def erased_by_themselves(tx: Tx, since: int) -> dict[str, int]:
    """Count from the log what was erased by its own event after event `since`, by kind."""
    log = tables.Event
    counts = dict.fromkeys(BY_THEMSELVES.values(), 0)
    wanted = select(log.kind, log.body).where(log.kind.in_(BY_THEMSELVES), log.seq > since)
    for kind, body in await tx.session.execute(wanted):
        what = events.decode(body)
        counts[BY_THEMSELVES[kind]] += what.notes if isinstance(what, NotesErased) else 1
    return counts


async def erased_in_all(tx: Tx) -> dict[str, int]:
    """Count what all nightly erasings have erased, by kind."""
    log, counts = tables.Event, dict[str, int]()
    for body in await tx.session.scalars(select(log.body).where(log.kind == RUN)):
        for one in msgspec.json.decode(body, type=RetentionRun).erased:
            counts[one.kind] = counts.get(one.kind, 0) + one.count
    return counts


async def last_verified(tx: Tx) -> tuple[datetime, LogVerified] | None:
    """Return when the log was held against its chain, and what was found."""
    log, kind = tables.Event, LogVerified.__struct_config__.tag
    wanted = select(log.at, log.body).where(log.kind == kind).order_by(log.seq.desc()).limit(1)
    found = (await tx.session.execute(wanted)).first()
    return (found.at, msgspec.json.decode(found.body, type=LogVerified)) if found else None


async def deeds(tx: Tx, actor: str) -> list[tuple[str, int, datetime, datetime]]:
    """Count what somebody did, by kind of event, with the first and the last time."""
    log = tables.Event
    wanted = select(log.kind, func.count(), func.min(log.at), func.max(log.at)).where(log.actor == actor)
    return [(kind, n, first, last) for kind, n, first, last in await tx.session.execute(wanted.group_by(log.kind))]


async def steps(tx: Tx, ticket_id: TicketId) -> list[tuple[str, datetime]]:
    """Return what the log tells of a ticket: kinds and times."""
    log = tables.Event
    found = await tx.session.execute(select(log.kind, log.at).where(log.ticket_id == ticket_id).order_by(log.seq))
    return [(kind, at) for kind, at in found]
