"""Door of the forecasts' quality."""

from litestar import Router, get
from litestar.di import NamedDependency

from mpp import forecast_quality
from mpp.forecast_quality import QualityView
from mpp.history_routes import First, Last
from mpp.routes import MANAGERS
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import Asker
from ticketing.hall import Hall


@get("/api/forecasts/quality", operation_id="show_forecast_quality", responses=REFUSALS)
async def show(
    hall: NamedDependency[Hall], asker: NamedDependency[Asker], first: First = None, last: Last = None
) -> QualityView:
    """Show how good the forecasts of a period were; a supervisor of a tenant sees that tenant only."""
    who = access.allow(asker, MANAGERS)
    async with hall.db.read(who.mall_id) as tx:
        return await forecast_quality.view(tx, hall, who, first, last)


router = Router("", route_handlers=[show])
