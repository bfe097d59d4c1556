"""What the units start, started here in the same words: it must speak with systemd, and leave a backup."""

import asyncio
import os
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mpp import setup
from mpp.config import Config
from tests.systemd.units import command

HERE = Path(__file__).parent.parent


@pytest.fixture
def words(tmp_path: Path, sqlite_template: Path) -> dict[str, str]:
    """Install a small mall, and say where its files are."""
    (tmp_path / "mpp.sqlite").write_bytes(sqlite_template.read_bytes())
    asyncio.run(setup.import_mall(Config(data=tmp_path), HERE / "small_mall.yaml"))
    settings = tmp_path / "mpp.toml"
    settings.write_text(f'data = "{tmp_path}"\nport = 0\nvoice = false\nforecast = false\n', encoding="utf-8")
    return {"/etc/mpp/mpp.toml": str(settings), "%S": str(tmp_path)}


@pytest.mark.slow
def test_the_server_tells_systemd_that_it_is_ready_and_lives_and_ends_when_told(
    words: dict[str, str], tmp_path: Path
) -> None:
    asyncio.run(_serve_under_watch(words, tmp_path / "notify"))


async def _serve_under_watch(words: dict[str, str], address: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(address))
        line.setblocking(False)
        environment = {**os.environ, "NOTIFY_SOCKET": str(address), "WATCHDOG_USEC": "200000"}
        server = await asyncio.create_subprocess_exec(*command("mpp.service", words), env=environment)
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(90):
                heard = [await loop.sock_recv(line, 100) for _ in range(3)]
                server.send_signal(signal.SIGTERM)
                code = await server.wait()
        finally:
            if server.returncode is None:
                server.kill()
    assert heard == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
    assert code in {0, -signal.SIGTERM}, "systemd takes these two for a clean end"


@pytest.mark.slow
def test_the_nightly_backup_leaves_a_copy_with_the_mall_in_it(words: dict[str, str], tmp_path: Path) -> None:
    asyncio.run(_back_up(words))

    (copy,) = (tmp_path / "mpp-backup").glob("*.sqlite")
    assert (tmp_path / "mpp-backup" / "heads.txt").is_file(), "by which the log can be verified later"
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT code FROM mall").fetchall() == [("KECIL",)]


async def _back_up(words: dict[str, str]) -> None:
    program = await asyncio.create_subprocess_exec(*command("mpp-backup.service", words))
    assert await program.wait() == 0
