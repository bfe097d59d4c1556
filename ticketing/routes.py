"""Doors of kiosks, phones and printers' agents."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, Any

from litestar import Request, Router, get, post, websocket
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from ticketing import actions, closings, feeds, forecasts, holders, offers, reads, requests, slips, store, tables
from ticketing.actions import Order
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import EVERYONE, ISSUERS, Asker, Principal, Role, own_device, own_printer
from ticketing.core.ids import SlipId
from ticketing.core.slip_job import Condition, Trouble
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.sockets import Socket, serve
from ticketing.views import KioskView, PrinterView, ServiceLine, SlipJobView, SlipPart, TicketView, ZoneLine

Web = Request[Any, Any, Any]
RequestId = Annotated[str, Meta(min_length=1, max_length=64, description="Made anew for each tap; may be sent twice.")]

KIOSK_TICKETS_A_MINUTE = 30
"""A visitor needs half a minute for three touches; more than this is a stuck finger or a child at play."""

PERSON_TICKETS_A_MINUTE = 60
"""A greeter with a crowd before the door."""


class IssueBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Which service; priority as true (own declaration) or as a class code; the tap's request id; a printer's code."""

    service: str
    request: RequestId
    priority: bool | str = False
    printer: str | None = None


class RequestBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A command that may be sent twice."""

    request: RequestId | None = None


class ReportBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What became of a slip that is not surely on paper."""

    reason: Trouble
    request: RequestId | None = None


class ConditionBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What a printer says of itself."""

    condition: Condition


@get("/api/services", operation_id="list_services", responses=REFUSALS)
async def list_services(hall: NamedDependency[Hall], asker: NamedDependency[Asker]) -> list[ServiceLine]:
    """List the services and whether numbers are given out for them now."""
    async with hall.db.read(access.allow(asker, EVERYONE).mall_id) as tx:
        return await offers.service_lines(tx)


@get("/api/zones", operation_id="list_zones", responses=REFUSALS)
async def list_zones(hall: NamedDependency[Hall], asker: NamedDependency[Asker]) -> list[ZoneLine]:
    """List the zones of the hall."""
    async with hall.db.read(access.allow(asker, EVERYONE).mall_id) as tx:
        return await offers.zone_lines(tx)


@get("/api/kiosk", operation_id="show_kiosk", responses=REFUSALS)
async def show_kiosk(hall: NamedDependency[Hall], asker: NamedDependency[Asker]) -> KioskView:
    """Show what a kiosk offers now."""
    who = access.allow(asker, ISSUERS)
    async with hall.db.read(who.mall_id) as tx:
        return await offers.kiosk_view(tx, hall, who.device.printer_id if who.device else None)


@post("/api/tickets", operation_id="issue_ticket", responses=REFUSALS)
async def issue(data: JSONBody[IssueBody], hall: NamedDependency[Hall], asker: NamedDependency[Asker]) -> TicketView:
    """Give out a number; the same request id gives the same number."""
    who = access.allow(asker, ISSUERS)
    if not who.actor.startswith("program:"):
        most = KIOSK_TICKETS_A_MINUTE if who.device else PERSON_TICKETS_A_MINUTE
        hall.limits.count(f"issue {who.mall_id} {who.actor}", most)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        return await requests.once(tx, data.request, "issue", TicketView, lambda: _issue(tx, hall, who, data))


@get("/api/tickets/{code:str}", operation_id="show_ticket", responses=REFUSALS, response_headers=holders.PRIVATE)
async def show_ticket(code: FromPath[str], hall: NamedDependency[Hall], request: Web) -> TicketView:
    """Show a ticket to whoever knows its code."""
    async with hall.db.read(await holders.mall_of(hall, code, address(request))) as tx:
        return await reads.ticket_view(tx, hall, await store.ticket_by_code(tx, code))


@post("/api/tickets/{code:str}/cancel", status_code=200, operation_id="cancel_own_ticket", responses=REFUSALS)
async def cancel_own(
    code: FromPath[str], data: JSONBody[RequestBody], hall: NamedDependency[Hall], request: Web
) -> TicketView:
    """Give the own number back."""
    return await _as_holder(hall, code, address(request), data, "cancel", actions.cancel)


@post("/api/tickets/{code:str}/late", status_code=200, operation_id="step_back", responses=REFUSALS)
async def late(
    code: FromPath[str], data: JSONBody[RequestBody], hall: NamedDependency[Hall], request: Web
) -> TicketView:
    """Say to be late: some others go first, once in each queue, and the turn is not lost."""
    return await _as_holder(hall, code, address(request), data, "late", actions.step_back)


@post("/api/slips/{slip_id:int}/claim", status_code=200, operation_id="claim_slip", responses=REFUSALS)
async def claim(slip_id: FromPath[int], hall: NamedDependency[Hall], asker: NamedDependency[Asker]) -> SlipJobView:
    """Begin to print a slip."""
    who = access.allow(asker, {Role.PRINTER})
    async with hall.db.write(who.mall_id, who.actor) as tx:
        slip = await actions.claim_slip(tx, SlipId(slip_id), own_printer(who))
        return await reads.slip_job_view(tx, hall, slip)


@post("/api/slips/{slip_id:int}/printed", status_code=200, operation_id="report_printed", responses=REFUSALS)
async def printed(
    slip_id: FromPath[int],
    data: JSONBody[RequestBody],
    hall: NamedDependency[Hall],
    asker: NamedDependency[Asker],
) -> SlipPart:
    """Say that a slip is on paper."""
    who = access.allow(asker, {Role.PRINTER})
    async with hall.db.write(who.mall_id, who.actor) as tx:
        act = partial(actions.slip_printed, tx, SlipId(slip_id), own_printer(who))
        return await requests.once(tx, data.request, "printed", SlipPart, act)


@post("/api/slips/{slip_id:int}/not-printed", status_code=200, operation_id="report_not_printed", responses=REFUSALS)
async def not_printed(
    slip_id: FromPath[int],
    data: JSONBody[ReportBody],
    hall: NamedDependency[Hall],
    asker: NamedDependency[Asker],
) -> SlipPart:
    """Say that a slip is certainly not on paper."""
    who = access.allow(asker, {Role.PRINTER})
    async with hall.db.write(who.mall_id, who.actor) as tx:
        act = partial(actions.slip_not_printed, tx, SlipId(slip_id), own_printer(who), data.reason)
        return await requests.once(tx, data.request, "not-printed", SlipPart, act)


@post("/api/slips/{slip_id:int}/unknown", status_code=200, operation_id="report_unknown", responses=REFUSALS)
async def unknown(
    slip_id: FromPath[int],
    data: JSONBody[ReportBody],
    hall: NamedDependency[Hall],
    asker: NamedDependency[Asker],
) -> SlipPart:
    """Say that nobody knows whether a slip is on paper."""
    who = access.allow(asker, {Role.PRINTER})
    async with hall.db.write(who.mall_id, who.actor) as tx:
        act = partial(actions.slip_unknown, tx, SlipId(slip_id), own_printer(who), data.reason)
        return await requests.once(tx, data.request, "unknown", SlipPart, act)


@post("/api/printers/{code:str}/condition", status_code=204, operation_id="report_condition", responses=REFUSALS)
async def report_condition(
    code: FromPath[str],
    data: JSONBody[ConditionBody],
    hall: NamedDependency[Hall],
    asker: NamedDependency[Asker],
) -> None:
    """Say how the printer is."""
    who = own_device(asker, Role.PRINTER, code)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.report_condition(tx, await slips.printer(tx, code), data.condition)


@get("/api/printers/{code:str}", operation_id="show_printer", responses=REFUSALS)
async def show_printer(code: FromPath[str], hall: NamedDependency[Hall], asker: NamedDependency[Asker]) -> PrinterView:
    """Show the slips that a printer has not put on paper yet."""
    who = own_device(asker, Role.PRINTER, code)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.printer_view(tx, hall, await slips.printer(tx, code))


@websocket("/live/kiosk")
async def live_kiosk(socket: Socket, hall: NamedDependency[Hall], asker: NamedDependency[Asker]) -> None:
    """Follow what a kiosk offers."""
    await serve(socket, hall, asker, partial(feeds.kiosk, hall, asker))


@websocket("/live/tickets/{code:str}")
async def live_ticket(socket: Socket, code: FromPath[str], hall: NamedDependency[Hall]) -> None:
    """Follow a ticket."""
    await serve(socket, hall, (), partial(feeds.ticket, hall, code, address(socket)))


@websocket("/live/printers/{code:str}")
async def live_printer(
    socket: Socket, code: FromPath[str], hall: NamedDependency[Hall], asker: NamedDependency[Asker]
) -> None:
    """Follow the slips of a printer."""
    await serve(socket, hall, asker, partial(feeds.printer, hall, asker, code))


async def _issue(tx: Tx, hall: Hall, who: Principal, data: IssueBody) -> TicketView:
    printer_id = await actions.printer_for(tx, who, data.printer)
    if who.role is Role.KIOSK:
        await closings.must_be_in_time(tx, hall.outlooks, data.service, is_priority=data.priority is not False)
    order = Order(service=data.service, priority=data.priority, printer_id=printer_id)
    ticket = await actions.issue(tx, order, hall.outlooks)
    forecasts.note(tx, hall.outlooks, ticket)
    return await reads.ticket_view(tx, hall, ticket)


async def _as_holder(
    hall: Hall,
    code: str,
    address: str,
    data: RequestBody,
    command: str,
    act: Callable[[Tx, tables.Ticket], Awaitable[None]],
) -> TicketView:
    """Carry out a holder's own command once for a request id, and show the ticket."""
    async with hall.db.write(await holders.mall_of(hall, code, address), f"holder:{code[:4]}") as tx:
        ticket = await store.ticket_by_code(tx, code)

        async def answer() -> TicketView:
            await act(tx, ticket)
            return await reads.ticket_view(tx, hall, ticket)

        return await requests.once(tx, data.request, command, TicketView, answer)


def address(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Return where a request comes from, as far as the server knows."""
    return connection.client.host if connection.client else "?"


router = Router(
    "",
    route_handlers=[
        list_services,
        list_zones,
        show_kiosk,
        issue,
        show_ticket,
        cancel_own,
        late,
        claim,
        printed,
        not_printed,
        unknown,
        report_condition,
        show_printer,
        live_kiosk,
        live_ticket,
        live_printer,
    ],
)
