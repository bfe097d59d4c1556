"""A cable between a device and the server that can be cut, or worse: stay plugged in and carry nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with the cable."""

    NONE = "none"
    CUT = "cut"
    SILENT = "silent"
    DEAF = "deaf"
    """The server hears, its answers are lost."""


class Cable:
    """Carries bytes between one port and another."""

    def __init__(self, port: int) -> None:
        self.far = port
        self.near = 0
        self.fault = Fault.NONE
        self._ends: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._mended = asyncio.Event()
        self._mended.set()

    def suffer(self, fault: Fault) -> None:
        """Break it; when it is cut, all that was connected is torn off."""
        self.fault = fault
        self._mended.clear()
        if fault is Fault.CUT:
            self._tear()

    def mend(self) -> None:
        """Put it right: connections of before are gone, as after a long silence."""
        self.fault = Fault.NONE
        self._tear()
        self._mended.set()

    def _tear(self) -> None:
        for end in self._ends:
            end.transport.abort()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        if self.fault is Fault.CUT:
            writer.transport.abort()
            return
        self._ends.add(writer)
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                if self.fault is Fault.SILENT:
                    await self._mended.wait()
                there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.far)
                self._ends.add(there_writer)
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._carry(reader, there_writer, {Fault.SILENT}))
                    group.create_task(self._carry(there_reader, writer, {Fault.SILENT, Fault.DEAF}))
        finally:
            self._ends.discard(writer)
            self._tasks.discard(task)
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stops: set[Fault]) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                if self.fault in stops:
                    await self._mended.wait()
                    break
                writer.write(data)
                await writer.drain()
        writer.transport.abort()

    async def close(self) -> None:
        """Take it away."""
        self.mend()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def cable(port: int) -> AsyncIterator[Cable]:
    """Lay a cable to a port."""
    laid = Cable(port)
    server = await asyncio.start_server(laid.take, "127.0.0.1", 0)
    laid.near = server.sockets[0].getsockname()[1]
    try:
        yield laid
    finally:
        server.close()
        await laid.close()
