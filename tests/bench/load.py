"""Pressing on a server: clients that post one command after the other, and what came of it."""

import asyncio
from collections.abc import Callable
from time import perf_counter

from msgspec import Struct

from tests.bench.wire import Http

WARM_UP_SECONDS = 1.0
WINDOW_SECONDS = 2.0
WINDOWS = 3


class Pressed(Struct, frozen=True, kw_only=True):
    """Answers a second in each window, and how long each answer within the windows took (seconds, sorted)."""

    rates: list[float]
    took: list[float]

    @property
    def rate(self) -> float:
        """Return the middle one of the windows."""
        return sorted(self.rates)[len(self.rates) // 2]


def share(sorted_values: list[float], part: float) -> float:
    """Return the value below which a part of all values lies (nearest rank)."""
    return sorted_values[min(len(sorted_values) - 1, int(part * len(sorted_values)))]


async def press(port: int, token: str, path: str, clients: int, body: Callable[[], object]) -> Pressed:
    """Let so many clients post, each on its own connection, and count good answers after a warm-up."""
    answers: list[tuple[float, float]] = []
    begin = perf_counter() + WARM_UP_SECONDS
    end = begin + WINDOWS * WINDOW_SECONDS

    async def client() -> None:
        line = await Http.open(port, token)
        while (sent := perf_counter()) < end:
            status, answer = await line.post(path, body())
            if status not in {200, 201}:
                raise RuntimeError(f"{path} answered {status}: {answer[:200]!r}")
            answers.append((perf_counter(), perf_counter() - sent))
        line.close()

    async with asyncio.TaskGroup() as crowd:
        for _ in range(clients):
            crowd.create_task(client())
    windows = [0] * WINDOWS
    for at, _ in answers:
        if begin <= at < end:
            windows[int((at - begin) / WINDOW_SECONDS)] += 1
    took = sorted(seconds for at, seconds in answers if begin <= at < end)
    return Pressed(rates=[count / WINDOW_SECONDS for count in windows], took=took)
