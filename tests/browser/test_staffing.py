"""The page of counters with a month of data: asked, answered, looked at by axe."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.month import month
from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, sign_in, text, window

pytestmark = [pytest.mark.slow, pytest.mark.long]


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Run a mall with a month behind it."""
    with month(tmp_path_factory.mktemp("month")) as running:
        yield running


def test_a_manager_plans_counters_and_a_supervisor_the_own(browser: Browser, past: Stage) -> None:
    with window(browser, past.address, "/manage/staffing", 1366, 768) as page:
        sign_in(page, "manajer")
        expect(page.get_by_role("heading", name=text("staffing.hours"))).to_be_visible(timeout=120_000)
        assert_accessible(page)
        page.get_by_label(text("staffing.tenant")).select_option("POLRES")
        page.get_by_label(text("staffing.target")).fill("30")
        page.get_by_role("button", name=text("staffing.search")).click()
        expect(page.get_by_text(text("staffing.meaning", n=30))).to_be_visible(timeout=120_000)
        expect(page.locator("main")).to_have_attribute("aria-busy", "false")
        assert_accessible(page)
    with window(browser, past.address, "/manage/staffing", 360, 800) as page:
        sign_in(page, "supervisor")
        expect(page.get_by_role("heading", name=text("staffing.advice"))).to_be_visible(timeout=120_000)
        expect(page.locator("select").first.locator("option")).to_have_text(["Dukcapil"])
        expect(page.locator("body")).not_to_contain_text(re.compile(r"NaN|undefined|\{"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert_accessible(page)
