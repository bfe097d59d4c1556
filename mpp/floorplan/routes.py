"""Doors of the floor plan: everybody may look, those who lead the mall change it."""

import asyncio
from typing import Any

from litestar import Request, Response, Router, delete, get, post, put
from litestar.params import FromPath

from mpp import store as people
from mpp.floorplan import actions, reads, store
from mpp.floorplan.core import LARGEST, UnknownPlan
from mpp.floorplan.views import FloorPlansView, FloorPlanView
from mpp.routes import Asker_, Hall_
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import LEADERS, Asker
from ticketing.core.ids import MallId
from ticketing.hall import Hall

PICTURE = {
    "cache-control": "private, max-age=31536000, immutable",
    "content-security-policy": "sandbox",
    "x-content-type-options": "nosniff",
}
"""The picture of a number never changes: another one gets another number."""


@get("/api/floor-plan", operation_id="show_floor_plan", responses=REFUSALS)
async def show(hall: Hall_, asker: Asker_) -> FloorPlanView:
    """Show the hall in a picture and in words, to anybody."""
    async with hall.db.read(await _mall(hall, asker)) as tx:
        return await reads.plan_view(tx)


@get("/api/floor-plan/{plan_id:int}", operation_id="open_floor_plan", responses=REFUSALS, media_type="image/png")
async def open_picture(plan_id: FromPath[int], hall: Hall_, asker: Asker_) -> Response[bytes]:
    """Hand out the picture that is shown; those who lead the mall get the ones before it too."""
    async with hall.db.read(await _mall(hall, asker)) as tx:
        row = await store.plan(tx, plan_id)
        if row.until is not None and not any(who.role in LEADERS for who in asker):
            raise UnknownPlan
        return Response(row.content, media_type=row.media_type, headers=PICTURE)


@get("/api/floor-plans", operation_id="list_floor_plans", responses=REFUSALS)
async def list_plans(hall: Hall_, asker: Asker_) -> FloorPlansView:
    """Show the plan and those before it."""
    async with hall.db.read(access.allow(asker, LEADERS).mall_id) as tx:
        return await reads.plans_view(tx)


@put(
    "/api/floor-plan",
    request_max_body_size=LARGEST,
    status_code=200,
    operation_id="replace_floor_plan",
    responses=REFUSALS,
)
async def replace(request: Request[Any, Any, Any], hall: Hall_, asker: Asker_) -> FloorPlansView:
    """Show a new plan; the body is the picture itself, PNG, JPEG or WebP, whatever content type it claims to be."""
    who = access.allow(asker, LEADERS)
    fresh = await asyncio.to_thread(actions.picture, await request.body())
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.show(tx, fresh)
        return await reads.plans_view(tx)


@post("/api/floor-plan/{plan_id:int}/show", status_code=200, operation_id="put_back_floor_plan", responses=REFUSALS)
async def put_back(plan_id: FromPath[int], hall: Hall_, asker: Asker_) -> FloorPlansView:
    """Show a plan again that was shown before."""
    who = access.allow(asker, LEADERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.put_back(tx, plan_id)
        return await reads.plans_view(tx)


@delete("/api/floor-plan", status_code=200, operation_id="remove_floor_plan", responses=REFUSALS)
async def take_down(hall: Hall_, asker: Asker_) -> FloorPlansView:
    """Show no plan any more; it can be put back."""
    who = access.allow(asker, LEADERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.take_down(tx)
        return await reads.plans_view(tx)


async def _mall(hall: Hall, asker: Asker) -> MallId:
    return asker[0].mall_id if asker else await people.the_mall(hall.db, None)


router = Router("", route_handlers=[show, open_picture, list_plans, replace, put_back, take_down])
