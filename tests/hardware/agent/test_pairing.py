"""Being let in by the server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from hardware.agent.pairing import Pairing
from hardware.agent.server import Server
from tests.hardware.stub import StubServer
from tests.logs import told


@asynccontextmanager
async def pairing(mall: StubServer, state: Path, *, is_new: bool = False) -> AsyncIterator[Pairing]:
    server = Server(mall.address)
    try:
        yield Pairing(server, state, "printer", is_new=is_new, ask_seconds=0.02)
    finally:
        await server.close()


async def test_the_code_is_shown_until_the_device_is_approved(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "hardware")
    async with StubServer(is_approved=False) as mall, pairing(mall, tmp_path) as device:
        waiting = asyncio.create_task(device.approved())
        await mall.until(lambda: mall.asked_me >= 2)
        assert told(caplog, "hardware.agent.pairing") == "waiting for approval; the pairing code is K7M-4PX"
        mall.is_approved = True
        assert await waiting == "P01"
    assert mall.registered == ["printer"]


async def test_the_secret_is_kept_for_the_next_start_and_only_we_can_read_it(tmp_path: Path) -> None:
    async with StubServer() as mall:
        for _ in range(2):
            async with pairing(mall, tmp_path) as device:
                assert await device.approved() == "P01"
        assert mall.registered == ["printer"]
    assert (tmp_path / "device.json").stat().st_mode & 0o777 == 0o600


async def test_a_device_that_was_sent_away_says_so_and_applies_anew_only_when_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "hardware")
    async with StubServer() as mall:
        async with pairing(mall, tmp_path) as device:
            await device.approved()
        mall.is_revoked = True
        async with pairing(mall, tmp_path) as device:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3):
                    await device.approved()
        assert "--pair-anew" in told(caplog, "hardware.agent.pairing").splitlines()[-1]
        assert mall.registered == ["printer"]
        mall.is_revoked = False
        async with pairing(mall, tmp_path, is_new=True) as device:
            assert await device.approved() == "P01"
        assert mall.registered == ["printer", "printer"]


async def test_a_device_waits_for_a_server_that_is_not_there_yet(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mall = StubServer()
    async with pairing(mall, tmp_path) as device:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await device.approved()
        async with mall:
            assert await device.approved() == "P01"
    assert told(caplog, "hardware.agent").count("lost the server") == 1
