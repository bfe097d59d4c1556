"""A printer at the end of a real line: what is asked, what is sent, and what comes of it."""

import asyncio
import os
import pty
import socket
import termios
import tty
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from hardware.core.outcome import PRINTED, Reason, Report, Verdict, judge
from hardware.core.status import Condition
from hardware.drivers import lines
from hardware.virtual_printer.machine import Machine, Trouble
from hardware.virtual_printer.server import VirtualPrinter
from tests.hardware.slips import SHORT, ticket


@pytest_asyncio.fixture
async def paper(tmp_path: Path) -> AsyncIterator[VirtualPrinter]:
    async with VirtualPrinter(tmp_path, control_port=None) as printer:
        yield printer


async def printed(paper: VirtualPrinter, options: str = "?profile=TM-T20II") -> Report:
    """Print a ticket over the network and judge it."""
    printer = lines.printer(f"network://127.0.0.1:{paper.port}{options}", SHORT)
    return judge(await asyncio.to_thread(printer.print, ticket()))


@pytest.mark.parametrize("profile", ["TM-T20II", "generic-80", "generic-58"])
async def test_a_ticket_comes_out(paper: VirtualPrinter, profile: str) -> None:
    assert await printed(paper, f"?profile={profile}") == PRINTED
    assert "B-012" in (await paper.job(1)).text


TROUBLES = [
    (Trouble.PAPER_OUT, Condition.PAPER_OUT),
    (Trouble.COVER_OPEN, Condition.COVER_OPEN),
    (Trouble.OFFLINE, Condition.OFFLINE),
    (Trouble.FAULTY, Condition.FAULTY),
    (Trouble.MUTE, Condition.MUTE),
]


@pytest.mark.parametrize(("trouble", "condition"), TROUBLES)
async def test_an_unfit_printer_gets_no_job(paper: VirtualPrinter, trouble: Trouble, condition: Condition) -> None:
    paper.suffer(trouble)
    assert await printed(paper) == Report(Verdict.NOT_PRINTED, Reason(condition))
    assert paper.received < 20, "only questions were sent"
    paper.suffer(Trouble.READY)
    assert paper.jobs == [], "nothing comes out later"


@pytest.mark.parametrize(("trouble", "condition"), TROUBLES)
async def test_trouble_in_mid_job_leaves_the_slip_unknown(
    paper: VirtualPrinter, trouble: Trouble, condition: Condition
) -> None:
    paper.suffer(trouble, after_lines=6)
    assert await printed(paper) == Report(Verdict.UNKNOWN, Reason(condition))


async def test_a_line_dropped_in_mid_job_leaves_the_slip_unknown(paper: VirtualPrinter) -> None:
    paper.suffer(Trouble.DROP, after_lines=6)
    assert await printed(paper) == Report(Verdict.UNKNOWN, Reason.OFFLINE)
    assert paper.jobs == []


async def test_paper_that_gets_low_is_no_trouble(paper: VirtualPrinter) -> None:
    paper.suffer(Trouble.PAPER_LOW)
    printer = lines.printer(f"network://127.0.0.1:{paper.port}", SHORT)
    assert await asyncio.to_thread(printer.check) is Condition.PAPER_LOW
    assert judge(await asyncio.to_thread(printer.print, ticket())) == PRINTED


async def test_a_printer_that_is_not_there_is_offline() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        printer = lines.printer(f"network://127.0.0.1:{free.getsockname()[1]}", SHORT)
    assert await asyncio.to_thread(printer.check) is Condition.OFFLINE
    report = judge(await asyncio.to_thread(printer.print, ticket()))
    assert report == Report(Verdict.NOT_PRINTED, Reason.OFFLINE)


async def test_the_rest_of_a_torn_slip_is_cut_off_before_the_next(paper: VirtualPrinter) -> None:
    printer = lines.printer(f"network://127.0.0.1:{paper.port}?profile=TM-T20II", SHORT)
    paper.suffer(Trouble.DROP, after_lines=12)
    torn = judge(await asyncio.to_thread(printer.print, ticket("A-001")))
    assert torn.verdict is Verdict.UNKNOWN
    assert judge(await asyncio.to_thread(printer.print, ticket("A-002"))) == PRINTED
    first, second = (await paper.job(1)).text, (await paper.job(2)).text
    assert "A-001" in first
    assert "A-002" in second
    assert "A-001" not in second


