"""What whoever knows a ticket's code can do, and what whoever guesses codes cannot."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from hardware.core.written import ALPHABET, CODE_LENGTH
from tests.flows.house import House
from ticketing.core.access import Role
from ticketing.holders import UNKNOWN_CODES_A_MINUTE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def take(line: httpx.AsyncClient, service: str = "KTP") -> dict[str, Any]:
    answer = await line.post("/api/tickets", json={"service": service, "request": uuid4().hex})
    assert answer.status_code == 201
    return dict(answer.json())


async def test_a_holder_is_late_once_and_a_nervous_finger_counts_as_one(house: House) -> None:
    async with house.client(await house.token(Role.GREETER)) as hall, house.client() as phone:
        first, _ = await take(hall), await take(hall)
        house.clock.forward(timedelta(minutes=1))
        async with house.follow(f"/live/tickets/{first['code']}") as live:
            await live.until(lambda view: view["late_places"] == 1)
            path, tap = f"/api/tickets/{first['code']}/late", {"request": uuid4().hex}
            answers = [await phone.post(path, json=tap) for _ in range(2)]
            assert [(a.status_code, a.json()["ahead"], a.json()["deferred"]) for a in answers] == [(200, 1, True)] * 2
            await live.until(lambda view: view["ahead"] == 1 and view["late_places"] is None)
            again = await phone.post(path, json={"request": uuid4().hex})
            assert (again.status_code, again.json()["code"]) == (409, "late_already")
    assert (await house.told()).count("deferred") == 1


async def test_a_ticket_that_is_sent_to_another_agency_follows_the_queue_there(house: House) -> None:
    async with house.client(await house.token(Role.ADMINISTRATOR)) as hall:
        ticket = await take(hall)
        async with house.follow(f"/live/tickets/{ticket['code']}") as live:
            await hall.post("/api/counters/L01/open")
            await hall.post("/api/counters/L01/call-next")
            await hall.post("/api/counters/L01/transfer", json={"service": "SKCK"})
            sent = await live.until(lambda view: view["transferred_at"])
            assert (sent["tenant"]["code"], sent["service"]["code"], sent["late_places"]) == ("POLRES", "SKCK", None)
            await take(hall, "SKCK")
            await live.until(lambda view: view["late_places"] == 1, seconds=10)


async def test_a_ticket_is_kept_by_no_cache_and_listed_by_no_search_engine(house: House) -> None:
    async with house.client(await house.token(Role.GREETER)) as hall, house.client() as phone:
        code = (await take(hall))["code"]
        for path in (f"/api/tickets/{code}", f"/t/{code}"):
            headers = (await phone.get(path)).headers
            assert "no-store" in headers["cache-control"], path
            assert "noindex" in headers["x-robots-tag"], path
            assert headers["referrer-policy"] == "no-referrer", path


async def test_whoever_guesses_codes_is_stopped_and_a_page_that_waits_for_its_own_is_not(house: House) -> None:
    def code(nth: int) -> str:
        return (ALPHABET[nth // len(ALPHABET)] + ALPHABET[nth % len(ALPHABET)]).ljust(CODE_LENGTH, "a")

    async with house.client(await house.token(Role.GREETER)) as hall, house.client() as line:
        known = (await take(hall))["code"]
        for _ in range(UNKNOWN_CODES_A_MINUTE + 1):
            assert (await line.get(f"/api/tickets/{code(0)}")).status_code == 404, "the same code again is no guess"
        tried = [(await line.get(f"/api/tickets/{code(n)}")).status_code for n in range(UNKNOWN_CODES_A_MINUTE + 1)]
        assert tried == [404] * UNKNOWN_CODES_A_MINUTE + [429]
        for path in (f"/api/tickets/{known}", f"/t/{known}"):
            assert (await line.get(path)).status_code == 429, "a guess that is right tells nothing either"
        cancel = await line.post(f"/api/tickets/{known}/cancel", json={"request": uuid4().hex})
        assert (cancel.status_code, cancel.json()["code"]) == (429, "too_many_requests")
        async with house.follow(f"/live/tickets/{known}") as live:
            assert await live.closed() == 4429
