"""What is coming is seen from a tenant's own days and its hall as it stands; in a process beside the hall."""

import multiprocessing
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from counters import actions as counters
from counters.core.staffing.shifts import Hours
from mpp import daily
from mpp.crowding import MINUTE, Crowding, Known, present
from tests.counters.core.staffing.test_trial import ask, demand
from tests.counters.desk import call, close, counter, open_, pause
from tests.mpp.test_days import turn_midnight
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, take, wita
from ticketing import actions, store
from ticketing.core.ids import MallId, TicketId
from ticketing.db import Db, Tx
from ticketing.live import Live

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


@pytest.fixture
async def without_tables(clock: StoppedClock, tmp_path: Path) -> AsyncIterator[Db]:
    """Open a database in which there is nothing: whoever looks into it fails."""
    empty = Db(f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite'}", clock, Live())
    yield empty
    await empty.close()


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


async def test_the_rush_of_every_day_is_foretold_in_the_morning(
    db: Db, mall: MallId, clock: StoppedClock, without_tables: Db
) -> None:
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
    async with db.read(mall) as tx:
        with pytest.raises(OperationalError):
            await crowding.look(hall_of(without_tables), mall)
        assert crowding.shown(hall, tx) == {}, "what was found before may be true no more"
    await crowding.close()


async def give_back(tx: Tx, id: TicketId) -> None:
    await actions.cancel(tx, await store.ticket(tx, id))


async def test_counters_that_pause_or_open_later_are_reckoned_with(db: Db, mall: MallId, clock: StoppedClock) -> None:
    """A pause takes a minute here, and L02 opens at half past nine or later; once open and closed, it is gone."""
    row = await look(db, mall, lambda tx: store.service(tx, "KTP"))
    ids = [(await counter(db, mall, code)).id for code in ("L01", "L02")]
    known = Known(ask(demand(600), hours=Hours(480, 900)), [row.id], {ids[1]: [570.0, 590.0]})

    async def free() -> list[float]:
        found = await look(
            db, mall, lambda tx: present(tx, row.tenant_id, known, (tx.now - store.midnight(tx)) / MINUTE)
        )
        assert (len(found.skills), found.came) == (len(found.free), 1), "a number that was given back is no visitor"
        return [float(at) for at in found.free]

    clock.at = wita(9, 9)
    await take(db, mall, "KTP")
    given_back = await take(db, mall, "KTP")
    await act(db, mall, partial(give_back, id=given_back.id))
    assert await free() == [580.0]
    await open_(db, mall, "L01")
    await pause(db, mall, "L01")
    assert await free() == [541.0, 580.0]
    await open_(db, mall, "L02")
    await close(db, mall, "L02")
    assert await free() == [541.0]
