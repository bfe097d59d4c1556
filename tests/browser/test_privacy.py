"""The page of privacy: the log verified, a breach entered and told in time, by keyboard; read on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, sign_in, text, window, worded

pytestmark = [pytest.mark.slow, pytest.mark.long]


def test_a_manager_verifies_the_log_and_tells_of_a_breach_in_time(
    browser: Browser, stage: Stage, tmp_path: Path
) -> None:
    with window(browser, stage.address, "/manage/privacy", 1366, 768) as page:
        sign_in(page, "manajer")
        expect(page.get_by_text(text("privacy.breaches_none"))).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name=text("privacy.verify")).press("Enter")
        expect(page.get_by_text("Log utuh", exact=False)).to_be_visible()

        page.get_by_role("button", name=text("privacy.breach_enter")).press("Enter")
        sheet = page.get_by_role("dialog")
        sheet.get_by_label(text("privacy.what")).fill("Flashdisk berisi daftar pengaduan hilang.")
        sheet.get_by_label(text("privacy.whose")).fill("Pengadu bulan Oktober, 12 orang")
        assert_accessible(page)
        page.screenshot(path=tmp_path / "sheet.png")
        sheet.get_by_role("button", name=text("privacy.save")).press("Enter")
        one = page.get_by_role("article")
        expect(
            one.get_by_text(worded("privacy.left", n=71)).or_(one.get_by_text(text("privacy.left", n=72)))
        ).to_be_visible()
        assert_accessible(page)
        page.screenshot(path=tmp_path / "wide.png", full_page=True)

        one.get_by_role("button").press("Enter")
        sheet.get_by_label(text("privacy.handling")).fill("Pengadu sudah diberi tahu.")
        told = sheet.get_by_label(worded("privacy.notified"))
        told.fill(told.get_attribute("min") or "")
        assert_accessible(page)
        sheet.get_by_role("button", name=text("privacy.save")).press("Enter")
        expect(one.get_by_text(text("privacy.told_in_time"))).to_be_visible()
    with window(browser, stage.address, "/manage/privacy", 390, 844) as page:
        sign_in(page, "manajer")
        expect(page.get_by_role("article").get_by_text(text("privacy.told_in_time"))).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert_accessible(page)
        page.screenshot(path=tmp_path / "phone.png", full_page=True)
    (breach,) = stage.client.get("/api/privacy").json()["breaches"]
    assert (breach["is_late"], breach["handling"]) == (False, "Pengadu sudah diberi tahu.")
