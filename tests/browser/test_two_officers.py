"""Two officers at one counter, one officer at two, keys that no finger pressed, and no answer at all."""

from contextlib import ExitStack
from datetime import UTC, datetime

import msgspec
import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from tests.browser.installation import Installation
from tests.browser.windows import assert_accessible, press, sign_in, text, window

pytestmark = pytest.mark.long

KEY = """([code, key, repeat]) => document.body.dispatchEvent(
  new KeyboardEvent('keydown', {code, key, repeat, bubbles: true, cancelable: true}))"""

SCAN = """() => {
  for (const code of ['KeyB', 'Space', 'Space', 'KeyB'])
    document.body.dispatchEvent(new KeyboardEvent('keydown', {code, key: code, bubbles: true, cancelable: true}));
}"""
"""What a scanner types, faster than any finger."""


class SlowLine:
    """A line from the server to a page on which views can be kept back, and old ones come late."""

    def __init__(self) -> None:
        self.newest = ""
        self.is_held = False
        self._page: WebSocketRoute | None = None

    def lay(self, page: Page) -> None:
        """Lie between the page and its counter."""
        page.route_web_socket("**/live/counters/*", self._join)

    def _join(self, page: WebSocketRoute) -> None:
        self._page = page
        page.connect_to_server().on_message(self._hear)

    def _hear(self, message: str | bytes) -> None:
        self.newest = message if isinstance(message, str) else message.decode()
        if not self.is_held:
            self.deliver(self.newest)

    def deliver(self, view: str) -> None:
        """Bring a view to the page."""
        assert self._page is not None
        self._page.send(view)


def sit(windows: ExitStack, browser: Browser, hall: Installation, code: str, login: str) -> Page:
    """Let somebody sit down at a counter."""
    page = windows.enter_context(window(browser, hall.address, f"/counter#{code}", 1366, 768))
    sign_in(page, login)
    expect(page.get_by_text(text("live.live"), exact=True)).to_be_visible()
    return page


def test_two_officers_at_one_counter_and_one_at_two(browser: Browser, installation: Installation) -> None:
    counter, other = installation.counter_of("PLN"), installation.counter_of("BAPENDA")
    for _ in range(2):
        installation.take(counter["services"][0])
    with ExitStack() as windows:
        first = sit(windows, browser, installation, counter["code"], "petugas")
        second = sit(windows, browser, installation, counter["code"], "admin")
        press(first, "Space")
        for page in (first, second):
            expect(page.get_by_text(text("console.nobody"))).to_be_visible()
        press(second, "a")
        expect(first.get_by_role("alert").filter(has_text="Admin mengambil alih")).to_be_visible()
        assert_accessible(first)

        # both call at once: one gets the visitor, the other a clear no, and both see the same
        def overtaken(route: Route) -> None:
            """While the second's call is on its way, the first one calls."""
            installation.post(f"/api/counters/{counter['code']}/call-next")
            route.continue_()

        second.route("**/call-next", overtaken)
        press(second, "Space")
        expect(second.get_by_role("alert").filter(has_text=text("refused.counter_busy"))).to_be_visible()
        for page in (first, second):
            expect(page.get_by_role("status").filter(has_text=text("phase.called"))).to_be_visible()
        # the same officer opens another counter: both pages say so
        elsewhere = sit(windows, browser, installation, other["code"], "admin")
        press(elsewhere, "Space")
        expect(
            elsewhere.get_by_text(text("console.also_at", counters=text("common.counter", name=counter["name"])))
        ).to_be_visible()
        expect(
            second.get_by_text(text("console.also_at", counters=text("common.counter", name=other["name"])))
        ).to_be_visible()


def test_no_answer_is_told_and_mended_and_nothing_fires_twice(browser: Browser, installation: Installation) -> None:
    counter = installation.counter_of("BPJSKES")
    number = installation.take(counter["services"][0])["number"]
    installation.take(counter["services"][0])
    installation.post(f"/api/counters/{counter['code']}/open")
    with ExitStack() as windows:
        page = sit(windows, browser, installation, counter["code"], "petugas")
        called = page.get_by_role("status").filter(has_text=text("phase.called"))
        # a scanner types: nothing of it is taken for a deed
        page.evaluate(SCAN)
        expect(page.get_by_text(text("console.nobody"))).to_be_visible()
        # a key that is held down does its deed once
        press(page, "Space")
        for _ in range(5):
            page.evaluate(KEY, ["Space", " ", True])
        expect(called).to_be_visible()
        press(page, "Space")
        expect(page.get_by_role("status").filter(has_text=text("phase.serving"))).to_be_visible()
        # no answer comes: the page says that it does not know, and the next view tells
        page.route("**/finish", lambda route: route.abort())
        press(page, "Space")
        expect(page.get_by_role("status").filter(has_text=text("console.unsure_told"))).to_be_visible()
        expect(page.get_by_role("status").filter(has_text=text("phase.serving"))).to_be_visible()
        expect(page.get_by_text(number).first).to_be_visible()


def test_a_view_from_before_the_command_that_comes_after_its_answer(
    browser: Browser, installation: Installation
) -> None:
    counter = installation.counter_of("PDAM")
    installation.take(counter["services"][0])
    line = SlowLine()
    with window(browser, installation.address, f"/counter#{counter['code']}", 1366, 768, prepare=line.lay) as page:
        sign_in(page, "petugas")
        expect(page.get_by_text(text("console.is_closed"))).to_be_visible()
        line.is_held, before = True, msgspec.json.decode(line.newest)
        with page.expect_response("**/open"):
            press(page, "Space")
        # made while the counter was being opened: their time is later than the answer's, and they know nothing of it
        free = page.get_by_text(text("console.nobody"))
        for _ in range(3):
            before["at"] = datetime.now(UTC).isoformat()
            line.deliver(msgspec.json.encode(before).decode())
            page.wait_for_function(
                "at => document.timeline.currentTime > at", arg=page.evaluate("document.timeline.currentTime")
            )
            expect(free).to_be_visible(timeout=1)
        press(page, "Space")
        expect(free).to_be_visible()
        line.is_held = False
        line.deliver(line.newest)
        expect(page.get_by_role("status").filter(has_text=text("phase.called"))).to_be_visible()
