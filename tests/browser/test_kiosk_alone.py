"""The kiosk's page at its own agent's door: paired there, through an outage and a power cut, and back to the server."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.installation import Installation
from tests.browser.stage import free_port
from tests.browser.windows import assert_accessible, text, window, worded

pytestmark = [pytest.mark.slow, pytest.mark.long]

PORTRAIT = (1080, 1920)
VISITORS = 40
OTHERS = "DPMPTSP"
BY_HAND = 2
"""Visitors who touch the screen; for the others the page itself is asked, which takes a tenth of the time."""

TAP = """async ([service, request]) => {
  const headers = {"content-type": "application/json"};
  const answer = await fetch("/api/tickets", {method: "POST", headers, body: JSON.stringify({service, request})});
  return (await answer.json()).number;
}"""


class Agent:
    """`mpp-agent kiosk` as a process, with a file for a printer."""

    def __init__(self, server: str, state: Path) -> None:
        self.address = f"http://127.0.0.1:{free_port()}"
        self.paper = state / "paper"
        self._server, self._state = server, state
        self._process: subprocess.Popen[bytes] | None = None
        state.mkdir()
        self.paper.touch()

    def start(self) -> None:
        """Switch it on, and wait until its door is open."""
        words = ("kiosk", "--server", self._server, "--to", f"file://{self.paper}?status=no")
        port = self.address.rsplit(":", 1)[1]
        with (self._state / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "hardware", *words, "--state", str(self._state), "--port", port], stderr=log
            )
        while True:
            assert self._process.poll() is None, (self._state / "log").read_text()
            try:
                httpx.get(f"{self.address}/kiosk")
            except httpx.TransportError:
                continue
            return

    def until_it_holds_numbers(self) -> None:
        """Wait until it can be alone."""
        while b"holding numbers=" not in (self._state / "log").read_bytes():
            assert self._process is not None
            assert self._process.poll() is None

    def kill(self) -> None:
        """Cut its power."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=60)


@contextmanager
def agent(installation: Installation, state: Path) -> Iterator[Agent]:
    """Run a kiosk's agent until the block is left."""
    running = Agent(installation.address, state)
    try:
        running.start()
        yield running
    finally:
        running.kill()


def approve(installation: Installation, kind: str, code: str, **place: str) -> None:
    """Let in the device of a kind that waits."""
    waiting = [
        line
        for line in installation.client.get("/api/devices").json()
        if (line["kind"], line["state"]) == (kind, "waiting")
    ]
    installation.post(f"/api/devices/{waiting[-1]['id']}/approve", code=code, name=code, **place)


def take(page: Page) -> str:
    """Take a number with three touches; return it."""
    for name in ("Dukcapil", "Kartu Keluarga baru", "^" + text("kiosk.take")):
        page.get_by_role("button", name=re.compile(name)).first.click()
    number = page.locator("h1").filter(has_text=re.compile(r"^B-\d{3}$"))
    expect(number).to_be_visible()
    expect(page.get_by_text(text("ticket.take_slip"))).to_be_visible()
    return number.inner_text()


def until_handed_in(installation: Installation, count: int) -> list[str]:
    """Wait until the consoles show so many tickets that were taken without the server; return their numbers."""
    counters = [installation.counter_of(tenant)["code"] for tenant in ("DUKCAPIL", OTHERS)]
    while True:
        views = [installation.client.get(f"/api/counters/{code}").json() for code in counters]
        found = [item["number"] for view in views for item in view["queue"] if item["offline"]]
        if len(found) >= count:
            return found


def go_back(page: Page) -> None:
    """Leave the ticket to the next visitor."""
    page.get_by_role("button", name=text("kiosk.done")).click()


def test_the_page_at_its_own_door_goes_through_an_outage(
    browser: Browser, installation: Installation, tmp_path: Path
) -> None:
    other = installation.counter_of(OTHERS)
    with agent(installation, tmp_path / "kiosk") as own, window(browser, own.address, "/kiosk", *PORTRAIT) as page:
        expect(page.get_by_text(re.compile(r"^[A-Z0-9]{3}-[A-Z0-9]{3}$"))).to_be_visible()
        approve(installation, "printer", "P70")
        approve(installation, "kiosk", "K70", printer="P70")
        expect(page.get_by_text(text("live.live"), exact=True)).to_be_visible()
        assert int(take(page)[2:]) < 700
        go_back(page)
        own.until_it_holds_numbers()

        installation.kill()
        expect(page.get_by_text(worded("live.offline"))).to_be_visible()
        numbers = []
        for _ in range(BY_HAND):
            numbers.append(take(page))
            expect(page.get_by_text(text("ticket.offline"))).to_be_visible()
            go_back(page)
        own.kill()
        own.start()
        page.reload()
        expect(page.get_by_text(worded("live.offline"))).to_be_visible()
        elsewhere = other["services"]
        for nth in range(VISITORS - BY_HAND):
            service = "DUKCAPIL-01" if nth < VISITORS / 2 - BY_HAND else elsewhere[0]
            numbers.append(page.evaluate(TAP, [service, f"tap-{nth}"]))
        assert len(set(numbers)) == VISITORS
        page.get_by_role("button", name=re.compile("Dukcapil")).first.click()
        expect(page.get_by_text(text("kiosk.used_up")).first).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name=text("kiosk.back")).first.click()

        installation.start()
        expect(page.get_by_text(text("live.live"), exact=True)).to_be_visible()
        waiting = until_handed_in(installation, VISITORS)
        assert sorted(waiting) == sorted(numbers)
        go_on = take(page)
        assert int(go_on[2:]) < 700
