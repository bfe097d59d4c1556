"""The history over HTTP: who may see what, what is refused, and that page, CSV and workbook say the same."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import httpx
import openpyxl  # type: ignore[import-untyped]  # it ships no types
import pytest

from tests.flows.house import House
from tests.stopped_clock import StoppedClock
from ticketing.core.access import Role

TODAY = "2026-11-23"


async def serve(line: httpx.AsyncClient, clock: StoppedClock, service: str, counter: str, times: int) -> None:
    """Let visitors come and be served: three minutes of waiting, five at the counter."""
    await line.post(f"/api/counters/{counter}/open", json={})
    for nth in range(times):
        assert (
            await line.post("/api/tickets", json={"service": service, "request": f"tap-{service}-{nth:03d}"})
        ).status_code == 201
        clock.forward(timedelta(minutes=3))
        for step in ("call-next", "start", "finish"):
            answer = await line.post(f"/api/counters/{counter}/{step}", json={})
            assert answer.status_code == 200, answer.text
            clock.forward(timedelta(minutes=5) if step == "start" else timedelta())


async def ask(line: httpx.AsyncClient, query: str = "") -> dict[str, Any]:
    answer = await line.get(f"/api/history{query}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_manager_sees_all_a_supervisor_the_own_tenant(house: House, clock: StoppedClock) -> None:
    async with house.client(await house.token(Role.MANAGER)) as line:
        await serve(line, clock, "KTP", "L01", 6)
        await serve(line, clock, "SKCK", "L03", 5)
        whole = await ask(line)
        assert whole["total"]["n"] == 11
        assert {line["key"]: line["figures"]["wait"]["median"] for line in whole["groups"]} == {
            "DUKCAPIL": 180.0,
            "POLRES": 180.0,
        }
        assert [(one["day"], one["arrivals"], one["median"]) for one in whole["days"]] == [(TODAY, 11, 180.0)]
        assert (await ask(line, "?tenant=POLRES"))["total"]["n"] == 5
        assert (await ask(line, "?by=role"))["groups"][0]["key"] == "manager"
        assert (await ask(line, "?role=manager"))["total"]["n"] == 11
        assert (await ask(line, "?role=officer"))["total"]["n"] == 0
        assert (await ask(line, "?by=service&priority=true"))["total"]["n"] == 0
        both = {path: await line.get(f"/api/history.{path}?by=tenant") for path in ("csv", "xlsx")}
        assert all(
            f'"kecil-all-2026-10-25-{TODAY}-tenant.{path}"' in both[path].headers["content-disposition"]
            for path in both
        )
        rows = list(csv.reader(StringIO(both["csv"].content.decode("utf-8-sig"))))
        sheet = openpyxl.load_workbook(BytesIO(both["xlsx"].content))["tenant"]
        assert [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] == [
            [cell.removesuffix(".0") for cell in row] for row in rows
        ]
        told = dict(zip(rows[0], rows[1], strict=True))
        assert (told["tenant"], told["n"], told["wait_median_minutes"], told["in_promise"]) == (
            "DUKCAPIL",
            "6",
            "3.0",
            "1.0",
        )
    async with house.client(await house.token(Role.SUPERVISOR, tenant="POLRES")) as line:
        own = await ask(line)
        assert (own["total"]["n"], [one["code"] for one in own["tenants"]]) == (5, ["POLRES"])
        assert [one["key"] for one in own["groups"]] == ["POLRES"]
        assert (await line.get("/api/history?tenant=DUKCAPIL")).status_code == 403
        assert (await line.get("/api/history.csv?tenant=NONE")).status_code == 403


async def test_small_groups_are_withheld_and_said_so(house: House, clock: StoppedClock) -> None:
    async with house.client(await house.token(Role.MANAGER)) as line:
        await serve(line, clock, "KTP", "L01", 6)
        await serve(line, clock, "SKCK", "L03", 1)
        shown = await ask(line)
        assert [group["figures"] for group in shown["groups"]] == [None, None]
        assert shown["total"]["n"] == 7
        assert shown["smallest_group"] == 5
        text = (await line.get("/api/history.csv")).content.decode("utf-8-sig")
        assert text.count("withheld: groups under 5") == 2


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_nonsense_is_refused_in_words(house: House) -> None:
    async with house.client(await house.token(Role.MANAGER)) as line:
        for query, status, words in (
            ("from=2026-11-20&to=2026-11-10", 400, "exchange `from` and `to`"),
            ("from=2026-11-24&to=2026-11-25", 400, "still to come"),
            ("from=2020-01-01", 400, "longer than 1096 days"),
            ("from=yesterday", 400, ""),
            ("by=colour", 400, ""),
            ("hour=24", 400, "0 to 23"),
            ("weekday=7", 400, "0 (Monday) to 6"),
            ("tenant=NONE", 404, "no tenant 'NONE'"),
            ("role=kiosk", 400, "one of administrator"),
            ("zone=NONE", 404, "no zone 'NONE'"),
        ):
            answer = await line.get(f"/api/history?{query}")
            assert (answer.status_code, words in answer.json()["detail"]) == (status, True), answer.text
