"""How today goes, for those who watch the hall: worked out beside the event loop, and never waited for."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from msgspec import Struct

from mpp import days
from mpp.core import pulse
from mpp.core.packed import Kept
from mpp.core.pulse import Beat
from mpp.history import History
from ticketing import store
from ticketing.core.ids import MallId, TenantId
from ticketing.hall import Hall

LIVES_SECONDS = 30.0
"""Telling a day costs a tenth of a second of a processor; half a minute keeps that well under a hundredth of it."""

WEEKS = 4
"""So many earlier days of the same weekday are what is usual: enough to smooth, few enough to be of this season."""

TOPIC = "pulse"
"""What feeds depend on that show these figures."""


class Felt(Struct, frozen=True):
    """What was worked out last: on which day, and when by the machine's steady clock."""

    day: date
    at: float
    beats: Mapping[TenantId, Beat]
    before: list[Kept]


class Pulse:
    """Remembers for each mall how its day goes; asked for it when that is old, works it out anew on the side."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._felt: dict[MallId, Felt] = {}
        self._feeling: dict[MallId, asyncio.Task[None]] = {}

    def shown(self, hall: Hall, mall_id: MallId) -> Mapping[TenantId, Beat]:
        """Return what is known; when it is old, newer figures are on their way, and feeds are told."""
        felt = self._felt.get(mall_id)
        running = self._feeling.get(mall_id)
        is_old = felt is None or monotonic() - felt.at > LIVES_SECONDS
        if is_old and (running is None or running.done()):
            self._feeling[mall_id] = asyncio.create_task(self._feel(hall, mall_id), name=f"pulse {mall_id}")
        return felt.beats if felt is not None else {}

    async def fresh(self, hall: Hall, mall_id: MallId) -> Mapping[TenantId, Beat]:
        """Return figures that are not old."""
        known = self.shown(hall, mall_id)
        if (running := self._feeling.get(mall_id)) is not None and not running.done():
            await asyncio.shield(running)
            known = self._felt[mall_id].beats
        return known

    async def close(self) -> None:
        """Let go of what is under way."""
        for task in self._feeling.values():
            task.cancel()
        await asyncio.gather(*self._feeling.values(), return_exceptions=True)

    async def _feel(self, hall: Hall, mall_id: MallId) -> None:
        old = self._felt.get(mall_id)
        async with hall.db.read(mall_id) as tx:
            today, now, mall = store.today(tx), tx.now, tx.mall
            if old is not None and old.day == today:
                before = old.before
            else:
                past = [today - timedelta(weeks=week) for week in range(WEEKS, 0, -1)]
                before = [one for day in past for one in await days.kept(tx, day, day)]
        told = await self._history.under_way(hall, mall_id, today)
        until = _seconds_of_day(now, today, mall.timezone)
        found = await asyncio.to_thread(pulse.beats, told, before, until, mall.reporting.smallest_group)
        self._felt[mall_id] = Felt(today, monotonic(), found, before)
        hall.live.poke(mall_id, {TOPIC})


def _seconds_of_day(now: datetime, day: date, timezone: str) -> int:
    midnight = datetime.combine(day, time.min, ZoneInfo(timezone)).astimezone(UTC)
    return int((now - midnight).total_seconds())
