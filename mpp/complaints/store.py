"""Load and save of complaints. The only write SQL of complaints, their texts and contacts."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, delete, func, select, update

from mpp.complaints.core import calendar, complaint, terms
from mpp.complaints.core.calendar import Calendar
from mpp.complaints.core.complaint import Complaint as Value
from mpp.complaints.core.complaint import ComplaintState
from mpp.complaints.core.refused import UnknownComplaint
from mpp.complaints.core.terms import Terms
from mpp.complaints.tables import Complaint, ComplaintContact, ComplaintStep
from mpp.law import store as law
from mpp.law.core import Instrument
from ticketing import store, tables
from ticketing.core.complaint_events import ComplaintEvent
from ticketing.core.ids import ComplaintId, MallId, TenantId
from ticketing.db import Db, Tx


async def the_terms(tx: Tx, day: date | None = None) -> Terms:
    """Return the numbers that hold on a day, or today."""
    return terms.of(await law.in_force(tx, Instrument.COMPLAINTS, day))


async def the_calendar(tx: Tx) -> Calendar:
    """Return the mall's working days."""
    return calendar.of(tx.mall.hours, frozenset(await tx.session.scalars(select(tables.Holiday.date))))


async def next_number(tx: Tx, day: date) -> str:
    """Return the next number of the register, such as 2026-0007; the mall's lock keeps it from being given twice."""
    mine = Complaint
    given = select(func.count(mine.id)).where(mine.day >= day.replace(month=1, day=1), mine.day <= day)
    return f"{day.year}-{(await tx.session.scalar(given) or 0) + 1:04d}"


async def mall_of(db: Db, code: str) -> MallId:
    """Find out in which mall a complaint of that secret code is.

    Raises: UnknownComplaint.
    """
    async with db.session(db.reader, None) as session:
        found = await session.scalar(select(Complaint.mall_id).where(Complaint.code == code))
    if found is None:
        raise UnknownComplaint
    return found


async def by_code(tx: Tx, code: str) -> Complaint:
    """Load a complaint by its secret code.

    Raises: UnknownComplaint.
    """
    return _known(await tx.session.scalar(select(Complaint).where(Complaint.code == code)))


async def by_id(tx: Tx, id: ComplaintId) -> Complaint:
    """Load a complaint by its id.

    Raises: UnknownComplaint.
    """
    return _known(await tx.session.scalar(select(Complaint).where(Complaint.id == id)))


def _known(found: Complaint | None) -> Complaint:
    if found is None:
        raise UnknownComplaint
    return found


def must_see(row: Complaint, tenant_id: TenantId | None) -> None:
    """Hide a complaint from a tenant that was not asked to handle it, as if it were not there.

    Raises: UnknownComplaint.
    """
    if tenant_id is not None and row.handler_id != tenant_id:
        raise UnknownComplaint


async def reopen_by(tx: Tx, row: Complaint) -> date | None:
    """Return the last day on which a complaint can be reopened; None when it cannot."""
    last = row.ended_at or row.answered_at
    if last is None:
        return None
    return complaint.reopen_by(value(row), store.day_of(tx, last), (await the_terms(tx)).reopen_days)


async def add(tx: Tx, value: Value, code: str) -> Complaint:
    """Make the row of a new complaint; its id is known then, and its event can be written."""
    fields = {field: getattr(value, field) for field in Value.__struct_fields__ if field != "id"}
    row = Complaint(**fields, code=code)
    tx.session.add(row)
    await tx.session.flush()
    return row


def note(tx: Tx, row: Complaint, event: ComplaintEvent, text: str | None = None) -> None:
    """Write a step to the log, and what was said with it beside the log."""
    seq = tx.append(event)
    tx.session.add(ComplaintStep(complaint_id=row.id, seq=seq, text=text))
    tx.touch("complaints", f"complaint:{row.id}")


async def record(tx: Tx, row: Complaint, event: ComplaintEvent, text: str | None = None) -> None:
    """Let `event` happen to a complaint: apply, save, log.

    Raises: ComplaintMovedOn.
    """
    store.put(row, complaint.apply(value(row), event, tx.now))
    note(tx, row, event, text)
    await tx.session.flush()


def value(row: Complaint) -> Value:
    """Copy a row into its frozen value."""
    return store.value(row, Value)


async def keep_contact(tx: Tx, id: ComplaintId, name: str, contact: str | None) -> None:
    """Keep who complained."""
    tx.session.add(ComplaintContact(complaint_id=id, name=name, contact=contact))
    await tx.session.flush()


async def contact_of(tx: Tx, id: ComplaintId) -> ComplaintContact | None:
    """Return who complained, as long as it is kept."""
    return await tx.session.scalar(select(ComplaintContact).where(ComplaintContact.complaint_id == id))


async def erase_contact_at(tx: Tx, id: ComplaintId, at: datetime | None) -> None:
    """Say when name and contact are to be erased; None: not yet."""
    mine = ComplaintContact
    await tx.session.execute(update(mine).where(mine.complaint_id == id).values(erase_at=at))


async def erase_contact(tx: Tx, id: ComplaintId) -> None:
    """Erase name and contact."""
    await tx.session.execute(delete(ComplaintContact).where(ComplaintContact.complaint_id == id))


async def erase_texts(tx: Tx, id: ComplaintId) -> None:
    """Erase all that was written about a complaint."""
    await tx.session.execute(update(ComplaintStep).where(ComplaintStep.complaint_id == id).values(text=None))


async def alarmed(tx: Tx) -> Sequence[Complaint]:
    """Return the complaints that may have become more urgent."""
    return (await tx.session.scalars(_alarmed(tx))).all()


async def silent(tx: Tx) -> Sequence[Complaint]:
    """Return the answered complaints to which nobody responded in time."""
    return (await tx.session.scalars(_silent(tx))).all()


async def contacts_over(tx: Tx) -> Sequence[ComplaintContact]:
    """Return the names and contacts that are needed no more."""
    return (await tx.session.scalars(_contacts_over(tx))).all()


async def texts_over(tx: Tx) -> Sequence[Complaint]:
    """Return the complaints whose texts have been kept long enough."""
    return (await tx.session.scalars(_texts_over(tx))).all()


async def is_anything_due(tx: Tx) -> bool:
    """Say whether time has brought anything about."""
    for question in (_alarmed(tx), _silent(tx), _texts_over(tx)):
        if (await tx.session.scalars(question.limit(1))).first() is not None:
            return True
    return (await tx.session.scalars(_contacts_over(tx).limit(1))).first() is not None


def _alarmed(tx: Tx) -> Select[Complaint]:
    return select(Complaint).where(Complaint.alarm_on <= store.today(tx)).order_by(Complaint.alarm_on, Complaint.id)


def _silent(tx: Tx) -> Select[Complaint]:
    mine = Complaint
    is_over = (mine.state == ComplaintState.ANSWERED) & (mine.respond_by < store.today(tx))
    return select(mine).where(is_over).order_by(mine.respond_by, mine.id)


def _contacts_over(tx: Tx) -> Select[ComplaintContact]:
    mine = ComplaintContact
    return select(mine).where(mine.erase_at <= tx.now).order_by(mine.erase_at, mine.id)


def _texts_over(tx: Tx) -> Select[Complaint]:
    mine = Complaint
    return select(mine).where(mine.keep_until < store.today(tx)).order_by(mine.keep_until, mine.id)
