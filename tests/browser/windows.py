"""Windows on a mall: opened as somebody new, read in the words of the catalogue, looked at by axe."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.stage import PASSWORD, visitor
from ticketing.texts import say

SEEN_FROM_AFAR = frozenset({"kiosk", "board", "sign"})
"""Pages on which text has a contrast of 7 : 1."""

TOUCH, KIOSK_TOUCH = 48, 64
"""The least height and width in CSS pixels of what is touched. Source: house rule; WCAG 2.2 AA asks for 24."""

TOO_SMALL = """least => [...document.querySelectorAll("button, a[href], input, select, summary")]
  .map(one => one.closest("label") || one)
  .filter(one => !one.closest("p, .swagger-ui") && one.getClientRects().length > 0)
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => Math.min(box.width, box.height) < least - 0.5)
  .map(([one, box]) => `${one.outerHTML.slice(0, 120)}: ${Math.round(box.width)} x ${Math.round(box.height)}`)"""
"""Lists what is too small to be touched; links within a sentence are as high as their line."""


@contextmanager
def window(
    browser: Browser,
    address: str,
    path: str,
    width: int,
    height: int,
    device: str | None = None,
    prepare: Callable[[Page], object] = lambda _: None,
) -> Iterator[Page]:
    """Open a page as somebody new, or with a device's cookie; a script that fails fails the test."""
    context = visitor(browser, width, height)
    if device is not None:
        add_cookie(context, address, device)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("request", lambda request: faults.append(request.url) if address not in request.url else None)
    prepare(page)
    page.goto(address + path)
    yield page
    page.wait_for_timeout(1)  # lets the last events arrive before the window closes
    context.close()
    faults = [fault for fault in faults if not fault.startswith("data:")]
    assert not faults, faults


def add_cookie(context: BrowserContext, address: str, device: str) -> None:
    """Give a window the cookie of a device: "name=secret"."""
    name, _, value = device.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": address}])


def text(key: str, **values: object) -> str:
    """Return a sentence of the catalogue."""
    return say("id", key, **values)


def worded(key: str, **values: object) -> re.Pattern[str]:
    """Return what fits any longer text that holds a sentence of the catalogue."""
    return re.compile(re.escape(text(key, **values)))


def sign_in(page: Page, login: str) -> None:
    """Fill in the form."""
    page.get_by_label(text("signin.login")).fill(login)
    page.get_by_label(text("signin.password")).fill(PASSWORD)
    page.get_by_role("button", name=text("signin.enter"), exact=True).click()


FINGER, SAME_FINGER = 40, 210
"""Milliseconds between two keys of a person, and two strokes of one finger: pages ignore what is faster."""


def press(page: Page, key: str) -> None:
    """Press a key as a person does."""
    page.wait_for_timeout(SAME_FINGER if key.endswith(("Space", "NumpadEnter", "Numpad5", "NumpadDecimal")) else FINGER)
    page.keyboard.press(key)


def assert_accessible(page: Page) -> None:
    """Let axe look at the page as it is now, and measure what is there to be touched."""
    kind = page.evaluate("document.documentElement.dataset.page")
    rules = {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": kind in SEEN_FROM_AFAR}}
    found = Axe().run(page, options={"rules": rules})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(TOO_SMALL, KIOSK_TOUCH if kind == "kiosk" else TOUCH) == []
