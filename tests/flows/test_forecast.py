"""Waits are foretold while the hall goes on: before a number is taken, on the answer, on the phone, at the counter."""

import json
import os
import shutil
import signal
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from counters import foreteller
from mpp import setup
from mpp.config import Config
from tests.flows.house import ADDRESS, House
from tests.ticketing.deeds import wita
from ticketing.core.access import Role


@pytest.fixture
async def config(sqlite_mall: Path, mall_yaml: str, tmp_path: Path) -> Config:
    """Put a mall that wants no numbers in vain into SQLite: what a forecast reads is tested on both elsewhere."""
    shutil.copy(sqlite_mall, tmp_path / "mpp.sqlite")
    settings = Config(data=tmp_path, port=0, public_url=ADDRESS, voice=False)
    mall = tmp_path / "mall.yaml"
    mall.write_text(mall_yaml + "\nclosing: {mode: stop, percent: 99}\n", encoding="utf-8")
    await setup.import_mall(settings, mall)
    return settings


def range_of(view: dict[str, Any]) -> str | None:
    outlook = view["outlook"]
    return outlook and str(outlook["kind"])


def offer(view: dict[str, Any], code: str) -> dict[str, Any]:
    return next(service for tenant in view["tenants"] for service in tenant["services"] if service["code"] == code)


async def test_a_wait_is_foretold_from_the_kiosk_to_the_counter(house: House) -> None:
    manager = await house.token(Role.MANAGER)
    async with house.client(manager) as client, house.follow("/live/info") as kiosk:
        await client.post("/api/counters/L01/open", json={"request": "a"})
        await kiosk.until(lambda view: range_of(offer(view, "KK")) == "soon")
        tickets = []
        for number in range(3):
            tickets.append((await client.post("/api/tickets", json={"service": "KK", "request": f"t{number}"})).json())
            house.clock.forward(timedelta(seconds=20))
        assert range_of(tickets[0]) == "soon"  # what the kiosk has shown, not what nobody has reckoned yet
        await client.post("/api/counters/L01/call-next", json={"request": "b"})
        async with house.follow(f"/live/tickets/{tickets[2]['code']}") as phone:
            view = await phone.until(lambda view: range_of(view) == "range")
            assert 5 <= view["outlook"]["most"] <= 60
        desk = (await client.get("/api/counters/L01")).json()
        assert [range_of(item) for item in desk["queue"]] == ["range", "range"]
        assert desk["current"]["outlook"] is None
        board = (await client.get("/api/boards/A")).json()
        assert {tenant["code"] for tenant in board["waiting"] if tenant["outlook"]} == {"DUKCAPIL"}
        await looks_ahead(house, client, manager)
        house.clock.forward(timedelta(minutes=2))
        assert offer((await client.get("/api/info")).json(), "KK")["outlook"] is None  # too old to be shown
        await client.post("/api/counters/L02/open", json={"request": "c"})
        await kiosk.until(lambda view: offer(view, "KK")["outlook"] is not None)
        for code, time in (("LATE", "13.30"), ("INTIME", "14.20")):
            agreed = {"request": code, "service": "KTP", "day": "2026-11-23", "time": time, "code": code}
            assert (await client.post("/api/appointments", json=agreed)).json()["faults"] == []
        house.clock.at = wita(23, 14, 20)
        for number in range(9):
            await client.post("/api/tickets", json={"service": "KTP", "request": f"late{number}"})
        await kiosk.until(lambda view: offer(view, "KTP")["is_late"])
        order = {"service": "KTP", "request": "in-vain"}
        async with house.client(await house.device(Role.KIOSK, "K01")) as touched:
            for refused in (
                await touched.post("/api/tickets", json=order),
                await touched.post("/api/appointments/LATE/arrive", json={"request": "half-an-hour"}),
            ):
                assert (refused.status_code, refused.json()["code"]) == (409, "too_late")
            came = await touched.post("/api/appointments/INTIME/arrive", json={"request": "to-the-minute"})
            assert came.status_code == 201, "who comes as agreed is served"
        assert (await client.post("/api/tickets", json=order)).status_code == 201  # people may know better


async def looks_ahead(house: House, client: httpx.AsyncClient, token: str) -> None:
    """Let the tenant look ahead: the shorter service is proposed, called, and the log tells why."""
    short = (await client.post("/api/tickets", json={"service": "KTP", "request": "short"})).json()
    promised = [json.loads(event.body).get("promised") for event in await house.log() if event.kind == "issued"]
    assert promised == [None, None, None, short["outlook"]["most"]], "the log has what was told in minutes"
    assert range_of(short) == "range"
    rules = {"mode": "look_ahead"}
    assert (await client.post("/api/policies", json={"tenant": "DUKCAPIL", "policy": rules})).status_code == 200
    async with house.follow("/live/counters/L01", token) as console:
        view = await console.until(lambda view: view["next_why"]["reason"] == "look_ahead")
        assert view["next"]["number"] == view["queue"][0]["number"] == short["number"]
        assert 0 < view["next_why"]["cost"] <= view["next_why"]["runner_up_cost"]
        await client.post("/api/counters/L01/miss")
        called = (await client.post("/api/counters/L01/call-next")).json()
        why = (await console.until(lambda view: view["called_why"]))["called_why"]
    assert (called["number"], why["reason"], why["runner_up"]) == (short["number"], "look_ahead", "B-002")
    assert why["score"] < why["runner_up_score"]


@pytest.mark.long
async def test_without_a_forecaster_views_go_on_without_ranges_until_another_is_there(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreteller, "REST_SECONDS", 1.0)
    async with house.client(await house.token(Role.MANAGER)) as client, house.follow("/live/info") as kiosk:
        await client.post("/api/counters/L01/open", json={"request": "a"})
        await kiosk.until(lambda view: offer(view, "KK")["outlook"] is not None)
        (first,) = forecasters()
        os.kill(first, signal.SIGKILL)
        house.clock.forward(timedelta(minutes=2))
        ticket = (await client.post("/api/tickets", json={"service": "KK", "request": "t"})).json()
        assert (ticket["ahead"], range_of(ticket)) == (0, None)
        assert offer((await client.get("/api/info")).json(), "KK")["outlook"] is None
        await kiosk.until(lambda view: offer(view, "KK")["outlook"] is not None)
        (second,) = forecasters()
        assert second != first


def forecasters() -> list[int]:
    """Return the forecasters that this process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it may have ended meanwhile
            parent = int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"counters.foresight" in (stat.parent / "cmdline").read_bytes():
                found.append(int(stat.parent.name))
    return found
