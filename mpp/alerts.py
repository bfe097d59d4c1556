"""Tells, and keeps in the log, when waits beyond the target are coming, and what came of it."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select

from mpp.core import alert
from mpp.core.alert import Foretold, State
from mpp.views import AlertLine
from ticketing import outlooks, reads, store, tables
from ticketing.core import events, policy
from ticketing.core.counter import CounterState
from ticketing.core.events import WaitAlerted, WaitAlertOver
from ticketing.core.ids import MallId, ServiceId, TenantId
from ticketing.core.ticket import Called
from ticketing.core.ticket import State as TicketState
from ticketing.db import Db, Tx
from ticketing.hall import Hall

log = logging.getLogger(__name__)

LOOK_SECONDS = 15.0
"""Forecasts are made anew at least every 20 s."""

SHOWN = 12
"""Alerts of a day that are shown, the newest first."""

Ahead = Callable[[Hall, Tx], Mapping[TenantId, Foretold]]
"""Says of which tenants waits beyond the target are foretold for later; it is never waited for."""

KINDS = ("wait_alerted", "wait_alert_over")
CALLED = str(Called.__struct_config__.tag)


class Seen(Struct, frozen=True):
    """What is foretold for a tenant, and how its hall stands."""

    tenant_id: TenantId
    foretold: Foretold | None
    waiting: int
    counters: int


class Alerts:
    """Looks at the forecasts of all malls, and says when a tenant's turn beyond the target."""

    def __init__(self, hall: Hall, ahead: Ahead) -> None:
        self._hall, self._ahead = hall, ahead
        self._states: dict[TenantId, State] = {}

    async def run(self) -> None:
        """Look, for ever."""
        while True:
            try:
                for mall_id in await self._hall.db.malls():
                    await self.look(mall_id)
            except Exception:  # the next look may go well
                log.exception("the alerts stumbled")
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self, mall_id: MallId) -> None:
        """Look at a mall once; who was told, or that it is over, stands in the log."""
        async with self._hall.db.read(mall_id) as tx:
            now, target = tx.now, tx.mall.reporting.target_wait_minutes
            seen = await _seen(tx, self._hall)
            ahead = self._ahead(self._hall, tx)
            known = {one.tenant_id: one for one in await _on(tx)}
        for one in seen:
            before = self._states.get(one.tenant_id, State(one.tenant_id in known))
            is_long = alert.is_too_long(one.foretold, target)
            said = one.foretold if is_long else ahead.get(one.tenant_id)
            after = alert.step(before, said is not None, now)
            self._states[one.tenant_id] = after
            if after.is_on != before.is_on:
                await _turn(self._hall.db, mall_id, one, said)


async def _seen(tx: Tx, hall: Hall) -> list[Seen]:
    services = (await tx.session.scalars(select(tables.Service).where(tables.Service.is_active.is_(True)))).all()
    waiting, opened = await _waiting(tx), await _open(tx)
    return [
        Seen(
            row.id,
            alert.worst(
                (service.id, outlooks.shown(told), told.chance.forecast.q50 if told else 0.0)
                for service in services
                if service.tenant_id == row.id
                for told in [hall.outlooks.offer(tx, service.id, is_priority=False)]
            ),
            waiting.get(row.id, 0),
            opened.get(row.id, 0),
        )
        for row in await store.active_tenants(tx)
    ]


async def _waiting(tx: Tx) -> dict[TenantId, int]:
    mine = tables.Ticket
    counted = select(mine.tenant_id, func.count()).where(mine.day == store.today(tx), mine.state == TicketState.WAITING)
    return dict((await tx.session.execute(counted.group_by(mine.tenant_id))).all())


async def _open(tx: Tx) -> dict[TenantId, int]:
    mine = tables.Counter
    counted = select(mine.tenant_id, func.count()).where(mine.state == CounterState.OPEN, mine.is_active.is_(True))
    return dict((await tx.session.execute(counted.group_by(mine.tenant_id))).all())


async def _turn(db: Db, mall_id: MallId, one: Seen, said: Foretold | None) -> None:
    """Put a turn into the log, unless another process of this installation has; nothing said is that it is over."""
    async with db.write(mall_id, "clock") as tx:
        if (one.tenant_id in {known.tenant_id for known in await _on(tx)}) == (said is not None):
            return
        if said is not None:
            tx.append(
                WaitAlerted(
                    tenant_id=one.tenant_id,
                    service_id=ServiceId(said.service_id),
                    least=said.least,
                    most=said.most,
                    waiting=one.waiting,
                    counters=one.counters,
                    at=said.at,
                    more=said.more,
                )
            )
        else:
            tx.append(WaitAlertOver(tenant_id=one.tenant_id))
        tx.touch("alerts")


class Told(Struct):
    """An alert of today: when, what was said, and when it was over."""

    at: datetime
    said: WaitAlerted
    over: datetime | None = None

    @property
    def tenant_id(self) -> TenantId:
        """Return whose alert it is."""
        return self.said.tenant_id


async def _today(tx: Tx) -> list[Told]:
    """Return today's alerts, oldest first."""
    mine = tables.Event
    rows = await tx.session.execute(
        select(mine.at, mine.body).where(mine.kind.in_(KINDS), mine.at >= store.midnight(tx)).order_by(mine.seq)
    )
    found: list[Told] = []
    for at, body in rows:
        match events.decode(body):
            case WaitAlerted() as said:
                found.append(Told(at, said))
            case WaitAlertOver(tenant_id=tenant_id):
                for told in found:
                    if told.tenant_id == tenant_id and told.over is None:
                        told.over = at
            case _:
                pass
    return found


async def _on(tx: Tx) -> list[Told]:
    return [told for told in await _today(tx) if told.over is None]


async def lines(tx: Tx, only: TenantId | None) -> list[AlertLine]:
    """Show today's alerts, the newest first: what was foretold, the counters then and now, and what came."""
    told = [one for one in await _today(tx) if only in (None, one.tenant_id)]
    opened = await _open(tx)
    return [await _line(tx, one, opened) for one in reversed(told[-SHOWN:])]


async def _line(tx: Tx, told: Told, opened: dict[TenantId, int]) -> AlertLine:
    tenant = await store.tenant(tx, told.tenant_id)
    service = await tx.session.get_one(tables.Service, told.said.service_id)
    return AlertLine(
        at=told.at,
        over=told.over,
        tenant=tenant.code,
        tenant_name=tenant.short_name,
        service=reads.service_part(service),
        least=told.said.least,
        most=told.said.most,
        waiting=told.said.waiting,
        counters=told.said.counters,
        counters_now=opened.get(told.tenant_id, 0),
        ahead_at=told.said.at,
        more=told.said.more,
        waited_seconds=await _waited(tx, told),
    )


async def _waited(tx: Tx, told: Told) -> int | None:
    """Return the longest that one waited for that service who came while the alert was on; None when nobody did."""
    mine, happened = tables.Ticket, tables.Event
    first_call = (
        select(func.min(happened.at))
        .where(happened.mall_id == mine.mall_id, happened.ticket_id == mine.id, happened.kind == CALLED)
        .scalar_subquery()
    )
    came = await tx.session.execute(
        select(mine.agreed_at, mine.issued_at, first_call).where(
            mine.day == store.today(tx),
            mine.service_id == told.said.service_id,
            mine.issued_at >= told.at,
            mine.issued_at <= (told.over or tx.now),
            first_call.is_not(None),
        )
    )
    waits = [(called - policy.clock(agreed, issued)).total_seconds() for agreed, issued, called in came]
    return max(0, int(max(waits))) if waits else None  # who is called before an agreed time has not waited
