"""Doors of the checks: managers see all and put documents and walks on record."""

from typing import Any

from litestar import Request, Response, Router, get, post, put
from litestar.params import FromPath, FromQuery, JSONBody

from mpp.readiness import actions, assess, paper, store
from mpp.readiness.actions import LARGEST_FILE, RecordBody
from mpp.readiness.views import ReadinessView
from mpp.routes import Asker_, Hall_
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import LEADERS


@get("/api/readiness", operation_id="show_readiness", responses=REFUSALS)
async def show(hall: Hall_, asker: Asker_) -> ReadinessView:
    """Show each check with its state, the evidence, and what to do next; a self-assessment, no official score."""
    return await assess.view(hall, access.allow(asker, LEADERS).mall_id)


@get("/api/readiness.pdf", operation_id="report_readiness", responses=REFUSALS, media_type="application/pdf")
async def report(hall: Hall_, asker: Asker_, language: FromQuery[str] = "id") -> Response[bytes]:
    """Hand out the same as a PDF."""
    body = await paper.report(hall, access.allow(asker, LEADERS).mall_id, language)
    return Response(body, media_type="application/pdf", headers={"cache-control": "no-store"})


@post("/api/readiness/{check:str}/records", status_code=201, operation_id="record_readiness", responses=REFUSALS)
async def record(check: FromPath[str], data: JSONBody[RecordBody], hall: Hall_, asker: Asker_) -> int:
    """Put a document or a walk on record, and get its number: a file can be added to it."""
    who = access.allow(asker, LEADERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        return await actions.record(tx, check, data)


@put(
    "/api/readiness/records/{record_id:int}/file",
    request_max_body_size=LARGEST_FILE,
    status_code=204,
    operation_id="attach_to_readiness",
    responses=REFUSALS,
)
async def attach(record_id: FromPath[int], request: Request[Any, Any, Any], hall: Hall_, asker: Asker_) -> None:
    """Keep the file of a record: PDF, JPEG or PNG, as the body of the request."""
    who = access.allow(asker, LEADERS)
    content = await request.body()
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.attach(tx, record_id, content)


@get("/api/readiness/records/{record_id:int}/file", operation_id="open_readiness_file", responses=REFUSALS)
async def open_file(record_id: FromPath[int], hall: Hall_, asker: Asker_) -> Response[bytes]:
    """Hand out the file of a record."""
    who = access.allow(asker, LEADERS)
    async with hall.db.read(who.mall_id) as tx:
        row = await store.file(tx, record_id)
    headers = {
        "cache-control": "private, no-store",
        "content-security-policy": "sandbox",
        "x-content-type-options": "nosniff",
    }
    return Response(row.content, media_type=row.media_type, headers=headers)


router = Router("", route_handlers=[show, report, record, attach, open_file])
