"""People at their browsers: signing in and out, pages of other sites, sockets that end with their right."""

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from mpp import routes, setup
from tests.flows.house import House
from ticketing.core.access import Role

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

LOGIN = {"login": "siti", "password": "a long sentence"}
ELSEWHERE = "https://elsewhere.example"
NO_ADDRESS = "http://["


@pytest.fixture
async def siti(house: House) -> None:
    """Add an officer of Dukcapil."""
    await setup.add_person(house.config, None, "siti", "Siti", LOGIN["password"], Role.OFFICER, "DUKCAPIL")


def session(line: httpx.AsyncClient) -> str:
    """Return the token in the browser's cookie."""
    return line.cookies["mpp_session"]


@pytest.mark.usefixtures("siti")
async def test_signing_in_opens_the_own_tenants_counters_only(house: House) -> None:
    async with house.client(origin=house.address) as browser:
        answer = await browser.post("/api/session", json=LOGIN)
        assert (answer.status_code, answer.json()["name"], answer.json()["tenant"]) == (200, "Siti", "DUKCAPIL")
        flags = answer.headers["set-cookie"].lower()
        assert "httponly" in flags
        assert "samesite=strict" in flags
        assert (await browser.get("/api/session")).json()["role"] == "officer"
        assert (await browser.post("/api/counters/L01/open")).json()["officer"] == "Siti"
        assert (await browser.post("/api/counters/L03/open")).json()["code"] == "not_allowed"
        async with house.follow(
            "/live/counters/L03", cookie=f"mpp_session={session(browser)}", origin=house.address
        ) as line:
            assert await line.closed() == 4403


@pytest.mark.usefixtures("siti")
async def test_signing_in_again_takes_the_old_token_back(house: House) -> None:
    async with house.client(origin=house.address) as browser, house.client() as thief:
        await browser.post("/api/session", json=LOGIN)
        first = session(browser)
        await browser.post("/api/session", json=LOGIN)
        assert session(browser) != first
        thief.cookies.set("mpp_session", first)
        assert (await thief.get("/api/session")).status_code == 401


@pytest.mark.usefixtures("siti")
async def test_a_planted_cookie_is_not_adopted(house: House) -> None:
    async with house.client(origin=house.address) as browser, house.client() as thief:
        browser.cookies.set("mpp_session", "planted-by-somebody-else")
        answer = await browser.post("/api/session", json=LOGIN)
        assert answer.cookies["mpp_session"] != "planted-by-somebody-else"
        thief.cookies.set("mpp_session", "planted-by-somebody-else")
        assert (await thief.get("/api/session")).status_code == 401


@pytest.mark.usefixtures("siti")
async def test_signing_out_ends_the_token_and_its_sockets(house: House) -> None:
    async with house.client(origin=house.address) as browser, house.client() as thief:
        await browser.post("/api/session", json=LOGIN)
        token = session(browser)
        async with house.follow("/live/counters/L01", cookie=f"mpp_session={token}", origin=house.address) as line:
            await line.next()
            assert (await browser.delete("/api/session")).status_code == 204
            assert await line.closed() == 4401
        assert "mpp_session" not in browser.cookies
        thief.cookies.set("mpp_session", token)
        assert (await thief.get("/api/session")).status_code == 401
        async with house.follow("/live/counters/L01", cookie=f"mpp_session={token}", origin=house.address) as late:
            assert await late.closed() == 4401


@pytest.mark.usefixtures("siti")
async def test_a_page_of_another_site_cannot_act_for_one_who_is_signed_in(house: House) -> None:
    async with house.client() as browser:
        await browser.post("/api/session", json=LOGIN, headers={"origin": house.address})
        before = await house.told()
        for headers in (
            {"origin": ELSEWHERE},
            {"origin": "null"},
            {"origin": NO_ADDRESS},
            {},
            {"sec-fetch-site": "cross-site"},
        ):
            for path in ("/api/counters/L01/open", "/api/tickets"):
                body = {"service": "KTP", "request": "tap-00001"} if path == "/api/tickets" else None
                answer = await browser.post(path, headers=headers, json=body)
                assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin"), (path, headers)
            assert (await browser.request("DELETE", "/api/session", headers=headers)).status_code == 403
        assert await house.told() == before
        for headers in ({"origin": house.address}, {"sec-fetch-site": "same-origin"}):
            assert (await browser.post("/api/counters/L01/open", headers=headers)).status_code == 200


@pytest.mark.usefixtures("siti")
async def test_a_page_of_another_site_cannot_sign_somebody_in(house: House) -> None:
    async with house.client(origin=ELSEWHERE) as browser:
        for headers in ({"content-type": "application/json"}, {"content-type": "text/plain"}):
            content = b'{"login": "siti", "password": "a long sentence"}'
            answer = await browser.post("/api/session", content=content, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin")
            assert not browser.cookies


async def test_a_page_of_another_site_cannot_ask_in_as_a_device(house: House) -> None:
    async with house.client() as browser:
        for origin in (ELSEWHERE, "null", NO_ADDRESS):
            answer = await browser.post("/api/devices", json={"kind": "board"}, headers={"origin": origin})
            assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin"), origin
        assert not browser.cookies
    assert "device_asked" not in await house.told()


async def test_a_socket_from_a_page_of_another_site_is_refused_before_it_opens(house: House) -> None:
    token = await house.token(Role.MANAGER)
    for origin in (ELSEWHERE, NO_ADDRESS):
        with pytest.raises(InvalidStatus) as refused:
            async with house.follow("/live/boards/A", token, origin=origin):
                pass
        assert refused.value.response.status_code == 403
    async with house.follow("/live/boards/A", token, origin=house.address) as line:
        assert (await line.next())["zone"]["code"] == "A"


async def test_a_socket_of_nobody_is_closed_as_not_signed_in(house: House) -> None:
    for path in ("kiosk", "counters/L01", "boards/A", "signs/L01", "printers/P01", "speakers/S01", "manage"):
        for token in (None, "made-up"):
            async with house.follow(f"/live/{path}", token) as line:
                assert await line.closed() == 4401, (path, token)


async def test_a_socket_to_what_is_not_there_is_closed_as_unknown(house: House) -> None:
    token = await house.token(Role.ADMINISTRATOR)
    for path in ("tickets/ABCDEFGHJKLM", "boards/Z99", "counters/L99", "signs/L99", "printers/P99", "speakers/S99"):
        async with house.follow(f"/live/{path}", token) as line:
            assert await line.closed() == 4404, path
    async with house.follow("/live/info") as line:
        assert (await line.next())["mall"]["code"] == "KECIL"


@pytest.mark.usefixtures("siti")
async def test_guessing_a_password_is_slowed_down(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "SIGN_INS_A_MINUTE", 3)
    for _ in range(4):
        async with house.client() as officer:
            assert (await officer.post("/api/session", json=LOGIN)).status_code == 200, "who knows it does not guess"
    async with house.client() as guesser:
        for nth in range(3):
            answer = await guesser.post("/api/session", json={"login": "siti", "password": f"guess {nth}"})
            assert (answer.status_code, answer.json()["code"]) == (401, "wrong_password")
        late = await guesser.post("/api/session", json={"login": "Siti", "password": LOGIN["password"]})
        assert (late.status_code, late.json()["code"]) == (429, "too_many_requests")
