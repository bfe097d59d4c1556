"""The kiosk's desk on its own: what it settles after a power cut, and what it keeps when nobody takes it."""

import asyncio
import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from msgspec.structs import replace

from hardware.agent.kiosk.clock import Mark, boot, steady
from hardware.agent.kiosk.desk import Desk, Order
from hardware.agent.kiosk.files import JOURNAL, Journal
from hardware.agent.kiosk.lender import FILE as LEASE_FILE
from hardware.agent.kiosk.lender import Lender
from hardware.agent.kiosk.line import FILE as VIEW_FILE
from hardware.agent.kiosk.line import Line
from hardware.agent.pairing import Pairing
from hardware.agent.server import Server
from hardware.core import journal
from hardware.core.alone import Refusal
from hardware.core.device import Device, DeviceState
from hardware.core.journal import Printing, Taken
from hardware.core.lease import HandIn, LeaseWish, OnPaper, Receipt
from hardware.core.outcome import Reason
from hardware.drivers import lines
from tests.hardware.lent import DAY, LEASE, NINE, ticket, view

Answer = Callable[[httpx.Request], httpx.Response]
NOW = NINE + timedelta(minutes=5)


class Room:
    """A desk with all that belongs to it; the server is far away, or answers as told."""

    def __init__(self, state: Path, answer: Answer | None = None) -> None:
        self.paper = state / "paper"
        self.paper.touch()
        self.book = Journal(state)
        server = Server("http://mpp.test")
        if answer is not None:
            server.http = httpx.AsyncClient(base_url="http://mpp.test", transport=httpx.MockTransport(answer))
        own = Pairing(server, state / "kiosk", "kiosk")
        own.device = Device(state=DeviceState.APPROVED, kind="kiosk", code="K01")
        self.line = Line(server, own, state, None)
        self.line.is_live = answer is not None
        self.lender = Lender(server, own, self.line, self.book, state)
        printer = lines.printer(f"file://{self.paper}?status=no")
        self.desk = Desk(server, own, own, self.line, self.lender, self.book, printer)

    async def work(self, until: Callable[[], bool]) -> None:
        """Let everybody do their work until something is so."""
        jobs = [self.desk.print_all(), self.desk.hand_in_all(), self.lender.run()]
        tasks = [asyncio.create_task(job) for job in jobs]
        async with asyncio.timeout(60):
            while not until():
                await self.line.news.wait(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def on_paper(self, nth: int = 0) -> tuple[OnPaper | None, Reason | None]:
        """Say what is known of a slip."""
        known = self.book.book[f"tap-{nth}"].ticket
        return known.on_paper, known.reason


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Leave a kiosk as it was when its power went: a lease, a view, an empty journal."""
    mark = Mark(at=NOW, pace=1.0, steady=steady(), wall=datetime.now(UTC), boot=boot())
    kept = {"mark": mark, "view": msgspec.Raw(view())}
    (tmp_path / VIEW_FILE).write_bytes(msgspec.json.encode(kept))
    (tmp_path / LEASE_FILE).write_bytes(msgspec.json.encode(LEASE))
    return tmp_path


def took(state: Path, *lines_: journal.Line) -> None:
    """Write what an earlier life of the agent wrote."""
    kept = Journal(state)
    for line in lines_:
        kept.write(line)


def given(nth: int = 0, minutes: int = 5) -> Taken:
    """Give out a number so many minutes after nine."""
    return Taken(ticket=ticket(nth, issued_at=NINE + timedelta(minutes=minutes)), day=DAY, tenant="DUKCAPIL")


def taker(state: list[HandIn], code: str | None = None) -> Answer:
    """Answer as a server that takes tickets, or refuses them for good."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/lease"):
            return httpx.Response(503)
        body = msgspec.json.decode(request.content, type=HandIn)
        state.append(body)
        receipts = [Receipt(request=one.request, number="", code=code) for one in body.tickets]
        return httpx.Response(200, content=msgspec.json.encode(receipts))

    return answer


