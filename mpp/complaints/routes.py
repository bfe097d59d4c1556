"""Doors of complaints: anybody may complain and follow up by the receipt; the mall and the tenant asked handle them."""

from datetime import date
from functools import partial
from typing import Annotated, Literal

import msgspec
from litestar import Response, Router, get, post, put, websocket
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import Meta, Struct

from mpp import auth
from mpp import store as people
from mpp.complaints import actions, exports, feeds, printing, reads, store
from mpp.complaints.actions import Complainant
from mpp.complaints.core.deeds import Deed
from mpp.complaints.core.writing import Contact, PersonName, Written
from mpp.complaints.feeds import HANDLERS
from mpp.complaints.tables import Complaint
from mpp.complaints.views import ComplaintCase, ComplaintsDue, ComplaintsView, ComplaintView
from mpp.exports import XLSX
from mpp.routes import Asker_, Hall_, Web
from ticketing import actions as ground
from ticketing import holders, requests
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import COUNTER_STAFF, LEADERS, Asker, Principal, Role
from ticketing.core.complaint_desk import ComplaintDesk
from ticketing.core.complaint_events import Channel, Identity
from ticketing.core.ids import ComplaintId, MallId
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.routes import RequestBody, RequestId, address
from ticketing.sockets import Socket, serve

TAKERS = COUNTER_STAFF | {Role.GREETER}
"""Who may take a complaint on somebody's behalf."""

COMPLAINTS_A_MINUTE = 20
"""From one address or one person: a hall behind one address does not complain more often; a child at play does."""

VISITOR = "visitor"
"""Who complains from a device of their own, as the log knows them."""

Code_ = Annotated[str, Meta(min_length=1, max_length=24)]
First = Annotated[date | None, QueryParameter(name="from", description="First day; without it, from the beginning.")]
Last = Annotated[date | None, QueryParameter(name="to", description="Last day; without it, until today.")]


class ComplaintBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A complaint in the person's own words; who is not anonymous says a name, and a contact if they want.

    `at`: taken at a kiosk, or by staff at a desk; else on the person's own device. About a ticket by its secret code,
    a service, a tenant, or the mall. `paper`: print the receipt.
    """

    text: Written
    identity: Identity
    name: PersonName | None = None
    contact: Contact | None = None
    ticket: Code_ | None = None
    service: Code_ | None = None
    tenant: Code_ | None = None
    at: Literal["kiosk", "desk"] | None = None
    paper: bool = False
    request: RequestId


class ReopenBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why the answer does not help."""

    text: Written
    request: RequestId | None = None


@post("/api/complaints", operation_id="take_complaint", responses=REFUSALS, response_headers=holders.PRIVATE)
async def take(data: JSONBody[ComplaintBody], request: Web, hall: Hall_, asker: Asker_) -> ComplaintView:
    """Take a complaint; the same request id gives the same receipt."""
    auth.must_not_be_elsewhere(request)
    who = _taker(asker, data)
    hall.limits.count(f"complain {who.actor if who else address(request)}", COMPLAINTS_A_MINUTE)
    async with hall.db.write(await _mall(hall, asker, data, address(request)), who.actor if who else VISITOR) as tx:
        return await requests.once(tx, data.request, "complain", ComplaintView, lambda: _take(tx, hall, who, data))


@get("/api/complaints/{code:str}", operation_id="show_complaint", responses=REFUSALS, response_headers=holders.PRIVATE)
async def show(code: FromPath[str], hall: Hall_, request: Web) -> ComplaintView:
    """Show a complaint to whoever has its receipt: state, days and answer, nothing about the person."""
    async with hall.db.read(await feeds.mall_of(hall, code, address(request))) as tx:
        return await reads.complaint_view(tx, hall, await store.by_code(tx, code))


