"""The virtual printer on the network: a TCP port as printers have it, an HTTP port to trouble it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

from hardware.virtual_printer.control import Control
from hardware.virtual_printer.machine import Machine, Trouble
from hardware.virtual_printer.slips import Job, Tray

DOTS = {80: 576, 58: 384}
# Printable dots by the paper's width in mm, at 203 dpi.


class VirtualPrinter:
    """An asynchronous context manager; ports are known once it is entered.

    Args:
        port: TCP port, 0 for a free one.
        control_port: HTTP port on loopback, 0 for a free one, None for no control port.
        width_mm: paper width, 80 or 58.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        control_port: int | None = 0,
        width_mm: int = 80,
        host: str = "127.0.0.1",
    ) -> None:
        self.host, self.port, self.control_port = host, port, control_port
        self._tray = Tray(folder)
        self._changed = asyncio.Condition()
        self._machine = Machine(DOTS[width_mm], answer=self._answer, cut=self._keep, drop=self._hang_up)
        self._turn = asyncio.Lock()
        self._line: asyncio.StreamWriter | None = None
        self._waiting: set[asyncio.StreamWriter] = set()
        self._notices: set[asyncio.Task[None]] = set()
        self._servers: list[asyncio.Server] = []
        self.received = 0

    @property
    def jobs(self) -> list[Job]:
        """The slips so far, oldest first."""
        return self._tray.jobs

    @property
    def trouble(self) -> Trouble:
        """What the printer suffers from now."""
        return self._machine.trouble

    async def __aenter__(self) -> Self:
        """Open the ports."""
        printer = await asyncio.start_server(self._serve, self.host, self.port)
        self._servers.append(printer)
        self.port = printer.sockets[0].getsockname()[1]
        if self.control_port is not None:
            control = Control(jobs=lambda: self.jobs, trouble=lambda: self.trouble, suffer=self.suffer)
            server = await asyncio.start_server(control.serve, "127.0.0.1", self.control_port)
            self._servers.append(server)
            self.control_port = server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the ports and hang up."""
        for server in self._servers:
            server.close()
        for line in list(self._waiting):
            line.close()
        for server in self._servers:
            await server.wait_closed()

    def suffer(self, trouble: Trouble, after_lines: int = 0) -> None:
        """Tell the printer what to suffer from, at once or after so many more lines of paper."""
        self._machine.suffer(trouble, after_lines)
        self._notify()

    async def wait(self, until: Callable[[Self], bool], seconds: float = 5.0) -> None:
        """Wait until something is true of this printer; it is asked after every change."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: until(self))

    async def job(self, number: int, seconds: float = 5.0) -> Job:
        """Wait for the slip with this number, counted from 1 since the printer was entered."""
        await self.wait(lambda printer: printer._tray.count >= number, seconds)
        return self._tray.nth(number)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one line after the other, as a printer with one buffer does."""
        self._waiting.add(writer)
        try:
            async with self._turn:
                self._line = writer
                await self._listen(reader, writer)
        finally:
            self._waiting.discard(writer)
            writer.close()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while (data := await reader.read(4096)) and not writer.is_closing():
                self.received += len(data)
                self._machine.feed(data)
                self._notify()
                await writer.drain()
        self._line = None
        self._machine.line_closed()

    def _answer(self, data: bytes) -> None:
        if self._line and not self._line.is_closing():
            self._line.write(data)

    def _hang_up(self) -> None:
        if self._line:
            self._line.transport.abort()

    def _keep(self, raw: bytes, picture: Image.Image, text: str) -> None:
        self._tray.add(raw, picture, text)

    def _notify(self) -> None:
        """Wake those who wait; a task, because the change itself happens outside of coroutines."""
        task = asyncio.ensure_future(self._wake())
        self._notices.add(task)
        task.add_done_callback(self._notices.discard)

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()
