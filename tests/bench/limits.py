"""What this machine and the libraries can do at best, measured in the same run: commits, HTTP, sockets."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped]  # it ships no types
from sqlalchemy import text
from sqlalchemy.engine import make_url

from tests.bench import hall
from tests.bench.load import Pressed, press
from tests.bench.product import BOARDS, CALLS, CALM_SECONDS, CLIENTS, Shown
from tests.bench.wire import Follower, arrivals, follow, masked
from ticketing.clock import Clock
from ticketing.db import Db
from ticketing.live import Live

SECONDS = 2.0
ROW = "x" * 200
"""About as long as an event of the log."""


def sqlite_commits(folder: Path) -> float:
    """Commit one small row at a time with Python's own sqlite3; return commits a second."""
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "bare.sqlite", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT)")
        begin, count = perf_counter(), 0
        while perf_counter() - begin < SECONDS:
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO row (body) VALUES (?)", (ROW,))
            database.execute("COMMIT")
            count += 1
        return count / (perf_counter() - begin)


async def sqlalchemy_commits(url: str) -> float:
    """Commit the same through the product's own engine, nothing else; return commits a second."""
    db = Db(url, Clock(), Live())
    async with db.writer.begin() as connection:
        await connection.execute(text("CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT)"))
    insert = text("INSERT INTO row (id, body) VALUES (:id, :body)")

    async def commit(count: int) -> None:
        async with db.writer.begin() as connection:
            await connection.execute(insert, {"id": count, "body": ROW})

    rate = await _repeat(commit)
    await db.close()
    return rate


async def postgres_commits(url: str) -> float:
    """Commit the same with asyncpg alone; return commits a second."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address)
    await connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT)")

    async def commit(count: int) -> None:
        await connection.execute("INSERT INTO bare (id, body) VALUES ($1, $2)", count, ROW)

    rate = await _repeat(commit)
    await connection.close()
    return rate


async def handler() -> dict[int, Pressed]:
    """Press on the bare handler as on the product."""
    port = await hall.free_port()
    async with _module("tests.bench.bare_http", str(port)):
        await hall.ready(port, "/ready")
        return {
            many: await press(port, "", "/", many, lambda: {"service": "KTP", "request": uuid4().hex})
            for many in CLIENTS
        }


async def broadcast(size: int) -> dict[int, Shown]:
    """Have messages as large as a board's view sent to as many sockets as there were boards."""
    port = await hall.free_port()
    async with _module("tests.bench.bare_sockets", str(port), str(size)):
        await _listening(port)
        lines: list[Follower] = []
        shown: dict[int, Shown] = {}
        for many in BOARDS:
            lines += await follow("/", port, "", many - len(lines))
            shown[many] = await _time_messages(lines, CALLS[many])
        for line in lines:
            line.transport.close()
        return shown


async def _time_messages(lines: list[Follower], many: int) -> Shown:
    middle, last = [], []
    for _ in range(many):
        await asyncio.sleep(CALM_SECONDS)
        word = uuid4().hex.encode()
        sent = perf_counter()
        times = await arrivals(lines, word, _say(lines[0], word))
        middle.append(times[len(times) // 2] - sent)
        last.append(times[-1] - sent)
    return Shown(middle=sorted(middle), last=sorted(last), frame=lines[0].frame)


async def _say(line: Follower, word: bytes) -> None:
    line.transport.write(masked(0x1, word))


async def _repeat(commit: Callable[[int], Awaitable[None]]) -> float:
    begin, count = perf_counter(), 0
    while perf_counter() - begin < SECONDS:
        count += 1
        await commit(count)
    return count / (perf_counter() - begin)


@asynccontextmanager
async def _module(*words: str) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *words)
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


async def _listening(port: int) -> None:
    async with asyncio.timeout(hall.LONGEST_START):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.01)
