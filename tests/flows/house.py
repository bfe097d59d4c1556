"""A running server and how tests reach it: HTTP, sockets, paired devices, its log."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import msgspec
import websockets
from sqlalchemy import select

from mpp import actions, app, pages, server, setup
from mpp.actions import Place
from mpp.config import Config
from mpp.premises import Premises
from tests.replay import assert_log_tells_rows
from tests.stopped_clock import StoppedClock
from ticketing import tables
from ticketing.core.access import Role

ROOT = Path(__file__).parent.parent.parent
ADDRESS = "http://mpp.test"
"""Where phones find the server, as it stands on slips."""


class Follower:
    """One end of a live view."""

    def __init__(self, line: websockets.ClientConnection) -> None:
        self.line = line

    async def next(self) -> dict[str, Any]:
        """Wait for the next view."""
        return dict(msgspec.json.decode(await self.line.recv()))

    async def until(self, is_so: Callable[[dict[str, Any]], Any], seconds: float = 60) -> dict[str, Any]:
        """Wait for the first view of which `is_so` holds."""
        async with asyncio.timeout(seconds):
            while True:
                if is_so(view := await self.next()):
                    return view

    async def closed(self) -> int:
        """Wait until the server closes, and say with which code."""
        with suppress(websockets.ConnectionClosed):
            async with asyncio.timeout(60):
                while True:
                    await self.line.recv()
        assert self.line.close_code is not None
        return self.line.close_code


class House:
    """A running server; what is asked of it goes over the network, as from any other program."""

    def __init__(self, config: Config, address: str, clock: StoppedClock) -> None:
        self.config = config
        self.address = address
        self.clock = clock

    async def token(self, role: Role, name: str = "test", tenant: str | None = None) -> str:
        """Make a program's bearer token, as the command line does."""
        return await setup.make_token(self.config, None, role, name, tenant)

    async def device(self, kind: Role, code: str, **places: str) -> str:
        """Let a device in, as the command line does, and return its token."""
        async with setup.change(self.config, None) as tx:
            device, secret = await actions.ask_in(tx, kind, self.clock.real())
            await actions.approve(tx, device.id, code, code, Place(**places), self.clock.real())
        return secret

    @asynccontextmanager
    async def client(
        self, token: str | None = None, *, seconds: float = 30, **headers: str
    ) -> AsyncIterator[httpx.AsyncClient]:
        """Open an HTTP client."""
        if token:
            headers["authorization"] = f"Bearer {token}"
        async with httpx.AsyncClient(
            base_url=self.address,
            headers=headers,
            timeout=seconds,
            trust_env=False,
            verify=False,  # nothing is encrypted here, and reading all certificates takes long
        ) as client:
            yield client

    @asynccontextmanager
    async def follow(self, path: str, token: str | None = None, **headers: str) -> AsyncIterator[Follower]:
        """Open a WebSocket."""
        if token:
            headers["authorization"] = f"Bearer {token}"
        address = self.address.replace("http://", "ws://") + path
        async with websockets.connect(address, additional_headers=headers, proxy=None, compression=None) as line:
            yield Follower(line)

    async def log(self) -> list[tables.Event]:
        """Read the log of the mall."""
        async with setup.database(self.config) as db, db.read((await db.malls())[0]) as tx:
            return list(await tx.session.scalars(select(tables.Event).order_by(tables.Event.seq)))

    async def told(self) -> list[str]:
        """Read what kinds of events the log tells, in their order."""
        return [event.kind for event in await self.log()]

    async def numbers(self) -> list[tuple[str, int]]:
        """Read the numbers given out, as series and running number, in the order of the rows."""
        async with setup.database(self.config) as db, db.read((await db.malls())[0]) as tx:
            rows = await tx.session.scalars(select(tables.Ticket).order_by(tables.Ticket.id))
            return [(row.series, row.serial) for row in rows]

    async def replay(self) -> None:
        """Hold the log of every mall against the rows."""
        async with setup.database(self.config) as db:
            for mall_id in await db.malls():
                await assert_log_tells_rows(db, mall_id)


def assert_contiguous(numbers: list[tuple[str, int]]) -> None:
    """Hold each series against 1, 2, 3 ... in the order of issue: none twice, none missing."""
    series: dict[str, list[int]] = {}
    for name, serial in numbers:
        series.setdefault(name, []).append(serial)
    for name, serials in series.items():
        assert serials == list(range(1, len(serials) + 1)), f"the series {name} is not whole"


class Building:
    """All doors, with nothing behind them yet: to build them takes longer than most tests, so houses share them."""

    premises: Premises

    def __init__(self) -> None:
        files = pages.load(pages.STATIC)
        self.build = pages.build_id(files)
        self.doors = app.doors(lambda: self.premises, files)


EMPTY: list[Building] = []
"""Buildings that no house is open in."""


@asynccontextmanager
async def open_house(config: Config, clock: StoppedClock) -> AsyncIterator[House]:
    """Serve until the test is over."""
    building = EMPTY.pop() if EMPTY else Building()
    building.premises = Premises(config, clock, building.build)
    running = server.make(building.doors, config)
    serving = asyncio.create_task(running.serve())
    while not running.started:
        assert not serving.done(), "the server did not start"
        await asyncio.sleep(0.01)
    port = running.servers[0].sockets[0].getsockname()[1]
    try:
        yield House(config, f"http://127.0.0.1:{port}", clock)
    finally:
        running.should_exit = True
        await serving
        EMPTY.append(building)
