"""The register as its pages show it. Questions only."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from mpp.appointments import store as mine
from mpp.appointments.views import AppointmentLine, AppointmentsView, BookableService, DayCount
from ticketing import reads, register, store, tables
from ticketing.appointment_tables import Appointment
from ticketing.core.ids import TenantId, TicketId
from ticketing.db import Tx
from ticketing.hall import Hall


async def appointments_view(tx: Tx, hall: Hall, own: TenantId | None, day: date | None) -> AppointmentsView:
    """Show the agreed times of a day (None: today), of one tenant or of all."""
    day = day or store.today(tx)
    services = await mine.services(tx, own)
    tenants = {row.id: row for row in await store.active_tenants(tx)}
    return AppointmentsView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        timezone=tx.mall.timezone,
        today=store.today(tx),
        day=day,
        days=[DayCount(one, count) for one, count in await mine.days(tx, own)],
        services=[
            BookableService(code=row.code, name=row.name, name_en=row.name_en, tenant=tenants[row.tenant_id].short_name)
            for row in services
            if row.tenant_id in tenants
        ],
        lines=await lines(tx, await register.of_day(tx, day, own)),
    )


async def lines(tx: Tx, rows: Sequence[Appointment]) -> list[AppointmentLine]:
    """Show agreed times."""
    services = {row.id: row for row in await tx.session.scalars(select(tables.Service))}
    tenants = {row.id: row for row in await tx.session.scalars(select(tables.Tenant))}
    numbers = await _numbers(tx, [row.ticket_id for row in rows if row.ticket_id is not None])
    return [
        AppointmentLine(
            id=row.id,
            code=row.code,
            tenant=reads.tenant_part(tenants[row.tenant_id]),
            service=reads.service_part(services[row.service_id]),
            agreed_at=row.agreed_at,
            standing=register.standing(tx, row),
            number=numbers[row.ticket_id] if row.ticket_id is not None else None,
        )
        for row in rows
    ]


async def _numbers(tx: Tx, tickets: Sequence[TicketId]) -> Mapping[TicketId, str]:
    ticket = tables.Ticket
    return dict((await tx.session.execute(select(ticket.id, ticket.number).where(ticket.id.in_(tickets)))).all())
