"""Doors of those who decide by which policy visitors are called."""

from datetime import date

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Struct

from counters import policies
from counters.views import PoliciesView
from hardware.core.lease import Moment
from ticketing import requests, store
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import LEADERS, Asker, Principal, Role
from ticketing.core.mall_entries import PolicyEntry, rules_of
from ticketing.core.refused import NotAllowed
from ticketing.hall import Hall
from ticketing.routes import RequestId

Hall_ = NamedDependency[Hall]
Asker_ = NamedDependency[Asker]


class PolicyBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose policy (a tenant's code; none: the mall's), from when on (none: now), and which (none: as the mall).

    `day` stands for the moment at which that day of the mall begins; `since` goes before it.
    """

    tenant: str | None = None
    since: Moment | None = None
    day: date | None = None
    policy: PolicyEntry | None = None
    request: RequestId | None = None


class TakeBackBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Which change is taken back: of a tenant (its code; none: the mall), and when it would begin."""

    since: Moment
    tenant: str | None = None


@get("/api/policies", operation_id="show_policies", responses=REFUSALS)
async def show_policies(hall: Hall_, asker: Asker_) -> PoliciesView:
    """Show by which policies visitors are called; a supervisor sees the own tenant and the mall."""
    who = access.allow(asker, LEADERS | {Role.SUPERVISOR})
    async with hall.db.read(who.mall_id) as tx:
        return await policies.policies_view(tx, hall, who.tenant_id)


@post("/api/policies", status_code=200, operation_id="change_policy", responses=REFUSALS)
async def change_policy(data: JSONBody[PolicyBody], hall: Hall_, asker: Asker_) -> PoliciesView:
    """Let a tenant or the mall be called by another policy from a time on; today counts as now."""
    who = _leader(asker)
    async with hall.db.write(who.mall_id, who.actor) as tx:

        async def answer() -> PoliciesView:
            is_to_come = data.day is not None and data.day != store.today(tx)
            since = data.since or (store.begin_of(tx, data.day) if data.day and is_to_come else None)
            await policies.change(tx, data.tenant, since, rules_of(data.policy) if data.policy else None)
            return await policies.policies_view(tx, hall, None)

        return await requests.once(tx, data.request, "policy", PoliciesView, answer)


@post("/api/policies/take-back", status_code=200, operation_id="take_policy_back", responses=REFUSALS)
async def take_back(data: JSONBody[TakeBackBody], hall: Hall_, asker: Asker_) -> PoliciesView:
    """Take a change back that has not begun."""
    who = _leader(asker)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await policies.take_back(tx, data.tenant, data.since)
        return await policies.policies_view(tx, hall, None)


def _leader(asker: Asker) -> Principal:
    """Return who leads the whole mall; rights that were given for one tenant once do not reach further.

    Raises: NotSignedIn, NotAllowed.
    """
    who = access.allow(asker, LEADERS)
    if who.tenant_id is not None:
        raise NotAllowed("You lead one tenant; only who leads the mall changes how visitors are called.")
    return who


router = Router("", route_handlers=[show_policies, change_policy, take_back])
