"""A whole demo mall in processes of its own, and a real browser before it: for tests and for pictures."""

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from mpp import setup
from mpp.config import Config
from ticketing.core.access import Role

FLAGS = (
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first one is the same engine without the windows of a desktop, which cost more than the pages do."""
PASSWORD = "contoh-mpp"
"""Of everybody in the demo, and in the tests."""
PORTS_USED = (0, 1020, 1100)
"""The demo's server, its printer and the printer's page, counted from the server's port."""


class Stage:
    """A running demo and how to act in it."""

    def __init__(self, address: str, data: Path, token: str) -> None:
        self.address = address
        self.data = data
        self.client = httpx.Client(base_url=address, timeout=60)
        self.client.headers["authorization"] = f"Bearer {token}"

    def post(self, path: str, **body: object) -> dict[str, Any]:
        """Post a command that must succeed."""
        answer = self.client.post(path, json=body)
        assert answer.is_success, f"{path}: {answer.text}"
        return dict(answer.json())

    def take(self, service: str, **more: object) -> dict[str, Any]:
        """Take a number."""
        return self.post("/api/tickets", service=service, request=uuid4().hex, **more)

    def counter_of(self, tenant: str, nth: int = 0) -> dict[str, Any]:
        """Return a counter of a tenant."""
        return [line for line in self.client.get("/api/counters").json() if line["tenant"] == tenant][nth]  # type: ignore[no-any-return]  # JSON

    def trouble(self, condition: str) -> None:
        """Make the demo's printer suffer, or well again."""
        port = int(self.address.rsplit(":", 1)[1]) + 1100
        httpx.post(f"http://127.0.0.1:{port}/condition", json={"condition": condition}).raise_for_status()


async def token_of(data: Path) -> str:
    """Make a token that may do everything in the mall of this folder."""
    return await setup.make_token(Config(data=data), None, Role.ADMINISTRATOR, "Petugas Contoh", None)


def free_port() -> int:
    """Find a port whose neighbours the demo needs are free too."""
    while True:
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
        if port + max(PORTS_USED) < 65536 and all(_is_free(port + more) for more in PORTS_USED):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def staged(data: Path, *, speed: float = 1, visitors: bool = False, forecast: bool = False) -> Iterator[Stage]:
    """Run `mpp demo` until the block is left; waits are foretold only where that is asked for, as it takes time."""
    port = free_port()
    settings = data / "mpp.toml"
    settings.write_text(f"forecast = {str(forecast).lower()}\n")
    words = [
        "--config",
        str(settings),
        "--port",
        str(port),
        "--data",
        str(data),
        "--speed",
        str(speed),
        *([] if visitors else ["--no-visitors"]),
    ]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    demo = subprocess.Popen(
        [sys.executable, "-m", "mpp", "demo", *words], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert demo.stdout is not None
    try:
        for line in demo.stdout:
            if re.match(r"\s+Stop with", line):
                break
        assert demo.poll() is None, "the demo did not start"
        with ThreadPoolExecutor(1) as elsewhere:  # the browser's loop runs in this thread
            token = elsewhere.submit(asyncio.run, token_of(data)).result()
        stage = Stage(f"http://127.0.0.1:{port}", data, token)
        with stage.client:
            yield stage
    finally:
        demo.terminate()
        demo.wait(timeout=60)
        demo.stdout.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the machine's Chromium."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program(), args=list(FLAGS))
        yield browser
        browser.close()


def program() -> str:
    """Find the machine's Chromium."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path is not None, "no Chromium here; `make test` installs it"
    return path


def visitor(browser: Browser, width: int, height: int) -> BrowserContext:
    """Open a window of this size for somebody new."""
    return browser.new_context(viewport={"width": width, "height": height}, locale="id-ID")
