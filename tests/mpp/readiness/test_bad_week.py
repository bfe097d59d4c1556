"""The demo mall scored after a good week, and again after a bad one: the checks turn, and say where and when."""

import shutil
from collections.abc import AsyncIterator
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from mpp import daily
from mpp.readiness import assess
from mpp.readiness.core.shapes import State
from mpp.readiness.views import CheckPart
from tests.bench.made import Year, make
from tests.bench.made_hall import Habits
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import hall_of, wita
from ticketing import malls
from ticketing.core import mall_file
from ticketing.core.ids import MallId
from ticketing.core.policy import Policy
from ticketing.db import Db
from ticketing.live import Live

BAD_SINCE = date(2026, 11, 16)
GOOD = Habits(pace=0.4, punctual=True)
BAD = Habits(
    pace=1.25,  # everything takes longer than promised, so that people wait
    rules=Policy(ordinary_weight=5, priority_weight=1),  # the favoured are called last
    rest=timedelta(minutes=90),
    rest_together=True,  # nobody is there at noon
    silent=frozenset({"IMIGRASI", "KEJARI"}),
)

TURNED = ("R18", "R19", "R23", "R24", "R27")


@pytest.fixture
async def lived(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[tuple[Db, MallId, StoppedClock]]:
    """Give the demo mall with a good week, 9 to 13 November 2026, and a bad one after it."""
    shutil.copy(sqlite_template, tmp_path / "mpp.sqlite")
    mall = mall_file.read(files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8"))
    clock = StoppedClock(wita(23, 7))
    db = Db(f"sqlite+aiosqlite:///{tmp_path / 'mpp.sqlite'}", clock, Live())
    mall_id = await malls.ensure(db, mall)
    async with db.write(mall_id, "test") as tx:
        await malls.replace(tx, mall)
    weeks = Year(date(2026, 11, 9), date(2026, 11, 20), 2200)
    await make(db, mall_id, mall, weeks, 7, lambda day: BAD if day >= BAD_SINCE else GOOD)
    await daily.tell_due(db, mall_id)
    yield db, mall_id, clock
    await db.close()


async def judged(db: Db, mall: MallId) -> dict[str, CheckPart]:
    return {one.id: one for one in (await assess.view(hall_of(db), mall)).checks}


async def test_a_bad_week_turns_what_the_hall_is_judged_by(lived: tuple[Db, MallId, StoppedClock]) -> None:
    db, mall, clock = lived
    clock.at = wita(16, 7)
    good = await judged(db, mall)
    clock.at = wita(23, 7)
    bad = await judged(db, mall)
    assert {id: good[id].state for id in TURNED} == dict.fromkeys(TURNED, State.OK)
    assert {id: bad[id].state for id in TURNED} == dict.fromkeys(TURNED, State.FAIL)
    assert [one.state for one in (good["R25"], bad["R25"])] == [State.OK] * 2, "within a class nobody was passed"

    for id in ("R18", "R23", "R24"):
        places = [one for one in bad[id].evidence if one.counter]
        assert any(one.hour is not None for one in places), f"{id} names counters, and an hour"
        assert all(one.counter and f"Loket {one.counter.name}" in one.text for one in places)
    assert any(one.counter and one.hour == 12 for one in bad["R19"].evidence), "all rest at noon"
    assert [one.text.split(":")[0] for one in bad["R27"].evidence[1:]] == ["Imigrasi", "Kejaksaan"]
