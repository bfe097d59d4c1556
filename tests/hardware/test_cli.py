"""The command mpp-agent as a process: its start, its end, its word to systemd, and its death."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from click.testing import CliRunner

from hardware.cli import main
from hardware.virtual_printer.server import VirtualPrinter
from hardware.virtual_printer.stream import Reader
from tests.hardware.slips import ticket
from tests.hardware.stub import StubServer


@pytest_asyncio.fixture
async def mall() -> AsyncIterator[StubServer]:
    async with StubServer() as stub:
        yield stub


@asynccontextmanager
async def agent(*arguments: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start mpp-agent; it is killed at the end if it still lives."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "hardware.cli", *arguments),
        env=os.environ | {"PYTHONPATH": str(Path.cwd())} | environment,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str]:
    """End a process politely; give its code and its log."""
    process.terminate()
    async with asyncio.timeout(60):
        log = (await process.communicate())[1].decode()
    assert process.returncode is not None
    return process.returncode, log


def printing(mall: StubServer, port: int, state: Path) -> tuple[str, ...]:
    to = f"network://127.0.0.1:{port}?profile=TM-T20II"
    return ("print", "--server", mall.address, "--to", to, "--state", str(state))


async def test_a_process_prints_tells_systemd_and_stops_cleanly(mall: StubServer, tmp_path: Path) -> None:
    mall.add(ticket())
    left = tmp_path / "tmp"
    left.mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(60)
        async with VirtualPrinter(tmp_path / "slips", control_port=None) as paper:
            settings = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "200000", "TMPDIR": str(left)}
            async with agent(*printing(mall, paper.port, tmp_path / "state"), **settings) as process:
                await mall.until(lambda: bool(mall.reports))
                code, log = await ended(process)
        heard = [systemd.recv(100) for _ in range(3)]
    assert (code, mall.reports) == (0, [("1/printed", None)])
    assert set(heard[:2]) == {b"READY=1", b"WATCHDOG=1"}
    assert "printed slip=1 ticket=B-001" in log
    assert "stopped" in log
    assert "Traceback" not in log
    assert list(left.iterdir()) == [], "python-escpos leaves nothing behind"


async def test_a_slip_in_hand_when_the_agent_is_killed_is_unknown_afterwards(mall: StubServer, tmp_path: Path) -> None:
    mall.add(ticket())
    got_job, settled = asyncio.Event(), False

    async def busy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Be a printer that is fine and takes its time: the end of the job is never confirmed."""
        nonlocal settled
        commands = Reader()
        while data := await reader.read(4096):
            for command in commands.feed(data):
                if command.code == b"\x10\x04":
                    writer.write(b"\x12")
                elif command.code == b"\x1dr" and not settled:
                    writer.write(b"\x00")
                    settled = True
                elif command.code == b"\x1dV" and settled:
                    got_job.set()
        writer.close()

    state = tmp_path / "state"
    async with await asyncio.start_server(busy, "127.0.0.1", 0) as printer:
        port = printer.sockets[0].getsockname()[1]
        async with agent(*printing(mall, port, state)) as process:
            async with asyncio.timeout(60):
                await got_job.wait()
            process.send_signal(signal.SIGKILL)
            await process.wait()
    assert mall.reports == []
    async with VirtualPrinter(tmp_path / "slips", control_port=None) as paper:
        async with agent(*printing(mall, paper.port, state)) as process:
            await mall.until(lambda: bool(mall.reports), 15)
            await mall.until(lambda: bool(mall.done("/condition")), 15)
            await ended(process)
        assert paper.jobs == []
    assert mall.reports == [("1/unknown", "no_answer")]


async def test_a_speaker_process_starts_and_stops(mall: StubServer, tmp_path: Path) -> None:
    to = f"file:{tmp_path / 'out'}"
    async with agent("speak", "--server", mall.address, "--to", to, "--state", str(tmp_path)) as process:
        await mall.until(lambda: mall.connections == 1, 15)
        code, log = await ended(process)
    assert code == 0
    assert mall.registered == ["speaker"]
    assert "Traceback" not in log


async def test_a_virtual_printer_says_where_it_is_and_stops(tmp_path: Path) -> None:
    ports = ("--port", "0", "--control-port", "0", "--width", "58")
    async with agent("virtual-printer", "--folder", str(tmp_path), *ports) as process:
        assert process.stderr is not None
        where = (await process.stderr.readline()).decode().split()[1]
        host, _, port = where.removeprefix("network://").partition(":")
        _, writer = await asyncio.open_connection(host, int(port))
        writer.close()
        assert (await ended(process))[0] == 0


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["print", "--to", "lpt1"], "begin with network://"),
        (["speak", "--to", "somewhere"], "write aplay"),
    ],
)
def test_a_wrong_destination_ends_with_advice(arguments: list[str], advice: str, tmp_path: Path) -> None:
    shared = ["--server", "http://127.0.0.1:1", "--state", str(tmp_path)]
    result = CliRunner().invoke(main, [*arguments, *shared])
    assert result.exit_code == 2
    assert advice in " ".join(result.output.split())


@pytest.mark.parametrize("command", [[], ["print"], ["speak"], ["virtual-printer"]])
def test_help_is_there(command: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_the_agent_loads_neither_database_nor_web_framework() -> None:
    program = (
        "import sys, hardware.cli, hardware.agent.printing, hardware.drivers.lines, hardware.speech.worker\n"
        "heavy = {'sqlalchemy', 'litestar', 'uvicorn', 'alembic'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr


def test_the_core_loads_no_driver_and_no_network() -> None:
    program = (
        "import sys, pkgutil, importlib, hardware.core\n"
        "for part in pkgutil.walk_packages(hardware.core.__path__, 'hardware.core.'):\n"
        "    importlib.import_module(part.name)\n"
        "heavy = {'asyncio', 'socket', 'escpos', 'httpx', 'PIL', 'hardware.drivers'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr
