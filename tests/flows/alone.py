"""A kiosk as it stands in a hall: its agent as a process of its own, its printer, and what its page does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
import websockets
from websockets.exceptions import ConnectionClosedError
from websockets.frames import CloseCode

from hardware.agent.pairing import FILE
from hardware.agent.server import write_private
from hardware.core.device import NewDevice
from hardware.virtual_printer.server import VirtualPrinter
from tests.flows import program
from tests.flows.house import Follower, House
from tests.flows.program import Program
from ticketing.core.access import Role


class Kiosk:
    """One kiosk: agent, printer, page."""

    def __init__(self, nth: int, server: str, state: Path, printer: VirtualPrinter) -> None:
        self.nth, self.server, self.state, self.printer = nth, server, state, printer
        self.agent: Program | None = None
        self.door = ""

    async def let_in(self, house: House) -> None:
        """Approve its printer and itself beforehand, as an administrator would."""
        printer, kiosk = f"P{self.nth:02d}", f"K{self.nth:02d}"
        for folder, secret in (
            ("printer", await house.device(Role.PRINTER, printer)),
            ("kiosk", await house.device(Role.KIOSK, kiosk, printer=printer)),
        ):
            (self.state / folder).mkdir(parents=True)
            known = msgspec.json.encode(NewDevice(pairing_code="ABC-DEF", token=secret))
            write_private(self.state / folder / FILE, known)

    async def start(self) -> Program:
        """Switch it on."""
        to = f"network://127.0.0.1:{self.printer.port}?profile=TM-T20II"
        words = ("kiosk", "--server", self.server, "--to", to, "--state", str(self.state), "--port", "0")
        self.agent = await program.start("hardware", *words)
        self.door = (await self.agent.says(r"page is on (http://127\.0\.0\.1:\d+)"))[1]
        return self.agent

    @asynccontextmanager
    async def page(self) -> AsyncIterator[httpx.AsyncClient]:
        """Act as its page does."""
        async with httpx.AsyncClient(
            base_url=self.door, headers={"origin": self.door}, trust_env=False, timeout=60, verify=False
        ) as client:
            yield client

    @asynccontextmanager
    async def follow(self, path: str) -> AsyncIterator[Follower]:
        """Follow a view as its page does."""
        address = self.door.replace("http://", "ws://") + path
        async with websockets.connect(
            address, origin=websockets.Origin(self.door), proxy=None, compression=None
        ) as line:
            yield Follower(line)

    async def until(self, state: str) -> dict[str, Any]:
        """Wait until its page shows the line so."""
        async with self.follow("/live/kiosk") as screen:
            return await screen.until(lambda view: view["line"]["state"] == state)

    async def take(self, page: httpx.AsyncClient, request: str, *, service: str = "KTP") -> dict[str, Any]:
        """Tap."""
        answer = await page.post("/api/tickets", json={"service": service, "request": request})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def printed(self, code: str) -> dict[str, Any]:
        """Wait until the paper of a ticket has come to an end."""
        async with asyncio.timeout(60):
            while True:
                async with self.follow(f"/live/tickets/{code}") as screen:
                    try:
                        return await screen.until(
                            lambda view: view["slip"]["state"] in {"printed", "failed", "unknown"}
                        )
                    except ConnectionClosedError as closed:
                        # The kiosk's line has come or gone: a page opens its socket anew, and so does this one.
                        if closed.rcvd is None or closed.rcvd.code != CloseCode.SERVICE_RESTART:
                            raise

    async def says(self, pattern: str) -> None:
        """Wait for a line of its agent's log."""
        assert self.agent is not None
        await self.agent.says(pattern)

    async def switch_off_and_on(self) -> None:
        """Cut its power, and give it back."""
        assert self.agent is not None
        await self.agent.kill()
        await self.start()

    async def stop(self) -> None:
        """Switch it off."""
        if self.agent is not None:
            await self.agent.stop()


@asynccontextmanager
async def kiosk(nth: int, house: House, server: str, folder: Path, *, is_known: bool = True) -> AsyncIterator[Kiosk]:
    """Set a kiosk up, let it in and switch it on; one that is not known has to be let in first."""
    async with VirtualPrinter(folder / f"slips-{nth}", control_port=None) as printer:
        made = Kiosk(nth, server, folder / f"state-{nth}", printer)
        if is_known:
            await made.let_in(house)
        try:
            await made.start()
            if is_known:
                await made.says("holding numbers=")
            yield made
        finally:
            await made.stop()
