"""Who may enter which agreed times over HTTP, and the number that a kiosk gives out for one, once."""

from datetime import date, timedelta

import pytest

from tests.flows.house import House
from ticketing.core.access import Role

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_a_tenant_enters_its_own_and_a_visitor_comes_once(house: House) -> None:
    supervisor, officer = (
        await house.token(Role.SUPERVISOR, "s", "DUKCAPIL"),
        await house.token(Role.OFFICER, "o", "POLRES"),
    )
    kiosk = await house.token(Role.KIOSK)
    async with house.client(supervisor) as tenant, house.client(officer) as other, house.client(kiosk) as visitor:
        view = (await tenant.get("/api/appointments")).json()
        assert {one["code"] for one in view["services"]} == {"KTP", "KK"}
        today = date.fromisoformat(view["today"])
        text = f"KTP;{today};10.00;AB12\nKK;{today + timedelta(days=1)};10.00;AB13"
        done = (await tenant.post("/api/appointments/import", json={"request": "r1", "text": text})).json()
        again = (await tenant.post("/api/appointments/import", json={"request": "r1", "text": text})).json()
        assert ([one["code"] for one in done["added"]], done == again) == (["AB12", "AB13"], True)
        body = {"request": "r2", "service": "SKCK", "day": str(today), "time": "10.00"}
        assert (await tenant.post("/api/appointments", json=body)).json()["faults"][0]["reason"] == "tenant"

        assert (await other.get("/api/appointments")).json()["lines"] == []
        (first, second) = (one["id"] for one in done["added"])
        assert (await other.post(f"/api/appointments/{first}/withdraw")).status_code == 403

        for asked in (
            other.get("/api/appointments/AB12"),
            other.post("/api/appointments/AB12/arrive", json={"request": "x"}),
        ):
            assert (await asked).status_code == 404, "codes of another tenant are as good as none"
        assert (await other.get("/api/appointments/AB12?tenant=DUKCAPIL")).status_code == 403

        assert (await visitor.get("/api/kiosk")).json()["appointments"] is True
        assert (await visitor.get("/api/appointments/ab-12")).json()["service"]["code"] == "KTP"
        came = [(await visitor.post("/api/appointments/AB12/arrive", json={"request": "tap"})).json() for _ in "12"]
        assert (came[0]["number"], came[0] == came[1]) == ("B-001", True)
        used = await visitor.post("/api/appointments/AB12/arrive", json={"request": "another"})
        assert (used.status_code, used.json()["code"]) == (409, "appointment_used")

        assert (await tenant.post(f"/api/appointments/{first}/withdraw")).json()["code"] == "appointment_used"
        assert (await tenant.post(f"/api/appointments/{second}/withdraw")).json()["lines"] == []
    assert [kind for kind in await house.told() if kind.startswith(("appointment", "issued"))] == [
        "appointment_entered",
        "appointment_entered",
        "issued",
        "appointment_withdrawn",
    ]


async def test_who_guesses_codes_is_stopped_and_one_who_mistypes_is_not(house: House) -> None:
    officer, kiosk = await house.token(Role.OFFICER, "o", "DUKCAPIL"), await house.token(Role.KIOSK)
    async with house.client(officer) as staff, house.client(kiosk) as visitor:
        today = (await staff.get("/api/appointments")).json()["today"]
        body = {"request": "r", "service": "KTP", "day": today, "time": "10.00", "code": "1234"}
        assert len((await staff.post("/api/appointments", json=body)).json()["added"]) == 1
        mistyped = [(await visitor.get("/api/appointments/1235")).status_code for _ in range(6)]
        assert set(mistyped) == {404}
        assert (await visitor.get("/api/appointments/1234")).status_code == 200
        guesses = [(await visitor.get(f"/api/appointments/{code}")).status_code for code in range(2000, 2006)]
        assert guesses == [404] * 4 + [429] * 2
        assert (await visitor.post("/api/appointments/1234/arrive", json={"request": "r"})).status_code == 429
        assert (await staff.get("/api/appointments/1234")).status_code == 200


async def test_a_code_of_two_agencies_is_asked_about(house: House) -> None:
    kiosk, boss = await house.token(Role.KIOSK), await house.token(Role.MANAGER)
    async with house.client(boss) as staff, house.client(kiosk) as visitor:
        today = (await staff.get("/api/appointments")).json()["today"]
        text = f"KTP;{today};10.00;4711\nSKCK;{today};10.30;4711"
        done = await staff.post("/api/appointments/import", json={"request": "r", "text": text})
        assert len(done.json()["added"]) == 2
        shown = (await visitor.get("/api/appointments/4711")).json()
        assert (shown["tenant"]["code"], [one["code"] for one in shown["others"]]) == ("DUKCAPIL", ["POLRES"])
        meant = (await visitor.get("/api/appointments/4711?tenant=POLRES")).json()
        assert (meant["service"]["code"], meant["others"]) == ("SKCK", [])
        unsaid = await visitor.post("/api/appointments/4711/arrive", json={"request": "a"})
        assert (unsaid.status_code, unsaid.json()["code"]) == (409, "appointment_of_several")
        said = await visitor.post("/api/appointments/4711/arrive", json={"request": "b", "tenant": "POLRES"})
        assert said.json()["service"]["code"] == "SKCK"
        assert (await visitor.get("/api/appointments/4711?tenant=DUKCAPIL")).json()["standing"] == "early"
