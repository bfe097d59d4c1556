"""The policies of a mall and its tenants: what holds, what is to come, and how it is changed."""

from datetime import datetime, timedelta

from counters.core.refused import NoPolicyThere, PolicyInPast, PolicyMissing, PolicyTooFar, TooManyPolicies
from counters.views import PoliciesView, PolicyComing, PolicyLine
from ticketing import reads, store, tables
from ticketing.core import policy
from ticketing.core.ids import TenantId
from ticketing.core.mall_entries import entry_of
from ticketing.core.policy import Change, Policy, PolicyChanged, PolicyKept
from ticketing.db import Tx
from ticketing.hall import Hall

MOST_COMING = 20
"""Changes to come of one tenant or the mall: all transactions read them, so there is an end."""

FURTHEST = timedelta(days=366)
"""Nobody knows today how a hall is to be run later."""


async def change(tx: Tx, tenant: str | None, since: datetime | None, rules: Policy | None) -> None:
    """Let a tenant, or the mall (None), be called by other rules from a time on; None: the tenant as the mall again.

    Raises: UnknownTenant, PolicyInPast, PolicyTooFar, TooManyPolicies, PolicyMissing.
    """
    tenant_id = await _scope(tx, tenant)
    begins = since or tx.now
    if begins < tx.now:
        raise PolicyInPast
    if begins > tx.now + FURTHEST:
        raise PolicyTooFar
    coming = [one for one in tx.mall.policy_changes if one.tenant_id == tenant_id and one.since > tx.now]
    if len(coming) >= MOST_COMING and begins not in {one.since for one in coming}:
        raise TooManyPolicies
    if rules is None and tenant_id is None:
        raise PolicyMissing
    one = Change(tenant_id=tenant_id, since=begins, policy=rules)
    tx.mall.policy_changes = policy.changed(tx.mall.policy_changes, one, tx.now)
    tx.append(PolicyChanged(tenant_id=tenant_id, since=begins, policy=rules))
    tx.touch("settings")


async def take_back(tx: Tx, tenant: str | None, since: datetime) -> None:
    """Take a change back that has not begun.

    Raises: UnknownTenant, NoPolicyThere.
    """
    tenant_id = await _scope(tx, tenant)
    left = [one for one in tx.mall.policy_changes if (one.tenant_id, one.since) != (tenant_id, since)]
    if since <= tx.now or len(left) == len(tx.mall.policy_changes):
        raise NoPolicyThere
    tx.mall.policy_changes = left
    tx.append(PolicyKept(tenant_id=tenant_id, since=since))
    tx.touch("settings")


async def policies_view(tx: Tx, hall: Hall, only: TenantId | None) -> PoliciesView:
    """Show the mall's policy and those of its tenants; `only` leaves the other tenants out."""
    tenants = [row for row in await store.active_tenants(tx) if only in (None, row.id)]
    return PoliciesView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        timezone=tx.mall.timezone,
        mall=_line(tx, None),
        tenants=[_line(tx, row) for row in tenants],
    )


def _line(tx: Tx, row: tables.Tenant | None) -> PolicyLine:
    tenant_id = row.id if row else None
    mine = [one for one in tx.mall.policy_changes if one.tenant_id == tenant_id]
    now = policy.newest(mine, tenant_id, tx.now)
    return PolicyLine(
        tenant=reads.tenant_part(row) if row else None,
        policy=entry_of(tx.policy(tenant_id)),
        is_own=row is None or (now is not None and now.policy is not None),
        since=now.since if now else None,
        coming=sorted(
            (
                PolicyComing(since=one.since, policy=entry_of(one.policy) if one.policy else None)
                for one in mine
                if one.since > tx.now
            ),
            key=lambda one: one.since,
        ),
    )


async def _scope(tx: Tx, tenant: str | None) -> TenantId | None:
    return None if tenant is None else (await store.tenant_by_code(tx, tenant)).id
