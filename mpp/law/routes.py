"""Doors of the rules that a mall is measured by: anybody who works here may read, administrators add editions."""

from litestar import Router, get, post
from litestar.params import JSONBody

from mpp.law import actions, reads
from mpp.law.core import Edition
from mpp.law.views import LawView
from mpp.routes import Asker_, Hall_
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import PEOPLE, Role


@get("/api/law", operation_id="show_law", responses=REFUSALS)
async def show(hall: Hall_, asker: Asker_) -> LawView:
    """Show each rule with its source and how sure it is."""
    who = access.allow(asker, PEOPLE)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.law_view(tx)


@post("/api/law", status_code=201, operation_id="add_edition", responses=REFUSALS)
async def add(data: JSONBody[Edition], hall: Hall_, asker: Asker_) -> LawView:
    """Add an edition of an instrument, with effect from its day."""
    who = access.allow(asker, {Role.ADMINISTRATOR})
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.add(tx, data)
        return await reads.law_view(tx)


router = Router("", route_handlers=[show, add])
