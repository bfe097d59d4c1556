"""Devices at their places: what each may, when it loses its right, and what happens when a line is cut."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from tests.flows.house import House, open_house
from ticketing.core.access import Role
from ticketing.core.device import PAIRING_LIFE
from ticketing.routes import KIOSK_TICKETS_A_MINUTE

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@ON_SQLITE
async def test_a_revoked_device_is_out_at_once(house: House) -> None:
    token = await house.device(Role.KIOSK, "K01")
    administrator = await house.token(Role.ADMINISTRATOR)
    async with house.client(token) as kiosk, house.client(administrator) as people:
        (line,) = (await people.get("/api/devices")).json()
        async with house.follow("/live/kiosk", token) as screen:
            await screen.next()
            assert (await people.post(f"/api/devices/{line['id']}/revoke")).status_code == 204
            assert await screen.closed() == 4401
        answer = await kiosk.post("/api/tickets", json={"service": "KTP", "request": "tap-00001"})
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
        assert (await people.get("/api/devices")).json() == []
        again = await people.post(f"/api/devices/{line['id']}/approve", json={"code": "K01", "name": "K01"})
        assert (again.status_code, again.json()["code"]) == (409, "pairing_over")


@ON_SQLITE
async def test_a_device_that_waits_or_was_never_let_in_may_nothing(house: House) -> None:
    async with house.client(origin=house.address) as browser:
        asked = (await browser.post("/api/devices", json={"kind": "board", "place": "A"})).json()
        assert asked["state"] == "waiting"
        assert (await browser.get("/api/boards/A")).status_code == 401
        assert (await browser.get("/api/devices/me?kind=board&place=A")).json()["state"] == "waiting"
        assert (await browser.get("/api/devices/me?kind=board&place=B")).status_code == 401
        assert (await browser.get("/api/devices/me?kind=kiosk")).status_code == 401
    async with house.follow("/live/boards/A", asked["token"]) as line:
        assert await line.closed() == 4401


@ON_SQLITE
async def test_a_screen_that_nobody_let_in_for_an_hour_shows_a_new_code(house: House) -> None:
    administrator = await house.token(Role.ADMINISTRATOR)
    async with house.client() as browser, house.client() as gone, house.client(administrator) as people:
        first = (await browser.post("/api/devices", json={"kind": "kiosk"})).json()
        await gone.post("/api/devices", json={"kind": "board"})
        assert len((await people.get("/api/devices")).json()) == 2
        house.clock.forward(PAIRING_LIFE)
        assert (await browser.get("/api/devices/me?kind=kiosk")).json()["pairing_code"] == first["pairing_code"]
        house.clock.forward(timedelta(seconds=1))
        assert (await people.get("/api/devices")).json() == [], "whoever asks no more is not listed for ever"
        again = (await browser.get("/api/devices/me?kind=kiosk")).json()
        assert (again["id"], again["state"]) == (first["id"], "waiting")
        assert again["pairing_code"] != first["pairing_code"]
        assert [line["id"] for line in (await people.get("/api/devices")).json()] == [first["id"]]
        approved = await people.post(f"/api/devices/{first['id']}/approve", json={"code": "K01", "name": "K01"})
        assert approved.status_code == 200
        assert (await browser.get("/api/kiosk")).status_code == 200


@ON_SQLITE
async def test_codes_of_places_and_devices_are_single_words(house: House) -> None:
    async with house.client(await house.token(Role.ADMINISTRATOR)) as people:
        asked = (await people.post("/api/devices", json={"kind": "printer"})).json()
        for word in ("P01\n", "P 01", "P01;", "", "Ä01"):
            pairing = await people.post("/api/devices", json={"kind": "board", "place": word})
            assert (pairing.status_code, pairing.json()["code"]) == (400, "bad_request"), word
            answer = await people.post(f"/api/devices/{asked['id']}/approve", json={"code": word, "name": "P"})
            assert (answer.status_code, answer.json()["code"]) == (400, "bad_request"), word


@ON_SQLITE
async def test_a_board_sees_and_speaks_in_its_own_zone_only(house: House) -> None:
    board = await house.device(Role.BOARD, "B01", zone="A")
    officer = await house.token(Role.OFFICER)
    async with house.client(officer) as counter, house.client(board) as tv:
        await counter.post("/api/tickets", json={"service": "SKCK", "request": "tap-00001"})
        await counter.post("/api/counters/L03/open")
        await counter.post("/api/counters/L03/call-next")
        async with house.follow("/live/boards/B", officer) as line:
            said = (await line.until(lambda view: view["voice"]))["voice"]
        for step in ("start", "end"):
            answer = await tv.post(f"/api/announcements/{said['id']}/{step}")
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
        assert (await tv.get("/api/boards/B")).status_code == 403
    async with house.follow("/live/boards/B", board) as line:
        assert await line.closed() == 4403
    async with house.follow("/live/boards/A", board) as line:
        assert (await line.next())["zone"]["code"] == "A"


@ON_SQLITE
async def test_a_stuck_finger_on_a_kiosk_is_stopped(house: House) -> None:
    async with house.client(await house.device(Role.KIOSK, "K01")) as kiosk:
        for nth in range(KIOSK_TICKETS_A_MINUTE):
            answer = await kiosk.post("/api/tickets", json={"service": "KTP", "request": f"tap-{nth:05d}"})
            assert answer.status_code == 201
        late = await kiosk.post("/api/tickets", json={"service": "KTP", "request": "tap-99999"})
        assert (late.status_code, late.json()["code"]) == (429, "too_many_requests")
    async with house.client(await house.device(Role.KIOSK, "K02")) as other:
        assert (await other.post("/api/tickets", json={"service": "KTP", "request": "tap-00001"})).status_code == 201


async def test_a_tap_repeated_after_a_cut_line_gives_the_same_ticket(house: House) -> None:
    token = await house.device(Role.KIOSK, "K01")
    body = b'{"service": "KTP", "request": "tap-00001"}'
    head = f"POST /api/tickets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    manager = await house.token(Role.MANAGER)
    async with house.follow("/live/manage", manager) as hall:
        address = httpx.URL(house.address)
        _, line = await asyncio.open_connection(address.host, address.port)
        line.write(head.encode() + body)
        await line.drain()
        line.transport.abort()  # the answer finds nobody
        await hall.until(lambda view: sum(tenant["waiting"] for tenant in view["tenants"]) == 1)
    async with house.client(token) as kiosk:
        again = [await kiosk.post("/api/tickets", content=body, headers=JSON) for _ in range(2)]
        assert [(answer.status_code, answer.json()["number"]) for answer in again] == [(201, "B-001")] * 2
        assert again[0].json()["code"] == again[1].json()["code"]
    assert await house.numbers() == [("B", 1)]


JSON = {"content-type": "application/json"}


async def test_the_same_tap_sent_many_times_at_once_gives_one_ticket(house: House) -> None:
    async with house.client(await house.device(Role.KIOSK, "K01")) as kiosk:
        body = {"service": "KTP", "request": "tap-00001"}
        answers = await asyncio.gather(*(kiosk.post("/api/tickets", json=body) for _ in range(10)))
    assert {answer.json()["code"] for answer in answers} == {answers[0].json()["code"]}
    assert await house.numbers() == [("B", 1)]


@ON_POSTGRESQL
async def test_a_call_through_one_process_is_seen_on_a_board_of_another(house: House) -> None:
    token = await house.token(Role.ADMINISTRATOR)
    async with (
        open_house(house.config, house.clock) as other,
        other.follow("/live/boards/A", token) as board,
        other.client(token) as there,
        house.client(token) as here,
    ):
        await board.next()
        await here.post("/api/tickets", json={"service": "KTP", "request": "tap-00001"})
        await here.post("/api/tickets", json={"service": "KTP", "request": "tap-00002"})
        await here.post("/api/counters/L01/open")
        await there.post("/api/counters/L02/open")
        calls = await asyncio.gather(
            here.post("/api/counters/L01/call-next"), there.post("/api/counters/L02/call-next")
        )
        assert sorted(call.json()["number"] for call in calls) == ["B-001", "B-002"]
        seen = await board.until(lambda view: len(view["calls"]) == 2)
        assert {call["number"] for call in seen["calls"]} == {"B-001", "B-002"}
