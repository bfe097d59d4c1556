"""What privacy asks for day by day, beside all else that goes on: old events sealed, the head of the log noted."""

import asyncio
import logging
from datetime import date
from pathlib import Path

from mpp.privacy import chain
from ticketing import store
from ticketing.core.ids import MallId
from ticketing.hall import Hall

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
"""What is due at midnight is done within so many seconds."""


async def run(hall: Hall, folder: Path) -> None:
    """Keep the logs of all malls, for ever; heads are noted in `folder`."""
    done: dict[MallId, date] = {}
    while True:
        try:
            malls = await hall.db.malls()
        except Exception:  # the database may come back
            log.exception("the malls could not be read")
            malls = []
        for mall_id in malls:
            try:
                done[mall_id] = await keep(hall, mall_id, folder, done.get(mall_id))
            except Exception:  # the other malls go on
                log.exception("what is due at night failed in mall %s", mall_id)
        await asyncio.sleep(LOOK_SECONDS)


async def keep(hall: Hall, mall_id: MallId, folder: Path, done: date | None) -> date:
    """Do once a day what is due; return the day for which it is done."""
    async with hall.db.read(mall_id) as tx:
        today, head = store.today(tx), chain.head_of(tx, hall.clock.real())
    if done == today:
        return today
    await chain.seal(hall.db, mall_id)
    await asyncio.to_thread(chain.note, folder / chain.HEADS, head)
    return today
