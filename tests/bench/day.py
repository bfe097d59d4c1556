"""`make bench-day`: what forecasts cost a busy hall, and whether a call waits for them, put into docs/measured.md.

A stretch of hall is lived with and without the forecaster: visitors come, are called, served and finished, so many a
second that hardly two things share a forecast. From the processor's time of that stretch and of one in which nothing
happens follows what a whole day costs.
"""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import msgspec
import psutil  # type: ignore[import-untyped]  # it ships no types
from msgspec import Struct

from tests.bench import hall
from tests.bench.hall import Hall
from tests.bench.load import share
from tests.bench.report import machine, write
from tests.bench.wire import Http

PAGE = Path(__file__).parents[2] / "docs/measured.md"
WAITING = 160
"""Visitors who wait when the stretch begins: ten for each tenant."""

STRETCH_SECONDS = 150.0
EVERY_SECONDS = 0.25
"""Between two visitors; a day of 1,500 brings one every 17 s."""

QUIET_SECONDS = 60.0
DAY_VISITORS, DAY_HOURS = 1500, 7.5


class Lived(Struct, frozen=True, kw_only=True):
    """Seconds that each issue and each call took, sorted; the forecaster's processor seconds, busy and quiet."""

    issue: list[float]
    call: list[float]
    busy: float = 0.0
    quiet: float = 0.0


async def main() -> None:
    """Measure both ways and write the table."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        without = await _measure(Path(folder) / "without", foretell=False)
        with_ = await _measure(Path(folder) / "with", foretell=True)
    write(PAGE, "\n".join(_table(load, without, with_)), "bench-day")


async def _measure(folder: Path, *, foretell: bool) -> Lived:
    async with hall.hall(folder, forecast=foretell) as here:
        line = await Http.open(here.port, here.token)
        services = cycle(here.services)
        for _ in range(WAITING):
            await _post(line, "/api/tickets", {"service": next(services), "request": uuid4().hex})
        counters = [row["code"] for row in msgspec.json.decode((await line.get("/api/counters"))[1])]
        for code in counters:
            await _post(line, f"/api/counters/{code}/open", {})
        if foretell:
            await _until_foretold(line)
        before = _spent(here)
        issue, call = await _live(line, services, counters)
        busy = _spent(here) - before
        await asyncio.sleep(QUIET_SECONDS if foretell else 0)
        return Lived(issue=sorted(issue), call=sorted(call), busy=busy, quiet=_spent(here) - before - busy)


async def _live(line: Http, services: Iterator[str], counters: list[str]) -> tuple[list[float], list[float]]:
    """Let one visitor come and one be called, served and finished, again and again."""
    issue: list[float] = []
    call: list[float] = []
    begin = perf_counter()
    for nth, code in enumerate(cycle(counters)):
        due = begin + nth * EVERY_SECONDS
        if due > begin + STRETCH_SECONDS:
            return issue, call
        await asyncio.sleep(max(0.0, due - perf_counter()))
        issue.append(await _post(line, "/api/tickets", {"service": next(services), "request": uuid4().hex}))
        sent = perf_counter()
        status, _ = await line.post(f"/api/counters/{code}/call-next", {})
        if status != 200:
            continue  # nobody waits for this one
        call.append(perf_counter() - sent)
        for step in ("start", "finish"):
            await _post(line, f"/api/counters/{code}/{step}", {})
    raise AssertionError("counters go round for ever")


async def _post(line: Http, path: str, body: object) -> float:
    sent = perf_counter()
    status, answer = await line.post(path, body)
    if status not in {200, 201}:
        raise RuntimeError(f"{path} answered {status}: {answer[:200]!r}")
    return perf_counter() - sent


async def _until_foretold(line: Http) -> None:
    """Wait until the kiosk knows how long one would wait: the compiler's first run is over then."""
    async with asyncio.timeout(600):
        while True:
            kiosk = msgspec.json.decode((await line.get("/api/kiosk"))[1])
            if all(tenant["outlook"] for tenant in kiosk["tenants"]):
                return
            await asyncio.sleep(0.5)


def _spent(here: Hall) -> float:
    """Return the processor's seconds of the forecaster until now."""
    found = [one for one in psutil.Process(here.pid).children() if "counters.foresight" in one.cmdline()]
    return sum(sum(one.cpu_times()[:2]) for one in found)


def _table(load: float, without: Lived, with_: Lived) -> list[str]:
    def ms(values: list[float], part: float) -> str:
        return f"{1000 * share(values, part):.1f} ms"

    visitor = max(0.0, with_.busy - with_.quiet * STRETCH_SECONDS / QUIET_SECONDS) / len(with_.issue)
    day = DAY_VISITORS * visitor + with_.quiet / QUIET_SECONDS * DAY_HOURS * 3600
    rows = [
        f"| {what}, {name} | {ms(getattr(without, field), part)} | {ms(getattr(with_, field), part)} |"
        for what, field in (("issue", "issue"), ("call", "call"))
        for name, part in (("p50", 0.5), ("p99", 0.99))
    ]
    return [
        machine(load, "bench-day", ("litestar", "sqlalchemy", "numba", "numpy")),
        "",
        "| what | without forecasts | with |",
        "| --- | ---: | ---: |",
        *rows,
        "",
        f"{len(with_.issue)} visitors in {STRETCH_SECONDS:.0f} s, {WAITING} waiting at the beginning. The forecaster "
        f"took {with_.busy:.1f} s of a processor in that stretch ({with_.busy / STRETCH_SECONDS:.1%}), and "
        f"{with_.quiet:.2f} s in {QUIET_SECONDS:.0f} s without any visitor ({with_.quiet / QUIET_SECONDS:.2%}).",
        "",
        f"So a day of {DAY_VISITORS:,} visitors in {DAY_HOURS:g} hours takes {visitor * 1000:.0f} ms for each visitor "
        f"and {day:.0f} s in all: {day / (DAY_HOURS * 3600):.2%} of one processor.",
    ]


if __name__ == "__main__":
    asyncio.run(main())
