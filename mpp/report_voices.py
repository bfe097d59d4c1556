"""What visitors said in a month, for its report: their marks and their complaints; and that the report was made."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct
from sqlalchemy import select

from mpp.complaints import reads as complaints
from mpp.complaints import store as complaint_store
from mpp.complaints.core.complaint import OPEN, owed
from mpp.complaints.tables import Complaint
from mpp.law import store as law
from mpp.law.core import Instrument
from mpp.survey import reads as survey
from mpp.survey.core import groups, index
from mpp.survey.core.index import Weights
from mpp.survey.core.periods import Period
from mpp.survey.reads import Asked
from ticketing import store, tables
from ticketing.core.events import MonthReported
from ticketing.core.ids import TenantId
from ticketing.db import Tx

REPORTED = str(MonthReported.__struct_config__.tag)


class Voices(Struct, frozen=True, kw_only=True):
    """A month of answers and complaints; `index` None: fewer answered than may be shown."""

    answers: int
    index: Decimal | None
    grade: str | None
    complaints: int
    in_time: int
    """Complaints that were, or still can be, answered in time."""


async def voices(tx: Tx, tenant_id: TenantId | None, first: date, last: date) -> Voices:
    """Read what visitors said from the first to the last day, of a tenant or of the whole mall."""
    asked = Asked(period=Period(first, last), tenant_id=tenant_id, own=tenant_id, weights=Weights.EXACT)
    tally = groups.counted(await survey.bundles(tx, asked))
    known = None
    if tally.n >= tx.mall.reporting.smallest_group:
        known = index.index(tally, await law.in_force(tx, Instrument.SURVEY, last))
    rows = await complaints.received(tx, tenant_id, first, last)
    return Voices(
        answers=tally.n,
        index=known.index if known else None,
        grade=known.grade if known else None,
        complaints=len(rows),
        in_time=_in_time(tx, rows),
    )


def _in_time(tx: Tx, rows: Sequence[Complaint]) -> int:
    today, found = store.today(tx), 0
    for row in rows:
        ended = row.answered_at or row.ended_at
        done = None if row.state in OPEN or ended is None else store.day_of(tx, ended)
        found += (done or today) <= owed(complaint_store.value(row))
    return found


async def note(tx: Tx, month: str, last: date) -> None:
    """Note that the report of a whole mall's month was made, once the month is over; the first time is enough."""
    if last < store.today(tx) and not await is_reported(tx, month):
        tx.append(MonthReported(month=month))


async def is_reported(tx: Tx, month: str) -> bool:
    """Say whether the report of a month has been made since the month was over."""
    log = tables.Event
    bodies = await tx.session.scalars(select(log.body).where(log.kind == REPORTED))
    return any(msgspec.json.decode(body, type=MonthReported).month == month for body in bodies)
