"""Every door: nobody, the wrong one, the unknown, the malformed; and that looking changes nothing."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.flows.doors import DOORS, NOBODYS_CODE, PUBLIC, Door
from tests.flows.house import House
from ticketing.core.access import DEVICES, Role

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

OWN = {Role.PRINTER: "P99", Role.BOARD: "B99", Role.SPEAKER: "S99", Role.SIGN: "G99", Role.KIOSK: "K99"}
PLACES = {Role.BOARD: {"zone": "A"}, Role.SPEAKER: {"zone": "A"}, Role.SIGN: {"counter": "L01"}}
WITH_BODY = {name: (door, door.body) for name, door in DOORS.items() if door.body is not None}
NEEDS_A_PRINTER = {"report_condition", "show_printer"}
"""A printer that may enter is there: the one door where the right role finds what it names."""
NEEDS_ITSELF = {"lease_numbers", "hand_in"}
"""A kiosk holds numbers for itself: it is there, or it may not enter."""


async def tokens(house: House) -> dict[Role, str]:
    """Make a token for each role."""
    made = {role: await house.device(role, OWN[role], **PLACES.get(role, {})) for role in sorted(DEVICES)}
    for role in sorted(set(Role) - DEVICES):
        made[role] = await house.token(role, role, "DUKCAPIL" if role is Role.SUPERVISOR else None)
    return made


async def knock(line: httpx.AsyncClient, door: Door, token: str | None = None, **other: Any) -> httpx.Response:
    """Try a door, and hold every refusal against its form."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    sent = other or ({"json": door.body} if door.body is not None else {})
    answer = await line.request(door.method, door.path, headers={**headers, **sent.pop("headers", {})}, **sent)
    line.cookies.clear()
    assert answer.status_code < 500, f"{door.path}: {answer.text}"
    if answer.status_code >= 400:
        assert set(answer.json()) == {"code", "detail"}, door.path
        assert answer.json()["detail"]
    return answer


async def test_the_table_of_doors_is_complete(house: House) -> None:
    async with house.client() as line:
        paths = (await line.get("/schema/openapi.json")).json()["paths"]
    assert {door["operationId"] for path in paths.values() for door in path.values()} == {*DOORS, "sign_out"}


async def test_nobody_enters_without_a_token_but_where_all_may(house: House) -> None:
    async with house.client() as line:
        for name, door in DOORS.items():
            answer = await knock(line, door)
            is_told_to_sign_in = answer.status_code == 401 and answer.json()["code"] == "not_signed_in"
            assert is_told_to_sign_in == (door.roles != PUBLIC or name == "show_own_device"), name
        for shown in (b"Bearer x", b"Bearer \xff\x80", b"Basic YTpi", b"Bearer"):
            assert (await line.get("/api/kiosk", headers={b"authorization": shown})).status_code == 401


async def test_each_role_enters_its_own_doors_only(house: House) -> None:
    known = await tokens(house)
    async with house.client() as line:
        wrong = [
            (name, role, answer.status_code)
            for name, door in DOORS.items()
            if door.roles
            for role, token in known.items()
            for answer in [await knock(line, door, token)]
            if (answer.status_code in (401, 403)) == (role in door.roles)
            or (role not in door.roles and answer.status_code != _no(name))
        ]
        assert wrong == []
        for token in known.values():
            assert (await line.delete("/api/session", headers={"authorization": f"Bearer {token}"})).status_code in (
                401,
                403,
            )


def _no(name: str) -> int:
    """Say how a wrong role is refused; a device has no session at all."""
    return 401 if name == "show_session" else 403


async def test_what_is_not_there_is_unknown(house: House) -> None:
    known = await tokens(house)
    async with house.client() as line:
        for name, door in DOORS.items():
            if "99" not in door.path and NOBODYS_CODE not in door.path and "unknown" not in door.path:
                continue
            if name in NEEDS_ITSELF:
                continue
            if name in NEEDS_A_PRINTER:
                door = Door(door.method, door.path.replace("P99", "P98"), door.roles, door.body)
                token: str | None = known[Role.MANAGER]
            else:
                token = known[min(door.roles)] if door.roles else None
            answer = await knock(line, door, token)
            assert (answer.status_code, answer.json()["code"][:7]) == (404, "unknown"), name
        for method, path in (("GET", "/api/nothing"), ("GET", "/api/counters/L01/dance"), ("PUT", "/api/tickets")):
            assert (await knock(line, Door(method, path), known[Role.MANAGER])).status_code in (404, 405)
        dance = await knock(line, Door("POST", "/api/counters/L01/dance"), known[Role.MANAGER])
        assert dance.status_code in (400, 404)


async def test_a_faulty_body_is_refused_and_leaves_no_trace(house: House) -> None:
    known = await tokens(house)
    as_json = {"content-type": "application/json"}
    before = await house.told()
    async with house.client() as line:
        for name, (door, right) in WITH_BODY.items():
            token = known[min(door.roles)] if door.roles else None
            field = next(iter(right)).encode()
            for content in (
                *(b'{"x', b"\xff\xfe", b"[1, 2]", b'"text"', b"1e999", b'{"a":' * 2000),
                *(b'{"%s": "\xff"}' % field, b'{"\xff": 1}'),
            ):
                answer = await knock(line, door, token, content=content, headers=as_json)
                assert answer.status_code == 400, (name, content[:9])
            for body in ({**right, "colour": "red"}, {key: [1] for key in right}):
                assert (await knock(line, door, token, json=body)).status_code == 400, (name, body)
            huge = await knock(line, door, token, json={**right, "request": "x" * 100_000})
            assert huge.status_code in (400, 413), name
    assert await house.told() == before


async def deeds(house: House) -> list[int]:
    """Return the numbers of the events that somebody has caused; the clock's own come whether one looks or not."""
    return [event.seq for event in await house.log() if event.actor != "clock"]


async def test_looking_changes_nothing(house: House) -> None:
    known = await tokens(house)
    before = await deeds(house)
    async with house.client() as line:
        for door in DOORS.values():
            if door.method == "GET":
                for token in (None, *known.values()):
                    await knock(line, door, token)
        for path in (
            "/",
            "/kiosk",
            "/counter",
            "/board/A",
            "/sign/L01",
            "/t/x",
            "/manage",
            "/manage/rules",
            "/info",
            "/schema",
        ):
            assert (await line.get(path, headers={"accept": "text/html"})).status_code in (200, 404)
    assert await deeds(house) == before


async def test_a_closed_service_and_a_full_one_give_no_numbers(house: House) -> None:
    door = Door("POST", "/api/tickets")
    token = await house.token(Role.GREETER)
    async with house.client() as line:
        for nth in range(3):
            body = {"service": "KK", "request": f"tap-{nth:05d}"}
            assert (await knock(line, door, token, json=body)).status_code == 201
        full = await knock(line, door, token, json={"service": "KK", "request": "tap-00009"})
        assert (full.status_code, full.json()["code"]) == (409, "quota_full")
        house.clock.forward(timedelta(hours=5, minutes=29))
        assert (await knock(line, door, token, json={"service": "KTP", "request": "tap-00010"})).status_code == 201, (
            "the last numbers are given out half an hour before the doors close"
        )
        house.clock.forward(timedelta(minutes=1))
        late = await knock(line, door, token, json={"service": "KTP", "request": "tap-00011"})
        assert (late.status_code, late.json()["code"]) == (409, "service_closed")
        assert "24-11-2026 08.00 WITA" in late.json()["detail"]
