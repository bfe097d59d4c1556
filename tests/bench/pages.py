"""What a browser gets: bytes until something useful is seen, bytes of the whole page, and the sound after a call.

The pages are fetched under a name that is not localhost, as phones and kiosks in a hall fetch them: browsers then ask
for gzip, and for brotli only where there is HTTPS. Under localhost they ask for brotli.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from msgspec import Struct
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from mpp import setup
from mpp.config import load
from tests.bench import hall, product
from tests.bench.hall import Hall
from tests.bench.wire import Http
from tests.browser.stage import FLAGS, PASSWORD, program
from ticketing.core.access import Role

NAME = "mpp.example"
"""A name of the hall's server that means this machine, in this browser only."""

CALLS = 15
CALM_SECONDS = 0.5
"""After an announcement, before the next call."""

WEIGH = """() => new Promise(done => {
  let useful = 0;
  const paints = { type: "largest-contentful-paint", buffered: true };
  new PerformanceObserver(list => list.getEntries().forEach(paint => (useful = paint.startTime))).observe(paints);
  setTimeout(() => {
    const [first] = performance.getEntriesByName("first-contentful-paint");
    const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    const files = entries.map(file => [file.responseEnd, file.transferSize, file.name.includes("/a/")]);
    done({ first: first.startTime, useful: Math.max(useful, first.startTime), files });
  }, 500);
})"""
"""Useful is the paint of the largest text or picture: a heading over an empty page would be painted first."""

SIGN_IN = """who => fetch("/api/session", {
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(who),
})"""

LISTEN = """(() => {
  window.heard = [];
  window.ended = 0;
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    if (this.src.includes("/api/sounds/")) {
      const began = () => (window.heard.push(Date.now()), (this.playbackRate = 16));
      this.addEventListener("playing", began, { once: true });
      this.addEventListener("ended", () => window.ended++, { once: true });
    }
    return play.call(this);
  };
})()"""
"""Notes when a sound begins, and hurries it to its end then: nobody has to hear fifteen announcements."""


class Weight(Struct, frozen=True, kw_only=True):
    """Bytes over the line, headers and the first view on the socket included, and when something useful was seen."""

    until_first: int
    until_useful: int
    whole: int
    files: int
    useful_ms: float


async def sounds(folder: Path) -> list[float]:
    """Call visitors before a real board page; seconds from the posting of the call until the sound plays, sorted."""
    async with _opened(folder) as (here, browser):
        counters = await product.fill(await Http.open(here.port, here.token), here)
        board = await (await browser.new_context()).new_page()
        await board.add_init_script(LISTEN)
        await board.goto(f"http://{NAME}:{here.port}/board/A", wait_until="networkidle")
        return sorted([await _heard(board, here, counter) for counter in islice(cycle(counters), CALLS)])


async def _heard(board: Page, here: Hall, counter: str) -> float:
    line = await Http.open(here.port, here.token)  # one that is quiet during an announcement is hung up
    before = await board.evaluate("heard.length")
    sent = time.time()
    await product.post(line, f"/api/counters/{counter}/call-next")
    await board.wait_for_function("before => ended > before", arg=before, timeout=60_000)
    at = float(await board.evaluate("heard[heard.length - 1]")) / 1000
    line = await Http.open(here.port, here.token)
    for step in ("start", "finish"):
        await product.post(line, f"/api/counters/{counter}/{step}")
    await asyncio.sleep(CALM_SECONDS)
    return at - sent


async def weights(folder: Path) -> dict[str, tuple[Weight, Weight]]:
    """Open each page with an empty cache, as in a hall and as behind HTTPS (gzip, brotli)."""
    async with _opened(folder) as (here, browser):
        line = await Http.open(here.port, here.token)
        ticket = await product.post(line, "/api/tickets", {"service": here.services[0]})
        pages = {
            "kiosk": "/kiosk",
            "counter": "/counter",
            "board": "/board/A",
            "sign": f"/sign/{here.counters[0]}",
            "ticket": f"/t/{ticket['code']}",
            "manage": "/manage",
            "info": "/info",
        }
        found = {}
        for page, path in pages.items():
            gzip, brotli = [await _weigh(browser, f"http://{name}:{here.port}", path) for name in (NAME, "localhost")]
            found[page] = gzip, brotli
        return found


async def _weigh(browser: Browser, address: str, path: str) -> Weight:
    """Let a window be let in first, then open the page in a new one with nothing but its cookies."""
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{address}/info")
    await page.evaluate(SIGN_IN, {"login": "admin", "password": PASSWORD})
    await page.goto(address + path, wait_until="networkidle")
    cookies: Any = await context.cookies()
    await context.close()
    context = await browser.new_context(viewport={"width": 1080, "height": 1920})
    await context.add_cookies(cookies)
    try:
        return await _weighed(context, address + path)
    finally:
        await context.close()


async def _weighed(context: BrowserContext, address: str) -> Weight:
    page = await context.new_page()
    views: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: views.append(len(frame))))
    await page.goto(address, wait_until="networkidle")
    found = await page.evaluate(WEIGH)
    view = views[0] if views else 0

    def until(moment: float) -> int:
        sizes: list[int] = [size for ended, size, _ in found["files"] if ended <= moment]
        return view + sum(sizes)

    return Weight(
        until_first=until(found["first"]),
        until_useful=until(found["useful"]),
        whole=until(float("inf")),
        files=sum(size for _, size, is_built in found["files"] if is_built),
        useful_ms=found["useful"],
    )


@asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[tuple[Hall, Browser]]:
    """Serve a hall that lets every screen in at once, and run a browser that finds it."""
    flags = [*FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1", "--no-proxy-server"]
    async with hall.hall(folder, voice=True, pairing="at_once") as here, async_playwright() as play:
        await setup.add_person(load(here.settings, None), None, "admin", "Admin", PASSWORD, Role.ADMINISTRATOR, None)
        browser = await play.chromium.launch(executable_path=program(), args=flags)
        try:
            yield here, browser
        finally:
            await browser.close()
