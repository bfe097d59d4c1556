"""A real server on a real port, over both databases, with a clock that stands still until it is told to move."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import websockets

from mpp import app, server, setup
from mpp.config import Config
from tests.stopped_clock import StoppedClock
from ticketing.core.access import Role
from ticketing.core.mall_entries import MallFile


class House:
    """A running server and how to reach it."""

    def __init__(self, config: Config, address: str, clock: StoppedClock) -> None:
        self.config = config
        self.address = address
        self.clock = clock

    async def token(self, role: Role, name: str = "test", tenant: str | None = None) -> str:
        """Make a bearer token, as the command line does."""
        return await setup.make_token(self.config, None, role, name, tenant)

    @asynccontextmanager
    async def client(self, token: str | None = None) -> AsyncIterator[httpx.AsyncClient]:
        """Open an HTTP client."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        async with httpx.AsyncClient(base_url=self.address, headers=headers, timeout=20) as client:
            yield client

    @asynccontextmanager
    async def follow(self, path: str, token: str | None = None) -> AsyncIterator["Follower"]:
        """Open a WebSocket."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        address = self.address.replace("http://", "ws://") + path
        async with websockets.connect(address, additional_headers=headers, proxy=None) as line:
            yield Follower(line)


class Follower:
    """One end of a live view."""

    def __init__(self, line: websockets.ClientConnection) -> None:
        self.line = line

    async def next(self) -> dict[str, Any]:
        """Wait for the next view."""
        async with asyncio.timeout(10):
            return dict(msgspec.json.decode(await self.line.recv()))

    async def until(self, is_so: Any) -> dict[str, Any]:
        """Wait for the first view of which `is_so` holds."""
        while True:
            if is_so(view := await self.next()):
                return view


@asynccontextmanager
async def open_house(config: Config, clock: StoppedClock) -> AsyncIterator[House]:
    """Serve until the test is over."""
    running = server.make(app.make(config, clock), config)
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


@pytest.fixture
async def house(database: str, clock: StoppedClock, small_mall: MallFile, tmp_path: Path) -> AsyncIterator[House]:
    """Run a server with the small mall."""
    del small_mall
    config = Config(data=tmp_path, database=database, port=0, public_url="http://mpp.test", voice=True)
    mall = tmp_path / "mall.yaml"
    mall.write_text((Path(__file__).parent.parent / "small_mall.yaml").read_text(encoding="utf-8"))
    await setup.import_mall(config, mall)
    async with open_house(config, clock) as opened:
        yield opened
