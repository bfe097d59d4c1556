"""The views of complaints: questions to the rows, nothing is changed here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import func, select

from mpp.complaints import store
from mpp.complaints.core import complaint
from mpp.complaints.core.calendar import Calendar
from mpp.complaints.core.complaint import MOVES, OPEN, ComplaintState
from mpp.complaints.tables import Complaint, ComplaintContact, ComplaintStep
from mpp.complaints.views import (
    ComplaintCase,
    ComplaintLine,
    ComplaintMark,
    ComplaintMove,
    ComplaintsDue,
    ComplaintStepLine,
    ComplaintsView,
    ComplaintView,
    ContactPart,
)
from mpp.law import store as law
from mpp.law.core import Instrument
from mpp.tables import Person
from ticketing import reads, tables
from ticketing import store as ground
from ticketing.core import events
from ticketing.core.complaint_events import (
    Alarm,
    ComplaintAnswered,
    ComplaintEvent,
    ComplaintHandedOver,
    ComplaintRejected,
    Identity,
    Kind,
)
from ticketing.core.ids import ServiceId, TenantId
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.views import TenantPart

OVER_SHOWN = 200
"""Complaints that are over in the list of the desk; older ones are found in the register."""

SAID = (ComplaintAnswered, ComplaintRejected, ComplaintHandedOver)
"""The steps whose text is for the complainant."""

SHOWN_RULES = ("close.silent", "reopen.within")


class Known(Struct, frozen=True):
    """What lines of complaints name."""

    tenants: Mapping[TenantId, tables.Tenant]
    services: Mapping[ServiceId, tables.Service]
    calendar: Calendar
    today: date

    def tenant(self, id: TenantId | None) -> TenantPart | None:
        """Show a tenant."""
        return reads.tenant_part(self.tenants[id]) if id is not None else None


async def known(tx: Tx) -> Known:
    """Load what lines of complaints name."""
    return Known(
        {row.id: row for row in await tx.session.scalars(select(tables.Tenant))},
        {row.id: row for row in await tx.session.scalars(select(tables.Service))},
        await store.the_calendar(tx),
        ground.today(tx),
    )


async def complaint_view(tx: Tx, hall: Hall, row: Complaint) -> ComplaintView:
    """Show a complaint to whoever has its receipt."""
    names, steps = await known(tx), await _log(tx, row)
    said = [step.text for step, _, what in steps if isinstance(what, SAID)]
    slip = await tx.session.get(tables.Slip, row.slip_id) if row.slip_id else None
    is_answered = row.state in {ComplaintState.ANSWERED, *complaint.OVER}
    return ComplaintView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        number=row.number,
        code=row.code,
        url=hall.complaint_url(row.code),
        mall=reads.mall_part(tx.mall),
        state=row.state,
        kind=row.kind,
        tenant=names.tenant(row.handler_id or row.tenant_id),
        service=reads.service_part(names.services[row.service_id]) if row.service_id else None,
        received_at=row.received_at,
        due_first=row.due_first,
        due=row.due,
        reacted_at=row.reacted_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        said=said[-1] if said and is_answered else None,
        respond_by=row.respond_by if row.state is ComplaintState.ANSWERED else None,
        reopen_by=_still(await store.reopen_by(tx, row), names.today),
        reopened=row.reopened,
        moves=_moves(steps),
        rules=await rules(tx, SHOWN_RULES),
        desk=tx.mall.complaints,
        slip=reads.slip_part(slip) if slip else None,
    )


def _still(last: date | None, today: date) -> date | None:
    return last if last is not None and today <= last else None


def _moves(steps: Sequence[tuple[ComplaintStep, tables.Event, ComplaintEvent]]) -> list[ComplaintMove]:
    moves = [(MOVES[type(what)][1], event.at) for _, event, what in steps]
    return [ComplaintMove(state=state, at=at) for state, at in moves if state is not None]


async def rules(tx: Tx, keys: Iterable[str]) -> list[ComplaintMark]:
    """Show rules of the edition in force."""
    edition = await law.in_force(tx, Instrument.COMPLAINTS)
    found = [edition.rule(key) for key in keys]
    return [ComplaintMark(key=rule.key, value=int(rule.value or 0), mark=rule.mark) for rule in found]


async def _log(tx: Tx, row: Complaint) -> list[tuple[ComplaintStep, tables.Event, ComplaintEvent]]:
    """Return the steps of a complaint with their events, oldest first."""
    mine, event = ComplaintStep, tables.Event
    rows = await tx.session.execute(
        select(mine, event).join(event, event.seq == mine.seq).where(mine.complaint_id == row.id).order_by(mine.seq)
    )
    decoded = [(step, one, events.decode(one.body)) for step, one in rows]
    return [(step, one, what) for step, one, what in decoded if isinstance(what, ComplaintEvent)]


async def rows_for(tx: Tx, tenant_id: TenantId | None, *, is_open: bool, most: int | None = None) -> list[Complaint]:
    """Return the complaints that one may see, the next owed first; what is over, the newest first."""
    mine = Complaint
    chosen = select(mine).where(mine.state.in_(OPEN) if is_open else mine.state.not_in(OPEN))
    if tenant_id is not None:
        chosen = chosen.where(mine.handler_id == tenant_id)
    rows = list(await tx.session.scalars(chosen.order_by(mine.id.desc()).limit(most)))
    return sorted(rows, key=lambda row: (complaint.owed(store.value(row)), row.id)) if is_open else rows


async def received(tx: Tx, tenant_id: TenantId | None, first: date | None, last: date | None) -> Sequence[Complaint]:
    """Return the complaints of a period that one may see, oldest first."""
    mine = Complaint
    chosen = select(mine).order_by(mine.day, mine.id)
    if tenant_id is not None:
        chosen = chosen.where(mine.handler_id == tenant_id)
    if first is not None:
        chosen = chosen.where(mine.day >= first)
    if last is not None:
        chosen = chosen.where(mine.day <= last)
    return (await tx.session.scalars(chosen)).all()


async def handed_over(tx: Tx) -> Sequence[Complaint]:
    """Return the complaints that go on in SP4N-LAPOR!, oldest first."""
    mine = Complaint
    return (
        await tx.session.scalars(select(mine).where(mine.state == ComplaintState.HANDED_OVER).order_by(mine.id))
    ).all()


async def complaints_view(tx: Tx, hall: Hall, tenant_id: TenantId | None) -> ComplaintsView:
    """Show all complaints that one may see; one who is tied to a tenant, those that it was asked to handle."""
    names = await known(tx)
    still, over = (
        await rows_for(tx, tenant_id, is_open=True),
        await rows_for(tx, tenant_id, is_open=False, most=OVER_SHOWN),
    )
    active = sorted((row for row in names.tenants.values() if row.is_active), key=lambda row: row.position)
    return ComplaintsView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        mall=reads.mall_part(tx.mall),
        complaints=[line(row, names) for row in [*still, *over]],
        tenants=[reads.tenant_part(row) for row in active],
        kinds=await rules(tx, [f"settle.{kind}" for kind in Kind]),
        desk=tx.mall.complaints,
        open=len(still),
        near=sum(row.alarm is Alarm.NEAR for row in still),
        late=sum(row.alarm is Alarm.LATE for row in still),
        more=await _over(tx, tenant_id) - len(over),
    )


async def complaints_due(tx: Tx, tenant_id: TenantId | None) -> ComplaintsDue:
    """Count the open complaints that one may see."""
    mine = Complaint
    chosen = select(mine.alarm, func.count(mine.id)).where(mine.state.in_(OPEN)).group_by(mine.alarm)
    if tenant_id is not None:
        chosen = chosen.where(mine.handler_id == tenant_id)
    counts = dict((await tx.session.execute(chosen)).all())
    return ComplaintsDue(open=sum(counts.values()), near=counts.get(Alarm.NEAR, 0), late=counts.get(Alarm.LATE, 0))


async def _over(tx: Tx, tenant_id: TenantId | None) -> int:
    mine = Complaint
    count = select(func.count(mine.id)).where(mine.state.not_in(OPEN))
    return await tx.session.scalar(count if tenant_id is None else count.where(mine.handler_id == tenant_id)) or 0


def line(row: Complaint, names: Known) -> ComplaintLine:
    """Show a complaint in one line."""
    owed = complaint.owed(store.value(row))
    return ComplaintLine(
        id=row.id,
        number=row.number,
        state=row.state,
        kind=row.kind,
        channel=row.channel,
        identity=row.identity,
        tenant=names.tenant(row.tenant_id),
        service=reads.service_part(names.services[row.service_id]) if row.service_id else None,
        handler=names.tenant(row.handler_id),
        received_at=row.received_at,
        owed=owed,
        days_left=names.calendar.between(names.today, owed),
        alarm=row.alarm,
        reopened=row.reopened,
    )


async def complaint_case(tx: Tx, hall: Hall, row: Complaint, tenant_id: TenantId | None) -> ComplaintCase:
    """Show one complaint with its whole history to one who handles it."""
    steps = await _log(tx, row)
    people = await _people(tx, [event.actor for _, event, _ in steps])
    return ComplaintCase(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        line=line(row, await known(tx)),
        due_first=row.due_first,
        due=row.due,
        reacted_at=row.reacted_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        respond_by=row.respond_by,
        contact=_contact(row, await store.contact_of(tx, row.id), is_tenant=tenant_id is not None),
        steps=[
            ComplaintStepLine(
                seq=step.seq, at=event.at, event=event.kind, by=people.get(event.actor, event.actor), text=step.text
            )
            for step, event, _ in steps
        ],
    )


def _contact(row: Complaint, found: ComplaintContact | None, *, is_tenant: bool) -> ContactPart | None:
    """Show who complained: to the mall; to a tenant only a name that is open."""
    if found is None or (is_tenant and row.identity is not Identity.OPEN):
        return None
    return ContactPart(name=found.name, contact=None if is_tenant else found.contact, erase_at=found.erase_at)


async def _people(tx: Tx, actors: Iterable[str]) -> Mapping[str, str]:
    """Return the names of people among those who acted."""
    ids = {int(actor.removeprefix("person:")) for actor in actors if actor.startswith("person:")}
    rows = await tx.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {f"person:{id}": name for id, name in rows}


async def text_of(tx: Tx, row: Complaint) -> str:
    """Return what the complainant wrote first; empty once it is erased."""
    mine = ComplaintStep
    return (
        await tx.session.scalar(select(mine.text).where(mine.complaint_id == row.id).order_by(mine.seq).limit(1)) or ""
    )
