"""A mall as it is really installed: `mpp serve`, devices let in by an administrator, open at every hour."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import httpx

from mpp import schema, setup
from mpp.config import Config
from tests.browser.stage import PASSWORD, Stage, free_port, token_of
from ticketing.core.access import Role

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_DAY = '{open: "00:00", close: "23:59"}'
PEOPLE = (("admin", Role.ADMINISTRATOR), ("petugas", Role.OFFICER))


class Installation(Stage):
    """A server that can be killed and started again on the same data and port."""

    def __init__(self, port: int, data: Path, token: str) -> None:
        super().__init__(f"http://127.0.0.1:{port}", data, token)
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        words = ["serve", "--data", str(self.data), "--config", str(self.data / "mpp.toml"), "--port", str(self._port)]
        with (self.data / "log").open("ab") as log:
            self._process = subprocess.Popen([sys.executable, "-m", "mpp", *words], stderr=log)
        while True:
            assert self._process.poll() is None, (self.data / "log").read_text()
            try:
                httpx.get(f"{self.address}/health/ready").raise_for_status()
            except httpx.TransportError:
                continue
            return

    def kill(self) -> None:
        """End the server as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=60)

    def ask_in(self, kind: str) -> tuple[int, str]:
        """Ask to be let in as a device; return its id and its token."""
        answer = httpx.post(f"{self.address}/api/devices", json={"kind": kind}).raise_for_status().json()
        return int(answer["id"]), str(answer["token"])

    def device(self, kind: str, code: str, **place: str) -> str:
        """Let in a device; return its cookie."""
        id, token = self.ask_in(kind)
        self.post(f"/api/devices/{id}/approve", code=code, name=code, **place)
        return f"mpp_device_{kind}={token}"


@contextmanager
def installed(
    data: Path, day: str = ALL_DAY, *, voice: bool = False, forecast: bool = False, one_zone: bool = False
) -> Iterator[Installation]:
    """Import the demo mall, with every day the same and never a holiday, and serve it until the block is left.

    `one_zone` puts all counters into zone A.
    """
    (data / "mpp.toml").write_text(f"voice = {str(voice).lower()}\nforecast = {str(forecast).lower()}\n")
    mall = _every_day(day, files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8"))
    (data / "mall.yaml").write_text(re.sub(r"\bzone: [BC]\b", "zone: A", mall) if one_zone else mall)
    config = Config(data=data, voice=voice)
    with ThreadPoolExecutor(1) as elsewhere:  # the browser's loop runs in this thread
        token = elsewhere.submit(_prepare, config).result()
    server = Installation(free_port(), data, token)
    try:
        server.start()
        with server.client:
            yield server
    finally:
        server.kill()


def _prepare(config: Config) -> str:
    schema.upgrade(config.url)
    return asyncio.run(_furnish(config))


async def _furnish(config: Config) -> str:
    """Import the mall and add its people; return a token of an administrator."""
    await setup.import_mall(config, config.data / "mall.yaml")
    for login, role in PEOPLE:
        await setup.add_person(config, None, login, login.title(), PASSWORD, role, None)
    return await token_of(config.data)


def _every_day(day: str, mall: str) -> str:
    """Change a mall file so that all days are the same."""
    hours = "".join(f"  {name}: {day}\n" for name in DAYS)
    mall = re.sub(r"(?m)^hours:\n(  .*\n)+", f"hours:\n{hours}", mall)
    mall = re.sub(r"(?m)^holidays:\n(  .*\n)+", "holidays: []\n", mall)
    return re.sub(r"(?m)^last_ticket_minutes: .*$", "last_ticket_minutes: 0", mall)
