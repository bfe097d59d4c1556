"""Two officers at one counter, one officer at two, keys that no finger pressed, and no answer at all."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.installation import Installation
from tests.browser.windows import assert_accessible, press, sign_in, text, window

pytestmark = pytest.mark.slow

KEY = """([code, key, repeat]) => document.body.dispatchEvent(
  new KeyboardEvent('keydown', {code, key, repeat, bubbles: true, cancelable: true}))"""

SCAN = """() => {
  for (const code of ['KeyB', 'Space', 'Space', 'KeyB'])
    document.body.dispatchEvent(new KeyboardEvent('keydown', {code, key: code, bubbles: true, cancelable: true}));
}"""
"""What a scanner types, faster than any finger."""


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
