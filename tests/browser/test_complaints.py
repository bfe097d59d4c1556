"""A complaint walks from the kiosk to its answer, and back once, on the pages of all who have to do with it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, sign_in, text, window

pytestmark = [pytest.mark.slow, pytest.mark.long]

WORDS = "petugas minta uang tambahan"


def test_from_the_kiosk_to_an_answer_and_reopened(browser: Browser, stage: Stage) -> None:
    with window(browser, stage.address, "/kiosk", 1080, 1920) as page:
        expect(page.get_by_text(text("kiosk.welcome"))).to_be_visible()
        page.get_by_role("link", name=re.compile("^Informa")).click()
        page.get_by_role("link", name=text("info.complain")).click()
        expect(page.get_by_label(text("complain.about"))).to_be_visible()
        page.get_by_label(text("complain.about")).select_option("DUKCAPIL")
        page.get_by_label(text("complain.text")).focus()
        touch(page, WORDS[:7])
        expect(page.get_by_label(text("complain.text"))).to_have_value(WORDS[:7].capitalize())
        page.keyboard.type(WORDS[7:])
        assert_accessible(page)
        page.get_by_role("button", name=text("complain.next")).click()
        page.get_by_label(text("complain.confidential")).check()
        page.get_by_role("button", name=text("complain.send")).click()
        expect(page.get_by_text(text("complain.name_first"))).to_be_visible()
        page.get_by_label(text("complain.name"), exact=True).fill("Maria Tefa")
        assert_accessible(page)
        page.get_by_role("button", name=text("complain.send")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(text("complain.taken"))
        expect(page.get_by_text(text("complain.printed"))).to_be_visible()
        number = page.locator(".number.large").inner_text()
        code = page.locator(".facts .number").nth(1).inner_text().replace(" ", "")
        assert_accessible(page)
    with (
        window(browser, stage.address, "/manage/complaints", 1366, 768) as desk,
        window(browser, stage.address, f"/c/{code}", 390, 844) as phone,
    ):
        sign_in(desk, "admin")
        desk.get_by_role("button", name=re.compile(number)).click()
        expect(desk.get_by_text(WORDS.capitalize())).to_be_visible()
        assert_accessible(desk)
        step(desk, "verify", lambda: desk.get_by_label(text("complaints.kind")).select_option("simple"))
        step(desk, "forward", lambda: None)
        expect(phone.locator(".state")).to_contain_text(text("complaint_state.forwarded"))
        step(
            desk,
            "answer",
            lambda: desk.get_by_label(text("complaints.text_public")).fill("Maaf, uangnya kami kembalikan."),
        )
        expect(phone.get_by_text("Maaf, uangnya kami kembalikan.")).to_be_visible()
        expect(phone.get_by_text(WORDS.capitalize())).to_have_count(0)
        assert_accessible(phone)
        phone.get_by_role("button", name=text("follow.reopen")).click()
        phone.get_by_label(text("follow.reopen_why")).fill("Belum saya terima")
        phone.get_by_role("button", name=text("follow.reopen_send")).click()
        expect(phone.locator(".state")).to_contain_text(text("complaint_state.reopened"))
        expect(desk.get_by_text("Belum saya terima")).to_be_visible()


def step(desk: Page, deed: str, fill: object) -> None:
    """Choose a step of the desk, fill in what it asks for, and do it."""
    name = text(f"complaints.do_{deed}")
    desk.get_by_role("button", name=name, exact=True).first.click()
    assert callable(fill)
    fill()
    form = desk.locator("form").filter(has=desk.get_by_role("button", name=name, exact=True))
    form.get_by_role("button", name=name, exact=True).click()
    expect(form).to_have_count(0)


def touch(page: Page, words: str) -> None:
    """Touch the letters on the screen."""
    for letter in words:
        page.locator(".keyboard").get_by_role("button", name=letter.upper(), exact=True).click()
