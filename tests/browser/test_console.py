"""The counter console beyond the space bar: put aside, pass on, print again, cancel, and be told no."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, press, sign_in, text, window, worded

pytestmark = pytest.mark.long


@contextmanager
def desk(browser: Browser, stage: Stage, counter: dict[str, Any]) -> Iterator[Page]:
    """Sit down at a counter and open it."""
    stage.post(f"/api/counters/{counter['code']}/open")
    with window(browser, stage.address, f"/counter#{counter['code']}", 1366, 768) as page:
        sign_in(page, "petugas")
        expect(page.get_by_role("button", name=worded("console.do_call")).first).to_be_visible()
        yield page


def test_an_officer_puts_aside_passes_on_and_brings_back_by_keys(browser: Browser, stage: Stage) -> None:
    counter = stage.counter_of("BANKNTT")
    service = counter["services"][0]
    first, second = stage.take(service)["number"], stage.take(service)["number"]
    with desk(browser, stage, counter) as page:
        press(page, "Space")
        expect(page.get_by_role("status").filter(has_text=text("phase.called"))).to_be_visible()
        press(page, "h")
        expect(page.get_by_text(text("console.hold_title", number=first))).to_be_visible()
        assert_accessible(page)
        press(page, "4")
        expect(page.get_by_role("button", name=text("console.bring_back_number", number=first))).to_be_visible()
        expect(page.get_by_text(re.compile(r"^kembali \d\d.\d\d \(1[45] mnt lagi\)$"))).to_be_visible()
        press(page, "NumpadEnter")
        expect(page.get_by_role("status").filter(has_text=text("phase.called"))).to_be_visible()
        press(page, "t")
        expect(page.get_by_text(text("console.transfer_to", number=second))).to_be_visible()
        press(page, "Enter")
        expect(page.get_by_role("dialog")).to_be_visible()  # nothing was pointed at yet
        page.keyboard.type("pasang baru")
        assert_accessible(page)
        press(page, "Enter")
        expect(page.get_by_text(text("console.nobody"))).to_be_visible()
        page.get_by_role("button", name=text("console.bring_back_number", number=first)).click()
        expect(page.get_by_role("list", name=text("console.queue")).get_by_text(first)).to_be_visible()


def test_a_slip_that_did_not_come_out_is_printed_again_at_the_counter(browser: Browser, stage: Stage) -> None:
    counter = stage.counter_of("BPJSTK")
    stage.trouble("paper_out")
    try:
        number = stage.take(counter["services"][0])["number"]
        with desk(browser, stage, counter) as page:
            expect(page.get_by_text(text("console.no_slip_short"))).to_be_visible(timeout=60_000)
            stage.trouble("ready")
            page.get_by_role("button", name=text("console.reprint_number", number=number)).click()
            expect(page.get_by_text(text("console.no_slip_short"))).to_be_hidden(timeout=60_000)
            page.get_by_role("button", name=text("console.more", number=number)).click()
            cancel = page.get_by_role("button", name=text("console.cancel"))
            expect(cancel).to_contain_text("4")  # while paper comes out too: nothing slides beneath a finger
            cancel.click()
            expect(page.get_by_role("button", name=text("console.cancel_yes"))).to_be_visible()
            assert_accessible(page)
            page.get_by_role("button", name=text("console.cancel_yes")).click()
            expect(page.get_by_text(number)).to_have_count(0)
    finally:
        stage.trouble("ready")


def test_what_is_refused_is_taken_back_with_the_reason(browser: Browser, stage: Stage) -> None:
    counter = stage.counter_of("KEMENAG")
    ticket = stage.take(counter["services"][0])
    with desk(browser, stage, counter) as page:
        expect(page.get_by_text(ticket["number"]).first).to_be_visible()
        here = page.get_by_role("status").filter(has_text=text("phase.called"))

        def overtaken(route: Route) -> None:
            """While the click is on its way the visitor goes home; the page shows the call already."""
            expect(here).to_be_visible()
            stage.post(f"/api/tickets/{ticket['code']}/cancel", request="gone-home")
            route.continue_()

        page.route("**/call-next", overtaken)
        press(page, "Space")
        expect(page.get_by_role("alert").filter(has_text=text("refused.queue_empty"))).to_be_visible()
        expect(page.get_by_text(text("console.nobody"))).to_be_visible()
        press(page, "g")
        page.keyboard.type("999")
        press(page, "Enter")
        expect(page.get_by_role("alert").filter(has_text=text("refused.unknown_ticket"))).to_be_visible()
        assert_accessible(page)


def test_everybody_can_read_every_sheet(browser: Browser, stage: Stage) -> None:
    counter = stage.counter_of("DPMPTSP")
    absent, here = (stage.take("DPMPTSP-01")["number"] for _ in range(2))
    sheet = "dialog[open]"
    with desk(browser, stage, counter) as page:

        def look(key: str) -> None:
            press(page, key)
            expect(page.locator(sheet)).to_be_visible()
            assert_accessible(page)
            press(page, "Escape")
            expect(page.locator(sheet)).to_have_count(0)

        stage.post(f"/api/counters/{counter['code']}/call/{absent}")
        stage.post(f"/api/counters/{counter['code']}/miss")
        expect(page.get_by_role("button", name=text("console.bring_back_number", number=absent))).to_be_visible()
        for key in ("e", "g", "k"):
            look(key)
        stage.post(f"/api/counters/{counter['code']}/call/{here}")
        stage.post(f"/api/counters/{counter['code']}/start")
        expect(page.get_by_role("status").filter(has_text=text("phase.serving"))).to_be_visible()
        for key in ("m", "p", "c", "i"):
            look(key)
        press(page, "Space")
        expect(page.get_by_text("Dirujuk ke instansi lain")).to_be_visible()
        assert_accessible(page)
