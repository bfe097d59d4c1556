"""Trying out over HTTP: days gone by again, by whom, one at a time, and what is refused."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from mpp import daily, store
from tests.flows.house import House
from tests.flows.test_history import serve
from tests.stopped_clock import StoppedClock
from ticketing.core.access import Role
from ticketing.db import Db
from ticketing.live import Live


@pytest.fixture
async def db(house: House, clock: StoppedClock) -> AsyncIterator[Db]:
    """Look into the house's database."""
    found = Db(house.config.url, clock, Live())
    yield found
    await found.close()


async def a_day(house: House, clock: StoppedClock, db: Db) -> None:
    """Let six people be served, and the next day begin."""
    async with house.client(await house.token(Role.MANAGER, "open")) as line:
        await serve(line, clock, "KTP", "L01", 6)
    clock.forward(timedelta(days=1))
    await daily.tell_due(db, await store.the_mall(db, None))


async def try_out(line: httpx.AsyncClient, **what: Any) -> httpx.Response:
    return await line.post("/api/simulations", json={"tenant": "DUKCAPIL", **what}, timeout=60)


async def test_a_manager_lives_a_day_again(house: House, clock: StoppedClock, db: Db) -> None:
    await a_day(house, clock, db)
    async with house.client(await house.token(Role.MANAGER)) as line:
        what = {"policy": {"priority_weight": 1}, "more_counters": 1}
        both = await asyncio.gather(try_out(line, **what), try_out(line, **what))
        answer, other = sorted(both, key=lambda one: one.status_code)
        assert (answer.status_code, other.status_code, other.json()["code"]) == (200, 409, "trying"), answer.text
        view = answer.json()
        assert (view["days"], view["last"]) == (1, "2026-11-23")
        assert [view[name]["all"]["n"] for name in ("happened", "as_it_was", "tried")] == [6, 6, 6]
        assert view["happened"]["all"]["median"] == view["as_it_was"]["all"]["median"] == 3.0
        assert view["tried"]["all"]["mean"] <= 3.0
        assert view["happened"]["priority"] is None or view["happened"]["priority"]["n"] == 0
        empty = (await try_out(line, first="2026-11-02", last="2026-11-03")).json()
        assert (empty["days"], empty["happened"]) == (0, None)
        refused = {"last": "2026-11-24"}, {"first": "2026-11-20", "last": "2026-11-19"}, {"first": "2026-01-01"}
        assert [(await try_out(line, **what)).status_code for what in refused] == [400, 400, 400]
        assert (await try_out(line, more_counters=99)).status_code == 400
    async with house.client(await house.token(Role.SUPERVISOR, "own", tenant="POLRES")) as line:
        assert (await try_out(line)).status_code == 403
        assert (await try_out(line, tenant="POLRES", first="2026-11-02", last="2026-11-02")).status_code == 200