@post("/api/complaints/{code:str}/close", status_code=200, operation_id="close_own_complaint", responses=REFUSALS)
async def close(code: FromPath[str], data: JSONBody[RequestBody], hall: Hall_, request: Web) -> ComplaintView:
    """Say to be content with the answer."""
    async with hall.db.write(await feeds.mall_of(hall, code, address(request)), f"holder:{code[:4]}") as tx:
        row = await store.by_code(tx, code)
        act = partial(_content, tx, hall, row)
        return await requests.once(tx, data.request, "content", ComplaintView, act)


@post("/api/complaints/{code:str}/reopen", status_code=200, operation_id="reopen_complaint", responses=REFUSALS)
async def reopen(code: FromPath[str], data: JSONBody[ReopenBody], hall: Hall_, request: Web) -> ComplaintView:
    """Say why the answer does not help; once."""
    async with hall.db.write(await feeds.mall_of(hall, code, address(request)), f"holder:{code[:4]}") as tx:
        row = await store.by_code(tx, code)
        act = partial(_reopen, tx, hall, row, data.text)
        return await requests.once(tx, data.request, "reopen", ComplaintView, act)


@get("/api/manage/complaints", operation_id="list_complaints", responses=REFUSALS)
async def list_(hall: Hall_, asker: Asker_) -> ComplaintsView:
    """List the complaints: all of them for the mall, for a tenant those that it was asked to handle."""
    who = access.allow(asker, HANDLERS)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.complaints_view(tx, hall, who.tenant_id)


