"""Doors of a kiosk that prepares for the time when its line is lost, and comes back from it."""

from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from hardware.core.lease import HandIn, LeaseWish, Receipt
from ticketing import kits, offline, requests
from ticketing.answers import REFUSALS
from ticketing.core.access import Asker, own_kiosk
from ticketing.hall import Hall
from ticketing.kits import Kit


@post("/api/kiosks/{code:str}/lease", status_code=200, operation_id="lease_numbers", responses=REFUSALS)
async def lease(
    code: FromPath[str], data: JSONBody[LeaseWish], hall: NamedDependency[Hall], asker: NamedDependency[Asker]
) -> Kit:
    """Hold numbers for the time when the line is lost; the same request id lends nothing twice."""
    who, kiosk = own_kiosk(asker, code)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await requests.once(
            tx, data.request, "lease", list[int], lambda: offline.lease_numbers(tx, kiosk.id, data.holds)
        )
        return await kits.kit(tx, hall, kiosk.id)


@post("/api/kiosks/{code:str}/offline-tickets", status_code=200, operation_id="hand_in", responses=REFUSALS)
async def hand_in(
    code: FromPath[str], data: JSONBody[HandIn], hall: NamedDependency[Hall], asker: NamedDependency[Asker]
) -> list[Receipt]:
    """Hand in tickets that were given out while the line was lost; may be sent twice. Each gets its own answer."""
    who, kiosk = own_kiosk(asker, code)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        return await offline.hand_in(tx, hall, kiosk, data.tickets, data.printer)


router = Router("", route_handlers=[lease, hand_in])
