"""What the server does: tickets a second, calls to boards, memory, start."""

import asyncio
from itertools import cycle, islice, zip_longest
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

import msgspec
from msgspec import Struct

from tests.bench import hall
from tests.bench.hall import Hall
from tests.bench.load import Pressed, press
from tests.bench.wire import Follower, Http, arrivals, follow

CLIENTS = (1, 8, 32)
BOARDS = (1, 100, 1000)
CALLS = {1: 30, 100: 30, 1000: 15}
"""How many calls are timed for each number of boards."""

WAITING = 200
"""Visitors who wait in the hall while calls are timed; a full morning."""

CALM_SECONDS = 0.2
"""Between two calls, so that each finds the server at rest, as the calls of a hall do."""

STARTS = 5


class Shown(Struct, frozen=True, kw_only=True):
    """Seconds from the posting of a call until the middle board and the last board showed it, sorted."""

    middle: list[float]
    last: list[float]
    frame: int


class Memory(Struct, frozen=True, kw_only=True):
    """The server's resident memory in MB: at rest, and with all boards on their sockets."""

    idle: float
    boards: float


async def tickets(folder: Path, database: str | None) -> dict[int, Pressed]:
    """Give out numbers as fast as they come, for all services in turn, in one hall that fills up."""
    async with hall.hall(folder, database) as here:
        services = cycle(here.services)

        def order() -> object:
            return {"service": next(services), "request": uuid4().hex}

        return {many: await press(here.port, here.token, "/api/tickets", many, order) for many in CLIENTS}


async def calls(folder: Path, database: str | None) -> tuple[dict[int, Shown], Memory]:
    """Call visitors while more and more boards look on; the voice is on, as in a real hall."""
    async with hall.hall(folder, database, voice=True) as here:
        counters = await fill(await Http.open(here.port, here.token), here)
        idle = here.memory_mb()
        lines: list[Follower] = []
        shown: dict[int, Shown] = {}
        for many in BOARDS:
            lines += await follow("/live/boards/A", here.port, here.token, many - len(lines))
            await asyncio.sleep(1)
            line = await Http.open(here.port, here.token)  # the last one has been quiet for too long by now
            shown[many] = await _time_calls(line, lines, counters, CALLS[many])
        memory = Memory(idle=idle, boards=here.memory_mb())
        for board in lines:
            board.transport.close()
        return shown, memory


async def fill(line: Http, here: Hall) -> list[str]:
    """Let people wait for the counters of the first zone, open these counters and return them."""
    for counter in here.counters:
        await post(line, f"/api/counters/{counter}/open")
    lists = [(await counter_of(line, counter))["counter"]["services"] for counter in here.counters]
    wanted = cycle(service["code"] for services in zip_longest(*lists) for service in services if service)
    for _ in range(WAITING):
        await post(line, "/api/tickets", {"service": next(wanted)})
    return here.counters


async def _time_calls(line: Http, lines: list[Follower], counters: list[str], many: int) -> Shown:
    middle, last = [], []
    for counter in islice(cycle(counters), many):
        coming = (await counter_of(line, counter))["next"]
        needle = f'"number":"{coming["number"]}"'.encode()
        sent = perf_counter()
        times = await arrivals(lines, needle, post(line, f"/api/counters/{counter}/call-next"))
        middle.append(median(times) - sent)
        last.append(times[-1] - sent)
        for step in ("start", "finish"):
            await post(line, f"/api/counters/{counter}/{step}")
        await post(line, "/api/tickets", {"service": coming["service"]["code"]})
        await asyncio.sleep(CALM_SECONDS)
    return Shown(middle=sorted(middle), last=sorted(last), frame=lines[0].frame)


async def start(folder: Path) -> list[float]:
    """Start the server again and again; seconds until it says that it is ready."""
    settings, _ = await hall.installed(folder, None, voice=True)
    took = []
    for _ in range(STARTS):
        async with hall.serving(settings, folder / "log") as (_, seconds):
            took.append(seconds)
    return sorted(took)


async def counter_of(line: Http, counter: str) -> Any:
    """Read what a counter shows."""
    status, answer = await line.get(f"/api/counters/{counter}")
    if status != 200:
        raise RuntimeError(f"counter {counter}: {answer[:200]!r}")
    return msgspec.json.decode(answer)


async def post(line: Http, path: str, body: dict[str, object] | None = None) -> Any:
    """Send a command that must succeed; return its answer."""
    status, answer = await line.post(path, {"request": uuid4().hex, **(body or {})})
    if status not in {200, 201}:
        raise RuntimeError(f"{path} answered {status}: {answer[:200]!r}")
    return msgspec.json.decode(answer) if answer else None
