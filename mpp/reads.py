"""The views of devices and of the whole hall: questions to the rows, nothing is changed here."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import func, select

from counters import reads as counter_reads
from counters.reads import Floor
from mpp.views import DeviceLine, HallCounter, HallTenant, HallTrouble, ManageView, Me, OwnDevice
from ticketing import reads, store, tables
from ticketing.core import colour
from ticketing.core.access import Principal
from ticketing.core.device import PAIRING_LIFE, DeviceState
from ticketing.core.ids import CounterId, DeviceId, TenantId, ZoneId
from ticketing.core.slip_job import Condition, SlipState
from ticketing.core.ticket import AT_COUNTER, State
from ticketing.db import Tx
from ticketing.hall import Hall

TROUBLES_SHOWN = 20
TROUBLE_LIFE = timedelta(hours=1)
"""A slip that failed an hour ago has been dealt with or forgotten; the log keeps it."""

WELL = frozenset({None, Condition.READY})


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


async def manage_view(tx: Tx, hall: Hall, tenant_id: TenantId | None) -> ManageView:
    """Show the hall as it is; one who is tied to a tenant sees that tenant only, and no devices."""
    known = await counter_reads.floor(tx)
    return ManageView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        mall=reads.mall_part(tx.mall),
        hours=reads.hours_part((await reads.openings(tx, [])).mall),
        counters=await _counters(tx, known, tenant_id),
        tenants=await _tenants(tx, known, tenant_id),
        devices=await device_lines(tx, hall.clock.real()) if tenant_id is None else [],
        troubles=await troubles(tx) if tenant_id is None else [],
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
            )
        )
    return shown


async def _tenants(tx: Tx, known: Floor, tenant_id: TenantId | None) -> list[HallTenant]:
    ticket = tables.Ticket
    today = ticket.day == store.today(tx)
    waiting = await tx.session.execute(
        select(ticket.tenant_id, func.count(ticket.id), func.min(ticket.waiting_since))
        .where(today, ticket.state == State.WAITING)
        .group_by(ticket.tenant_id)
    )
    queues = {id: (count, since) for id, count, since in waiting}
    done = await tx.session.execute(
        select(ticket.tenant_id, func.count(ticket.id))
        .where(today, ticket.state == State.DONE)
        .group_by(ticket.tenant_id)
    )
    served = dict(done.all())
    rows = [row for row in known.tenants.values() if row.is_active and tenant_id in (None, row.id)]
    return [
        HallTenant(
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            short_name=row.short_name,
            colour=colour.readable(row.colour),
            prefix=row.prefix,
            waiting=queues.get(row.id, (0, None))[0],
            longest_wait_since=queues.get(row.id, (0, None))[1],
            served_today=served.get(row.id, 0),
        )
        for row in sorted(rows, key=lambda row: row.position)
    ]


async def troubles(tx: Tx) -> list[HallTrouble]:
    """List what a person has to see to, newest first: printers that are not well, slips not surely on paper."""
    devices = await tx.session.scalars(select(tables.Device).where(tables.Device.state == DeviceState.APPROVED))
    found = [
        HallTrouble(
            at=row.condition_at or row.asked_at,
            text_code=f"slip.{row.condition}",
            number=None,
            device=row.code,
        )
        for row in devices
        if row.condition not in WELL
    ]
    slip = tables.Slip
    unsure = await tx.session.execute(
        select(slip, tables.Ticket.number, tables.Device.code)
        .outerjoin(tables.Ticket, tables.Ticket.id == slip.ticket_id)
        .join(tables.Device, tables.Device.id == slip.printer_id)
        .where(
            slip.state.in_([SlipState.FAILED, SlipState.UNKNOWN, SlipState.LAPSED]),
            slip.ended_at >= tx.now - TROUBLE_LIFE,
        )
        .order_by(slip.id.desc())
        .limit(TROUBLES_SHOWN)
    )
    for row, number, device in unsure:
        code = f"slip.{row.state}" if row.state is not SlipState.FAILED else f"slip.{row.reason}"
        found.append(
            HallTrouble(at=row.ended_at or row.asked_at, text_code=code, number=number or row.title, device=device)
        )
    return sorted(found, key=lambda trouble: trouble.at, reverse=True)
