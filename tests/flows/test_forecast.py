"""Waits are foretold while the hall goes on: before a number is taken, on the answer, on the phone, at the counter."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mpp.config import Config
from tests.flows.house import ADDRESS, House
from ticketing.core.access import Role


@pytest.fixture
async def config(sqlite_mall: Path, tmp_path: Path) -> Config:
    """Put the mall into SQLite: what a forecast reads is tested on both databases elsewhere."""
    shutil.copy(sqlite_mall, tmp_path / "mpp.sqlite")
    return Config(data=tmp_path, port=0, public_url=ADDRESS, voice=False)


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
        house.clock.forward(timedelta(minutes=2))
        assert offer((await client.get("/api/info")).json(), "KK")["outlook"] is None  # too old to be shown
        await client.post("/api/counters/L02/open", json={"request": "c"})
        await kiosk.until(lambda view: offer(view, "KK")["outlook"] is not None)
