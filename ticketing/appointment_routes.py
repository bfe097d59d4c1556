"""Doors for those who come with an agreed time, at a kiosk or with the help of staff."""

from typing import Any

from litestar import Request, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from ticketing import actions, appointments, forecasts, reads, register, requests, tables
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import ISSUERS, Asker, Role
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.routes import RequestId
from ticketing.views import AppointmentView, TicketView

Web = Request[Any, Any, Any]

HELPERS = ISSUERS | {Role.SUPERVISOR}

CODES_A_MINUTE = 20
"""A visitor mistypes a few times; more than this is somebody who guesses."""


class ArriveBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The tap's request id; priority as true (own declaration) or as a class code; a printer's code."""

    request: RequestId
    priority: bool | str = False
    printer: str | None = None


@get("/api/appointments/{code:str}", operation_id="show_appointment", responses=REFUSALS)
async def show(code: FromPath[str], hall: NamedDependency[Hall], asker: NamedDependency[Asker]) -> AppointmentView:
    """Show what was agreed under a code, before a number is taken for it."""
    who = access.allow(asker, HELPERS)
    hall.limits.count(f"appointment {who.mall_id} {who.actor}", CODES_A_MINUTE)
    async with hall.db.read(who.mall_id) as tx:
        return await appointments.view(tx, await register.by_code(tx, code))


@post("/api/appointments/{code:str}/arrive", operation_id="arrive", responses=REFUSALS)
async def arrive(
    code: FromPath[str], data: JSONBody[ArriveBody], hall: NamedDependency[Hall], asker: NamedDependency[Asker]
) -> TicketView:
    """Give out the number for an agreed time; the same request id gives the same number."""
    who = access.allow(asker, HELPERS)
    hall.limits.count(f"appointment {who.mall_id} {who.actor}", CODES_A_MINUTE)
    async with hall.db.write(who.mall_id, who.actor) as tx:

        async def answer() -> TicketView:
            printer_id = await actions.printer_for(tx, who, data.printer)
            if who.role is Role.KIOSK:
                is_priority = data.priority is not False
                await appointments.must_be_in_time(tx, hall.outlooks, code, is_priority=is_priority)
            ticket = await appointments.arrive(tx, code, data.priority, printer_id, hall.outlooks)
            return await _told(tx, hall, ticket)

        return await requests.once(tx, data.request, "arrive", TicketView, answer)


async def _told(tx: Tx, hall: Hall, ticket: tables.Ticket) -> TicketView:
    forecasts.note(tx, hall.outlooks, ticket)
    return await reads.ticket_view(tx, hall, ticket)


router = Router("", route_handlers=[show, arrive])
