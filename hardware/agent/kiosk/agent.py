"""The kiosk's agent, put together: door, line, numbers, desk, pages, and the printer's own agent."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from hardware.agent.kiosk.desk import Desk
from hardware.agent.kiosk.door import Door
from hardware.agent.kiosk.files import Journal
from hardware.agent.kiosk.lender import Lender
from hardware.agent.kiosk.line import Line
from hardware.agent.kiosk.shelf import Shelf
from hardware.agent.pairing import Pairing
from hardware.agent.printing import PrintAgent
from hardware.agent.server import Server
from hardware.core import journal
from hardware.drivers.printer import Printer

log = logging.getLogger(__name__)

ASK_SECONDS = 1.0
"""A visitor stands before a kiosk: it asks often whether the server is back."""

ANSWER_SECONDS = 5.0
"""A command takes some ten milliseconds, twenty tickets at once some hundred; more means a line that is lost."""

SHUTDOWN_SECONDS = 2
"""The page's sockets are told to come back at once."""


class _Web(uvicorn.Server):
    """A server that leaves signals to the program it is part of."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let them be."""
        yield


class KioskAgent:
    """One kiosk: its page, its printer and its numbers."""

    def __init__(self, address: str, printer: Printer, state: Path, port: int, *, is_new: bool = False) -> None:
        self._servers = [Server(address, ANSWER_SECONDS), Server(address, ANSWER_SECONDS)]
        server, printing = self._servers
        self._pairing = Pairing(server, state / "kiosk", "kiosk", is_new=is_new, ask_seconds=ASK_SECONDS)
        paper = Pairing(printing, state / "printer", "printer", is_new=is_new, ask_seconds=ASK_SECONDS)
        book = Journal(state)
        self._line = Line(server, self._pairing, state, journal.latest(book.book))
        self._lender = Lender(server, self._pairing, self._line, book, state)
        self._desk = Desk(server, self._pairing, paper, self._line, self._lender, book, printer)
        self._shelf = Shelf(server, self._line, state)
        self._agent = PrintAgent(printing, paper, printer, state / "printer", may_claim=self._may_claim)
        self._door = Door(
            server,
            self._pairing,
            self._line,
            self._desk,
            self._shelf,
            condition=lambda: self._agent.condition,
            freed=self._agent.look_again,
        )
        self._web = _Web(
            uvicorn.Config(
                self._door,
                host="127.0.0.1",
                port=port,
                interface="asgi3",
                lifespan="off",
                ws="websockets-sansio",
                ws_per_message_deflate=False,
                timeout_graceful_shutdown=SHUTDOWN_SECONDS,
                log_config=None,
                access_log=False,
                server_header=False,
            )
        )

    @property
    def beats(self) -> int:
        """Steps of the printer's agent: whether this program goes on."""
        return self._agent.beats

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop; what was given out is on disk at every moment."""
        async with asyncio.TaskGroup() as group:
            helpers = [
                group.create_task(work)
                for work in (
                    self._line.run(),
                    self._lender.run(),
                    self._desk.print_all(),
                    self._desk.hand_in_all(),
                    self._shelf.run(),
                )
            ]
            serving = group.create_task(self._web.serve())
            group.create_task(self._say_where())
            group.create_task(self._agent.run(stop))
            await stop.wait()
            self._web.should_exit = True
            await serving
            await self._desk.finish()
            for helper in helpers:
                helper.cancel()
        for server in self._servers:
            await server.close()

    async def _say_where(self) -> None:
        while not self._web.started:  # noqa: ASYNC110 - uvicorn offers no event
            await asyncio.sleep(0.02)
        port = self._web.servers[0].sockets[0].getsockname()[1]
        log.info("the kiosk's page is on http://127.0.0.1:%d/kiosk", port)

    def _may_claim(self) -> bool:
        """Let slips of the server wait while it is not settled who gave out the number: one tap, one paper."""
        is_unsettled = self._desk.is_pending and not self._desk.is_refused
        return self._line.is_denied or not (self._door.is_asking or is_unsettled)
