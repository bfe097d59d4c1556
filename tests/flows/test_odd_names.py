"""Names and numbers that no page sends: refused in the usual form by both databases, never a broken server."""

import json

import pytest

from tests.flows.house import House
from ticketing.core.access import Role

JSON = {"content-type": "application/json"}
HUGE = (2**31, 2**63, 10**40)
ODD = ("%00", "a%00b", "%F0%9F%98%80", "%ED%A0%80", "%FF", "'; --", "x" * 3000, "..%2F..%2Fx", "%20")
TEXTS = ("\x00", "a\x00b", "\ud800", "\U0001f600", "x" * 5000)

NUMBERED = (
    "/api/slips/{}/claim",
    "/api/slips/{}/printed",
    "/api/counters/L01/reprint/{}",
    "/api/announcements/{}/start",
    "/api/devices/{}/revoke",
    "/api/devices/{}/approve",
)
NAMED = (
    "/api/tickets/{}",
    "/api/counters/{}",
    "/api/boards/{}",
    "/api/signs/{}",
    "/api/printers/{}",
    "/api/sounds/{}.wav",
    "/api/devices/me?kind={}&place={}",
)
ASKING = {
    "/api/tickets": ("service", "request", "priority", "printer"),
    "/api/counters/L01/open": ("request",),
    "/api/counters/L01/transfer": ("service", "counter", "request"),
    "/api/devices/1/approve": ("code", "name", "zone", "counter", "printer"),
    "/api/devices": ("kind", "place", "mall"),
    "/api/session": ("login", "password", "mall"),
}
FILLED = {
    "/api/tickets": {"service": "KTP", "request": "tap-00001"},
    "/api/devices/1/approve": {"code": "X01", "name": "X"},
    "/api/devices": {"kind": "board"},
    "/api/session": {"login": "siti", "password": "long enough"},
}


@pytest.fixture
async def tokens(house: House) -> list[str]:
    """Make one who may act at counters and on devices, one who prints, and one who speaks."""
    return [
        await house.token(Role.ADMINISTRATOR),
        await house.device(Role.PRINTER, "P01"),
        await house.device(Role.SPEAKER, "S01", zone="A"),
    ]


async def test_a_number_too_large_for_any_row_is_unknown(house: House, tokens: list[str]) -> None:
    for token in tokens:
        async with house.client(token) as line:
            for path in NUMBERED:
                for number in HUGE:
                    body = {"code": "X01", "name": "X"} if path.endswith("approve") else {}
                    answer = await line.post(path.format(number), json=body)
                    assert answer.status_code in (400, 403, 404), (path, number, answer.text)
                    assert set(answer.json()) == {"code", "detail"}


async def test_a_name_that_no_code_can_have_is_unknown(house: House, tokens: list[str]) -> None:
    async with house.client(tokens[0]) as line:
        for path in NAMED:
            for name in ODD:
                answer = await line.get(path.format(name, name))
                assert answer.status_code in (400, 401, 404, 405), (path, name, answer.text)
        for name in ODD:
            assert (await line.post("/api/counters/L01/open")).status_code == 200
            answer = await line.post(f"/api/counters/L01/call/{name}")
            assert answer.status_code in (400, 404, 409), (name, answer.text)


async def test_texts_that_no_database_keeps_are_refused(house: House, tokens: list[str]) -> None:
    async with house.client(tokens[0]) as line:
        for path, fields in ASKING.items():
            for field in fields:
                for text in TEXTS:
                    body = {**FILLED.get(path, {}), field: text * (8 // len(text) or 1)}
                    answer = await line.post(path, content=json.dumps(body), headers=JSON)
                    line.cookies.clear()
                    assert answer.status_code < 500, (path, field, text[:5], answer.text)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_persons_name_is_a_line_without_controls(house: House, tokens: list[str]) -> None:
    body = {"login": "neu", "role": "greeter", "password": "panjang sekali", "request": "tap-00001"}
    async with house.client(tokens[0]) as line:
        for name in ("\x00", "a\x00", "\x1b@", "a\x1b", "a\x9b", " a", "a\n"):
            answer = await line.post("/api/people", json={**body, "name": name})
            assert (answer.status_code, answer.json()["code"]) == (400, "bad_request"), name
        assert (await line.post("/api/people", json={**body, "name": "Neu"})).status_code == 200
