"""Puts what was measured into a table, and the table into docs/measured.md."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tests.bench.load import Pressed, share
from tests.bench.pages import Weight
from tests.bench.product import Shown
from tests.bench.voice import Spoken

BEGIN, END = "<!-- made by make {} -->\n", "<!-- end -->\n"
"""What stands between these is written anew by each run of a command."""

SERVER = ("litestar", "uvicorn", "sqlalchemy", "aiosqlite", "websockets")
"""The packages that the server's figures depend on."""


class Row(NamedTuple):
    """A line of the table."""

    what: str
    found: str
    more: str


def rows_of_pressing(what: str, found: Mapping[int, Pressed]) -> list[Row]:
    """Tell rates and times of answers, by the number of clients."""
    return [
        Row(
            f"{what}, {many} client{'s' * (many > 1)}",
            f"{pressed.rate:,.0f}",
            f"{min(pressed.rates):,.0f} to {max(pressed.rates):,.0f}; answer p50 {_ms(share(pressed.took, 0.5))}, "
            f"p95 {_ms(share(pressed.took, 0.95))}",
        )
        for many, pressed in found.items()
    ]


def rows_of_boards(what: str, found: Mapping[int, Shown]) -> list[Row]:
    """Tell the times until a message was everywhere, by the number of sockets."""
    return [
        Row(
            f"{what}, {many:,} board{'s' * (many > 1)}",
            f"{_ms(share(shown.last, 0.5))}",
            f"last board p95 {_ms(share(shown.last, 0.95))}, max {_ms(shown.last[-1])}; "
            f"middle board p50 {_ms(share(shown.middle, 0.5))}",
        )
        for many, shown in found.items()
    ]


def rows_of_voice(found: Spoken, heard: list[float]) -> list[Row]:
    """Tell how soon and how long the hall's voice speaks."""
    return [
        Row(
            "call to sound start, in the browser of a board",
            _ms(share(heard, 0.5)),
            f"p95 {_ms(share(heard, 0.95))}, max {_ms(heard[-1])}; {len(heard)} calls",
        ),
        Row("one announcement in full, two languages", f"{found.full:.1f} s", f"in brief {found.brief:.1f} s"),
        Row("16 counters call at once: until the last is spoken", f"{found.crowd:.0f} s", "the first in full"),
        Row(
            "a call put into sound, in full and in brief",
            _ms(share(found.made, 0.5)),
            f"slowest {_ms(found.made[-1])}",
        ),
    ]


def rows_of_pages(found: Mapping[str, tuple[Weight, Weight]]) -> list[Row]:
    """Tell what each page weighs."""
    return [
        Row(
            f"{page} page: bytes until something useful is seen",
            _kb(plain.until_useful),
            f"whole page {_kb(plain.whole)}, of it built files {_kb(plain.files)}; behind HTTPS (brotli) "
            f"{_kb(secure.until_useful)}, whole {_kb(secure.whole)}",
        )
        for page, (plain, secure) in found.items()
    ]


def table(rows: Iterable[Row]) -> str:
    """Write rows as Markdown."""
    lines = ["| what | measured | more |", "| --- | ---: | --- |"]
    lines += [f"| {row.what} | {row.found} | {row.more} |" for row in rows]
    return "\n".join(lines) + "\n"


def machine(load: float, command: str = "bench", packages: Iterable[str] = SERVER) -> str:
    """Say where and with what it was measured."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    about = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next(line.partition(":")[2].strip() for line in about if line.startswith("model name"))
    parts = [f"{name} {version(name)}" for name in packages]
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC with `make {command}`, load average before the run "
        f"{load:.1f}. {os.cpu_count()} cores ({model}), "
        f"{memory:.0f} GB, {platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {', '.join(parts)}."
    )


def write(page: Path, found: str, command: str = "bench") -> None:
    """Put the table into the page, in place of the last one of this command."""
    begin = BEGIN.format(command)
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"{page} has no place for the table; it begins with {begin!r} and ends with {END!r}")
    page.write_text(f"{before}{begin}\n{found}\n\n{END}{after}", encoding="utf-8")


def _kb(count: int) -> str:
    return f"{count / 1000:.0f} kB"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
