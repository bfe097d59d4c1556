"""What the forecaster's process reads of a mall: its description, and its log from an event on. Questions only."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import TypeVar

import msgspec
from sqlalchemy import select

from counters.core.forecast.hall_day import Line
from counters.core.forecast.layout import Layout, TenantLayout
from counters.core.forecast.quantiles import SURELY, Fault
from ticketing import store, tables
from ticketing.core.counter import CounterEvent
from ticketing.core.events import MallImported
from ticketing.core.ids import CounterId, ServiceId, TenantId
from ticketing.core.outlook import Fate
from ticketing.core.ticket import MOVES, TicketEvent
from ticketing.db import Tx
from ticketing.forecast_tables import TicketForecast

Placed = TypeVar("Placed", tables.Tenant, tables.Service, tables.Counter)

CHUNK = 4000
"""Lines that are read in one go, so that no read lasts: a reader keeps SQLite from tidying up its log of changes."""

IMPORTED = str(MallImported.__struct_config__.tag)
KINDS = frozenset(str(of.__struct_config__.tag) for of in (*MOVES, *CounterEvent.__args__))

_decoder: msgspec.json.Decoder[TicketEvent | CounterEvent] = msgspec.json.Decoder(TicketEvent | CounterEvent)


class Part(msgspec.Struct, frozen=True):
    """A part of the log up to event `seq`; `is_all`: there is no more; `is_other`: the mall was described anew."""

    lines: list[Line]
    seq: int
    is_all: bool
    is_other: bool


async def layout(tx: Tx) -> Layout:
    """Read the description of a mall: what is offered now, at counters that are there now."""
    services: dict[TenantId, dict[ServiceId, float]] = {}
    for row in await _active(tx, tables.Service):
        services.setdefault(row.tenant_id, {})[row.id] = float(row.standard.counter_minutes)
    served: dict[CounterId, set[ServiceId]] = {}
    links = select(tables.CounterService.counter_id, tables.CounterService.service_id)
    for counter_id, service_id in await tx.session.execute(links):
        served.setdefault(counter_id, set()).add(service_id)
    counters: dict[TenantId, dict[CounterId, frozenset[ServiceId]]] = {}
    for desk in await _active(tx, tables.Counter):
        counters.setdefault(desk.tenant_id, {})[desk.id] = frozenset(served.get(desk.id, set()))
    return Layout(
        timezone=tx.mall.timezone,
        holidays=frozenset(await tx.session.scalars(select(tables.Holiday.date))),
        tenants=tuple(
            TenantLayout(
                id=row.id, hours=row.hours or tx.mall.hours, services=services[row.id], counters=counters[row.id]
            )
            for row in await _active(tx, tables.Tenant)
            if row.id in services and row.id in counters
        ),
    )


async def _active(tx: Tx, of: type[Placed]) -> Sequence[Placed]:
    return sorted(await tx.session.scalars(select(of).where(of.is_active.is_(True))), key=attrgetter("id"))


async def faults(tx: Tx, since: date) -> dict[TenantId, list[Fault]]:
    """Read what was foretold since a day, before it was corrected, to those who were called after some waiting."""
    mine = TicketForecast
    wanted = select(mine.tenant_id, mine.raw, mine.waited).where(mine.day >= since, mine.fate == Fate.CALLED)
    found: dict[TenantId, list[Fault]] = {}
    for tenant_id, raw, waited in await tx.session.execute(wanted.where(mine.waited > SURELY)):
        found.setdefault(tenant_id, []).append(Fault(raw, waited or 0.0))
    return found


async def last_before(tx: Tx, day: date) -> int:
    """Return the last event before a day of the mall; 0 when there is none."""
    mine = tables.Event
    earlier = select(mine.seq).where(mine.at < store.begin_of(tx, day)).order_by(mine.seq.desc()).limit(1)
    return await tx.session.scalar(earlier) or 0


async def part(tx: Tx, after: int, until: int) -> Part:
    """Read the log after an event, up to another, a chunk at most."""
    mine = tables.Event
    wanted = select(mine.seq, mine.at, mine.kind, mine.body, mine.ticket_id, mine.counter_id, mine.actor)
    chosen = wanted.where(mine.seq > after, mine.seq <= until).order_by(mine.seq).limit(CHUNK)
    rows = (await tx.session.execute(chosen)).all()
    lines = [
        Line(at, _decoder.decode(body), ticket_id, counter_id, actor)
        for _, at, kind, body, ticket_id, counter_id, actor in rows
        if kind in KINDS
    ]
    return Part(
        lines,
        rows[-1].seq if rows else after,
        is_all=len(rows) < CHUNK,
        is_other=any(row.kind == IMPORTED for row in rows),
    )
