"""Twenty power cuts while numbers are given out: nothing that was answered is lost, nothing comes twice."""

import asyncio
import random
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from mpp import setup
from mpp.config import Config
from tests.flows import program
from tests.flows.house import House, assert_contiguous
from tests.flows.program import Program
from tests.stopped_clock import StoppedClock
from ticketing.core.access import Role

MOST_CUTS = 20
KIOSKS = 4
SEED = 7
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


def open_all_day(small_mall: str) -> str:
    """Keep the small mall open around the clock, in a time zone where midnight is not near."""
    far = next(zone for zone in ZONES if datetime.now(UTC).astimezone(ZoneInfo(zone)).hour not in (23, 0))
    head, _, rest = small_mall.partition("hours:\n")
    hours = "".join(
        f"  {day}: {{open: '00:00', close: '23:59'}}\n" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    )
    tail = "zones:\n" + rest.partition("zones:\n")[2]
    return head.replace("Asia/Makassar", far) + "hours:\n" + hours + "last_ticket_minutes: 0\n" + tail


@pytest.fixture
def mall_yaml(mall_yaml: str) -> str:
    """Put a mall that never sleeps in the place of the small one."""
    return open_all_day(mall_yaml)


class Street:
    """Visitors who take numbers for as long as it lasts, and repeat what was not answered."""

    def __init__(self, address: str, token: str) -> None:
        self.address, self.token = address, token
        self.given: dict[str, str] = {}
        self.sent = 0
        self.repeated = 0
        self.is_over = False
        self.lights = 0
        self._moved = asyncio.Condition()

    async def kiosk(self, name: int) -> None:
        """Take one number after the other; a request without an answer is sent again as it was."""
        headers = {"authorization": f"Bearer {self.token}"}
        nth = 0
        async with httpx.AsyncClient(
            base_url=self.address, headers=headers, timeout=60, trust_env=False, verify=False
        ) as line:
            while not self.is_over:
                nth += 1
                await self._take(line, f"kiosk-{name}-{nth:05d}")

    async def _take(self, line: httpx.AsyncClient, request: str) -> None:
        for attempt in range(MOST_CUTS + 1):
            lights = self.lights
            self.repeated += attempt > 0
            await self._note_sent()
            with suppress(httpx.NetworkError, httpx.RemoteProtocolError):
                answer = await line.post("/api/tickets", json={"service": "KTP", "request": request})
                assert answer.status_code == 201, answer.text
                self.given[request] = answer.json()["number"]
                return
            await self._relit(lights)
        raise AssertionError(f"{request} was never answered")

    async def _relit(self, lights: int) -> None:
        """Wait for power after a cut."""
        async with self._moved:
            await self._moved.wait_for(lambda: self.lights > lights)

    async def light(self) -> None:
        """Tell all that there is power again, who may have waited for it since they were cut off."""
        async with self._moved:
            self.lights += 1
            self._moved.notify_all()

    async def _note_sent(self) -> None:
        async with self._moved:
            self.sent += 1
            self._moved.notify_all()

    async def sends(self, more: int) -> None:
        """Wait until so many more requests have been sent."""
        async with self._moved:
            goal = self.sent + more
            await self._moved.wait_for(lambda: self.sent >= goal)


async def lit(config: Config) -> Program:
    """Start the server as people do, and wait until its port answers."""
    server = await program.start("mpp", "serve", "--data", str(config.data), "--port", str(config.port))
    while True:
        assert server.process.returncode is None, server.lines
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", config.port)
            writer.close()
            await writer.wait_closed()
            return server
        await asyncio.sleep(0.02)


def free_port() -> int:
    """Find a port for a server that has to come back on the same one."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


@pytest.mark.slow
@pytest.mark.parametrize("cuts", [2, pytest.param(MOST_CUTS, marks=pytest.mark.long)])
async def test_power_cuts_lose_no_number_and_give_none_twice(tmp_path: Path, mall_yaml: str, cuts: int) -> None:
    config = Config(data=tmp_path / "data", port=free_port())
    config.data.mkdir()
    (tmp_path / "mall.yaml").write_text(mall_yaml, encoding="utf-8")
    server = await lit(config)  # makes the tables
    await setup.import_mall(config, tmp_path / "mall.yaml")
    address = f"http://127.0.0.1:{config.port}"
    house = House(config, address, StoppedClock(datetime.now(UTC)))
    street = Street(address, await house.token(Role.KIOSK))
    chance = random.Random(SEED)
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as kiosks:
        for name in range(KIOSKS):
            kiosks.create_task(street.kiosk(name))
        for _ in range(cuts):
            await street.sends(chance.randrange(1, 12))
            loop.call_later(chance.uniform(0, 0.05), server.process.kill)
            await server.process.wait()
            server = await lit(config)
            await street.light()
        street.is_over = True
    await server.stop()
    assert street.repeated >= cuts / 2, "the cuts met nobody"
    numbers = await house.numbers()
    assert_contiguous(numbers)
    assert sorted(street.given.values()) == [f"{series}-{serial:03d}" for series, serial in numbers]
    await house.replay()
