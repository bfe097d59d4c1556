"""What is read of the log to verify it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, inspect, select

from ticketing import tables
from ticketing.core.chain import Entry, LogSealed
from ticketing.db import Db, Tx


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
