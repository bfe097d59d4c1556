"""A mall's description in and out of the database: one file in, all or nothing; what the file no longer names retires.

Nothing that tickets refer to is ever deleted: a tenant, service or counter that is gone from the file becomes inactive.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import delete, select

from ticketing import layouts, tables
from ticketing.core import mall_checks, policy
from ticketing.core.events import MallImported
from ticketing.core.hours import Holiday
from ticketing.core.ids import MallId, ServiceId, TenantId, ZoneId
from ticketing.core.mall_entries import (
    CounterEntry,
    MallEntry,
    MallFile,
    ServiceEntry,
    TenantEntry,
    ZoneEntry,
    entry_of,
    rules_of,
)
from ticketing.core.policy import Change, Policy, PolicyChanged
from ticketing.db import Db, Tx

Placed = TypeVar("Placed", tables.Zone, tables.Tenant, tables.Service, tables.Counter)


async def ensure(db: Db, file: MallFile) -> MallId:
    """Return the mall of the file's code, made now if there is none."""
    async with db.session(db.writer, None) as session:
        row = await session.scalar(select(tables.Mall).where(tables.Mall.code == file.mall.code))
        if row is None:
            row = new(file)
            session.add(row)
            await session.commit()
        return row.id


def new(file: MallFile) -> tables.Mall:
    """Make the row of a mall that is not there yet."""
    row = tables.Mall(code=file.mall.code, last_seq=0, policy=rules_of(file.policy))
    _describe(row, file)
    return row


async def replace(tx: Tx, file: MallFile) -> None:
    """Make the mall what the file says, its rules of calling and its tickets too."""
    before = tx.policy(None)
    tx.mall.policy = rules_of(file.policy)
    _call_by(tx, before, rules_of(file.policy))
    await layouts.hold(tx, file.slip)
    await arrange(tx, file)
    services = sum(len(tenant.services) for tenant in file.tenants)
    tx.append(MallImported(tenants=len(file.tenants), services=services, counters=len(file.counters)))


async def arrange(tx: Tx, file: MallFile) -> None:
    """Make the mall what the file says, but for rules of calling and tickets; the caller tells the log."""
    _describe(tx.mall, file)
    await tx.session.execute(delete(tables.Holiday))
    tx.session.add_all([tables.Holiday(date=day.date, name=day.name) for day in file.holidays])
    zones = await _zones(tx, file.zones)
    tenants = await _tenants(tx, file.tenants)
    services = await _services(tx, file.tenants, tenants)
    await _counters(tx, file, zones, tenants, services)
    tx.touch("settings")


def _describe(row: tables.Mall, file: MallFile) -> None:
    entry = file.mall
    row.name, row.name_en, row.place = entry.name, entry.name_en, entry.place
    row.timezone, row.label, row.languages = entry.timezone, entry.label, list(entry.languages)
    row.priority_classes, row.ticket_footer = list(entry.priority_classes), entry.ticket_footer or ""
    row.hours, row.last_ticket_minutes, row.offline = file.hours, file.last_ticket_minutes, file.offline
    row.reporting, row.survey = file.reporting, file.survey
    row.pledge, row.closing = entry.pledge, file.closing
    row.pronunciations, row.complaints = file.pronunciations, file.complaints


def _call_by(tx: Tx, before: Policy, rules: Policy) -> None:
    """Let the mall be called as the file says from now on, whatever was decided since the last file."""
    if tx.policy(None) != rules:
        one = Change(tenant_id=None, since=tx.now, policy=rules)
        tx.mall.policy_changes = policy.changed(tx.mall.policy_changes, one, tx.now)
    if before != rules:
        tx.append(PolicyChanged(tenant_id=None, since=tx.now, policy=rules))


async def _by_code(tx: Tx, of: type[Placed]) -> dict[str, Placed]:
    """Load all rows, retired until the file names them again."""
    rows = {row.code: row for row in await tx.session.scalars(select(of))}
    for row in rows.values():
        row.is_active = False
    return rows


async def _zones(tx: Tx, entries: Sequence[ZoneEntry]) -> dict[str, ZoneId]:
    rows = await _by_code(tx, tables.Zone)
    for position, entry in enumerate(entries):
        row = rows.setdefault(entry.code, tables.Zone(code=entry.code))
        row.name, row.languages, row.ticker = entry.name, list(entry.languages), list(entry.ticker)
        row.position, row.is_active = position, True
    await _save(tx, rows.values())
    return {code: row.id for code, row in rows.items()}


async def _tenants(tx: Tx, entries: Sequence[TenantEntry]) -> dict[str, TenantId]:
    rows = await _by_code(tx, tables.Tenant)
    for position, entry in enumerate(entries):
        row = rows.setdefault(entry.code, tables.Tenant(code=entry.code))
        row.name, row.name_en, row.short_name = entry.name, entry.name_en, entry.short_name
        row.prefix, row.colour, row.hours = entry.prefix, entry.colour, entry.hours
        row.responsible = entry.responsible
        row.position, row.is_active = position, True
    await _save(tx, rows.values())
    return {code: row.id for code, row in rows.items()}


