"""The printer's agent between a real server, a real line and a virtual printer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from hardware.agent.pairing import Pairing
from hardware.agent.printing import PrintAgent
from hardware.agent.server import Server
from hardware.drivers import lines
from hardware.virtual_printer.machine import Trouble
from hardware.virtual_printer.server import VirtualPrinter
from tests.hardware.slips import SHORT, ticket
from tests.hardware.stub import LOST, NO, StubServer
from tests.logs import told


@pytest_asyncio.fixture
async def paper(tmp_path: Path) -> AsyncIterator[VirtualPrinter]:
    async with VirtualPrinter(tmp_path / "slips", control_port=None) as printer:
        yield printer


@pytest_asyncio.fixture
async def mall() -> AsyncIterator[StubServer]:
    async with StubServer() as stub:
        yield stub


@asynccontextmanager
async def working(mall: StubServer, paper: VirtualPrinter, state: Path) -> AsyncIterator[asyncio.Event]:
    """Run an agent; the event stops it."""
    server = Server(mall.address)
    printer = lines.printer(f"network://127.0.0.1:{paper.port}?profile=TM-T20II", SHORT)
    pairing = Pairing(server, state, "printer", ask_seconds=0.05)
    stop = asyncio.Event()
    work = asyncio.create_task(PrintAgent(server, pairing, printer, state, check_seconds=0.2).run(stop))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(60):
            await work
        await server.close()


async def test_a_slip_is_claimed_printed_and_reported(mall: StubServer, paper: VirtualPrinter, tmp_path: Path) -> None:
    mall.add(ticket("B-001"))
    async with working(mall, paper, tmp_path):
        await mall.until(lambda: bool(mall.reports))
    assert mall.reports == [("1/printed", None)]
    assert mall.done("/printed")[0]["request"]
    assert "B-001" in paper.jobs[0].text


async def test_slips_come_out_in_their_order_and_each_once(
    mall: StubServer, paper: VirtualPrinter, tmp_path: Path
) -> None:
    for number in (1, 2, 3):
        mall.add(ticket(f"B-{number:03}"), number=number)
    async with working(mall, paper, tmp_path):
        for reported in (1, 2, 3):
            await mall.until(lambda reported=reported: len(mall.reports) >= reported)  # type: ignore[misc]  # bound
            await mall.push()
    assert mall.reports == [("1/printed", None), ("2/printed", None), ("3/printed", None)]
    assert [job.text.splitlines()[4] for job in paper.jobs] == ["B-001", "B-002", "B-003"]


TROUBLES = [Trouble.PAPER_OUT, Trouble.COVER_OPEN, Trouble.OFFLINE, Trouble.MUTE, Trouble.FAULTY]


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_slip_for_an_unfit_printer_is_not_printed_now_or_later(
    mall: StubServer, paper: VirtualPrinter, tmp_path: Path, trouble: Trouble
) -> None:
    paper.suffer(trouble)
    mall.add(ticket())
    async with working(mall, paper, tmp_path):
        await mall.until(lambda: bool(mall.reports))
        await mall.push()
        await mall.until(lambda: {"condition": trouble} in mall.done("/condition"))
        paper.suffer(Trouble.READY)
        await mall.until(lambda: mall.done("/condition")[-1] == {"condition": "ready"})
    assert mall.reports == [("1/not-printed", str(trouble))]
    assert paper.jobs == []


@pytest.mark.parametrize("trouble", [Trouble.PAPER_OUT, Trouble.COVER_OPEN, Trouble.MUTE, Trouble.DROP])
async def test_trouble_in_mid_job_is_reported_as_unknown(
    mall: StubServer, paper: VirtualPrinter, tmp_path: Path, trouble: Trouble
) -> None:
    paper.suffer(trouble, after_lines=6)
    mall.add(ticket())
    async with working(mall, paper, tmp_path):
        await mall.until(lambda: bool(mall.reports))
    reason = "offline" if trouble is Trouble.DROP else str(trouble)
    assert mall.reports == [("1/unknown", reason)]


async def test_a_slip_found_claimed_is_unknown_and_is_not_printed(
    mall: StubServer, paper: VirtualPrinter, tmp_path: Path
) -> None:
    mall.add(ticket(), state="claimed")
    async with working(mall, paper, tmp_path):
        await mall.until(lambda: bool(mall.reports))
        await mall.push()
    assert mall.reports == [("1/unknown", "no_answer")]
    assert paper.jobs == []
    assert mall.done("/claim") == []


async def test_a_lapsed_slip_is_left_alone_even_when_our_clock_is_wrong(
    mall: StubServer, paper: VirtualPrinter, tmp_path: Path
) -> None:
    mall.clock_ahead = timedelta(days=400)
    mall.add(ticket("B-001"), number=1, seconds=-1)
    mall.add(ticket("B-002"), number=2, seconds=30)
    async with working(mall, paper, tmp_path):
        await mall.until(lambda: bool(mall.reports))
    assert mall.reports == [("2/printed", None)]
    assert mall.done("1/claim") == []


async def test_a_slip_that_another_took_is_not_printed(mall: StubServer, paper: VirtualPrinter, tmp_path: Path) -> None:
    mall.answer("1/claim", NO)
    mall.add(ticket("B-001"), number=1)
    mall.add(ticket("B-002"), number=2)
    async with working(mall, paper, tmp_path):
        await mall.until(lambda: bool(mall.reports))
    assert mall.reports == [("2/printed", None)]
    assert len(paper.jobs) == 1


async def test_a_claim_whose_answer_was_lost_is_given_back(
    mall: StubServer, paper: VirtualPrinter, tmp_path: Path
) -> None:
    mall.answer("1/claim", LOST, acts=True)
    mall.add(ticket())
    async with working(mall, paper, tmp_path):
        await mall.until(lambda: bool(mall.reports))
    assert mall.reports == [("1/not-printed", "no_answer")]
    assert paper.jobs == []


async def test_a_report_is_repeated_with_the_same_request_until_it_is_accepted(
    mall: StubServer, paper: VirtualPrinter, tmp_path: Path
) -> None:
    mall.answer("1/printed", LOST, LOST, acts=True)
    mall.add(ticket())
    async with working(mall, paper, tmp_path):
        await mall.until(lambda: len(mall.reports) == 3)
    requests = {body["request"] for body in mall.done("/printed")}
    assert len(requests) == 1
    assert len(paper.jobs) == 1


async def test_a_refused_report_is_not_repeated(mall: StubServer, paper: VirtualPrinter, tmp_path: Path) -> None:
    mall.answer("1/printed", NO, acts=True)
    mall.add(ticket("B-001"), number=1)
    async with working(mall, paper, tmp_path):
        await mall.until(lambda: bool(mall.reports))
        mall.add(ticket("B-002"), number=2)
        await mall.push()
        await mall.until(lambda: len(mall.reports) == 2)
    assert mall.reports == [("1/printed", None), ("2/printed", None)]


async def test_a_report_outlives_the_agent_and_a_server_that_was_away(
    mall: StubServer, paper: VirtualPrinter, tmp_path: Path
) -> None:
    mall.add(ticket())
    mall.answer("1/printed", *[LOST] * 500)
    async with working(mall, paper, tmp_path) as stop:
        await paper.job(1)
        stop.set()
    assert mall.reports == []
    mall.answers.clear()
    async with working(mall, paper, tmp_path):
        await mall.until(lambda: bool(mall.reports))
        await mall.push()
    assert mall.reports == [("1/printed", None)], "not unknown: the report was kept on disk"


async def test_the_agent_comes_back_after_the_server_was_away(
    mall: StubServer, paper: VirtualPrinter, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "hardware")
    async with working(mall, paper, tmp_path):
        await mall.until(lambda: bool(mall.done("/condition")))
        await mall.stop()
        mall.add(ticket())
        paper.suffer(Trouble.PAPER_LOW)
        await mall.start()
        await mall.until(lambda: bool(mall.reports))
        await mall.until(lambda: mall.done("/condition")[-1] == {"condition": "paper_low"})
    log = told(caplog, "hardware.agent")
    assert (log.count("lost the server"), log.count("following the server")) == (1, 2)


async def test_a_change_of_the_printer_is_told_while_it_is_idle(
    mall: StubServer, paper: VirtualPrinter, tmp_path: Path
) -> None:
    async with working(mall, paper, tmp_path):
        await mall.until(lambda: bool(mall.done("/condition")))
        for trouble in (Trouble.PAPER_LOW, Trouble.PAPER_OUT, Trouble.READY):
            paper.suffer(trouble)
            await mall.until(lambda trouble=trouble: mall.done("/condition")[-1] == {"condition": trouble})  # type: ignore[misc]  # bound
    assert [body["condition"] for body in mall.done("/condition")] == [
        "ready",
        "paper_low",
        "paper_out",
        "ready",
    ]
    assert all("P01" in path for path, _ in mall.commands)


async def test_stopping_in_mid_job_finishes_the_slip_and_its_report(
    mall: StubServer, paper: VirtualPrinter, tmp_path: Path
) -> None:
    mall.add(ticket())
    async with working(mall, paper, tmp_path) as stop:
        await paper.wait(lambda printer: printer.received > 100)
        stop.set()
    assert mall.reports == [("1/printed", None)]
