"""What privacy asks for day by day, beside all else that goes on: old events sealed, data erased, the head noted."""

import asyncio
import logging
from datetime import date, timedelta
from pathlib import Path

from mpp.privacy import chain, reads, retention
from mpp.privacy.core import heads, told
from ticketing import store
from ticketing.core.chain import LogVerified
from ticketing.core.ids import MallId
from ticketing.hall import Hall

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
"""What is due at midnight is done within so many seconds."""


async def run(hall: Hall, folder: Path) -> None:
    """Keep the logs of all malls, for ever; heads are noted in `folder`."""
    done: dict[MallId, date] = {}
    while True:
        await asyncio.sleep(LOOK_SECONDS)  # first of all: a server that has just started has a hall to serve
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


async def keep(hall: Hall, mall_id: MallId, folder: Path, done: date | None) -> date:
    """Do once a day what is due; return the day for which it is done."""
    async with hall.db.read(mall_id) as tx:
        today = store.today(tx)
        if done is None and (run := await reads.last_run(tx)) is not None:
            done = store.day_of(tx, run[1])
    if done == today:
        return today
    await chain.seal(hall.db, mall_id)
    async with hall.db.write(mall_id, "clock") as tx:
        erased = await retention.run(tx, hall.clock.real())
        head = chain.head_of(tx, hall.clock.real())
    if any(one.count for one in erased):
        await hall.db.tidy()
    await asyncio.to_thread(chain.note, folder / chain.HEADS, head)
    await _verify(hall, mall_id, head.mall, folder, today - timedelta(days=1))
    return today


async def _verify(hall: Hall, mall_id: MallId, code: str, folder: Path, since: date) -> None:
    """Verify the log of the day that is over, and say loudly when it is not whole."""
    noted = await asyncio.to_thread(chain.noted, folder / chain.HEADS)
    found = await chain.verify(hall.db, mall_id, heads.of_mall(noted, code), since)
    if found.wrong:
        log.error("%s", "\n".join(told.told(code, found)))
    async with hall.db.write(mall_id, "clock") as tx:
        tx.append(LogVerified(first=found.first, last=found.last, faults=found.wrong))
