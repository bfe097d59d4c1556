"""Entering agreed times: all lines, or none and what is wrong with each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from mpp.appointments import store as mine
from mpp.appointments.core import FARTHEST_DAYS, Entry, Fault, Flaw, harmless
from ticketing import register, store, tables
from ticketing.appointment_tables import Appointment
from ticketing.core import hours, policy
from ticketing.core.hours import HoursState
from ticketing.core.ids import ServiceId, TenantId
from ticketing.db import Tx

Slot = tuple[str, datetime]
"""For which service, and when."""


class Entered(Struct, frozen=True, kw_only=True):
    """What was entered, how many lines were known already, and what is wrong: then nothing was entered."""

    added: Sequence[Appointment]
    known: int
    faults: Sequence[Fault]


class Book(Struct, frozen=True):
    """What entries are held against; `own` is the only tenant for which one may enter any."""

    services: Mapping[str, tables.Service]
    tenants: Mapping[TenantId, tables.Tenant]
    holidays: Mapping[date, str]
    own: TenantId | None


async def enter(tx: Tx, entries: Sequence[Entry], own: TenantId | None, found: Sequence[Fault] = ()) -> Entered:
    """Enter agreed times, unless anything is wrong with any line; `found` is what was wrong in reading them."""
    book = Book(
        {row.code: row for row in await mine.services(tx, None)},
        {row.id: row for row in await store.active_tenants(tx)},
        await mine.holidays(tx),
        own,
    )
    fresh, faults = await _sorted(tx, book, entries)
    faults += [*found, *await _over_quota(tx, book, fresh)]
    if faults:
        return Entered(added=(), known=0, faults=sorted(faults, key=lambda fault: fault.line))
    added = [await _add(tx, book, one) for one in fresh]
    return Entered(added=added, known=len(entries) - len(fresh), faults=())


async def _sorted(tx: Tx, book: Book, entries: Sequence[Entry]) -> tuple[list[Entry], list[Fault]]:
    """Return what is new, and what is wrong; the rest is in the register already."""
    fresh: list[Entry] = []
    faults: list[Fault] = []
    told: dict[tuple[TenantId, date, str], Slot] = {}
    for one in entries:
        fault = _fault(tx, book, one)
        if fault is not None:
            faults.append(fault)
        elif one.code is None:
            fresh.append(one)
        else:
            key, slot = (book.services[one.service].tenant_id, one.day, one.code), (one.service, one.at(_zone(tx)))
            before = told.get(key) or await _known(tx, *key)
            if before is None:
                told[key] = slot
                fresh.append(one)
            elif before != slot:
                faults.append(Fault(one.line, Flaw.TWICE, one.code))
    return fresh, faults


def _fault(tx: Tx, book: Book, one: Entry) -> Fault | None:
    """Say what is wrong with an entry, looked at alone."""
    service = book.services.get(one.service)
    if service is None or service.tenant_id not in book.tenants:
        return Fault(one.line, Flaw.SERVICE, harmless(one.service))
    if book.own not in (None, service.tenant_id):
        return Fault(one.line, Flaw.TENANT, one.service)
    written, today = f"{one.day:%Y-%m-%d} {one.time:%H.%M}", store.today(tx)
    if one.day < today:  # what is no plausible day, as the year 1, has no moment either
        return Fault(one.line, Flaw.PAST, written)
    if one.day > today + timedelta(days=FARTHEST_DAYS):
        return Fault(one.line, Flaw.FAR, written)
    at = one.at(_zone(tx))
    if not policy.counts(tx.policy(service.tenant_id), at, tx.now):
        return Fault(one.line, Flaw.PAST, written)
    opening = book.tenants[service.tenant_id].hours or tx.mall.hours
    cut_off = timedelta(minutes=tx.mall.last_ticket_minutes)
    status = hours.status(at.astimezone(_zone(tx)), opening, book.holidays, cut_off)
    if status.state is not HoursState.OPEN:
        return Fault(one.line, Flaw.CLOSED, f"{written} {status.reason}".rstrip())
    return None


async def _known(tx: Tx, tenant_id: TenantId, day: date, code: str) -> Slot | None:
    """Return what the register knows of a tenant's code on a day."""
    row = await mine.of_code(tx, tenant_id, day, code)
    if row is None:
        return None
    return (await tx.session.get_one(tables.Service, row.service_id)).code, row.agreed_at


async def _over_quota(tx: Tx, book: Book, fresh: Sequence[Entry]) -> list[Fault]:
    """Return the entries for which a day's quota has no number left."""
    used: Counter[tuple[str, date]] = Counter()
    kept: dict[date, Mapping[ServiceId, int]] = {}
    over: list[Fault] = []
    for one in fresh:
        service, key = book.services[one.service], (one.service, one.day)
        if service.quota_per_day is None:
            continue
        if key not in used:
            issued = await store.issued_today(tx, service.id) if one.day == store.today(tx) else 0
            if one.day not in kept:
                kept[one.day] = await register.places_kept(tx, one.day)
            used[key] = issued + kept[one.day].get(service.id, 0)
        used[key] += 1
        if used[key] > service.quota_per_day:
            over.append(Fault(one.line, Flaw.FULL, str(service.quota_per_day)))
    return over


async def _add(tx: Tx, book: Book, one: Entry) -> Appointment:
    code = one.code or await mine.fresh_code(tx, one.day)
    return await register.add(tx, book.services[one.service], code, one.at(_zone(tx)))


def _zone(tx: Tx) -> ZoneInfo:
    return ZoneInfo(tx.mall.timezone)
