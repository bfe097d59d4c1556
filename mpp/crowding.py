"""Looks ahead for each tenant, now and then, beside the hall: do waits go beyond the target within two hours."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from time import monotonic

import numpy as np
from msgspec import Struct
from sqlalchemy import func, select

from counters.core.staffing import present as standing
from counters.core.staffing.present import Crowd, Present
from counters.core.staffing.question import Question
from mpp import staffing
from mpp.beside import beside
from mpp.core import alert
from mpp.core.alert import Foretold
from ticketing import store, tables
from ticketing.core.counter import CounterState
from ticketing.core.ids import CounterId, MallId, ServiceId, TenantId
from ticketing.core.ticket import State
from ticketing.db import Tx
from ticketing.hall import Hall

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=5)
"""Of the hall's time: an officer who is asked to open a counter needs about that long to come."""

LEAST_SECONDS = 60.0
"""Of real time between two looks, for halls whose clock runs fast."""

STEP = 5
"""Minutes to which what is foretold is rounded, outward."""

MINUTE = timedelta(minutes=1)


class Known(Struct, frozen=True):
    """A tenant as its history tells it for a weekday; None: too little is known, or it is closed that day."""

    question: Question | None
    services: Sequence[ServiceId]
    """The id of each service in the question."""
    opened: Mapping[int, Sequence[float]]
    """By counter: when it opened on past days, minutes since midnight."""


class Asked(Struct, frozen=True):
    """What is asked for one tenant."""

    tenant_id: TenantId
    question: Question
    present: Present


class Crowding:
    """Remembers what is coming; asked for it when that is old, looks again on the side."""

    def __init__(self) -> None:
        self._known: dict[tuple[MallId, TenantId], tuple[date, Known]] = {}
        self._found: dict[MallId, Mapping[TenantId, Foretold]] = {}
        self._looked: dict[MallId, tuple[datetime, float]] = {}
        self._looking: dict[MallId, asyncio.Task[None]] = {}

    def shown(self, hall: Hall, tx: Tx) -> Mapping[TenantId, Foretold]:
        """Return of which tenants waits beyond the target are foretold; when that is old, a look is on its way."""
        mall_id = tx.mall.id
        at, since = self._looked.get(mall_id, (None, 0.0))
        running = self._looking.get(mall_id)
        is_old = at is None or (tx.now - at >= EVERY and monotonic() - since >= LEAST_SECONDS)
        if is_old and (running is None or running.done()):
            self._looking[mall_id] = asyncio.create_task(self._safely(hall, mall_id), name=f"crowding {mall_id}")
        return alert.still_to_come(self._found.get(mall_id, {}), tx.now, standing.SLOT * MINUTE)

    async def look(self, hall: Hall, mall_id: MallId) -> None:
        """Look at all tenants of a mall that are open now; when that fails, nothing is foretold any more."""
        try:
            self._found[mall_id] = await self._look(hall, mall_id)
        except Exception:
            self._found.pop(mall_id, None)
            raise

    async def _look(self, hall: Hall, mall_id: MallId) -> Mapping[TenantId, Foretold]:
        async with hall.db.read(mall_id) as tx:
            rows = [(row.id, row.code) for row in await store.active_tenants(tx)]
            self._looked[mall_id] = (tx.now, monotonic())
        asked = [one for id, code in rows if (one := await self._asked(hall, mall_id, id, code)) is not None]
        found = await beside(_all, asked, "crowding") if asked else {}
        services = {id: known.services for (of, id), (_, known) in self._known.items() if of == mall_id}
        async with hall.db.read(mall_id) as tx:
            begins = store.midnight(tx)
        return {id: _foretold(one, services[id], begins) for id, one in found.items()}

    async def close(self) -> None:
        """Let go of what is under way."""
        for task in self._looking.values():
            task.cancel()
        await asyncio.gather(*self._looking.values(), return_exceptions=True)

    async def _safely(self, hall: Hall, mall_id: MallId) -> None:
        try:
            await self.look(hall, mall_id)
        except Exception:  # the next look may go well
            log.exception("looking for crowds that are coming stumbled")

    async def _asked(self, hall: Hall, mall_id: MallId, tenant_id: TenantId, code: str) -> Asked | None:
        """Return what to ask for a tenant; None where it is closed, or nothing can be said."""
        known = await self._history(hall, mall_id, tenant_id, code)
        if known.question is None:
            return None
        async with hall.db.read(mall_id) as tx:
            now = (tx.now - store.midnight(tx)) / MINUTE
            if not known.question.hours.opens <= now < known.question.hours.closes:
                return None
            return Asked(tenant_id, known.question, await present(tx, tenant_id, known, now))

    async def _history(self, hall: Hall, mall_id: MallId, tenant_id: TenantId, code: str) -> Known:
        """Return what past days tell of a tenant; that is asked once a day."""
        async with hall.db.read(mall_id) as tx:
            today = store.today(tx)
            day, known = self._known.get((mall_id, tenant_id), (None, None))
            if known is not None and day == today:
                return known
            asked = await staffing.read(tx, None, staffing.Ask(tenant=code, weekday=today.weekday(), target=None))
        is_open = asked.interval is not None and today.weekday() == asked.weekday
        question = await asyncio.to_thread(staffing.question, asked) if is_open else None
        opened = await asyncio.to_thread(staffing.openings, asked, question) if question else {}
        fresh = Known(question, [ServiceId(id) for id in asked.desks.minutes], opened)
        self._known[mall_id, tenant_id] = (today, fresh)
        return fresh


