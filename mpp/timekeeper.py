"""What happens by itself as time passes: held tickets come back, days end, slips lapse, complaints become late."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from counters import actions as counters
from display import actions as display
from mpp import store
from mpp.complaints import actions as complaints
from mpp.standards import actions as standards
from mpp.survey import actions as survey
from ticketing import actions as ticketing
from ticketing import due, forecasts, offline
from ticketing.core.ids import MallId
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.live import RIGHT

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
LOOK_AT_RIGHTS_EVERY = 20
"""Ticks between two looks whether those who follow a view still may: as often as a feed renders anyway."""


async def run(hall: Hall) -> None:
    """Keep time for all malls, for ever."""
    ticks = 0
    while True:
        try:
            for mall_id in await hall.db.malls():
                await tick(hall, mall_id)
                if ticks % LOOK_AT_RIGHTS_EVERY == 0:
                    await end_rights(hall, mall_id)
        except Exception:  # time must not stand still because of one bad row
            log.exception("the timekeeper stumbled")
        ticks += 1
        await asyncio.sleep(TICK_SECONDS)


def duties(hall: Hall) -> list[Callable[[Tx], Awaitable[int]]]:
    """List what may be due in any second; each returns how much was due."""
    return [
        ticketing.resume_due,
        ticketing.lapse_slips,
        ticketing.expire_days,
        offline.end_past_leases,
        counters.close_left_open,
        counters.erase_notes,
        complaints.escalate_due,
        complaints.close_silent,
        complaints.erase_contacts,
        complaints.erase_texts,
        survey.begin_day,
        standards.publish_due,
        forecasts.settle,
        lambda tx: display.lapse(tx, hall.clock.pace),
    ]


async def tick(hall: Hall, mall_id: MallId) -> None:
    """Do what is due now in a mall; when nothing is due, nothing is locked."""
    async with hall.db.read(mall_id) as tx:
        is_due = (
            await due.is_anything(tx)
            or await counters.is_anything_due(tx)
            or await complaints.is_anything_due(tx)
            or await survey.is_anything_due(tx)
            or await forecasts.is_any_open(tx)
            or await display.is_anything_due(tx, hall.clock.pace)
            or await standards.is_anything_due(tx)
        )
    if not is_due:
        return
    async with hall.db.write(mall_id, "clock") as tx:
        for duty in duties(hall):
            await duty(tx)


async def end_rights(hall: Hall, mall_id: MallId) -> None:
    """Close the sockets of tokens whose time is over, and of those that another process has taken back.

    The command line cannot tell this process that it gave somebody a new password: SQLite passes on no pokes.
    """
    shown = {int(topic.removeprefix(RIGHT)) for topic in hall.live.watched(mall_id) if topic.startswith(RIGHT)}
    async with hall.db.read(mall_id) as tx:
        good = await store.good_tokens(tx, shown, hall.clock.real())
    hall.live.poke(mall_id, {f"{RIGHT}{id}" for id in shown - good})
