"""The view of those who sign in: questions to the rows, nothing is changed here."""

from sqlalchemy import select

from mpp.actions import SHORTEST_PASSWORD
from mpp.people.views import PeopleView, PersonLine, PersonTenant
from mpp.privacy import store as staff
from ticketing import store as ground
from ticketing.core.access import Principal
from ticketing.db import Tx
from ticketing.tables import Tenant


async def people_view(tx: Tx, who: Principal) -> PeopleView:
    """Show who signs in, and with what role."""
    tenants = await ground.active_tenants(tx)
    # Of retired tenants too: who is tied to one must not become free of it by a new name.
    codes = dict((await tx.session.execute(select(Tenant.id, Tenant.code))).all())
    rows = await staff.staff(tx)
    return PeopleView(
        timezone=tx.mall.timezone,
        people=[
            PersonLine(
                id=person.id,
                login=person.login,
                name=person.name,
                role=membership.role,
                tenant=codes[membership.tenant_id] if membership.tenant_id else None,
                ended_at=membership.ended_at,
                is_self=who.actor == f"person:{person.id}",
                elsewhere=await staff.works_elsewhere(tx, person.id),
            )
            for person, membership in sorted(rows, key=lambda row: row[1].ended_at is not None)
        ],
        tenants=[PersonTenant(code=row.code, name=row.short_name) for row in tenants],
        shortest_password=SHORTEST_PASSWORD,
    )