async def test_a_slip_that_was_in_the_printer_when_the_power_went_is_never_printed_again(state: Path) -> None:
    took(state, given(), Printing(request="tap-0"))
    room = Room(state)
    assert room.on_paper() == (OnPaper.UNKNOWN, Reason.NO_ANSWER)
    await room.work(lambda: True)
    assert room.paper.read_bytes() == b""


async def test_a_slip_that_was_not_begun_is_printed_while_the_visitor_is_still_there(state: Path) -> None:
    took(state, given())
    room = Room(state)
    await room.work(lambda: room.on_paper()[0] is not None)
    assert room.on_paper() == (OnPaper.PRINTED, None)
    assert b"B-701" in room.paper.read_bytes()


async def test_a_slip_that_was_not_begun_is_not_printed_when_the_visitor_has_gone(state: Path) -> None:
    took(state, given(minutes=3))
    assert Room(state).on_paper() == (OnPaper.FAILED, Reason.NO_ANSWER)


async def test_the_next_number_follows_what_an_earlier_life_gave_out(state: Path) -> None:
    took(state, given(0), given(1))
    entry = Room(state).desk.take(Order(service="KTP", request="tap-9"))
    assert not isinstance(entry, Refusal)
    assert entry.number == "B-703"


async def test_a_kiosk_whose_disk_is_full_gives_out_nothing(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(state)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    no = room.desk.take(Order(service="KTP", request="tap-0"))
    assert isinstance(no, Refusal)
    assert (no.code, room.book.book) == ("no_line", {})


@pytest.mark.parametrize("damaged", [JOURNAL, LEASE_FILE, VIEW_FILE])
async def test_a_kiosk_that_cannot_trust_its_memory_gives_out_nothing(state: Path, damaged: str) -> None:
    (state / damaged).write_bytes(b"\x00\x00\n")
    no = Room(state).desk.take(Order(service="KTP", request="tap-0"))
    assert isinstance(no, Refusal)
    assert no.code == "no_line"


@pytest.mark.parametrize(("service", "code"), [("TIADA", "unknown_service"), ("NEW", "used_up")])
async def test_a_no_is_told_as_the_server_would(state: Path, service: str, code: str) -> None:
    no = Room(state).desk.take(Order(service=service, request="tap-0"))
    assert isinstance(no, Refusal)
    assert no.code == code


@pytest.mark.parametrize("code", [None, "not_leased"])
async def test_what_was_given_out_is_handed_in_in_order_and_remembered(state: Path, code: str | None) -> None:
    took(state, *(given(n, minutes=0) for n in range(3)))
    heard: list[HandIn] = []
    room = Room(state, taker(heard, code))
    await room.work(lambda: not room.desk.is_pending)
    assert [one.request for body in heard for one in body.tickets] == ["tap-0", "tap-1", "tap-2"]
    assert not Room(state).desk.is_pending, "it is on disk that the server has answered"
    assert room.desk.entry("tap-1") is not None, "a second tap still gets its ticket"


async def test_tickets_that_the_server_does_not_take_are_kept(state: Path) -> None:
    took(state, given(minutes=0))
    answers = [httpx.Response(502), httpx.Response(403, json={"code": "not_allowed"})]
    room = Room(state, lambda _: answers.pop(0) if answers else httpx.Response(502))
    await room.work(lambda: room.desk.is_refused)
    assert room.desk.is_pending


async def test_a_lease_whose_answer_was_lost_is_asked_for_under_the_same_request(state: Path) -> None:
    (state / LEASE_FILE).unlink()
    wishes: list[LeaseWish] = []

    def answer(request: httpx.Request) -> httpx.Response:
        wishes.append(msgspec.json.decode(request.content, type=LeaseWish))
        if len(wishes) == 1:
            return httpx.Response(504)
        return httpx.Response(200, content=msgspec.json.encode(replace(LEASE, day=DAY)))

    room = Room(state, answer)
    await room.work(lambda: room.lender.lease is not None)
    assert len({wish.request for wish in wishes}) == 1
    assert Room(state).lender.lease == LEASE, "it is on disk"
