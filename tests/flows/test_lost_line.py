"""Kiosks that go on while the line is lost: no number twice, none lost, the order kept, the paper true."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from sqlalchemy import select

from mpp import setup
from mpp.config import Config
from tests.conftest import MORNING
from tests.flows.alone import Kiosk, kiosk
from tests.flows.cable import Cable, Fault, cable
from tests.flows.house import House, open_house
from tests.stopped_clock import StoppedClock
from ticketing import tables
from ticketing.clock import Clock
from ticketing.core.access import Role
from ticketing.core.ticket import State
from ticketing.views import KioskView, TicketView

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PACE = 200.0
"""Hall seconds in a real one: ten minutes of outage are three seconds here."""

OUTAGE = timedelta(minutes=10)
EACH = 20
TOLD = "Diambil saat sambungan terputus"


class FastClock(StoppedClock):
    """A hall in which time flies."""

    def __init__(self) -> None:
        super().__init__(MORNING)
        self._fast = Clock(MORNING, PACE)
        self.pace = PACE

    def now(self) -> datetime:
        """Return the hall's time."""
        return self._fast.now()


@pytest.fixture
def has_voice() -> bool:
    """Nobody is called here."""
    return False


@asynccontextmanager
async def connected(house: House, folder: Path, count: int = 1) -> AsyncIterator[tuple[Cable, list[Kiosk]]]:
    """Set up kiosks that share one cable."""
    async with cable(urlsplit(house.address).port or 0) as line:
        rooms = [kiosk(nth, house, f"http://127.0.0.1:{line.near}", folder) for nth in range(1, count + 1)]
        kiosks = await asyncio.gather(*(room.__aenter__() for room in rooms))
        try:
            yield line, kiosks
        finally:
            await asyncio.gather(*(room.__aexit__(None, None, None) for room in rooms))


async def tickets(house: House) -> list[tables.Ticket]:
    """Read all tickets, longest waiting first."""
    async with setup.database(house.config) as db, db.read((await db.malls())[0]) as tx:
        question = select(tables.Ticket).order_by(tables.Ticket.waiting_since, tables.Ticket.id)
        return list(await tx.session.scalars(question))


def on_paper(kiosk: Kiosk) -> list[str]:
    """Read the numbers off the slips of a kiosk, and hold those that were taken alone against what they must say."""
    numbers = []
    for job in kiosk.printer.jobs:
        (number,) = re.findall(r"\bP?[BCK]-\d{3}\b", job.text)
        is_alone = TOLD in " ".join(job.text.split())
        assert is_alone == (number[-3:] > "700")
        assert is_alone != ("Sisa antrean" in job.text)
        numbers.append(number)
    return numbers


async def give_out(kiosk: Kiosk, *, is_killed: bool) -> list[dict[str, Any]]:
    """Give out twenty tickets in the course of the outage; one kiosk has a power cut in the middle of it."""
    await kiosk.until("lost")
    given: list[dict[str, Any]] = []
    for nth in range(EACH):
        await asyncio.sleep(OUTAGE.total_seconds() / PACE / EACH)  # a visitor comes every so often
        async with kiosk.page() as page:
            given.append(await kiosk.take(page, f"tap-{nth:05d}"))
        if is_killed and nth == EACH // 2:
            await kiosk.switch_off_and_on()
            async with kiosk.page() as page:
                again = await kiosk.take(page, f"tap-{nth:05d}")
            assert again["code"] == given[-1]["code"], "a second tap gives the same ticket, over the power cut"
    return [await kiosk.printed(ticket["code"]) for ticket in given]


async def test_two_kiosks_go_on_for_ten_minutes_and_all_is_settled_afterwards(config: Config, tmp_path: Path) -> None:
    async with open_house(config, FastClock()) as house, connected(house, tmp_path, 2) as (line, (one, other)):
        async with one.page() as page:
            online = await one.take(page, "before")
        assert (online["number"], online["offline"]) == ("B-001", False)
        assert (await one.printed(online["code"]))["slip"]["state"] == "printed"
        line.suffer(Fault.CUT)
        given = await asyncio.gather(give_out(one, is_killed=True), give_out(other, is_killed=False))
        line.mend()
        for each in (one, other):
            await each.says(r"handed in count=\d+ left=0")
        handed_in = [ticket for ticket in await tickets(house) if ticket.offline]
        shown = {ticket["number"]: ticket for of_kiosk in given for ticket in of_kiosk}
        assert len(shown) == 2 * EACH, "a number came twice"
        assert sorted(row.number for row in handed_in) == sorted(shown)
        for row in handed_in:
            assert (row.code, row.issued_at) == (shown[row.number]["code"], _time(shown[row.number]["issued_at"]))
        for of_kiosk in given:
            issued = [ticket["issued_at"] for ticket in of_kiosk]
            assert issued == sorted(issued)
        assert handed_in[-1].issued_at - handed_in[0].issued_at > OUTAGE * 0.9
        for each, of_kiosk in zip((one, other), given, strict=True):
            sure = [ticket["number"] for ticket in of_kiosk if ticket["slip"]["state"] == "printed"]
            assert len(sure) >= EACH - 1, "only the slip that was in the printer during the power cut is not sure"
            paper = [number for number in on_paper(each) if number != online["number"]]
            assert len(set(paper)) == len(paper), "no slip came twice"
            assert [number for number in paper if number in sure] == sure
        await house.replay()


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def test_a_number_whose_answer_was_lost_is_withdrawn_and_the_visitor_holds_one_paper(
    config: Config, tmp_path: Path
) -> None:
    async with open_house(config, FastClock()) as house, connected(house, tmp_path) as (line, (one,)):
        async with one.page() as page:
            line.suffer(Fault.DEAF)  # the server gives out B-001 and tells it to nobody
            ticket = await one.take(page, "tap-1")
            assert (ticket["number"], ticket["offline"], ticket["ahead"]) == ("B-701", True, None)
            assert [row.number for row in await tickets(house)] == ["B-001"]
            line.suffer(Fault.SILENT)
            assert (await one.take(page, "tap-1"))["code"] == ticket["code"]
            assert (await one.printed(ticket["code"]))["slip"]["state"] == "printed"
            line.mend()
            await one.says(r"handed in count=1 left=0")
            await one.until("live")
            assert (await one.take(page, "tap-1"))["code"] == ticket["code"]
            states = {row.number: row.state for row in await tickets(house)}
            assert states == {"B-001": State.CANCELLED, "B-701": State.WAITING}
            known = (await page.get(f"/api/tickets/{ticket['code']}")).json()
            assert (known["offline"], known["ahead"], known["slip"]["state"]) == (True, 0, "printed")
            next_one = await one.take(page, "tap-2")
            assert (await one.printed(next_one["code"]))["slip"]["state"] == "printed"
        assert on_paper(one) == ["B-701", "B-002"]
        await house.replay()


