"""Keeps what is foretold up to date, beside all else: when a tenant's state has changed, and as time passes."""

import asyncio
import logging
from collections.abc import Mapping
from time import monotonic

from msgspec import Struct

from counters.core.forecast.question import Answer, Question
from counters.forecaster import Forecaster, Silent
from ticketing import store
from ticketing.core.ids import CounterId, MallId, TenantId, TicketId
from ticketing.core.proposal import Proposal
from ticketing.hall import Hall
from ticketing.live import EVERYTHING

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
"""A tenant is foretold at most so often: what happens in between shares the next forecast."""

QUIET_SECONDS = 20.0
"""And at least so often, because waits shorten while nothing happens."""

SHUT_SECONDS = 60.0
"""Where there was nothing to foretell it is looked again so often, or as soon as something happens."""

REST_SECONDS = 30.0
"""After a forecaster has died; the first one of a release may only have been slow to compile."""


class Watched(Struct):
    """A tenant: what wakes us, and when it is foretold again anyway."""

    woken: asyncio.Event
    due: float = 0.0


class Foreteller:
    """Foretells for all malls of this process, one tenant at a time."""

    def __init__(self, hall: Hall, forecaster: Forecaster) -> None:
        self._hall, self._forecaster = hall, forecaster
        self._described: dict[MallId, asyncio.Event] = {}
        self._tenants: dict[MallId, dict[TenantId, Watched]] = {}

    async def run(self) -> None:
        """Foretell, for ever."""
        try:
            while True:
                try:
                    for mall_id in await self._hall.db.malls():
                        await self._look(mall_id)
                except Silent as fault:
                    log.warning("the forecaster was ended and begins anew: %s", fault)
                    await asyncio.sleep(REST_SECONDS)
                except Exception:  # visitors of other malls must be foretold
                    log.exception("the foreteller stumbled")
                await asyncio.sleep(TICK_SECONDS)
        finally:
            await self._forecaster.close()

    async def _look(self, mall_id: MallId) -> None:
        """Foretell those tenants of a mall of which something has changed, or for which it is time."""
        for tenant_id, watched in (await self._watch(mall_id)).items():
            if watched.woken.is_set() or monotonic() >= watched.due:
                watched.woken.clear()
                is_shut = await self._foretell(mall_id, tenant_id)
                watched.due = monotonic() + (SHUT_SECONDS if is_shut else QUIET_SECONDS)

    async def _watch(self, mall_id: MallId) -> dict[TenantId, Watched]:
        """Return who is watched in a mall; anew when the mall was described anew."""
        live = self._hall.live
        known = self._tenants.get(mall_id)
        if known is None:
            self._described[mall_id] = live.watch(mall_id, {"settings", EVERYTHING})
        elif not self._described[mall_id].is_set():
            return known
        self._described[mall_id].clear()
        for watched in (known or {}).values():
            live.unwatch(watched.woken)
        async with self._hall.db.read(mall_id) as tx:
            rows = await store.active_tenants(tx)
        topics = {row.id: {f"tenant:{row.id}", "settings", EVERYTHING} for row in rows}
        self._tenants[mall_id] = {id: Watched(live.watch(mall_id, of)) for id, of in topics.items()}
        return self._tenants[mall_id]

    async def _foretell(self, mall_id: MallId, tenant_id: TenantId) -> bool:
        """Ask about one tenant and show what is new; return whether there was nothing to foretell."""
        now = self._hall.clock.now()
        answer = await self._forecaster.ask(Question(mall_id=mall_id, tenant_id=tenant_id, now=now))
        if answer is None:
            return True
        news = self._hall.outlooks.tell(
            tenant_id,
            now,
            ((one.ticket_id, one.chance) for one in answer.waiting),
            (((one.service_id, one.is_priority), one.chance) for one in answer.offers),
        )
        before = self._hall.proposals.get(tenant_id, {})
        after = {one.counter_id: one for one in answer.proposals}
        self._hall.proposals[tenant_id] = after
        if _shown(before) != _shown(after):
            news.add(f"outlooks:{tenant_id}")
        self._hall.live.poke(mall_id, news)
        return answer == Answer()


def _shown(proposals: Mapping[CounterId, Proposal]) -> dict[CounterId, tuple[TicketId, frozenset[TicketId]]]:
    """Return what a console shows of proposals: whom, and as long as which others are first."""
    return {id: (one.ticket_id, one.among) for id, one in proposals.items()}
