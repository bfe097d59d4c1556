"""A standard is written by its tenant, approved by the manager, and read by a visitor at kiosk and information page."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, sign_in, text, window

pytestmark = [pytest.mark.slow, pytest.mark.long]

SERVICE = "KEMENAG-01"


def open_standard(page: Page) -> None:
    """Find the service among those without a product."""
    page.get_by_role("combobox").select_option("delivery.sd5")
    page.locator(f'a[href="#{SERVICE}"]').click()
    expect(page.get_by_role("heading", name=text("standards.preview"))).to_be_visible()


def test_a_standard_goes_from_a_draft_to_the_kiosk(browser: Browser, stage: Stage) -> None:
    with window(browser, stage.address, "/manage/standards", 1366, 768) as page:
        sign_in(page, "admin")
        expect(page.get_by_text(text("standards.hint"))).to_be_visible()
        assert_accessible(page)
        open_standard(page)
        page.get_by_label(text("standards.field_product")).fill("Buku nikah")
        page.get_by_label(text("standards.field_procedure_steps")).fill("Ambil nomor\n\nKe loket")
        save = page.get_by_role("button", name=text("standards.save"))
        expect(page.locator("dd.new")).to_have_text(
            [re.compile("Ambil nomor"), re.compile("Ke loket"), re.compile("Buku")]
        )
        assert_accessible(page)
        save.click()
        expect(page.get_by_text(text("standards.done_draft"))).to_be_visible()
        page.get_by_role("button", name=text("standards.send")).click()
        page.get_by_label(text("standards.remark_label")).fill("Sebutkan langkah terakhir")
        page.get_by_role("button", name=text("standards.give_back")).click()
        expect(page.get_by_text("Sebutkan langkah terakhir")).to_be_visible()
        page.get_by_role("button", name=text("standards.send")).click()
        expect(page.get_by_role("button", name=text("standards.approve"))).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name=text("standards.approve")).click()
        expect(page.get_by_text(text("standards.in_force"), exact=True)).to_be_visible()
        assert_accessible(page)
        page.get_by_role("link", name=text("standards.back")).click()
        expect(page.locator(f'a[href="#{SERVICE}"]')).to_have_count(0)
    with window(browser, stage.address, "/kiosk", 1080, 1920) as page:
        page.get_by_role("link", name=text("kiosk.info")).click()
        page.locator("summary").first.click()
        page.get_by_role("button", name=text("info.paper")).click()
        expect(page.get_by_text(text("info.paper_done"))).to_be_visible()
        assert_accessible(page)
    with window(browser, stage.address, "/info", 390, 844) as page:
        expect(page.get_by_role("blockquote")).to_have_text(text("info.pledge_usual"))
        page.get_by_role("searchbox").fill("nikah")
        page.locator("summary").filter(has_text="Pendaftaran nikah di KUA pada jam kerja").click()
        expect(page.locator("details[open]").get_by_text("Buku nikah", exact=True)).to_be_visible()
        assert_accessible(page)
    told = stage.client.get("/api/standards.json").json()
    (one,) = [one for tenant in told["tenants"] for one in tenant["services"] if one["code"] == SERVICE]
    assert one["standard"]["procedure_steps"] == ["Ambil nomor", "Ke loket"]
