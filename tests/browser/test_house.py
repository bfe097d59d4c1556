"""What administrators and managers set up beside the mall itself: the ticket's layout."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, sign_in, text, window

pytestmark = [pytest.mark.slow, pytest.mark.long]


def test_a_manager_changes_the_ticket_and_takes_the_old_one_up_again(browser: Browser, stage: Stage) -> None:
    with window(browser, stage.address, "/manage/slip", 1366, 768) as page:
        sign_in(page, "manajer")
        wide = page.locator("img").first
        expect(wide).to_have_attribute("alt", re.compile("80 mm.*A-012", re.DOTALL))
        assert_accessible(page)
        page.get_by_label(text("layout.line_requirements")).press("Space")
        expect(wide).to_have_attribute("alt", re.compile("YANG PERLU DIBAWA"))
        page.get_by_label(text("layout.in_language")).select_option("en")
        expect(wide).to_have_attribute("alt", re.compile("WHAT TO BRING"))
        assert_accessible(page)
        page.get_by_role("button", name=text("layout.test")).press("Enter")
        expect(page.get_by_text("bukan nomor antrean")).to_be_visible()
        page.get_by_role("button", name=text("layout.save")).press("Enter")
        expect(page.get_by_text(text("layout.saved"))).to_be_visible()
        assert stage.client.get("/api/slip").json()["layout"]["requirements"] is True
        page.get_by_role("button", name=f"{text('layout.look')}: {text('layout.usual')}").press("Enter")
        expect(page.get_by_label(text("layout.line_requirements"))).not_to_be_checked()
        page.get_by_role("button", name=text("layout.save")).press("Enter")
        expect(page.get_by_text(text("layout.saved"))).to_be_visible()
        assert_accessible(page)
    told = stage.client.get("/api/slip").json()
    assert (told["layout"], len(told["versions"])) == (told["usual"], 2)