@put("/api/manage/complaints/desk", operation_id="name_complaint_desk", responses=REFUSALS)
async def name_desk(data: JSONBody[ComplaintDesk], hall: Hall_, asker: Asker_) -> ComplaintsView:
    """Say who answers for complaints; everybody sees it."""
    who = access.allow(asker, LEADERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        actions.name_desk(tx, data)
        return await reads.complaints_view(tx, hall, who.tenant_id)


@get("/api/manage/complaints/due", operation_id="count_complaints", responses=REFUSALS)
async def due(hall: Hall_, asker: Asker_) -> ComplaintsDue:
    """Count what is open, near its deadline, and late."""
    who = access.allow(asker, HANDLERS)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.complaints_due(tx, who.tenant_id)


@get("/api/manage/complaints/{complaint_id:int}", operation_id="show_complaint_case", responses=REFUSALS)
async def case(complaint_id: FromPath[int], hall: Hall_, asker: Asker_) -> ComplaintCase:
    """Show one complaint with its whole history."""
    who = access.allow(asker, HANDLERS)
    async with hall.db.read(who.mall_id) as tx:
        row = await store.by_id(tx, ComplaintId(complaint_id))
        store.must_see(row, who.tenant_id)
        return await reads.complaint_case(tx, hall, row, who.tenant_id)


@post(
    "/api/manage/complaints/{complaint_id:int}",
    status_code=200,
    operation_id="handle_complaint",
    responses=REFUSALS,
)
async def handle(complaint_id: FromPath[int], data: JSONBody[Deed], hall: Hall_, asker: Asker_) -> ComplaintCase:
    """Verify, forward, start, answer, close, reject or hand over a complaint."""
    who = access.allow(asker, HANDLERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        row = await store.by_id(tx, ComplaintId(complaint_id))
        actions.must_handle(who, row, data)
        await actions.handle(tx, row, data)
        return await reads.complaint_case(tx, hall, row, who.tenant_id)


@get("/api/manage/complaints.csv", operation_id="export_complaints_csv", responses=REFUSALS, media_type="text/csv")
async def csv(hall: Hall_, asker: Asker_, first: First = None, last: Last = None) -> Response[bytes]:
    """Hand out the register as CSV: no names, no contacts, no texts."""
    who = access.allow(asker, HANDLERS)
    async with hall.db.read(who.mall_id) as tx:
        rows = await exports.register(tx, who.tenant_id, first, last)
    return exports.answer("complaints", "csv", exports.csv(rows))


@get("/api/manage/complaints.xlsx", operation_id="export_complaints_xlsx", responses=REFUSALS, media_type=XLSX)
async def xlsx(hall: Hall_, asker: Asker_, first: First = None, last: Last = None) -> Response[bytes]:
    """Hand out the register as a workbook."""
    who = access.allow(asker, HANDLERS)
    async with hall.db.read(who.mall_id) as tx:
        rows = await exports.register(tx, who.tenant_id, first, last)
    return exports.answer("complaints", "xlsx", await exports.xlsx(rows))


@get("/api/manage/complaints/lapor.json", operation_id="export_lapor_json", responses=REFUSALS)
async def lapor_json(hall: Hall_, asker: Asker_, complaint: FromQuery[int | None] = None) -> Response[bytes]:
    """Hand out what a clerk enters into SP4N-LAPOR!, as JSON: of one complaint, or of all that were handed over."""
    who = access.allow(asker, LEADERS)
    async with hall.db.read(who.mall_id) as tx:
        file = await exports.lapor(tx, ComplaintId(complaint) if complaint is not None else None)
    return exports.answer("lapor", "json", msgspec.json.encode(file))


@get("/api/manage/complaints/lapor.csv", operation_id="export_lapor_csv", responses=REFUSALS, media_type="text/csv")
async def lapor_csv(hall: Hall_, asker: Asker_, complaint: FromQuery[int | None] = None) -> Response[bytes]:
    """Hand out the same as CSV."""
    who = access.allow(asker, LEADERS)
    async with hall.db.read(who.mall_id) as tx:
        file = await exports.lapor(tx, ComplaintId(complaint) if complaint is not None else None)
    return exports.answer("lapor", "csv", exports.csv(exports.lapor_rows(file)))


@websocket("/live/complaints/{code:str}")
async def live_complaint(socket: Socket, code: FromPath[str], hall: Hall_) -> None:
    """Follow a complaint."""
    await serve(socket, hall, (), partial(feeds.complaint, hall, code, address(socket)))


@websocket("/live/manage/complaints")
async def live_complaints(socket: Socket, hall: Hall_, asker: Asker_) -> None:
    """Follow all complaints that one may see."""
    await serve(socket, hall, asker, partial(feeds.complaints, hall, asker))


def _taker(asker: Asker, data: ComplaintBody) -> Principal | None:
    """Return the kiosk or the person that takes a complaint; None when people complain on a device of their own."""
    if data.at is None:
        return None
    return access.allow(asker, {Role.KIOSK} if data.at == "kiosk" else TAKERS)


async def _mall(hall: Hall, asker: Asker, data: ComplaintBody, address: str) -> MallId:
    if data.ticket is not None:
        return await holders.mall_of(hall, data.ticket, address)
    return asker[0].mall_id if asker else await people.the_mall(hall.db, None)


async def _take(tx: Tx, hall: Hall, who: Principal | None, data: ComplaintBody) -> ComplaintView:
    own = Channel.TICKET if data.ticket else Channel.WEB
    channel = Channel(data.at) if data.at else own
    complainant = Complainant(identity=data.identity, name=data.name, contact=data.contact)
    what = await actions.about(tx, data.ticket, data.service, data.tenant)
    row = await actions.take(tx, channel, data.text, complainant, what)
    if data.paper and who is not None:
        await printing.receipt(tx, hall, row, await ground.printer_for(tx, who, None))
    return await reads.complaint_view(tx, hall, row)


async def _content(tx: Tx, hall: Hall, row: Complaint) -> ComplaintView:
    await actions.content(tx, row)
    return await reads.complaint_view(tx, hall, row)


async def _reopen(tx: Tx, hall: Hall, row: Complaint, text: str) -> ComplaintView:
    await actions.reopen(tx, row, text)
    return await reads.complaint_view(tx, hall, row)


router = Router(
    "",
    route_handlers=[
        take,
        show,
        close,
        reopen,
        list_,
        name_desk,
        due,
        case,
        handle,
        csv,
        xlsx,
        lapor_json,
        lapor_csv,
        live_complaint,
        live_complaints,
    ],
)