async def test_an_answer_owed_from_an_earlier_job_does_not_prove_the_next(paper: VirtualPrinter) -> None:
    printer = lines.printer(f"network://127.0.0.1:{paper.port}?profile=TM-T20II", SHORT)
    paper.suffer(Trouble.PAPER_OUT, after_lines=6)
    assert judge(await asyncio.to_thread(printer.print, ticket("A-001"))).verdict is Verdict.UNKNOWN
    reader, writer = await asyncio.open_connection("127.0.0.1", paper.port)
    paper.suffer(Trouble.READY)
    assert await reader.readexactly(1) == b"\x00", "the late answer goes to whoever is on the line"
    writer.close()
    paper.suffer(Trouble.PAPER_OUT, after_lines=9)
    assert judge(await asyncio.to_thread(printer.print, ticket("A-002"))).verdict is Verdict.UNKNOWN


async def test_a_printer_without_proof_is_believed_when_it_is_fine_afterwards(paper: VirtualPrinter) -> None:
    assert await printed(paper, "?proof=no") == PRINTED
    paper.suffer(Trouble.COVER_OPEN, after_lines=3)
    assert await printed(paper, "?proof=no") == Report(Verdict.UNKNOWN, Reason.COVER_OPEN)


class SerialPrinter:
    """A virtual printer behind a pseudo terminal, as a serial port has it."""

    def __init__(self) -> None:
        self.slips: list[str] = []
        self._ours, theirs = pty.openpty()
        tty.setraw(theirs, termios.TCSANOW)
        self.path = os.ttyname(theirs)
        self._keep = theirs
        self.machine = Machine(384, answer=self._answer, cut=self._cut, drop=self.close)
        asyncio.get_running_loop().add_reader(self._ours, self._read)

    def _answer(self, data: bytes) -> None:
        os.write(self._ours, data)

    def _read(self) -> None:
        self.machine.feed(os.read(self._ours, 4096))

    def _cut(self, _raw: bytes, _picture: Image.Image, text: str) -> None:
        self.slips.append(text)

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._ours)
        os.close(self._ours)
        os.close(self._keep)


@pytest.mark.parametrize("kind", ["serial", "file"])
async def test_a_ticket_comes_out_of_a_device_file(kind: str) -> None:
    paper = SerialPrinter()
    printer = lines.printer(f"{kind}://{paper.path}?profile=generic-58", SHORT)
    try:
        assert judge(await asyncio.to_thread(printer.print, ticket())) == PRINTED
        assert "B-012" in paper.slips[0]
        paper.machine.suffer(Trouble.PAPER_OUT)
        assert await asyncio.to_thread(printer.check) is Condition.PAPER_OUT
        report = judge(await asyncio.to_thread(printer.print, ticket()))
        assert report == Report(Verdict.NOT_PRINTED, Reason.PAPER_OUT)
    finally:
        printer.close()
        paper.close()


@pytest.mark.parametrize("to", ["serial:///dev/no-such-port", "file:///no/such/folder/lp0", "usb://ffff:ffff"])
def test_a_device_that_is_not_plugged_in_is_offline(to: str) -> None:
    printer = lines.printer(to, SHORT)
    assert printer.check() is Condition.OFFLINE
    assert judge(printer.print(ticket())) == Report(Verdict.NOT_PRINTED, Reason.OFFLINE)


def test_a_plain_file_takes_slips_one_after_the_other(tmp_path: Path) -> None:
    printer = lines.printer(f"file://{tmp_path}/out.bin?status=no", SHORT)
    assert printer.check() is Condition.READY
    assert judge(printer.print(ticket("A-001"))) == PRINTED
    assert judge(printer.print(ticket("A-002"))) == PRINTED
    content = (tmp_path / "out.bin").read_bytes()
    assert content.index(b"A-001") < content.index(b"A-002")


def test_a_plain_file_that_should_answer_is_mute(tmp_path: Path) -> None:
    printer = lines.printer(f"file://{tmp_path}/out.bin", SHORT)
    assert judge(printer.print(ticket())) == Report(Verdict.NOT_PRINTED, Reason.MUTE)
