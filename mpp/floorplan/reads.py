"""The views of the floor plan: questions to the rows, nothing is changed here."""

from collections.abc import Sequence

from sqlalchemy import select

from mpp.floorplan import store
from mpp.floorplan.tables import FloorPlan
from mpp.floorplan.views import FloorPlansView, FloorPlanView, PlanCounter, PlanPicture, PlanZone
from ticketing import reads, tables
from ticketing import store as ground
from ticketing.db import Tx


async def plan_view(tx: Tx) -> FloorPlanView:
    """Show the hall in a picture and in words."""
    row = await store.shown(tx)
    return FloorPlanView(mall=reads.mall_part(tx.mall), picture=_picture(row) if row else None, zones=await _zones(tx))


async def plans_view(tx: Tx) -> FloorPlansView:
    """Show the same, and what was shown before."""
    now, rows = await plan_view(tx), await store.plans(tx)
    before = [_picture(row) for row in rows if row.until is not None]
    return FloorPlansView(mall=now.mall, picture=now.picture, zones=now.zones, before=before)


def _picture(row: FloorPlan) -> PlanPicture:
    return PlanPicture(
        id=row.id,
        path=f"/api/floor-plan/{row.id}",
        width=row.width,
        height=row.height,
        since=row.since,
        until=row.until,
    )


async def _zones(tx: Tx) -> list[PlanZone]:
    """List the zones with their counters, as they stand in the mall's description."""
    zone, counter = tables.Zone, tables.Counter
    tenants = {row.id: row for row in await ground.active_tenants(tx)}
    zones = (await tx.session.scalars(select(zone).where(zone.is_active.is_(True)).order_by(zone.position))).all()
    rows = await tx.session.scalars(select(counter).where(counter.is_active.is_(True)).order_by(counter.position))
    counters: Sequence[tables.Counter] = rows.all()
    return [
        PlanZone(
            code=one.code,
            name=one.name,
            counters=[
                PlanCounter(
                    code=row.code,
                    name=row.name,
                    tenant=tenants[row.tenant_id].code,
                    short_name=tenants[row.tenant_id].short_name,
                )
                for row in counters
                if row.zone_id == one.id and row.tenant_id in tenants
            ],
        )
        for one in zones
    ]
