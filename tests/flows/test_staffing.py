"""Counters per hour over HTTP: who may ask, what is refused, and what is said where there is too little history."""

import httpx

from tests.flows.house import House
from ticketing.core.access import Role


async def ask(line: httpx.AsyncClient, query: str = "") -> httpx.Response:
    return await line.get(f"/api/staffing{query}")


async def test_a_manager_asks_for_all_a_supervisor_for_the_own_tenant(house: House) -> None:
    async with house.client(await house.token(Role.MANAGER)) as line:
        found = (await ask(line)).json()
        assert (found["tenant"], found["state"], found["target_minutes"]) == ("DUKCAPIL", "few_days", 15)
        assert (found["days"], found["result"], len(found["tenants"])) == (0, None, 2)
        assert found["weekday"] in found["weekdays"]
        closed = (await ask(line, "?tenant=POLRES&weekday=6&target=20")).json()
        assert (closed["tenant"], closed["state"], closed["target_minutes"]) == ("POLRES", "closed", 20)
        for query, status, words in (
            ("?tenant=NONE", 404, "no tenant 'NONE'"),
            ("?weekday=7", 400, "0 (Monday) to 6"),
            ("?target=0", 400, "1 to 120"),
        ):
            answer = await ask(line, query)
            assert (answer.status_code, words in answer.json()["detail"]) == (status, True), answer.text
    async with house.client(await house.token(Role.SUPERVISOR, tenant="POLRES")) as line:
        own = (await ask(line)).json()
        assert (own["tenant"], [one["code"] for one in own["tenants"]]) == ("POLRES", ["POLRES"])
        assert (await ask(line, "?tenant=DUKCAPIL")).status_code == 403
