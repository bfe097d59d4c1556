"""Doors for those who come with an agreed time, at a kiosk or with the help of staff."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Struct

from ticketing import actions, appointments, forecasts, reads, register, requests, store, tables
from ticketing.answers import REFUSALS
from ticketing.appointment_tables import Appointment
from ticketing.core import access
from ticketing.core.access import ISSUERS, Asker, Principal, Role
from ticketing.core.appointment_refused import AppointmentOfSeveral, UnknownAppointment
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.routes import RequestId
from ticketing.views import AppointmentView, TicketView

Web = Request[Any, Any, Any]

HELPERS = ISSUERS | {Role.SUPERVISOR}

CODES_A_MINUTE = 20
"""More than this nobody looks up who serves visitors, or is one."""

WRONG_CODES_A_MINUTE = 5
"""A visitor mistypes a few times; more different codes in vain are somebody who guesses: some have four digits only."""


class ArriveBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The tap's request id; priority as true (own declaration) or as a class code; a printer; the tenant."""

    request: RequestId
    priority: bool | str = False
    printer: str | None = None
    tenant: str | None = None


@get("/api/appointments/{code:str}", operation_id="show_appointment", responses=REFUSALS)
async def show(
    code: FromPath[str],
    hall: NamedDependency[Hall],
    asker: NamedDependency[Asker],
    tenant: FromQuery[str | None] = None,
) -> AppointmentView:
    """Show what was agreed under a code, with a tenant or with any, before a number is taken for it."""
    who = _helper(hall, asker)
    async with hall.db.read(who.mall_id) as tx:
        row, *others = await _found(tx, hall, who, code, tenant)
        return await appointments.view(tx, row, others)


@post("/api/appointments/{code:str}/arrive", operation_id="arrive", responses=REFUSALS)
async def arrive(
    code: FromPath[str], data: JSONBody[ArriveBody], hall: NamedDependency[Hall], asker: NamedDependency[Asker]
) -> TicketView:
    """Give out the number for an agreed time; the same request id gives the same number."""
    who = _helper(hall, asker)
    async with hall.db.write(who.mall_id, who.actor) as tx:

        async def answer() -> TicketView:
            row, *others = await _found(tx, hall, who, code, data.tenant)
            if others:
                raise AppointmentOfSeveral
            printer_id = await actions.printer_for(tx, who, data.printer)
            if who.role is Role.KIOSK:
                is_priority = data.priority is not False
                await appointments.must_be_in_time(tx, hall.outlooks, row, is_priority=is_priority)
            ticket = await appointments.arrive(tx, row, data.priority, printer_id, hall.outlooks)
            return await _told(tx, hall, ticket)

        return await requests.once(tx, data.request, "arrive", TicketView, answer)


def _helper(hall: Hall, asker: Asker) -> Principal:
    """Return who asks for a code, unless it is one too many in this minute."""
    who = access.allow(asker, HELPERS)
    hall.limits.must_be_below(_guesses(who), WRONG_CODES_A_MINUTE)
    hall.limits.count(f"appointment {who.mall_id} {who.actor}", CODES_A_MINUTE)
    return who


async def _found(tx: Tx, hall: Hall, who: Principal, code: str, tenant: str | None) -> Sequence[Appointment]:
    """Find what a code stands for, one for each tenant that uses it; a tenant's people find their own only.

    Raises: UnknownAppointment, UnknownTenant, NotAllowed.
    """
    tenant_id = who.tenant_id if tenant is None else (await store.tenant_by_code(tx, tenant)).id
    if tenant_id is not None:
        access.allow_tenant(who, tenant_id)
    try:
        return await register.of_code(tx, code, tenant_id)
    except UnknownAppointment:
        hall.limits.note(_guesses(who), code)
        raise


def _guesses(who: Principal) -> str:
    return f"unknown appointments {who.mall_id} {who.actor}"


async def _told(tx: Tx, hall: Hall, ticket: tables.Ticket) -> TicketView:
    forecasts.note(tx, hall.outlooks, ticket)
    return await reads.ticket_view(tx, hall, ticket)


router = Router("", route_handlers=[show, arrive])
