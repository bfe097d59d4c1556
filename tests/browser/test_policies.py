"""A manager changes the rules of calling on the page, and takes a coming change back."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, sign_in, text, window

pytestmark = [pytest.mark.slow, pytest.mark.long]

INDONESIAN = """day => new Intl.DateTimeFormat("id-ID", {
  weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(Date.parse(day))"""


def test_a_tenant_gets_rules_of_its_own_and_a_coming_change_is_taken_back(browser: Browser, stage: Stage) -> None:
    with window(browser, stage.address, "/manage/rules", 1366, 768) as page:
        sign_in(page, "admin")
        rules = page.get_by_role("main")
        expect(rules.get_by_text(text("policy.weight", n=5))).to_be_visible()
        rules.get_by_role("button", name=text("policy.change_for", name="Kemenag")).click()
        sheet = page.get_by_role("dialog")
        sheet.get_by_label(text("policy.label_head_start")).fill("25")
        sheet.get_by_label(text("policy.label_favour")).fill("50")
        sheet.get_by_label(text("policy.label_cap")).fill("2")
        expect(sheet.get_by_text(text("policy.cap", n=2))).to_be_visible()
        expect(sheet.get_by_text(text("policy.head_start", n=25))).to_be_visible()
        expect(sheet.get_by_text(text("policy.favour_short", n="1,4"))).to_be_visible()
        assert_accessible(page)
        sheet.get_by_role("button", name=text("policy.apply")).click()
        own = rules.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Kemenag"))
        expect(own.get_by_text(text("policy.head_start", n=25))).to_be_visible()

        rules.get_by_role("button", name=text("policy.change_for", name="Kemenag")).click()
        day = (datetime.now(UTC).date() + timedelta(days=40)).replace(day=5)
        sheet.get_by_label(text("policy.label_day")).fill(day.isoformat())
        sheet.get_by_role("button", name=text("policy.follow")).click()
        told = page.evaluate(INDONESIAN, day.isoformat())
        expect(own.get_by_text(text("policy.coming", day=told))).to_be_visible()
        assert_accessible(page)
        own.get_by_role("button", name=text("policy.take_back")).click()
        expect(own.get_by_role("button", name=text("policy.take_back"))).to_have_count(0)
        expect(own.get_by_role("button", name=text("policy.change_for", name="Kemenag"))).to_be_focused()

        rules.get_by_role("button", name=text("policy.change_for", name="Kemenag")).click()
        expect(sheet.get_by_label(text("policy.label_guard"))).to_have_count(0)
        sheet.get_by_label(text("policy.label_mode")).select_option("look_ahead")
        expect(sheet.get_by_text(text("policy.guard_none"))).to_be_visible()
        sheet.get_by_label(text("policy.label_guard")).fill("3")
        assert_accessible(page)
        sheet.get_by_role("button", name=text("policy.apply")).click()
        expect(own.get_by_text(text("policy.ahead"))).to_be_visible()
        expect(own.get_by_text(text("policy.guard", n=3))).to_be_visible()

        rules.get_by_role("button", name=text("policy.change_for", name=text("policy.mall"))).click()
        sheet.get_by_label(text("policy.label_day")).fill("2020-01-05")
        sheet.get_by_role("button", name=text("policy.apply")).click()
        assert not page.evaluate("document.querySelector('dialog input[type=date]').checkValidity()")
    told = stage.client.get("/api/policies").json()
    assert [line["tenant"]["code"] for line in told["tenants"] if line["is_own"]] == ["KEMENAG"]
