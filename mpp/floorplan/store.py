"""Load and save of floor plans."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import undefer

from mpp.floorplan.core import UnknownPlan
from mpp.floorplan.tables import FloorPlan
from ticketing.db import Tx


async def shown(tx: Tx) -> FloorPlan | None:
    """Return the plan that is shown."""
    mine = FloorPlan
    return await tx.session.scalar(select(mine).where(mine.until.is_(None)).order_by(mine.id.desc()).limit(1))


async def plans(tx: Tx) -> Sequence[FloorPlan]:
    """Return all plans that are kept, the one that was shown last first."""
    mine = FloorPlan
    return (await tx.session.scalars(select(mine).order_by(mine.since.desc(), mine.id.desc()))).all()


async def plan(tx: Tx, plan_id: int) -> FloorPlan:
    """Return a plan with its picture.

    Raises: UnknownPlan.
    """
    mine = FloorPlan
    found = await tx.session.scalar(select(mine).where(mine.id == plan_id).options(undefer(mine.content)))
    if found is None:
        raise UnknownPlan
    return found


def add(tx: Tx, row: FloorPlan) -> None:
    """Keep a plan."""
    tx.session.add(row)


async def drop(tx: Tx, row: FloorPlan) -> None:
    """Throw a plan away."""
    await tx.session.delete(row)
