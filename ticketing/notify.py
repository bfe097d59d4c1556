"""Pokes between the processes of one installation, over PostgreSQL's LISTEN and NOTIFY."""

import asyncio
import logging

import asyncpg  # type: ignore[import-untyped]  # it ships no types
from sqlalchemy.engine import URL

from ticketing.core.ids import MallId
from ticketing.db import NOTIFY
from ticketing.live import EVERYTHING, Live

log = logging.getLogger(__name__)

SLOWEST_RETRY_SECONDS = 5.0


async def listen(url: URL, live: Live, malls: list[MallId]) -> None:
    """Pass the pokes of other processes on to `live`, for ever; after a cut line everything is rendered anew."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    delay = 0.1
    is_cut = False
    while True:
        try:
            connection = await asyncpg.connect(address, timeout=5)
            try:
                ended = asyncio.Event()
                connection.add_termination_listener(lambda *_, ended=ended: ended.set())
                await connection.add_listener(NOTIFY, lambda *args: _poke(live, str(args[3])))
                if is_cut:
                    log.info("the database's line for pokes is back")
                    for mall_id in malls:
                        live.poke(mall_id, {EVERYTHING})
                delay, is_cut = 0.1, False
                await ended.wait()
            finally:
                await connection.close()
        except (OSError, TimeoutError, asyncpg.PostgresError) as error:
            log.debug("cannot listen: %s", error)
        if not is_cut:
            log.warning("the database's line for pokes is cut; trying again")
            is_cut = True
        await asyncio.sleep(delay)
        delay = min(delay * 2, SLOWEST_RETRY_SECONDS)


def _poke(live: Live, payload: str) -> None:
    sender, mall_id, *topics = payload.split(" ")
    if sender != live.name:
        live.poke(MallId(int(mall_id)), topics)
