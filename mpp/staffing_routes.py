"""The door of those who plan counters."""

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from mpp import staffing
from mpp.planner import Planner
from mpp.routes import MANAGERS, Asker_, Hall_
from mpp.staffing import Ask
from mpp.staffing_views import StaffingView
from ticketing.answers import REFUSALS
from ticketing.core import access

PATIENCE = 4.0
"""Seconds; pages give up on an answer that takes much longer, and ask again for one that is searched for."""

Planner_ = NamedDependency[Planner]


@get("/api/staffing", operation_id="show_staffing", responses=REFUSALS)
async def show(
    hall: Hall_,
    asker: Asker_,
    planner: Planner_,
    tenant: FromQuery[str | None] = None,
    weekday: FromQuery[int | None] = None,
    target: FromQuery[int | None] = None,
) -> StaffingView:
    """Show how many counters a tenant needs in each hour; ask again while the state is `searching`."""
    who = access.allow(asker, MANAGERS)
    ask = Ask(tenant=tenant, weekday=weekday, target=target)
    return await staffing.view(hall, planner, who, ask, patience=PATIENCE)


router = Router("", route_handlers=[show])
