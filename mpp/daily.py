"""Tells days as they are over, and anew when more becomes known of them, beside all else that goes on."""

import asyncio
import logging
from datetime import date

from msgspec import Struct

from mpp import days
from mpp.readiness import assess
from ticketing import store
from ticketing.core.ids import MallId
from ticketing.db import Db
from ticketing.hall import Hall

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
"""A day that is over shows in the history within so many seconds."""


class Seen(Struct, frozen=True):
    """How far the log was looked through, and on which day."""

    today: date
    seq: int


async def run(hall: Hall) -> None:
    """Tell the days of all malls, for ever."""
    seen: dict[MallId, Seen] = {}
    while True:
        try:
            malls = await hall.db.malls()
        except Exception:  # the database may come back
            log.exception("the malls could not be read")
            malls = []
        for mall_id in malls:
            try:
                seen[mall_id] = await tell_due(hall.db, mall_id, seen.get(mall_id))
                await assess.note_day(hall.db, mall_id)
            except Exception:  # the days of other malls must be told
                log.exception("the days of mall %s could not be told", mall_id)
        await asyncio.sleep(LOOK_SECONDS)


async def tell_due(db: Db, mall_id: MallId, seen: Seen | None = None) -> Seen:
    """Tell what is over and not told yet, a day at a time: reading holds nobody up, and writing is short.

    A day that cannot be told is tried again after midnight and after a restart; the others are told nevertheless.
    """
    async with db.read(mall_id) as tx:
        today, seq, before = store.today(tx), tx.mall.last_seq, await days.before_today(tx)
        since = seen.seq if seen is not None and seen.today == today else await days.told_until(tx)
        found = await days.due(tx, since) if seq > since else []
    failed = 0
    for day in found:
        try:
            await tell_day(db, mall_id, day)
        except Exception:
            log.exception("%s of mall %s could not be told", day, mall_id)
            failed += 1
    if found and not failed:
        async with db.write(mall_id, "clock") as tx:
            await days.note_told(tx, before)
    return Seen(today, seq)


async def tell_day(db: Db, mall_id: MallId, day: date) -> None:
    """Tell one day and keep it."""
    async with db.read(mall_id) as tx:
        log = await days.read_log(tx, day)
    told = await asyncio.to_thread(days.tell, log)
    async with db.write(mall_id, "clock") as tx:
        await days.keep(tx, day, told)
