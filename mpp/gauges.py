"""How a hall stands, in numbers for those who run the server: questions to the rows, asked when Prometheus asks."""

from collections.abc import Mapping

from sqlalchemy import func, select

from ticketing import store, tables
from ticketing.core.counter import CounterState
from ticketing.core.device import DeviceState
from ticketing.core.ids import MallId, TenantId
from ticketing.core.ticket import State
from ticketing.db import Db, Tx

Labels = tuple[str, ...]
Gauges = Mapping[str, Mapping[Labels, float]]
"""By name: by the values of its labels."""

TOLD: Mapping[str, tuple[str, Labels]] = {
    "tickets_today": ("Tickets of today, by how they stand.", ("mall", "tenant", "state")),
    "longest_wait_seconds": ("How long the first in the queue has waited.", ("mall", "tenant")),
    "counters": ("Counters, by how they stand.", ("mall", "tenant", "state")),
    "devices": ("Devices that were let in, by kind and condition.", ("mall", "kind", "condition")),
    "slips_today": ("Slips of today's tickets, by how they stand.", ("mall", "state")),
}
"""What each number tells, and by what it is told apart."""


async def read(db: Db, mall_id: MallId) -> Gauges:
    """Ask how a mall's hall stands."""
    async with db.read(mall_id) as tx:
        mall = tx.mall.code
        tenant = tables.Tenant
        codes = dict((await tx.session.execute(select(tenant.id, tenant.code).where(tenant.is_active.is_(True)))).all())
        tickets: dict[Labels, float] = {(mall, code, str(state)): 0.0 for code in codes.values() for state in State}
        longest: dict[Labels, float] = {(mall, code): 0.0 for code in codes.values()}
        ticket = tables.Ticket
        asked = (
            select(ticket.tenant_id, ticket.state, func.count(ticket.id), func.min(ticket.waiting_since))
            .where(ticket.day == store.today(tx))
            .group_by(ticket.tenant_id, ticket.state)
        )
        for id, state, count, since in await tx.session.execute(asked):
            if id not in codes:
                continue
            tickets[mall, codes[id], str(state)] = count
            if state is State.WAITING:
                longest[mall, codes[id]] = max(0.0, (tx.now - since).total_seconds())
        return {
            "tickets_today": tickets,
            "longest_wait_seconds": longest,
            "counters": await _counters(tx, mall, codes),
            "devices": await _devices(tx, mall),
            "slips_today": await _slips(tx, mall),
        }


async def _counters(tx: Tx, mall: str, codes: Mapping[TenantId, str]) -> Mapping[Labels, float]:
    counter = tables.Counter
    asked = select(counter.tenant_id, counter.state, func.count(counter.id)).where(counter.is_active.is_(True))
    found: dict[Labels, float] = {(mall, code, str(state)): 0.0 for code in codes.values() for state in CounterState}
    for id, state, count in await tx.session.execute(asked.group_by(counter.tenant_id, counter.state)):
        if id in codes:
            found[mall, codes[id], str(state)] = count
    return found


async def _devices(tx: Tx, mall: str) -> Mapping[Labels, float]:
    device = tables.Device
    asked = (
        select(device.kind, device.condition, func.count(device.id))
        .where(device.state == DeviceState.APPROVED)
        .group_by(device.kind, device.condition)
    )
    rows = await tx.session.execute(asked)
    return {(mall, str(kind), str(condition or "not told")): count for kind, condition, count in rows}


async def _slips(tx: Tx, mall: str) -> Mapping[Labels, float]:
    slip, ticket = tables.Slip, tables.Ticket
    asked = (
        select(slip.state, func.count(slip.id))
        .join(ticket, ticket.id == slip.ticket_id)
        .where(ticket.day == store.today(tx))
        .group_by(slip.state)
    )
    return {(mall, str(state)): count for state, count in await tx.session.execute(asked)}
