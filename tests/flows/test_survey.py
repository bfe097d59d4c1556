"""The survey over HTTP: on the phone, at a kiosk, from paper; the results as page and files; what the public sees."""

import csv
from io import BytesIO, StringIO
from typing import Any

import httpx
import openpyxl  # type: ignore[import-untyped]  # it ships no types
import pytest

from tests.flows.house import House
from tests.flows.test_history import serve
from tests.stopped_clock import StoppedClock
from ticketing.core.access import Role

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ALL = {f"u{nth}": 4 for nth in range(1, 10)}


async def post(line: httpx.AsyncClient, path: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
    answer = await line.post(path, json={"request": f"tap-{path}", **body})
    assert answer.status_code == status, answer.text
    return dict(answer.json())


async def test_phone_kiosk_and_paper_come_to_one_result(house: House, clock: StoppedClock) -> None:
    manager, kiosk = await house.token(Role.MANAGER), await house.device(Role.KIOSK, "K01")
    greeter = await house.token(Role.GREETER, "Ina")
    async with house.client(manager) as line:
        await serve(line, clock, "KTP", "L01", 6)
        code = (await line.post("/api/tickets", json={"service": "KTP", "request": "one-more"})).json()["code"]
        for step in ("call-next", "start", "finish"):
            await line.post("/api/counters/L01/" + step, json={})
        assert (await line.get("/api/survey/tickets/B-001", params={"day": "2026-11-22"})).status_code == 404
    async with house.client() as line:
        shown = (await line.get(f"/api/tickets/{code}/survey")).json()
        assert (shown["state"], shown["quick"], shown["invited"]) == ("open", "open", True)
        assert (await post(line, f"/api/tickets/{code}/survey", {"scores": ALL}))["state"] == "answered"
        again = await post(line, f"/api/tickets/{code}/survey", {"scores": ALL, "request": "other"}, 409)
        assert again["code"] == "answered_already"
        assert (await post(line, f"/api/tickets/{code}/rating", {"mark": 2}))["quick"] == "answered"
        assert (await line.get("/api/survey")).status_code == 401
    async with house.client(kiosk) as line:
        assert (await line.get("/api/survey/tickets/b1")).json()["number"] == "B-001"
        await post(line, "/api/survey/tickets/B-001", {"scores": {**ALL, "u3": 1}})
        await post(line, "/api/survey/tickets/B-001/rating", {"mark": 4})
        assert (await line.get("/api/survey/tickets/B-002", params={"day": "2026-11-23"})).status_code == 403
    async with house.client(greeter) as line:
        for nth in (2, 3, 4):
            await post(line, f"/api/survey/tickets/B-00{nth}", {"scores": ALL, "day": "2026-11-23"})
        await post(line, "/api/survey/tickets/B-005", {"scores": {"u1": 1}})
    async with house.client(manager) as line:
        view = (await line.get("/api/survey")).json()
        total, counts = view["total"], view["counts"]
        assert (total["n"], total["score"]["index"], total["score"]["grade"]) == (5, "98.33", "A")
        assert total["score"]["lowest"][0] == "u3"
        assert (counts["invited"], counts["answered"], counts["incomplete"], counts["paper"]) == (7, 5, 1, 4)
        assert view["quick"] == {"n": 2, "marks": None}
        old = (await line.get("/api/survey", params={"weights": "0.11"})).json()
        assert (old["weights"], old["total"]["score"]["index"]) == ("0.11", "97.35")
        assert (await line.get("/api/survey", params={"from": "2027-01-01"})).status_code == 400
        files = {kind: await line.get(f"/api/survey.{kind}") for kind in ("csv", "xlsx")}
        rows = {
            row["by"] + row["key"]: row for row in csv.DictReader(StringIO(files["csv"].content.decode("utf-8-sig")))
        }
        assert (rows["totaltotal"]["ikm"], rows["tenantDUKCAPIL"]["nrr_u3"]) == ("98.33", "3.4")
        book = openpyxl.load_workbook(BytesIO(files["xlsx"].content))
        cells = dict(zip(*book["total"].iter_rows(values_only=True), strict=True))
        assert (cells["n"], cells["ikm"], cells["grade"]) == (5, 98.33, "A")
        assert "self-assessment" in [row[1] for row in book["counts"].iter_rows(values_only=True)]
    async with house.client(await house.token(Role.SUPERVISOR, "chief", "POLRES")) as line:
        own = (await line.get("/api/survey")).json()
        assert (own["total"]["n"], [one["code"] for one in own["tenants"]]) == (0, ["POLRES"])
        assert (await line.get("/api/survey", params={"tenant": "DUKCAPIL"})).status_code == 403
    async with house.client() as line:
        public = (await line.get("/api/survey/public")).json()
        assert (public["total"]["n"], public["is_running"]) == (5, True)
        assert not {"counts", "draws", "quick"} & set(public)
    told = [event for event in await house.log() if event.kind == "survey_answered"]
    assert [event.actor.split(":")[0] for event in told] == [
        "holder",
        "device",
        "program",
        "program",
        "program",
        "program",
    ]
