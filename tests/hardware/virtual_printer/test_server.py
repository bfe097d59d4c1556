"""The virtual printer on real sockets, and its control port."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from PIL import Image

from hardware.virtual_printer.machine import Trouble
from hardware.virtual_printer.server import VirtualPrinter


@pytest_asyncio.fixture
async def printer(tmp_path: Path) -> AsyncIterator[VirtualPrinter]:
    async with VirtualPrinter(tmp_path / "slips") as printer:
        yield printer


@pytest_asyncio.fixture
async def page(printer: VirtualPrinter) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{printer.control_port}", trust_env=False) as page:
        yield page


async def send(printer: VirtualPrinter, data: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", printer.port)
    writer.write(data)
    await writer.drain()
    return reader, writer


async def test_a_slip_becomes_a_picture_and_raw_bytes(printer: VirtualPrinter, tmp_path: Path) -> None:
    _, writer = await send(printer, b"\x1b@B-012\n\x1dVB\x00")
    job = await printer.job(1)
    assert job.text == "B-012"
    assert (tmp_path / "slips" / "0001.bin").read_bytes() == b"\x1b@B-012\n\x1dVB\x00"
    with Image.open(tmp_path / "slips" / "0001.png") as picture:
        assert picture.size == (576, 30)
    writer.close()


async def test_numbers_go_on_after_what_lies_in_the_folder(tmp_path: Path) -> None:
    for number in (1, 2):
        async with VirtualPrinter(tmp_path, control_port=None, width_mm=58) as printer:
            _, writer = await send(printer, b"x\n\x1dV\x00")
            assert (await printer.job(1)).number == number
            assert printer.jobs[0].width == 384
            writer.close()


async def test_questions_are_answered_on_the_line(printer: VirtualPrinter) -> None:
    reader, writer = await send(printer, b"\x10\x04\x01\x10\x04")
    assert await reader.readexactly(1) == b"\x12"
    printer.suffer(Trouble.PAPER_OUT)
    writer.write(b"\x04")
    assert await reader.readexactly(1) == b"\x7e"
    writer.close()


async def test_a_second_line_waits_for_the_first(printer: VirtualPrinter) -> None:
    first_reader, first = await send(printer, b"\x10\x04\x01")
    await first_reader.readexactly(1)
    second_reader, second = await send(printer, b"\x10\x04\x04")
    first.close()
    assert await second_reader.readexactly(1) == b"\x12"
    second.close()


async def test_the_line_can_be_dropped(printer: VirtualPrinter) -> None:
    printer.suffer(Trouble.DROP, after_lines=1)
    reader, writer = await send(printer, b"satu\ndua\ntiga\n")
    with pytest.raises((ConnectionError, EOFError)):
        await reader.readexactly(1)
    writer.close()


async def test_the_page_shows_slips_and_changes_conditions(printer: VirtualPrinter, page: httpx.AsyncClient) -> None:
    _, writer = await send(printer, b"<B-012>\n\x1dV\x00")
    await printer.job(1)
    shown = (await page.get("/")).text
    assert "Kertas habis / Paper out" in shown
    assert 'alt="&lt;B-012&gt;"' in shown
    assert (await page.get("/jobs")).json() == [
        {"number": 1, "text": "<B-012>", "bytes": 11, "width": 576, "height": 30, "picture": "/jobs/1.png"}
    ]
    with Image.open(io.BytesIO((await page.get("/jobs/1.png")).content)) as picture:
        assert picture.size == (576, 30)
    answer = await page.post("/condition", json={"condition": "paper_out"})
    assert (answer.status_code, answer.json()) == (200, {"condition": "paper_out"})
    assert printer.trouble is Trouble.PAPER_OUT
    later = await page.post("/condition", json={"condition": "ready", "after_lines": 3})
    assert later.json() == {"condition": "paper_out"}
    assert (await page.get("/condition")).json() == {"condition": "paper_out"}
    writer.close()


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/jobs/7.png", None, 404),
        ("GET", "/nowhere", None, 404),
        ("POST", "/", None, 404),
        ("POST", "/condition", {"condition": "on_fire"}, 400),
        ("POST", "/condition", {"condition": "ready", "unknown": 1}, 400),
        ("POST", "/condition", None, 400),
    ],
)
async def test_wrong_requests_are_told_so(
    page: httpx.AsyncClient, method: str, path: str, body: dict[str, object] | None, status: int
) -> None:
    answer = await page.request(method, path, content=json.dumps(body).encode() if body else None)
    assert answer.status_code == status
    assert answer.json()["detail"]


@pytest.mark.parametrize("headers", [{"Host": "evil.example:80"}, {"Origin": "http://evil.example"}])
async def test_a_foreign_page_is_refused(page: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await page.post("/condition", json={"condition": "mute"}, headers=headers)
    assert answer.status_code == 403


async def test_nonsense_on_the_control_port_does_no_harm(printer: VirtualPrinter, page: httpx.AsyncClient) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", printer.control_port)
    writer.write(b"\r\n\r\n")
    assert await reader.read() == b""
    writer.close()
    assert (await page.get("/jobs")).json() == []
