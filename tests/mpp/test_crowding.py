"""What is coming is seen from a tenant's own days and its hall as it stands; in a process beside the hall."""

import multiprocessing
from datetime import timedelta
from functools import partial

import pytest

from counters import actions as counters
from mpp import daily
from mpp.crowding import Crowding
from tests.counters.desk import call, close, open_
from tests.mpp.test_days import turn_midnight
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, take, wita
from ticketing import store
from ticketing.core.ids import MallId
from ticketing.db import Db

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


async def live_a_rush(db: Db, mall: MallId, clock: StoppedClock, day: int) -> None:
    """Let twelve people come for KTP from ten on, one every two minutes; each is served for ten minutes."""
    clock.at = wita(day, 10)
    for _ in range(12):
        await take(db, mall, "KTP")
        clock.forward(timedelta(minutes=2))
    await open_(db, mall, "L01")
    for _ in range(12):
        await call(db, mall, "L01")
        await act(db, mall, partial(counters.start, code="L01"), "person:1")
        clock.forward(timedelta(minutes=10))
        await act(db, mall, partial(counters.finish, code="L01"))
    await close(db, mall, "L01")
    await turn_midnight(db, mall, clock, day + 1)


async def test_the_rush_of_every_day_is_foretold_in_the_morning(db: Db, mall: MallId, clock: StoppedClock) -> None:
    for day in range(2, 7):
        await live_a_rush(db, mall, clock, day)
    await daily.tell_due(db, mall)
    clock.at = wita(9, 8, 50)
    await open_(db, mall, "L01")
    crowding, hall = Crowding(), hall_of(db)
    await crowding.look(hall, mall)
    async with db.read(mall) as tx:
        found = crowding.shown(hall, tx)
    tenant = (await look(db, mall, lambda tx: store.service(tx, "KTP"))).tenant_id
    assert list(found) == [tenant]
    crowd = found[tenant]
    assert crowd.at is not None
    assert wita(9, 10) <= crowd.at < wita(9, 10, 31)
    assert crowd.most > 15
    assert crowd.more is not None
    assert not multiprocessing.active_children()
    await crowding.close()
