"""The readiness page with a month of data: arranged by whoever looks, papers and walks put on record, by keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, sign_in, text, window

pytestmark = [pytest.mark.slow, pytest.mark.long]


def test_a_manager_sees_what_is_to_be_done_and_records_a_paper_and_a_walk(
    browser: Browser, past: Stage, tmp_path: Path
) -> None:
    with window(browser, past.address, "/manage/readiness", 1366, 768) as page:
        sign_in(page, "manajer")
        expect(page.get_by_text(text("readiness.self"))).to_be_visible()
        expect(page.get_by_role("heading", name="R24", exact=False)).to_be_visible()
        assert page.get_by_role("article").count() == 28
        assert_accessible(page)
        page.screenshot(path=tmp_path / "todo.png", full_page=True)
        page.get_by_label(text("readiness.way")).select_option("cause")
        expect(page.get_by_role("heading", name=text("readiness_cause.7"))).to_be_visible()
        assert_accessible(page)
        page.get_by_label(text("readiness.way")).select_option("todo")

        page.get_by_role("button", name=text("readiness.record_for", id="R01")).press("Enter")
        sheet = page.get_by_role("dialog")
        sheet.get_by_label(text("readiness.note")).fill("Perbup 12/2026")
        sheet.get_by_label(text("readiness.responsible")).fill("DPMPTSP")
        scan = tmp_path / "perbup.pdf"
        scan.write_bytes(b"%PDF-1.7\n")
        sheet.get_by_label(text("readiness.file")).set_input_files(scan)
        assert_accessible(page)
        sheet.get_by_role("button", name=text("readiness.save")).press("Enter")
        card = page.get_by_role("article", name="R01", exact=False)
        expect(card.get_by_text("Perbup 12/2026")).to_be_visible()
        expect(card.get_by_text(text("readiness_state.ok"))).to_be_visible()
        expect(card.get_by_role("link", name=text("readiness.open_file"))).to_be_visible()


def test_a_walk_is_walked_with_a_phone(browser: Browser, past: Stage) -> None:
    with window(browser, past.address, "/manage/readiness", 390, 844) as page:
        sign_in(page, "manajer")
        page.get_by_role("button", name=text("readiness.record_for", id="R17")).click()
        sheet = page.get_by_role("dialog")
        for item in ("ramp", "wheelchair"):
            sheet.get_by_label(text(f"readiness_item.{item}"), exact=True).check()
        sheet.get_by_label(text("readiness.responsible")).fill("DPMPTSP")
        assert_accessible(page)
        sheet.get_by_role("button", name=text("readiness.save")).click()
        card = page.get_by_role("article", name="R17", exact=False)
        expect(card.get_by_text("2 dari 8 sarana ada.")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert_accessible(page)
    told = {one["id"]: one for one in past.client.get("/api/readiness").json()["checks"]}
    assert (told["R17"]["state"], told["R24"]["kind"]) == ("fail", "auto")
    assert told["R24"]["evidence"][0]["text"]
