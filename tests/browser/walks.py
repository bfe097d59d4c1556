"""What a visitor or an officer does on a page before its picture is taken."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

from tests.browser.windows import add_cookie, sign_in, text

Act = Callable[[Page], object]


def touch(*keys: str) -> Act:
    """Return a walk that presses one button after another, named by catalogue key or by words."""

    def act(page: Page) -> None:
        for key in keys:
            name = text(key) if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", key) else key
            page.get_by_role("button", name=re.compile(name)).first.click()
            page.wait_for_timeout(400)

    return act


def seek(words: str) -> Act:
    """Return a walk that searches at the kiosk."""

    def act(page: Page) -> None:
        touch("kiosk.search")(page)
        page.keyboard.type(words)

    return act


def leave_alone(*keys: str) -> Act:
    """Return a walk that ends with nobody there, until the kiosk asks."""

    def act(page: Page) -> None:
        touch(*keys)(page)
        page.wait_for_selector("dialog", timeout=60_000)

    return act


def at_information(page: Page) -> None:
    """Go on from the kiosk to the information, and open a service there."""
    page.get_by_role("link", name=text("kiosk.info")).click()
    page.locator("summary").first.click()


def settle(page: Page) -> None:
    """Wait until a page has what it shows."""
    page.wait_for_timeout(300)
    connecting = page.get_by_text(text("live.connecting"), exact=True).filter(visible=True)  # not in what is folded
    expect(connecting).to_have_count(0, timeout=60_000)
    page.wait_for_timeout(600)


_passes: dict[tuple[str, str], str] = {}
"""The session of each person in each mall: who signs in more than ten times a minute is told to wait."""


def come_in(page: Page, login: str) -> None:
    """Sign in, or come back with the session of the last time."""
    mall = urljoin(page.url, "/")
    if (mall, login) in _passes:
        add_cookie(page.context, mall, _passes[mall, login])
        page.reload()
        return
    before = {cookie["name"] for cookie in page.context.cookies()}
    sign_in(page, login)
    page.get_by_label(text("signin.login")).wait_for(state="detached", timeout=60_000)
    fresh = (cookie for cookie in page.context.cookies() if cookie["name"] not in before)
    _passes[mall, login] = next(f"{cookie['name']}={cookie['value']}" for cookie in fresh)


def enter(login: str, *then: str, keys: str = "") -> Act:
    """Return a walk that signs in, presses buttons, and then keys."""

    def act(page: Page) -> None:
        come_in(page, login)
        settle(page)
        touch(*then)(page)
        page.wait_for_timeout(400)
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(200)

    return act


def of_history(*choices: tuple[str, str]) -> Act:
    """Return a walk that signs in as a manager and chooses what to look back at."""

    def act(page: Page) -> None:
        come_in(page, "manajer")
        page.wait_for_selector("#groups")
        for nth, choice in choices:
            page.locator("select").nth(int(nth)).select_option(choice)
        page.wait_for_timeout(2000)

    return act
