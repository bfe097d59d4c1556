"""Load and save of agreed times. The only write SQL of the register."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from ticketing import store
from ticketing.appointment_tables import Appointment
from ticketing.core import appointment
from ticketing.core.appointment import AppointmentEntered, AppointmentWithdrawn, Standing
from ticketing.core.appointment_refused import AppointmentUsed, UnknownAppointment
from ticketing.core.ids import AppointmentId, ServiceId, TenantId
from ticketing.db import Tx
from ticketing.tables import Service, Ticket

TOPIC = "appointments"

NEAR = timedelta(days=3)
"""Who mistook the day is told so beyond a weekend; a code of any day further off could only be a guess."""


async def of_code(tx: Tx, code: str, tenant_id: TenantId | None = None) -> Sequence[Appointment]:
    """Find what a code stands for on a day near today: today, else the first that is to come, else the latest.

    Agencies know nothing of each other's codes: of any tenant (None) it may be one agreed time of each of several.

    Raises: UnknownAppointment.
    """
    today, mine = store.today(tx), Appointment
    near = mine.code == appointment.tidy(code), mine.day.between(today - NEAR, today + NEAR)
    found = (await tx.session.scalars(select(mine).where(*near).order_by(mine.day, mine.agreed_at, mine.id))).all()
    rows = [row for row in found if tenant_id in (None, row.tenant_id)]
    if not rows:
        raise UnknownAppointment
    day = next((row.day for row in rows if row.day >= today), rows[-1].day)
    return [row for row in rows if row.day == day]


async def load(tx: Tx, id: AppointmentId) -> Appointment:
    """Load an agreed time.

    Raises: UnknownAppointment.
    """
    row = await tx.session.get(Appointment, id)
    if row is None:
        raise UnknownAppointment("This appointment is not in the register any more; reload the page.")
    return row


async def of_day(tx: Tx, day: date, tenant_id: TenantId | None = None) -> Sequence[Appointment]:
    """Return the agreed times of a day, of one tenant or of all."""
    mine = select(Appointment).where(Appointment.day == day)
    if tenant_id is not None:
        mine = mine.where(Appointment.tenant_id == tenant_id)
    return (await tx.session.scalars(mine.order_by(Appointment.agreed_at, Appointment.id))).all()


async def is_any_today(tx: Tx) -> bool:
    """Say whether anybody has an agreed time today, come already or not."""
    mine = select(Appointment.id).where(Appointment.day == store.today(tx))
    return (await tx.session.scalars(mine.limit(1))).first() is not None


async def places_kept(tx: Tx, day: date) -> Mapping[ServiceId, int]:
    """Count for each service the numbers that are kept that day for those who are expected still."""
    least = tx.now - timedelta(minutes=LONGEST_TOLERANCE)
    mine = select(Appointment).where(
        Appointment.day == day, Appointment.ticket_id.is_(None), Appointment.agreed_at >= least
    )
    kept: dict[ServiceId, int] = {}
    for row in await tx.session.scalars(mine):
        if standing(tx, row) is not Standing.LATE:
            kept[row.service_id] = kept.get(row.service_id, 0) + 1
    return kept


LONGEST_TOLERANCE = 240
"""Minutes: the most that a policy allows. What is older is late by any policy, and need not be looked at."""


def standing(tx: Tx, row: Appointment) -> Standing:
    """Say how an agreed time stands now."""
    return appointment.standing(
        row.agreed_at,
        tx.now,
        tx.policy(row.tenant_id),
        has_ticket=row.ticket_id is not None,
        is_today=row.day == store.today(tx),
    )


async def add(tx: Tx, service: Service, code: str, agreed_at: datetime) -> Appointment:
    """Enter an agreed time."""
    row = Appointment(
        tenant_id=service.tenant_id,
        service_id=service.id,
        day=store.day_of(tx, agreed_at),
        code=code,
        agreed_at=agreed_at,
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.append(AppointmentEntered(appointment_id=row.id, service_id=service.id, agreed_at=agreed_at))
    tx.touch(TOPIC)
    return row


async def withdraw(tx: Tx, row: Appointment) -> None:
    """Take an agreed time out of the register.

    Raises: AppointmentUsed.
    """
    if row.ticket_id is not None:
        raise AppointmentUsed
    await tx.session.delete(row)
    tx.append(AppointmentWithdrawn(appointment_id=row.id))
    tx.touch(TOPIC)


def came(tx: Tx, row: Appointment, ticket: Ticket) -> None:
    """Note with which number one has come."""
    row.ticket_id = ticket.id
    tx.touch(TOPIC)


async def forget(tx: Tx, before: datetime) -> int:
    """Erase what was agreed for days before a time; return how many they were."""
    gone: Any = await tx.session.execute(delete(Appointment).where(Appointment.day < store.day_of(tx, before)))
    return int(gone.rowcount)
