"""Load and save of what is on record for the checks, and of how they stood."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import delete, func, select

from mpp.readiness.core.shapes import Attested, Finding
from mpp.readiness.tables import ReadinessDay, ReadinessFile, ReadinessRecord
from ticketing.core.refused import Unknown
from ticketing.db import Tx

TREND = timedelta(days=92)
"""A quarter of days is shown."""


async def records(tx: Tx) -> list[Attested]:
    """Return all that is on record, oldest first."""
    rows = await tx.session.scalars(select(ReadinessRecord).order_by(ReadinessRecord.id))
    return [
        Attested(
            id=row.id,
            check=row.check_id,
            tenant_id=row.tenant_id,
            state=row.state,
            note=row.note,
            responsible=row.responsible,
            dated=row.dated,
            expires=row.expires,
            items=row.items,
            at=row.at,
            actor=row.actor,
        )
        for row in rows
    ]


async def with_files(tx: Tx) -> set[int]:
    """Return the ids of the records that have a file."""
    return set(await tx.session.scalars(select(ReadinessFile.record_id)))


async def file(tx: Tx, record_id: int) -> ReadinessFile:
    """Return a record's file.

    Raises: Unknown.
    """
    found = await tx.session.scalar(select(ReadinessFile).where(ReadinessFile.record_id == record_id))
    if found is None:
        raise Unknown("This record has no file.")
    return found


async def has_record(tx: Tx, record_id: int) -> bool:
    """Say whether a record is there."""
    return await tx.session.get(ReadinessRecord, record_id) is not None


async def put_file(tx: Tx, record_id: int, media_type: str, content: bytes) -> None:
    """Keep a file in the place of the one before."""
    await tx.session.execute(delete(ReadinessFile).where(ReadinessFile.record_id == record_id))
    tx.session.add(ReadinessFile(record_id=record_id, media_type=media_type, content=content))


async def is_noted(tx: Tx, day: date) -> bool:
    """Say whether it is noted how the checks stood at the end of a day."""
    found = select(ReadinessDay.id).where(ReadinessDay.day == day).limit(1)
    return await tx.session.scalar(found) is not None


async def note(tx: Tx, day: date, found: Mapping[str, Finding]) -> None:
    """Note how the checks stood at the end of a day, in the place of what was noted before."""
    await tx.session.execute(delete(ReadinessDay).where(ReadinessDay.day == day))
    tx.session.add_all(
        ReadinessDay(day=day, check_id=id, state=one.state, value=one.facts[0].value if one.facts else None)
        for id, one in found.items()
    )


async def trend(tx: Tx, today: date) -> Sequence[tuple[date, str, int]]:
    """Count the states of each of the last days, oldest first."""
    mine = ReadinessDay
    counted = (
        select(mine.day, mine.state, func.count())
        .where(mine.day >= today - TREND)
        .group_by(mine.day, mine.state)
        .order_by(mine.day)
    )
    return [(day, state, n) for day, state, n in await tx.session.execute(counted)]
