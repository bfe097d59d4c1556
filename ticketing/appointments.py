"""Who comes with an agreed time: what is found under a code, and the number that is given out for it."""

from collections.abc import Sequence

from ticketing import actions, closings, reads, register, store, tables
from ticketing.actions import Order
from ticketing.appointment_tables import Appointment
from ticketing.core import policy
from ticketing.core.appointment import Standing
from ticketing.core.appointment_refused import AppointmentNotToday, AppointmentUsed
from ticketing.core.ids import DeviceId
from ticketing.db import Tx
from ticketing.outlooks import Outlooks
from ticketing.views import AppointmentView


async def view(tx: Tx, row: Appointment, others: Sequence[Appointment] = ()) -> AppointmentView:
    """Show what was agreed, what became of it so far, and who else uses its code."""
    tenant = await store.tenant(tx, row.tenant_id)
    service = await tx.session.get_one(tables.Service, row.service_id)
    ticket = await store.ticket(tx, row.ticket_id) if row.ticket_id is not None else None
    return AppointmentView(
        code=row.code,
        tenant=reads.tenant_part(tenant),
        service=reads.service_part(service),
        agreed_at=row.agreed_at,
        standing=register.standing(tx, row),
        number=ticket.number if ticket else None,
        others=[reads.tenant_part(await store.tenant(tx, one.tenant_id)) for one in others],
    )


async def must_be_in_time(tx: Tx, told: Outlooks, row: Appointment, *, is_priority: bool) -> None:
    """Let a kiosk give out a number; one who is too late for what was agreed is held to the closing as others are.

    Raises: TooLate.
    """
    if register.standing(tx, row) is Standing.LATE:
        service = await tx.session.get_one(tables.Service, row.service_id)
        await closings.must_be_in_time(tx, told, service.code, is_priority=is_priority)


async def arrive(
    tx: Tx, row: Appointment, priority: bool | str, printer_id: DeviceId | None, told: Outlooks | None = None
) -> tables.Ticket:
    """Give out a number to one who comes with an agreed time; too late for it, one as for everybody else.

    Raises: AppointmentUsed, AppointmentNotToday, UnknownPriority, ServiceClosed, QuotaFull.
    """
    stands = register.standing(tx, row)
    if stands is Standing.ARRIVED:
        raise AppointmentUsed
    if stands in {Standing.MISSED, Standing.ANOTHER_DAY}:
        raise AppointmentNotToday
    service = await tx.session.get_one(tables.Service, row.service_id)
    counts = policy.counts(tx.policy(row.tenant_id), row.agreed_at, tx.now)
    order = Order(
        service=service.code,
        priority=priority,
        printer_id=printer_id,
        appointment_id=row.id,
        agreed_at=row.agreed_at if counts else None,
    )
    ticket = await actions.issue(tx, order, told)
    register.came(tx, row, ticket)
    return ticket
