"""A server without a mall: its console tells a code, and who types it in has a mall and is its administrator."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from mpp import store
from mpp.config import Config
from mpp.description.founding import Founding
from tests.flows.house import ADDRESS, House, open_house
from tests.stopped_clock import StoppedClock
from ticketing.core.mall_entries import SPOKEN
from ticketing.db import Db

BODY = {
    "mall": "MPP Soe",
    "place": "Soe",
    "timezone": "Asia/Makassar",
    "name": "Siti",
    "login": "Siti",
    "password": "rahasia-siti",
}


@pytest.fixture
async def empty(database: str, tmp_path: Path, clock: StoppedClock) -> AsyncIterator[House]:
    """Run a server on an empty database."""
    settings = Config(data=tmp_path, database=database, port=0, public_url=ADDRESS, voice=False, forecast=False)
    async with open_house(settings, clock) as opened:
        yield opened
        await opened.replay()


def code_in(log: str) -> str:
    """Read the code as one does who looks at the console."""
    found = re.search(r"/manage/setup and type in the code (\S+)", log)
    assert found is not None
    return found[1]


async def begin(line: httpx.AsyncClient, **other: str) -> httpx.Response:
    return await line.post("/api/setup/first", json={**BODY, **other})


async def test_the_first_mall_is_begun_with_the_code_of_the_console(
    empty: House, caplog: pytest.LogCaptureFixture
) -> None:
    code = code_in("\n".join(record.getMessage() for record in caplog.get_records("setup")))
    async with empty.client() as line:
        assert (await line.get("/api/setup/first")).json() == {"is_open": True}
        for nobody in (await line.post("/api/devices", json={"kind": "kiosk"}), await line.get("/api/info")):
            assert (nobody.status_code, nobody.json()["code"]) == (404, "no_mall")
        assert (await begin(line, code="AAAAAAAAAAAA")).json()["code"] == "wrong_first_code"
        assert (await begin(line, code=code, timezone="Asia/Kupang")).status_code == 400
        assert (await begin(line, code=code, password="kurang")).status_code == 400
        assert (await begin(line, code=code, **{"login": "a b"})).status_code == 400

        me = await begin(line, code=code.lower().replace("-", " "))
        assert me.status_code == 200, me.text
        assert (me.json()["role"], me.json()["mall"]["name"]) == ("administrator", "MPP Soe")
        assert (await line.get("/api/setup/first")).json() == {"is_open": False}
        assert (await begin(line, code=code)).json()["code"] == "begun_already"

        shown: dict[str, Any] = (await line.get("/api/setup")).json()
        assert not shown["is_whole"]
        assert [one["path"] for one in shown["problems"]] == ["$.tenants", "$.counters"]
        (version,) = (await line.get("/api/setup/versions")).json()
        assert (version["way"], version["by"]) == ("begun", None)
        line.cookies.clear()
        again = {"login": "siti", "password": BODY["password"]}
        assert (await line.post("/api/session", json=again)).status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_beginning_that_breaks_off_leaves_nothing_behind_and_can_be_repeated(db: Db) -> None:
    founding = Founding(SPOKEN)
    mall, person = (BODY["mall"], BODY["place"], BODY["timezone"]), (BODY["name"], BODY["login"], BODY["password"])
    async with db.writer.begin() as line:
        await line.execute(
            text("CREATE TRIGGER stop BEFORE INSERT ON membership BEGIN SELECT RAISE(ABORT, 'the power went'); END")
        )
    with pytest.raises(IntegrityError, match="the power went"):
        await founding.begin(db, founding.code, mall, person)
    assert await db.malls() == []
    async with db.writer.begin() as line:
        await line.execute(text("DROP TRIGGER stop"))
    begun, login = await founding.begin(db, founding.code, mall, person)
    found, malls = await store.person(db, login)
    assert (found is not None, [id for id, _ in malls], await db.malls()) == (True, [begun], [begun])
