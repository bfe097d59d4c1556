"""By which policy visitors are called: changed by those who lead, with effect from a time."""

from datetime import timedelta
from uuid import uuid4

import httpx
from sqlalchemy import update

from mpp import setup
from mpp.tables import Token
from tests.flows.house import House
from tests.stopped_clock import StoppedClock
from ticketing.core.access import Role

FAIR = {"priority_weight": 1, "ordinary_weight": 1}


async def call(staff: httpx.AsyncClient, counter: str) -> str:
    """Call the next visitor, serve, and return the number."""
    called = (await staff.post(f"/api/counters/{counter}/call-next")).json()
    for step in ("start", "finish"):
        assert (await staff.post(f"/api/counters/{counter}/{step}")).status_code == 200
    return str(called["number"])


async def take(staff: httpx.AsyncClient, *, priority: bool) -> str:
    body = {"service": "KTP", "priority": priority, "request": uuid4().hex}
    return str((await staff.post("/api/tickets", json=body)).json()["number"])


async def test_a_policy_holds_from_its_time_on_for_its_tenant(house: House, clock: StoppedClock) -> None:
    async with house.client(await house.token(Role.MANAGER)) as staff:
        await staff.post("/api/counters/L01/open")
        tenant = next(line for line in (await staff.get("/api/counters")).json() if line["code"] == "L01")["tenant"]
        starts = clock.now() + timedelta(minutes=30)
        body = {"tenant": tenant, "since": starts.isoformat(), "policy": FAIR, "request": "a" * 32}
        for _ in range(2):
            told = (await staff.post("/api/policies", json=body)).json()
        line = next(one for one in told["tenants"] if one["tenant"]["code"] == tenant)
        assert (line["is_own"], [one["policy"]["priority_weight"] for one in line["coming"]]) == (False, [1])

        ordinary, favoured = await take(staff, priority=False), await take(staff, priority=True)
        clock.forward(timedelta(minutes=10))
        assert await call(staff, "L01") == favoured, "the old rule: a minute of the favoured counts five"
        late = await take(staff, priority=True)
        clock.forward(timedelta(minutes=25))
        assert await call(staff, "L01") == ordinary, "the new rule: who waited longer"
        assert await call(staff, "L01") == late
        own = [one["policy"] for one in (await staff.get("/api/policies")).json()["tenants"] if one["is_own"]]
        assert [rules["priority_weight"] for rules in own] == [1]
        assert (
            next(one for one in (await staff.get("/api/policies")).json()["tenants"] if one["is_own"])["policy"][
                "priority_weight"
            ]
            == 1
        )
        assert (await house.told()).count("policy_changed") == 1, "asked twice, done once"


async def test_the_favoured_count_as_if_they_had_come_earlier_and_short_services_count_more(house: House) -> None:
    async with house.client(await house.token(Role.MANAGER)) as staff:
        await staff.post("/api/counters/L01/open")
        rules = {"priority_weight": 1, "head_start": 25, "favour_short": 50}
        assert (await staff.post("/api/policies", json={"policy": rules})).status_code == 200
        ordinary, favoured = await take(staff, priority=False), await take(staff, priority=True)
        queue = (await staff.get("/api/counters/L01")).json()["queue"]
        assert [(item["number"], item["head_start"]) for item in queue] == [(favoured, 25), (ordinary, 0)]
        assert all(item["weight"] > 0 for item in queue)


async def test_a_change_is_taken_back_before_it_begins_and_nonsense_is_refused(
    house: House, clock: StoppedClock
) -> None:
    async with house.client(await house.token(Role.MANAGER)) as staff:
        later = (clock.now() + timedelta(hours=1)).isoformat()
        assert (await staff.post("/api/policies", json={"since": later, "policy": FAIR})).status_code == 200
        told = (await staff.post("/api/policies/take-back", json={"since": later})).json()
        assert told["mall"]["coming"] == []
        for body, code in (
            ({"since": later}, "no_policy_there"),
            ({"since": later, "tenant": "NOBODY"}, "unknown_tenant"),
        ):
            assert (await staff.post("/api/policies/take-back", json=body)).json()["code"] == code
        past = (clock.now() - timedelta(minutes=1)).isoformat()
        for change, code in (
            ({"policy": FAIR, "since": past}, "policy_in_past"),
            ({}, "policy_missing"),
            ({"tenant": "NOBODY", "policy": FAIR}, "unknown_tenant"),
            ({"policy": {"priority_weight": 0}}, "bad_request"),
            ({"policy": {"favour_short": 101}}, "bad_request"),
            ({"policy": {"weight": 2}}, "bad_request"),
            ({"policy": FAIR, "day": "2099-01-01"}, "policy_too_far"),
            ({"policy": FAIR, "since": "2099-01-01T08:00:00"}, "bad_request"),  # of which time zone?
        ):
            assert (await staff.post("/api/policies", json=change)).json()["code"] == code, change


async def test_today_is_now_and_there_is_an_end_to_what_is_to_come(house: House, clock: StoppedClock) -> None:
    async with house.client(await house.token(Role.MANAGER)) as staff:
        today = clock.now().date().isoformat()
        told = (await staff.post("/api/policies", json={"policy": FAIR, "day": today})).json()
        assert (told["mall"]["policy"]["priority_weight"], told["mall"]["coming"]) == (1, [])
        days = [(clock.now() + timedelta(days=nth)).isoformat() for nth in range(1, 22)]
        codes = [(await staff.post("/api/policies", json={"policy": FAIR, "since": day})).status_code for day in days]
        assert codes == [200] * 20 + [409]
        again = await staff.post("/api/policies", json={"policy": FAIR, "since": days[3]})
        assert again.status_code == 200, "another rule for the same time is no more"


async def test_rights_that_were_given_for_one_tenant_do_not_reach_further(house: House) -> None:
    tied = await house.token(Role.SUPERVISOR, "s", "POLRES")
    async with setup.change(house.config, None) as tx:  # as an older version let it be given
        await tx.session.execute(update(Token).where(Token.name == "s").values(role=Role.MANAGER))
    async with house.client(tied) as leader:
        for door in ("/api/policies", "/api/policies/take-back"):
            body = {"since": "2026-12-01T08:00:00+08:00"} | ({"policy": FAIR} if door == "/api/policies" else {})
            answer = await leader.post(door, json=body)
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


async def test_who_may_see_and_change_policies(house: House) -> None:
    async with house.client(await house.token(Role.MANAGER)) as staff:
        tenants = [line["tenant"]["code"] for line in (await staff.get("/api/policies")).json()["tenants"]]
    own = await house.token(Role.SUPERVISOR, "s", tenants[0])
    async with house.client(own) as supervisor, house.client(await house.token(Role.OFFICER, "o")) as officer:
        seen = (await supervisor.get("/api/policies")).json()
        assert [line["tenant"]["code"] for line in seen["tenants"]] == tenants[:1]
        assert (await supervisor.post("/api/policies", json={"policy": FAIR})).status_code == 403
        assert (await officer.get("/api/policies")).status_code == 403
