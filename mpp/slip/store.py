"""Load of what the layout of tickets is shown with."""

from collections.abc import Sequence

from sqlalchemy import select

from ticketing import store as ground
from ticketing import tables
from ticketing.core.access import Role
from ticketing.core.device import DeviceState
from ticketing.core.refused import Unknown
from ticketing.db import Tx


async def printers(tx: Tx) -> Sequence[tables.Device]:
    """Return the printers that may print."""
    mine = tables.Device
    wanted = select(mine).where(mine.kind == Role.PRINTER, mine.state == DeviceState.APPROVED).order_by(mine.code)
    return (await tx.session.scalars(wanted)).all()


async def service(tx: Tx, code: str | None) -> tables.Service:
    """Return the service of an example: the one of this code, or the first one.

    Raises: UnknownService, Unknown.
    """
    if code is not None:
        return await ground.service(tx, code)
    mine = tables.Service
    first = await tx.session.scalar(select(mine).where(mine.is_active.is_(True)).order_by(mine.position).limit(1))
    if first is None:
        raise Unknown("This mall offers no service yet; describe one first.")
    return first
