"""The history page with a month of data: used by keyboard, looked at by axe, in all its states."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, sign_in, text, window

pytestmark = [pytest.mark.slow, pytest.mark.long]


def choose(page: Page, nth: int, value: str) -> None:
    """Choose from the nth list, and wait for what belongs to it."""
    with page.expect_response(re.compile(r"/api/history\?")):
        page.locator("select").nth(nth).select_option(value)
    expect(page.locator("main")).to_have_attribute("aria-busy", "false")


def test_a_manager_looks_back(browser: Browser, past: Stage) -> None:
    with window(browser, past.address, "/manage", 1366, 768) as page:
        sign_in(page, "manajer")
        page.get_by_role("link", name=text("nav.figures")).click()
        expect(page.get_by_role("heading", name=text("history.heat"))).to_be_visible()
        told = past.client.get("/api/history").json()
        expect(page.locator("dd").first).to_have_text(f"{told['total']['arrivals']:,}".replace(",", "."))
        page.get_by_text(text("history.as_table")).press("Enter")
        expect(page.get_by_role("columnheader", name=text("history.day"))).to_be_visible()
        assert_accessible(page)
        choose(page, 0, "BPN")
        choose(page, 1, "service")
        expect(page.get_by_text(text("history.hidden", n=5))).to_be_visible()
        assert_accessible(page)
        page.get_by_text(text("history.narrow"), exact=True).press("Enter")
        choose(page, 6, "true")
        assert_accessible(page)
        choose(page, 6, "")
        choose(page, 2, "own")
        choose(page, 2, "before")
        expect(page.get_by_text(re.compile(text("history.nothing_then", first=".+", last=".+")))).to_be_visible()
        with page.expect_download() as file:
            page.get_by_role("link", name="CSV").click()
        assert file.value.suggested_filename.startswith("tts-bpn-")
        page.locator("input").first.fill("2024-01-01")
        page.locator("input").nth(1).fill("2024-01-31")
        expect(page.get_by_text(text("history.nobody"))).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name=re.compile(text("signin.leave_name", name=".+"))).click()
        sign_in(page, "supervisor")
        expect(page.get_by_role("heading", name=text("history.days"))).to_be_visible()
        expect(page.locator("select").first.locator("option")).to_have_text(["Dukcapil"])


def test_a_supervisor_sees_the_own_tenant_on_a_phone_an_officer_nothing(browser: Browser, past: Stage) -> None:
    with window(browser, past.address, "/manage/history", 360, 800) as page:
        sign_in(page, "supervisor")
        expect(page.get_by_role("heading", name=text("history.days"))).to_be_visible()
        expect(page.locator("select").first.locator("option")).to_have_text(["Dukcapil"])
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert_accessible(page)
    with window(browser, past.address, "/manage/history", 360, 800) as page:
        sign_in(page, "petugas")
        expect(page.get_by_role("alert")).to_have_text(text("refused.not_allowed"))


def test_a_manager_reads_how_good_the_forecasts_were_a_supervisor_of_the_own(browser: Browser, past: Stage) -> None:
    with window(browser, past.address, "/manage/forecasts", 1366, 768) as page:
        sign_in(page, "manajer")
        expect(page.get_by_role("heading", name=text("forecasts.tenants"))).to_be_visible()
        told = past.client.get("/api/forecasts/quality").json()
        assert len(told["weeks"]) >= 4
        rows = page.get_by_role("region", name=text("forecasts.tenants")).locator("tbody tr")
        expect(rows).to_have_count(len(told["tenants"]) + 1)
        expect(rows.last.locator("td").nth(5)).to_have_text(str(told["total"]["n"]))
        expect(page.get_by_text(text("forecasts.read"), exact=True)).to_be_visible()
        assert_accessible(page)
        page.locator("input").first.fill("2024-01-01")
        page.locator("input").nth(1).fill("2024-01-31")
        expect(page.get_by_text(text("forecasts.nothing"))).to_be_visible()
        assert_accessible(page)
    with window(browser, past.address, "/manage/forecasts", 360, 800) as page:
        sign_in(page, "supervisor")
        rows = page.get_by_role("region", name=text("forecasts.tenants")).locator("tbody tr")
        expect(rows.locator("th")).to_have_text(["Dukcapil"])
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        expect(page.locator("body")).not_to_contain_text(re.compile(r"NaN|undefined|\{"))
        assert_accessible(page)


def test_a_manager_tries_out_a_counter_more(browser: Browser, past: Stage) -> None:
    with window(browser, past.address, "/manage/tryout", 1366, 768) as page:
        sign_in(page, "manajer")
        page.get_by_label(text("tryout.tenant")).select_option("DUKCAPIL")
        page.get_by_label(text("tryout.more_counters")).fill("1")
        assert_accessible(page)
        page.get_by_role("button", name=text("tryout.try")).press("Enter")
        expect(page.get_by_role("heading", name=text("tryout.by_hour"))).to_be_visible(timeout=120_000)
        waits = page.get_by_role("row", name=text("tryout.mean")).get_by_role("cell").all_inner_texts()
        happened, as_it_was, tried = (float(cell.replace(",", ".")) for cell in waits)
        assert tried < as_it_was < 2 * happened
        assert_accessible(page)
        page.get_by_role("link", name=text("tryout.to_rules")).click()
        expect(page.get_by_role("heading", name=text("nav.rules"))).to_be_visible()
