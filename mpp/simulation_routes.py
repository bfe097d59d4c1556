"""The door of those who try out what they might change."""

from datetime import date

from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from mpp import simulations
from mpp.core.ask import Way
from mpp.routes import MANAGERS, Asker_, Hall_
from mpp.simulation_views import SimulationView, lived
from mpp.simulations import Simulations
from ticketing import reads, store, tables
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import Principal
from ticketing.core.refused import BadRequest, NotAllowed
from ticketing.db import Tx

Simulations_ = NamedDependency[Simulations]


class SimulationBody(Way, frozen=True, forbid_unknown_fields=True):
    """What is tried on which days of a tenant (its code; none: the own): days that are over, thirty when not said."""

    tenant: str | None = None
    first: date | None = None
    last: date | None = None


@post("/api/simulations", status_code=200, operation_id="simulate", responses=REFUSALS)
async def simulate(data: JSONBody[SimulationBody], hall: Hall_, asker: Asker_, trials: Simulations_) -> SimulationView:
    """Live days gone by again with other rules, hours or counters; a supervisor tries out the own tenant only."""
    who = access.allow(asker, MANAGERS)
    async with hall.db.read(who.mall_id) as tx:
        tenant = await _tenant(tx, who, data.tenant)
        first, last = simulations.period(data.first, data.last, store.today(tx))
        asked = await simulations.asked(tx, tenant.id, first, last, data)
        part, at, smallest = reads.tenant_part(tenant), tx.now, tx.mall.reporting.smallest_group
    found = await trials.compare(asked)
    return SimulationView(
        at=at,
        pace=hall.clock.pace,
        build=hall.build,
        tenant=part,
        first=first,
        last=last,
        days=found.happened.days if found else 0,
        target_wait_minutes=asked.target_minutes,
        smallest_group=smallest,
        happened=lived(found.happened, smallest) if found else None,
        as_it_was=lived(found.as_it_was, smallest) if found else None,
        tried=lived(found.tried, smallest) if found else None,
    )


async def _tenant(tx: Tx, who: Principal, code: str | None) -> tables.Tenant:
    """Return the tenant that is meant; one who is tied to a tenant may ask for that one only.

    Raises: NotAllowed, UnknownTenant, BadRequest.
    """
    own = await store.tenant(tx, who.tenant_id) if who.tenant_id is not None else None
    if own is not None and code in {None, own.code}:
        return own
    if own is not None:
        raise NotAllowed("You may try things out for your own tenant only.")
    if code is None:
        raise BadRequest("Name the tenant whose days are to be lived again.")
    return await store.tenant_by_code(tx, code)


router = Router("", route_handlers=[simulate])
