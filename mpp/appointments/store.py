"""What the register knows already, for those who enter more."""

import secrets
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from ticketing import store, tables
from ticketing.appointment_tables import Appointment
from ticketing.core.ids import TenantId
from ticketing.db import Tx

DIGITS = 6
"""Of a code that is made here: short enough to be typed, and a kiosk lets nobody try all of them."""


async def of_code(tx: Tx, tenant_id: TenantId, day: date, code: str) -> Appointment | None:
    """Find a tenant's entry of a code on a day."""
    one = Appointment.tenant_id == tenant_id, Appointment.day == day, Appointment.code == code
    return await tx.session.scalar(select(Appointment).where(*one))


async def is_used(tx: Tx, day: date, code: str) -> bool:
    """Say whether any tenant has a code on a day."""
    mine = select(Appointment.id).where(Appointment.day == day, Appointment.code == code)
    return await tx.session.scalar(mine.limit(1)) is not None


async def fresh_code(tx: Tx, day: date) -> str:
    """Make a code that no entry of the day has."""
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        if not await is_used(tx, day, code):
            return code


async def days(tx: Tx, tenant_id: TenantId | None) -> Sequence[tuple[date, int]]:
    """Return the days from today on with how many agreed times each has."""
    mine = select(Appointment.day, func.count(Appointment.id)).where(Appointment.day >= store.today(tx))
    if tenant_id is not None:
        mine = mine.where(Appointment.tenant_id == tenant_id)
    rows = await tx.session.execute(mine.group_by(Appointment.day).order_by(Appointment.day))
    return [(day, count) for day, count in rows]


async def services(tx: Tx, tenant_id: TenantId | None) -> Sequence[tables.Service]:
    """Return the services on offer, of one tenant or of all."""
    mine = select(tables.Service).where(tables.Service.is_active.is_(True))
    if tenant_id is not None:
        mine = mine.where(tables.Service.tenant_id == tenant_id)
    return (await tx.session.scalars(mine.order_by(tables.Service.tenant_id, tables.Service.position))).all()


async def holidays(tx: Tx) -> dict[date, str]:
    """Return the days on which the mall is closed."""
    return {row.date: row.name for row in await tx.session.scalars(select(tables.Holiday))}
