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
from tests.bench.product import Shown

BEGIN, END = "<!-- made by make bench -->\n", "<!-- end -->\n"
"""What stands between these is written anew by each run."""


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


def table(rows: Iterable[Row]) -> str:
    """Write rows as Markdown."""
    lines = ["| what | measured | more |", "| --- | ---: | --- |"]
    lines += [f"| {row.what} | {row.found} | {row.more} |" for row in rows]
    return "\n".join(lines) + "\n"


def machine(load: float) -> str:
    """Say where and with what it was measured."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    about = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next(line.partition(":")[2].strip() for line in about if line.startswith("model name"))
    parts = [f"{name} {version(name)}" for name in ("litestar", "uvicorn", "sqlalchemy", "aiosqlite", "websockets")]
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC with `make bench`, load average before the run "
        f"{load:.1f}. {os.cpu_count()} cores ({model}), "
        f"{memory:.0f} GB, {platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {', '.join(parts)}."
    )


def write(page: Path, found: str) -> None:
    """Put the table into the page, in place of the last one."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"{page} has no place for the table; it begins with {BEGIN!r} and ends with {END!r}")
    page.write_text(f"{before}{BEGIN}\n{found}\n\n{END}{after}", encoding="utf-8")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
