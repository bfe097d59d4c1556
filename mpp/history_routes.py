"""Doors of the history: the figures of a period as a view, as CSV and as a workbook."""

from datetime import date
from typing import Annotated

from litestar import Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, QueryParameter

from mpp import exports, report
from mpp.core.frame import By
from mpp.history import Ask, History
from mpp.history_views import HistoryView
from mpp.routes import MANAGERS, Asker_, Hall_
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import Role

History_ = NamedDependency[History]
Ask_ = NamedDependency[Ask]
First = Annotated[date | None, QueryParameter(name="from", description="First day; thirty days before `to`.")]
Last = Annotated[date | None, QueryParameter(name="to", description="Last day; today.")]


async def asked(
    asker: Asker_,  # before it, not beside it: a faulty address would cut off the reading of who asks
    first: First = None,
    last: Last = None,
    by: FromQuery[By] = By.TENANT,
    tenant: FromQuery[str | None] = None,
    service: FromQuery[str | None] = None,
    counter: FromQuery[str | None] = None,
    zone: FromQuery[str | None] = None,
    hour: FromQuery[int | None] = None,
    weekday: FromQuery[int | None] = None,
    priority: FromQuery[bool | None] = None,
    role: FromQuery[Role | None] = None,
) -> Ask:
    """Read from the address what is asked for."""
    del asker
    return Ask(
        first=first,
        last=last,
        by=by,
        tenant=tenant,
        service=service,
        counter=counter,
        zone=zone,
        hour=hour,
        weekday=weekday,
        priority=priority,
        role=role,
    )


@get("/api/history", operation_id="show_history", responses=REFUSALS)
async def show(hall: Hall_, asker: Asker_, history: History_, ask: Ask_) -> HistoryView:
    """Show the figures of a period; a supervisor of a tenant sees that tenant only."""
    return await history.view(hall, access.allow(asker, MANAGERS), ask)


@get("/api/history.csv", operation_id="export_history_csv", responses=REFUSALS, media_type="text/csv")
async def csv(hall: Hall_, asker: Asker_, history: History_, ask: Ask_) -> Response[bytes]:
    """Hand out the groups of the same figures as CSV."""
    view = await history.view(hall, access.allow(asker, MANAGERS), ask)
    return exports.answer(view, "csv", await exports.csv(view))


@get("/api/history.xlsx", operation_id="export_history_xlsx", responses=REFUSALS, media_type=exports.XLSX)
async def xlsx(hall: Hall_, asker: Asker_, history: History_, ask: Ask_) -> Response[bytes]:
    """Hand out the same figures as a workbook."""
    view = await history.view(hall, access.allow(asker, MANAGERS), ask)
    return exports.answer(view, "xlsx", await exports.xlsx(view))


@get("/api/reports/{file:str}", operation_id="report_month", responses=REFUSALS, media_type="application/pdf")
async def month(
    file: FromPath[str],
    hall: Hall_,
    asker: Asker_,
    history: History_,
    tenant: FromQuery[str | None] = None,
    language: FromQuery[str] = "id",
) -> Response[bytes]:
    """Hand out the report of a month, named as in 2026-10.pdf."""
    who = access.allow(asker, MANAGERS)
    body = await report.month(hall, history, who, file.removesuffix(".pdf"), language, tenant)
    return Response(body, media_type="application/pdf", headers={"cache-control": "no-store"})


router = Router("", route_handlers=[show, csv, xlsx, month], dependencies={"ask": Provide(asked)})
