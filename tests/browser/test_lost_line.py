"""The server dies under every page: each says so in words, and comes back by itself with what is true by then."""

import re
from contextlib import ExitStack
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.door import Door, foretold
from tests.browser.installation import Installation
from tests.browser.windows import assert_accessible, sign_in, text, window, worded

pytestmark = pytest.mark.slow

PATIENCE = 20_000
"""Milliseconds; pages call a cut offline after six seconds, and try again at least every five."""


@pytest.mark.long
def test_every_page_tells_that_the_line_is_lost_and_comes_back(browser: Browser, installation: Installation) -> None:
    address = installation.address
    counter = installation.counter_of("IMIGRASI")
    ticket = installation.take(counter["services"][0])
    with ExitStack() as windows:
        cookie = installation.device("kiosk", "K91")
        doors: list[Door] = []
        kiosk = windows.enter_context(
            window(browser, address, "/kiosk", 1080, 1920, cookie, lambda page: doors.append(Door(page)))
        )
        place = f"/board/{counter['zone']}"
        cookie = installation.device("board", "B91", zone=counter["zone"])
        board = windows.enter_context(window(browser, address, place, 1920, 1080, cookie))
        phone = windows.enter_context(window(browser, address, f"/t/{ticket['code']}", 360, 800))
        console = windows.enter_context(window(browser, address, f"/counter#{counter['code']}", 1366, 768))
        sign_in(console, "petugas")
        kiosk.get_by_role("button", name=re.compile("Imigrasi")).click()
        kiosk.get_by_role("button", name=re.compile("Paspor")).first.click()
        pages = (kiosk, board, phone, console)
        for page in pages:
            expect(page.get_by_text(text("live.live"), exact=True)).to_be_visible()
        doors[0].show(foretold("range", 10, 20))
        expect(kiosk.get_by_text(text("outlook.range", least=10, most=20))).to_be_visible()

        installation.kill()
        since = datetime.now(ZoneInfo("Asia/Makassar"))
        for page in pages:
            expect(page.get_by_text(worded("live.offline"))).to_be_visible(timeout=PATIENCE)
        expect(phone.get_by_text(ticket["number"])).to_be_visible()
        assert f"{since:%H.}" in console.get_by_text(worded("live.offline")).first.inner_text()
        expect(kiosk.get_by_text(text("kiosk.no_line"))).to_be_visible()
        expect(kiosk.get_by_text(text("kiosk.dead_line", time=f"{since:%H.%M}"))).to_be_visible()
        expect(kiosk.get_by_text(text("outlook.label"))).to_have_count(0)
        assert_accessible(kiosk)
        assert_accessible(console)
        expect(console.get_by_text(worded("console.lost"))).to_be_visible()

        installation.start()
        installation.post(f"/api/counters/{counter['code']}/open")
        installation.post(f"/api/counters/{counter['code']}/call-next")
        later = installation.take(counter["services"][0])["number"]
        for page in pages:
            expect(page.get_by_text(text("live.live"), exact=True)).to_be_visible(timeout=PATIENCE)
        expect(phone.get_by_text(text("state.called"))).to_be_visible()
        expect(board.get_by_text(ticket["number"])).to_be_visible()
        expect(console.get_by_role("status").filter(has_text=text("phase.called"))).to_be_visible()
        expect(console.get_by_text(later)).to_be_visible()
        expect(kiosk.get_by_role("button", name=worded("kiosk.take")).first).to_be_enabled()
