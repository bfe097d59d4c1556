"""A program of ours run as people run it: a process of its own, whose log is read line by line."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tests.flows.house import ROOT


class Program:
    """A running process; what it writes to its log is kept."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []
        self._changed = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    async def says(self, pattern: str, seconds: float = 90) -> re.Match[str]:
        """Wait for a line of the log that fits."""
        async with asyncio.timeout(seconds), self._changed:
            while True:
                for line in self.lines:
                    if found := re.search(pattern, line):
                        return found
                assert not self._reading.done(), f"the program ended without saying {pattern!r}: {self.lines}"
                await self._changed.wait()

    async def kill(self) -> None:
        """End it as a power cut does."""
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)
        await self._ended()

    async def stop(self) -> None:
        """Ask it to end, as systemd does."""
        with suppress(ProcessLookupError):
            self.process.terminate()
        await self._ended()

    async def _ended(self) -> None:
        async with asyncio.timeout(60):
            await self.process.wait()
        await self._reading

    async def _read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.lines.append(line.decode().rstrip())
            await self._wake()
        await self._wake()

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()


async def start(module: str, *arguments: str) -> Program:
    """Start `python -m MODULE ARGUMENTS`."""
    return Program(
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *arguments, cwd=ROOT, stderr=asyncio.subprocess.PIPE
        )
    )


@asynccontextmanager
async def running(module: str, *arguments: str) -> AsyncIterator[Program]:
    """Run a program until the test is over."""
    program = await start(module, *arguments)
    try:
        yield program
    finally:
        await program.stop()
