"""The views of devices and of the whole hall: questions to the rows, nothing is changed here."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import func, select

from counters import reads as counter_reads
from counters.reads import Floor
from mpp import alerts, troubles
from mpp.core.pulse import Beat
from mpp.views import DeviceLine, HallCounter, HallTenant, ManageView, Me, OwnDevice
from ticketing import reads, store, tables
from ticketing.core import colour
from ticketing.core.access import Principal
from ticketing.core.device import PAIRING_LIFE, DeviceState
from ticketing.core.ids import CounterId, DeviceId, TenantId, ZoneId
from ticketing.core.ticket import AT_COUNTER, State
from ticketing.db import Tx
from ticketing.hall import Hall

NUMBERS_SHOWN = 3
"""Of those who wait for too long so many are named, the longest first; an officer calls the next one anyway."""


class Codes(Struct, frozen=True):
    """The codes of places, by id."""

    zones: Mapping[ZoneId, str]
    counters: Mapping[CounterId, str]
    devices: Mapping[DeviceId, str | None]


async def me(tx: Tx, who: Principal) -> Me:
    """Show who is signed in."""
    tenant = await store.tenant(tx, who.tenant_id) if who.tenant_id else None
    return Me(name=who.name, role=who.role, tenant=tenant.code if tenant else None, mall=reads.mall_part(tx.mall))


async def _codes(tx: Tx) -> Codes:
    return Codes(
        dict((await tx.session.execute(select(tables.Zone.id, tables.Zone.code))).all()),
        dict((await tx.session.execute(select(tables.Counter.id, tables.Counter.code))).all()),
        dict((await tx.session.execute(select(tables.Device.id, tables.Device.code))).all()),
    )


async def own_device(tx: Tx, row: tables.Device, token: str | None = None) -> OwnDevice:
    """Show a device to itself."""
    codes = await _codes(tx)
    return OwnDevice(
        id=row.id,
        state=row.state,
        kind=row.kind,
        pairing_code=row.pairing_code,
        code=row.code,
        name=row.name,
        zone=codes.zones[row.zone_id] if row.zone_id else None,
        counter=codes.counters[row.counter_id] if row.counter_id else None,
        printer=codes.devices[row.printer_id] if row.printer_id else None,
        token=token,
    )


async def device_lines(tx: Tx, real: datetime) -> list[DeviceLine]:
    """List the devices that work, and those that wait to be let in and still ask."""
    codes = await _codes(tx)
    mine = tables.Device
    is_asking = (mine.state == DeviceState.WAITING) & (mine.asked_at >= real - PAIRING_LIFE)
    rows = await tx.session.scalars(
        select(mine).where((mine.state == DeviceState.APPROVED) | is_asking).order_by(mine.id)
    )
    return [
        DeviceLine(
            id=row.id,
            kind=row.kind,
            state=row.state,
            code=row.code,
            name=row.name,
            pairing_code=row.pairing_code,
            asked_at=row.asked_at,
            zone=codes.zones[row.zone_id] if row.zone_id else None,
            counter=codes.counters[row.counter_id] if row.counter_id else None,
            printer=codes.devices[row.printer_id] if row.printer_id else None,
            condition=row.condition,
            seen_at=row.condition_at,
        )
        for row in rows
    ]


async def manage_view(
    tx: Tx, hall: Hall, tenant_id: TenantId | None, beats: Mapping[TenantId, Beat], *, with_voice: bool = True
) -> ManageView:
    """Show the hall as it is; one who is tied to a tenant sees that tenant only, and no devices.

    Args:
        beats: how the day goes, as far as it is known by now.
        with_voice: whether this server speaks at all; one that is told not to is not in trouble.
    """
    known = await counter_reads.floor(tx)
    return ManageView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        mall=reads.mall_part(tx.mall),
        hours=reads.hours_part((await reads.openings(tx, [])).mall),
        counters=await _counters(tx, known, tenant_id),
        tenants=await _tenants(tx, known, tenant_id, beats),
        target_wait_minutes=tx.mall.reporting.target_wait_minutes,
        devices=await device_lines(tx, hall.clock.real()) if tenant_id is None else [],
        troubles=await troubles.troubles(tx, with_voice=with_voice) if tenant_id is None else [],
        alerts=await alerts.lines(tx, tenant_id),
    )


async def _counters(tx: Tx, known: Floor, tenant_id: TenantId | None) -> list[HallCounter]:
    rows = await tx.session.scalars(select(tables.Ticket).where(tables.Ticket.state.in_(AT_COUNTER)))
    here = {row.counter_id: row for row in rows}
    shown: list[HallCounter] = []
    for row in known.counters.values():
        if tenant_id is not None and row.tenant_id != tenant_id:
            continue
        ticket = here.get(row.id)
        shown.append(
            HallCounter(
                code=row.code,
                name=row.name,
                zone=known.zones[row.zone_id].code,
                tenant=reads.tenant_part(known.tenants[row.tenant_id]),
                state=row.state,
                officer=row.officer,
                number=ticket.number if ticket else None,
                phase=ticket.state if ticket else None,
                since=(ticket.started_at if ticket.state is State.SERVING else ticket.called_at)
                if ticket
                else row.since,
                agreed_at=ticket.agreed_at if ticket else None,
            )
        )
    return shown


async def _tenants(
    tx: Tx, known: Floor, tenant_id: TenantId | None, beats: Mapping[TenantId, Beat]
) -> list[HallTenant]:
    ticket = tables.Ticket
    today = ticket.day == store.today(tx)
    waiting = await tx.session.execute(
        select(ticket.tenant_id, ticket.number, ticket.waiting_since, ticket.priority, ticket.agreed_at)
        .where(today, ticket.state == State.WAITING)
        .order_by(ticket.waiting_since, ticket.id)
    )
    queues: defaultdict[TenantId, list[Waiting]] = defaultdict(list)
    for id, number, since, priority, agreed_at in waiting:
        queues[id].append(Waiting(number, since, priority is not None, agreed_at is not None))
    ended = await tx.session.execute(
        select(ticket.tenant_id, ticket.state, func.count(ticket.id))
        .where(today, ticket.state.in_([State.DONE, State.MISSED]))
        .group_by(ticket.tenant_id, ticket.state)
    )
    counts = {(id, state): count for id, state, count in ended}
    rows = [row for row in known.tenants.values() if row.is_active and tenant_id in (None, row.id)]
    return [
        _tenant(
            row,
            queues[row.id],
            served=counts.get((row.id, State.DONE), 0),
            absent=counts.get((row.id, State.MISSED), 0),
            late=tx.now - timedelta(minutes=tx.mall.reporting.target_wait_minutes),
            beat=beats.get(row.id, Beat()),
        )
        for row in sorted(rows, key=lambda row: row.position)
    ]


class Waiting(Struct, frozen=True):
    """One who waits: number, since when, whether the law favours this visitor, and whether a time was agreed upon."""

    number: str
    since: datetime
    is_priority: bool
    has_appointment: bool


def _tenant(
    row: tables.Tenant, queue: list[Waiting], *, served: int, absent: int, late: datetime, beat: Beat
) -> HallTenant:
    favoured = [one for one in queue if one.is_priority]
    over = [one for one in queue if one.since < late]
    return HallTenant(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        short_name=row.short_name,
        colour=colour.readable(row.colour),
        prefix=row.prefix,
        waiting=len(queue),
        longest_wait_since=queue[0].since if queue else None,
        priority_waiting=len(favoured),
        priority_since=favoured[0].since if favoured else None,
        late=len(over),
        late_numbers=[one.number for one in over[:NUMBERS_SHOWN]],
        agreed_waiting=sum(one.has_appointment for one in queue),
        served_today=served,
        absent_today=absent,
        wait_p90=beat.wait_p90,
        usual_p90=beat.usual_p90,
    )