def _all(asked: Sequence[Asked]) -> dict[TenantId, Crowd]:
    """Look ahead for each tenant; in a process of its own."""
    from counters.core.staffing.coming import coming  # only that process imports the compiler

    found = ((one.tenant_id, coming(one.question, one.present)) for one in asked)
    return {id: crowd for id, crowd in found if crowd is not None}


def _foretold(one: Crowd, services: Sequence[ServiceId], begins: datetime) -> Foretold:
    return Foretold(
        service_id=services[one.service],
        least=int(one.median // STEP * STEP),
        most=int(-(-one.p90 // STEP) * STEP),
        middle=one.median,
        at=begins + one.at * MINUTE,
        more=one.more,
    )


async def present(tx: Tx, tenant_id: TenantId, known: Known, now: float) -> Present:
    """Read how a tenant's hall stands."""
    ticket = tables.Ticket
    today = (ticket.tenant_id == tenant_id, ticket.day == store.today(tx))
    rows = (await tx.session.scalars(select(ticket).where(*today, ticket.state == State.WAITING))).all()
    place = {id: at for at, id in enumerate(known.services)}
    waiting = sorted((row for row in rows if row.service_id in place), key=lambda row: (row.waiting_since, row.id))
    free = await _free(tx, tenant_id, known, now)
    came = await tx.session.scalar(select(func.count(ticket.id)).where(*today, ticket.state != State.CANCELLED))
    serves = tables.CounterService
    pairs = await tx.session.execute(select(serves.counter_id, serves.service_id).where(serves.counter_id.in_(free)))
    able = {(id, service) for id, service in pairs}
    skills = np.array([[(id, service) in able for service in known.services] for id in free])
    begins = store.midnight(tx)
    return Present(
        now=now,
        at=np.array([min(now, (row.waiting_since - begins) / MINUTE) for row in waiting], np.float64),
        service=np.array([place[row.service_id] for row in waiting], np.int64),
        kind=np.array([int(row.priority is not None) for row in waiting], np.int64),
        skills=skills.reshape(len(free), len(known.services)).astype(np.bool_),
        free=np.array(list(free.values()), np.float64),
        came=came or 0,
    )


async def _free(tx: Tx, tenant_id: TenantId, known: Known, now: float) -> Mapping[CounterId, float]:
    """Return when each counter that counts can call: a usual service after it began, a minute from now at least."""
    ticket, counter, begins = tables.Ticket, tables.Counter, store.midnight(tx)
    mine = select(counter).where(counter.tenant_id == tenant_id, counter.is_active.is_(True)).order_by(counter.id)
    ready = {row.id: _ready(row, known, now, begins) for row in await tx.session.scalars(mine)}
    free = {id: at for id, at in ready.items() if at < np.inf}
    busy = await tx.session.scalars(
        select(ticket).where(ticket.counter_id.in_(free), ticket.state.in_((State.CALLED, State.SERVING)))
    )
    for row in busy:
        since = ((row.started_at or row.called_at or tx.now) - begins) / MINUTE
        if row.counter_id is not None:
            free[row.counter_id] = max(now + 1, since + _usual(known, row.service_id))
    return free


def _ready(row: tables.Counter, known: Known, now: float, begins: datetime) -> float:
    """Return from when on a counter takes visitors, by its state; inf: not today any more."""
    if row.state is CounterState.OPEN or known.question is None:
        return now if row.state is CounterState.OPEN else np.inf
    of = known.question
    since = (row.since - begins) / MINUTE if row.since else -np.inf
    if row.state is CounterState.PAUSED:
        return standing.back(since, now, of.hours, of.habits.pause)
    has_been_open = since > of.hours.opens
    return np.inf if has_been_open else standing.opens(known.opened.get(row.id, ()), now)


def _usual(known: Known, service_id: ServiceId) -> float:
    """Return the usual minutes of a service."""
    if known.question is None or service_id not in known.services:
        return 0.0
    habits, at = known.question.habits, known.services.index(service_id)
    return float(habits.durations[habits.begins[at] : habits.begins[at + 1]].mean())
