"""Who is in a hall whose days are made up: tenants with their counters, visitors, and how the hall is run."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select

from mpp import store as people
from mpp.demo import day as demo
from mpp.tables import TokenKind
from ticketing import tables
from ticketing.core.access import Role
from ticketing.core.ids import CounterId, MallId, ServiceId, TenantId
from ticketing.core.policy import Policy
from ticketing.db import Db


class Habits(Struct, frozen=True, kw_only=True):
    """How a hall is run on a day; with every field left out it is a busy one that comes to an end."""

    rules: Policy = Policy()
    """By which counters call; a bad hall may favour others than the law does."""
    load: float = 0.85
    """How much of its counters' time a tenant needs on a middling day."""
    pace: float | None = None
    """A service takes so much of its promised time; when left out, what the load allows."""
    rest: timedelta = timedelta(minutes=30)
    rest_together: bool = False
    """All counters of a tenant rest at the same time, instead of one after the other."""
    punctual: bool = False
    """Counters open on the minute, not up to ten minutes late."""
    silent: frozenset[str] = frozenset()
    """Tenants, by code, to whom nobody comes and whose counters stay closed."""


class Desk(Struct, frozen=True):
    """A counter and who runs it."""

    id: CounterId
    actor: str


class Team(Struct, frozen=True):
    """A tenant: its services with their number series and promised minutes, its counters, and how it is run."""

    id: TenantId
    code: str
    weight: float
    services: Sequence[tuple[ServiceId, str]]
    promised: Mapping[ServiceId, float]
    desks: Sequence[Desk]
    habits: Habits


class Visitor(Struct):
    """Somebody with a ticket of the day: `n` counts from 0, `since` is when the waiting began."""

    n: int
    team: Team
    service: ServiceId
    series: str
    is_priority: bool
    since: datetime
    is_absent: bool
    is_sent: bool
    is_held: bool
    takes: timedelta


async def teams(db: Db, mall_id: MallId) -> list[Team]:
    """Read the tenants with their counters; one officer in ten is a supervisor who helps out."""
    async with db.write(mall_id, "made") as tx:
        for role in (Role.OFFICER, Role.SUPERVISOR):
            await people.add_token(tx, TokenKind.PROGRAM, f"made-{role}", created_at=tx.now, role=role)
        rows = (await tx.session.scalars(select(tables.Tenant).order_by(tables.Tenant.id))).all()
        services = (await tx.session.scalars(select(tables.Service))).all()
        counters = (await tx.session.scalars(select(tables.Counter).order_by(tables.Counter.id))).all()
    rest = (1 - sum(demo.SHARES.values())) / max(1, len(rows) - len(demo.SHARES))
    return [
        Team(
            row.id,
            row.code,
            demo.SHARES.get(row.code, rest),
            [(one.id, one.prefix or row.prefix) for one in services if one.tenant_id == row.id],
            {one.id: float(one.standard.counter_minutes) for one in services if one.tenant_id == row.id},
            [
                Desk(one.id, f"program:made-{Role.SUPERVISOR if one.id % 10 == 0 else Role.OFFICER}")
                for one in counters
                if one.tenant_id == row.id
            ],
            Habits(),
        )
        for row in rows
    ]
