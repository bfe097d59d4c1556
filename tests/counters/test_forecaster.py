"""The forecaster: a process beside the server."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from counters.core.forecast.question import Question
from counters.forecaster import Forecaster, Silent
from tests.counters.desk import call, open_
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import take
from ticketing.core.ids import MallId, TenantId
from ticketing.db import Db


def ask_of(mall: MallId, tenant: TenantId, clock: StoppedClock) -> Question:
    return Question(mall_id=mall, tenant_id=tenant, now=clock.now())


async def test_another_process_foretells_while_the_loop_goes_on(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await open_(db, mall, "L01")
    first = await take(db, mall, "KK")
    await call(db, mall, "L01")
    clock.forward(timedelta(minutes=1))
    second = await take(db, mall, "KK")
    forecaster = Forecaster(db.url.render_as_string(hide_password=False))
    question = asyncio.create_task(forecaster.ask(ask_of(mall, first.tenant_id, clock)))
    turns = 0
    while not question.done():
        await asyncio.sleep(0.001)
        turns += 1
    answer = question.result()
    assert turns > 20
    assert answer is not None
    assert [one.ticket_id for one in answer.waiting] == [second.id]
    assert 5 < answer.waiting[0].chance.forecast.q50 < 15
    await forecaster.close()


async def test_one_that_does_not_answer_is_ended(tmp_path: Path, clock: StoppedClock) -> None:
    forecaster = Forecaster(f"sqlite+aiosqlite:///{tmp_path / 'none.sqlite'}", patience=0.05)
    with pytest.raises(Silent):
        await forecaster.ask(ask_of(MallId(1), TenantId(1), clock))