async def _services(tx: Tx, entries: Sequence[TenantEntry], tenants: dict[str, TenantId]) -> dict[str, ServiceId]:
    rows = await _by_code(tx, tables.Service)
    named = [(tenant, entry) for tenant in entries for entry in tenant.services]
    for position, (tenant, entry) in enumerate(named):
        row = rows.setdefault(entry.code, tables.Service(code=entry.code))
        row.tenant_id = tenants[tenant.code]
        row.name, row.name_en, row.prefix = entry.name, entry.name_en, entry.prefix
        row.standard, row.quota_per_day = entry.standard, entry.quota_per_day
        row.keywords = list(entry.keywords)
        row.outcomes, row.forms = list(entry.outcomes), list(entry.forms)
        row.position, row.is_active = position, True
    await _save(tx, rows.values())
    return {entry.code: rows[entry.code].id for _, entry in named}


async def _counters(
    tx: Tx,
    file: MallFile,
    zones: dict[str, ZoneId],
    tenants: dict[str, TenantId],
    services: dict[str, ServiceId],
) -> None:
    rows = await _by_code(tx, tables.Counter)
    for position, entry in enumerate(file.counters):
        row = rows.setdefault(entry.code, tables.Counter(code=entry.code))
        row.name, row.zone_id, row.tenant_id = entry.name, zones[entry.zone], tenants[entry.tenant]
        row.position, row.is_active = position, True
    await _save(tx, rows.values())
    await tx.session.execute(delete(tables.CounterService))
    tx.session.add_all(
        tables.CounterService(counter_id=rows[entry.code].id, service_id=services[code])
        for entry in file.counters
        for code in mall_checks.served_by(entry, file)
    )


async def _save(tx: Tx, rows: Iterable[Placed]) -> None:
    tx.session.add_all(rows)
    await tx.session.flush()


async def describe(tx: Tx) -> MallFile:
    """Return the mall as a file would describe it; retired entries are left out."""
    mall = tx.mall
    holidays = await tx.session.scalars(select(tables.Holiday).order_by(tables.Holiday.date))
    zones = {row.id: row for row in await _active(tx, tables.Zone)}
    tenants = {row.id: row for row in await _active(tx, tables.Tenant)}
    services = await _active(tx, tables.Service)
    return MallFile(
        mall=MallEntry(
            code=mall.code,
            name=mall.name,
            name_en=mall.name_en,
            place=mall.place,
            timezone=mall.timezone,
            languages=tuple(mall.languages),  # type: ignore[arg-type]  # written from a checked file
            label=mall.label,
            ticket_footer=mall.ticket_footer or None,
            pledge=mall.pledge,
            priority_classes=tuple(mall.priority_classes),
        ),
        hours=mall.hours,
        last_ticket_minutes=mall.last_ticket_minutes,
        offline=mall.offline,
        policy=entry_of(tx.policy(None)),
        reporting=mall.reporting,
        closing=mall.closing,
        slip=await layouts.layout(tx),
        complaints=mall.complaints,
        survey=mall.survey,
        holidays=tuple(Holiday(date=row.date, name=row.name) for row in holidays),
        zones=tuple(
            ZoneEntry(
                code=row.code,
                name=row.name,
                languages=tuple(row.languages),
                ticker=tuple(row.ticker),
            )
            for row in zones.values()
        ),
        pronunciations=mall.pronunciations,
        tenants=tuple(_tenant_entry(row, services) for row in tenants.values()),
        counters=await _counter_entries(tx, zones, tenants, services),
    )


async def _active(tx: Tx, of: type[Placed]) -> list[Placed]:
    return list(await tx.session.scalars(select(of).where(of.is_active.is_(True)).order_by(of.position)))


def _tenant_entry(row: tables.Tenant, services: Sequence[tables.Service]) -> TenantEntry:
    return TenantEntry(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        short_name=row.short_name,
        prefix=row.prefix,
        colour=row.colour,
        hours=row.hours,
        responsible=row.responsible,
        services=tuple(
            ServiceEntry(
                code=service.code,
                name=service.name,
                name_en=service.name_en,
                prefix=service.prefix,
                quota_per_day=service.quota_per_day,
                keywords=tuple(service.keywords),
                outcomes=tuple(service.outcomes),
                forms=tuple(service.forms),
                standard=service.standard,
            )
            for service in services
            if service.tenant_id == row.id
        ),
    )


async def _counter_entries(
    tx: Tx,
    zones: dict[ZoneId, tables.Zone],
    tenants: dict[TenantId, tables.Tenant],
    services: Sequence[tables.Service],
) -> tuple[CounterEntry, ...]:
    """Describe the counters; one that serves all of its tenant's services and no others says "all"."""
    codes = {service.id: service.code for service in services}
    links = select(tables.CounterService.counter_id, tables.CounterService.service_id)
    served: dict[int, set[str]] = {}
    for counter_id, service_id in await tx.session.execute(links):
        served.setdefault(counter_id, set()).add(codes[service_id])
    entries: list[CounterEntry] = []
    for row in await _active(tx, tables.Counter):
        own = {service.code for service in services if service.tenant_id == row.tenant_id}
        mine = served.get(row.id, set())
        listed = tuple(code for code in codes.values() if code in mine)
        entries.append(
            CounterEntry(
                code=row.code,
                name=row.name,
                zone=zones[row.zone_id].code,
                tenant=tenants[row.tenant_id].code,
                services="all" if mine == own else listed,
            )
        )
    return tuple(entries)