@pytest.mark.long
async def test_a_kiosk_that_is_switched_on_while_the_server_is_gone_shows_its_page_and_gives_out_numbers(
    config: Config, tmp_path: Path
) -> None:
    async with open_house(config, FastClock()) as house, connected(house, tmp_path) as (line, (one,)):
        await one.says("the page is kept")
        async with one.page() as page:
            html = (await page.get("/kiosk")).text
            files = re.findall(r"/a/assets/[\w.-]+", html)
            live = (await page.get("/api/kiosk")).json()
        line.suffer(Fault.CUT)
        await one.switch_off_and_on()
        async with one.page() as page:
            assert (await page.get("/kiosk")).text == html
            for file in files:
                assert (await page.get(file)).status_code == 200, file
            view = (await page.get("/api/kiosk")).json()
            msgspec.convert(view, KioskView, strict=False)
            assert view["line"] == {"state": "lost", "since": view["line"]["since"], "left": 120}
            assert view["tenants"] == live["tenants"]
            ticket = await one.take(page, "tap-1")
            msgspec.convert(ticket, TicketView, strict=False)
            after = (await page.get("/api/kiosk")).json()
            assert after["line"]["left"] == 119
            elsewhere = await page.get("/api/info")
            assert (elsewhere.status_code, elsewhere.json()["code"]) == (503, "no_line")
        line.mend()
        await one.says(r"handed in count=1 left=0")
        assert [row.code for row in await tickets(house)] == [ticket["code"]]


async def test_a_kiosk_is_paired_through_its_own_door_and_gives_out_nothing_once_it_is_sent_away(
    config: Config, clock: StoppedClock, tmp_path: Path
) -> None:
    async with open_house(config, clock) as house, kiosk(1, house, house.address, tmp_path, is_known=False) as one:
        administrator = await house.token(Role.ADMINISTRATOR)
        async with one.page() as page, house.client(administrator) as people:
            async with one.follow("/live/kiosk") as screen:
                assert await screen.closed() == 4401
            asked = (await page.get("/api/devices/me?kind=kiosk")).json()
            assert (asked["state"], asked["kind"]) == ("waiting", "kiosk")
            waiting = {line["kind"]: line for line in (await people.get("/api/devices")).json()}
            assert waiting["kiosk"]["pairing_code"] == asked["pairing_code"]
            for kind, body in (
                ("printer", {"code": "P01", "name": "P01"}),
                ("kiosk", {"code": "K01", "name": "K01", "printer": "P01"}),
            ):
                answer = await people.post(f"/api/devices/{waiting[kind]['id']}/approve", json=body)
                assert answer.status_code == 200
            await one.says("holding numbers=")
            view = await one.until("live")
            assert view["printer"]["code"] == "P01"
            async with one.follow("/live/kiosk") as screen:
                await screen.next()
                await people.post(f"/api/devices/{waiting['kiosk']['id']}/revoke")
                assert await screen.closed() == 4401
            refused = await page.post("/api/tickets", json={"service": "KTP", "request": "tap-1"})
            assert (refused.status_code, refused.json()["code"]) == (401, "not_signed_in")


async def test_the_door_is_for_the_page_on_this_machine_only(
    config: Config, clock: StoppedClock, tmp_path: Path
) -> None:
    wish = {"service": "KTP", "request": "tap-1"}
    async with open_house(config, clock) as house, kiosk(1, house, house.address, tmp_path) as one:
        async with one.page() as page:
            for headers in ({"host": "mpp.evil:80"}, {"origin": "http://mpp.evil"}):
                answer = await page.post("/api/tickets", json=wish, headers=headers)
                assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin")
            assert (await page.post("/api/tickets", content=b"x" * 70_000)).status_code == 413
            assert (await page.post("/api/tickets", content=b"{")).status_code == 400
        assert await house.numbers() == []
