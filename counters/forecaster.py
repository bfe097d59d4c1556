"""Forecasts beside the server: a process of its own imports the compiler, reads the database, learns and runs.

So neither the server's start nor a call or a ticket ever waits for a forecast, and the compiler's memory comes back
when the process ends. It is asked one thing at a time; one that dies or does not answer is ended, and the next question
starts another.
"""

import asyncio
import logging
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress

import msgspec

from counters.core.forecast.question import Answer, Question

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 300.0
"""The first answer of a day may take so long: it is learned from two months then, on the smallest machine."""

LARGEST = 2**22
"""Bytes of an answer: some ten thousand who wait."""


class Silent(Exception):
    """The forecaster has died, or does not answer; it was ended."""


class Forecaster:
    """A process that foretells; it is started by the first question."""

    def __init__(self, url: str, patience: float = PATIENCE_SECONDS) -> None:
        self._url, self._patience = url, patience
        self._process: Process | None = None

    async def ask(self, question: Question) -> Answer | None:
        """Ask, while the event loop goes on; None when this one thing could not be foretold.

        Raises: Silent.
        """
        process = self._process or await self._start()
        try:
            async with asyncio.timeout(self._patience):
                return await _exchange(process, question)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, msgspec.DecodeError) as fault:
            await self.close()
            raise Silent(f"{type(fault).__name__}: {fault}") from fault

    async def _start(self) -> Process:
        command = [sys.executable, "-m", "counters.foresight"]
        self._process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, limit=LARGEST)
        if self._process.stdin is not None:
            self._process.stdin.write(f"{self._url}\n".encode())  # not among the arguments, which everybody can see
        return self._process

    async def close(self) -> None:
        """End the process at once: it holds nothing that would be lost."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _exchange(process: Process, question: Question) -> Answer | None:
    if process.stdin is None or process.stdout is None:
        raise BrokenPipeError("the forecaster has no pipes")
    process.stdin.write(msgspec.json.encode(question) + b"\n")
    await process.stdin.drain()
    return msgspec.json.decode(await process.stdout.readuntil(b"\n"), type=Answer | None)
