"""Load and save of the numbers that kiosks hold. The only write SQL of leases."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import select

from ticketing import store, tables
from ticketing.core import lease, numbering
from ticketing.core.ids import DeviceId, LeaseId
from ticketing.core.lease import Given, LeasedBlock, NumbersLeased, NumbersReturned, ReturnedBlock
from ticketing.db import Tx
from ticketing.lease_tables import Lease


async def open_of(tx: Tx, device_id: DeviceId) -> Sequence[Lease]:
    """Return the blocks that a kiosk holds, oldest first."""
    mine = select(Lease).where(Lease.device_id == device_id, Lease.ended_at.is_(None))
    return (await tx.session.scalars(mine.order_by(Lease.id))).all()


async def holding(tx: Tx, device_id: DeviceId, series: str, serial: int) -> Lease | None:
    """Return the newest block of a kiosk, open or over, in which that number lies."""
    mine = select(Lease).where(
        Lease.device_id == device_id, Lease.series == series, Lease.first <= serial, Lease.last >= serial
    )
    return await tx.session.scalar(mine.order_by(Lease.id.desc()).limit(1))


async def used(tx: Tx, row: Lease) -> set[int]:
    """Return the numbers of a block that were handed in."""
    ticket = tables.Ticket
    mine = select(ticket.serial).where(
        ticket.day == row.day,
        ticket.series == row.series,
        ticket.serial >= row.first,
        ticket.serial <= row.last,
    )
    return set(await tx.session.scalars(mine))


async def all_series(tx: Tx) -> list[str]:
    """Return the series, ordinary and priority, of all services on offer."""
    mine = tables.Service
    rows = await tx.session.execute(
        select(mine.prefix, tables.Tenant.prefix)
        .join(tables.Tenant, tables.Tenant.id == mine.tenant_id)
        .where(mine.is_active.is_(True), tables.Tenant.is_active.is_(True))
    )
    prefixes = sorted({own or tenants for own, tenants in rows})
    return [numbering.series(prefix, is_priority=p) for prefix in prefixes for p in (False, True)]


async def grant(tx: Tx, device_id: DeviceId, kept: Sequence[Lease], wanted: dict[str, int]) -> None:
    """Lend new blocks of these sizes, and let those that are kept live as long as the new ones."""
    expires_at = tx.now + timedelta(minutes=tx.mall.offline.minutes)
    rows = [await _lend(tx, device_id, series, numbers) for series, numbers in wanted.items()]
    for row in [*rows, *kept]:
        row.expires_at = expires_at
    tx.session.add_all(rows)
    await tx.session.flush()
    tx.append(
        NumbersLeased(
            device_id=device_id,
            day=store.today(tx),
            expires_at=expires_at,
            blocks=tuple(
                LeasedBlock(lease_id=row.id, series=row.series, first=row.first, last=row.last) for row in rows
            ),
            kept=tuple(LeaseId(row.id) for row in kept),
        )
    )


async def _lend(tx: Tx, device_id: DeviceId, series: str, numbers: int) -> Lease:
    given = await store.series(tx, series)
    after, span = lease.lend(store.value(given, Given), numbers=numbers, first=tx.mall.offline.first)
    store.put(given, after)
    return Lease(
        device_id=device_id,
        day=store.today(tx),
        series=series,
        first=span.first,
        last=span.last,
        granted_at=tx.now,
        used=0,
    )


async def end(tx: Tx, rows: Collection[Lease]) -> None:
    """Let blocks be over, and record which of their numbers nobody got."""
    held: dict[tuple[DeviceId, object], list[Lease]] = {}
    for row in rows:
        held.setdefault((row.device_id, row.day), []).append(row)
    for mine in held.values():
        blocks = tuple([await _returned(tx, row) for row in mine])
        for row in mine:
            row.ended_at = tx.now
        tx.append(NumbersReturned(device_id=mine[0].device_id, day=mine[0].day, blocks=blocks))


async def _returned(tx: Tx, row: Lease) -> ReturnedBlock:
    serials = await used(tx, row)
    return ReturnedBlock(
        lease_id=row.id,
        series=row.series,
        used=len(serials),
        unused=lease.unused(store.value(row, lease.Lease), serials),
    )
