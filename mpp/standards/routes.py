"""Doors of service standards: tenants write, those who lead the mall approve, and everybody may read."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta, Struct

from mpp import store as people
from mpp.routes import MANAGERS, Asker_, Hall_
from mpp.standards import actions, booklet, exports, reads
from mpp.standards import store as versions
from mpp.standards.core import VersionState
from mpp.standards.views import PublicStandards, ServiceStandardView, StandardsView
from ticketing import requests, store, tables
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import LEADERS, Asker, Principal, Role
from ticketing.core.ids import MallId
from ticketing.core.lines import Sentence
from ticketing.core.mall_entries import Language
from ticketing.core.refused import NotAllowed
from ticketing.core.standard import Standard
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.routes import RequestId

Revision = Annotated[int, Meta(ge=1)]

SHEETS_A_MINUTE = 6
"""Of one kiosk: enough for a family's errands, too few for a child who likes the printer."""

BOOKLETS_A_MINUTE = 30
"""Of one mall, whoever asks; the same booklet is set once, and handed out from memory after that."""


class SaveBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What a draft says, and which writing of it was looked at (none: there was none)."""

    standard: Standard
    revision: Revision | None = None


class RevisionBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Which writing of a draft is meant."""

    revision: Revision


class ApproveBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Which writing is approved, and from which day on it holds (none: at once)."""

    revision: Revision
    day: date | None = None


class ReturnBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be changed."""

    remark: Sentence | None = None


class PaperBody(Struct, frozen=True, forbid_unknown_fields=True):
    """In which language the headings are."""

    request: RequestId
    language: Language = "id"


class TakeUpBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Which old version a new draft shall begin with."""

    version: int


@get("/api/standards", operation_id="list_standards", responses=REFUSALS)
async def list_standards(hall: Hall_, asker: Asker_) -> StandardsView:
    """Show how complete all standards are; a supervisor sees the own tenant."""
    who = access.allow(asker, MANAGERS)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.standards_view(tx, who.tenant_id)


@get("/api/standards/{service:str}", operation_id="show_standard", responses=REFUSALS)
async def show(service: FromPath[str], hall: Hall_, asker: Asker_) -> ServiceStandardView:
    """Show the standard of a service with its draft and its history."""
    who = access.allow(asker, MANAGERS)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.service_view(tx, await _own(tx, who, service))


@post("/api/standards/{service:str}/draft", status_code=200, operation_id="save_standard", responses=REFUSALS)
async def save(service: FromPath[str], data: JSONBody[SaveBody], hall: Hall_, asker: Asker_) -> ServiceStandardView:
    """Write the draft of a standard, or begin one."""
    who = access.allow(asker, MANAGERS)
    return await _do(hall, who, service, lambda tx, row: actions.save(tx, row, data.standard, data.revision))


@post("/api/standards/{service:str}/drop", status_code=200, operation_id="drop_standard", responses=REFUSALS)
async def drop(service: FromPath[str], data: JSONBody[RevisionBody], hall: Hall_, asker: Asker_) -> ServiceStandardView:
    """Throw the draft away."""
    who = access.allow(asker, MANAGERS)
    return await _do(hall, who, service, lambda tx, row: actions.drop(tx, row, data.revision))


@post("/api/standards/{service:str}/send", status_code=200, operation_id="send_standard", responses=REFUSALS)
async def send(service: FromPath[str], data: JSONBody[RevisionBody], hall: Hall_, asker: Asker_) -> ServiceStandardView:
    """Send the draft to those who lead the mall."""
    who = access.allow(asker, MANAGERS)
    return await _do(hall, who, service, lambda tx, row: actions.send(tx, row, data.revision))


@post("/api/standards/{service:str}/return", status_code=200, operation_id="return_standard", responses=REFUSALS)
async def give_back(
    service: FromPath[str], data: JSONBody[ReturnBody], hall: Hall_, asker: Asker_
) -> ServiceStandardView:
    """Make a draft again of what was sent; what is approved can be taken back by those who lead the mall only."""
    who = access.allow(asker, MANAGERS)

    async def deed(tx: Tx, row: tables.Service) -> None:
        version = await versions.open_version(tx, row.id)
        if who.role is Role.SUPERVISOR and version is not None and version.state is VersionState.COMING:
            raise NotAllowed("It is approved already; ask those who lead the mall to take it back.")
        await actions.give_back(tx, row, data.remark)

    return await _do(hall, who, service, deed)


@post("/api/standards/{service:str}/approve", status_code=200, operation_id="approve_standard", responses=REFUSALS)
async def approve(
    service: FromPath[str], data: JSONBody[ApproveBody], hall: Hall_, asker: Asker_
) -> ServiceStandardView:
    """Approve what was sent, with effect at once or from a day on."""
    who = access.allow(asker, LEADERS)
    return await _do(hall, who, service, lambda tx, row: actions.approve(tx, row, data.revision, data.day))


@post("/api/standards/{service:str}/take-up", status_code=200, operation_id="take_up_standard", responses=REFUSALS)
async def take_up(
    service: FromPath[str], data: JSONBody[TakeUpBody], hall: Hall_, asker: Asker_
) -> ServiceStandardView:
    """Begin a draft with the words of an old version."""
    who = access.allow(asker, MANAGERS)
    return await _do(hall, who, service, lambda tx, row: actions.take_up(tx, row, data.version))


@post("/api/standards/{service:str}/print", status_code=204, operation_id="print_standard", responses=REFUSALS)
async def put_on_paper(service: FromPath[str], data: JSONBody[PaperBody], hall: Hall_, asker: Asker_) -> None:
    """Print a standard on the printer of the kiosk that asks, for its visitor to take home."""
    who = access.allow(asker, {Role.KIOSK})
    async with hall.db.write(who.mall_id, who.actor) as tx:
        row = await store.service(tx, service)
        hall.limits.count(f"standard on paper {who.mall_id} {who.actor}", SHEETS_A_MINUTE)

        async def answer() -> bool:
            await actions.put_on_paper(tx, row, who.device.printer_id if who.device else None, data.language)
            return True

        await requests.once(tx, data.request, "paper", bool, answer)


@get("/api/standards.json", operation_id="export_standards", responses=REFUSALS)
async def export(hall: Hall_, asker: Asker_) -> PublicStandards:
    """Hand out all published standards, to anybody."""
    async with hall.db.read(await _mall(hall, asker)) as tx:
        return await reads.public_standards(tx, hall.public_url)


@get("/api/standards.csv", operation_id="export_standards_csv", responses=REFUSALS, media_type="text/csv")
async def export_csv(hall: Hall_, asker: Asker_) -> Response[bytes]:
    """Hand out the same as a table."""
    async with hall.db.read(await _mall(hall, asker)) as tx:
        all_ = await reads.public_standards(tx, hall.public_url)
    name = f"{all_.mall}-standards-{all_.day}.csv".lower()
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(exports.table(all_), media_type="text/csv; charset=utf-8", headers=headers)


@get("/api/standards.pdf", operation_id="export_standards_pdf", responses=REFUSALS, media_type="application/pdf")
async def export_pdf(hall: Hall_, asker: Asker_, language: FromQuery[str] = "id") -> Response[bytes]:
    """Hand out the same as a booklet to be printed."""
    mall_id = await _mall(hall, asker)
    hall.limits.count(f"booklet {mall_id}", BOOKLETS_A_MINUTE)
    body = await booklet.booklet(hall, mall_id, language)
    headers = {"content-disposition": 'inline; filename="standards.pdf"', "cache-control": "no-cache"}
    return Response(body, media_type="application/pdf", headers=headers)


async def _mall(hall: Hall, asker: Asker) -> MallId:
    return asker[0].mall_id if asker else await people.the_mall(hall.db, None)


async def _own(tx: Tx, who: Principal, code: str) -> tables.Service:
    """Return a service that the one who asks answers for.

    Raises: UnknownService, NotAllowed.
    """
    row = await store.service(tx, code)
    access.allow_tenant(who, row.tenant_id)
    return row


Deed = Callable[[Tx, tables.Service], Awaitable[None]]


async def _do(hall: Hall, who: Principal, code: str, deed: Deed) -> ServiceStandardView:
    async with hall.db.write(who.mall_id, who.actor) as tx:
        row = await _own(tx, who, code)
        await deed(tx, row)
        await tx.session.flush()
        return await reads.service_view(tx, row)


router = Router(
    "",
    route_handlers=[
        list_standards,
        show,
        save,
        drop,
        send,
        give_back,
        approve,
        take_up,
        put_on_paper,
        export,
        export_csv,
        export_pdf,
    ],
)
