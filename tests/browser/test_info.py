"""The information corner: at a kiosk it gives the kiosk back, on a phone it stays."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, text, window

pytestmark = pytest.mark.slow


@pytest.mark.long
def test_the_information_at_a_kiosk_gives_the_kiosk_back_and_on_a_phone_stays(browser: Browser, stage: Stage) -> None:
    def prepare(page: Page) -> None:
        page.emulate_media(reduced_motion="reduce")
        page.clock.install()

    with window(browser, stage.address, "/kiosk", 1080, 1920, prepare=prepare) as page:
        page.get_by_role("button", name="English").click()
        for is_left_alone in (False, True):
            page.get_by_role("link", name=re.compile("^Informa")).click()
            expect(page.get_by_role("heading", level=1)).to_have_text(
                text("info.title") if is_left_alone else "Service information"
            )
            page.locator("summary").first.click()
            expect(page.locator("details[open] .standard").first).to_be_visible()
            assert_accessible(page)
            if is_left_alone:
                page.keyboard.press("Shift")
                page.clock.fast_forward(36_000)
                expect(page.get_by_role("dialog")).to_be_visible()
                page.clock.fast_forward(10_000)
            else:
                page.get_by_role("button", name="Back to the kiosk").click()
            expect(page.get_by_text(text("kiosk.welcome"))).to_be_visible()
    with window(browser, stage.address, "/info", 360, 800, prepare=prepare) as page:
        expect(page.get_by_text(re.compile("SKCK")).first).to_be_visible()
        expect(page.get_by_role("region", name=text("notice.title"))).to_contain_text("tanpa nama, tanpa NIK")
        page.get_by_text(text("floor_plan.title")).click()
        plan = page.get_by_role("img", name=re.compile("Zona A: .*Dukcapil 2, 3, 4"))
        expect(plan).to_have_js_property("naturalWidth", 1200)
        assert_accessible(page)
        page.clock.fast_forward(120_000)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("button", name=text("info.back"))).to_have_count(0)
