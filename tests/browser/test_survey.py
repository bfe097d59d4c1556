"""A visitor rates the service on the phone and at a kiosk, staff enter paper, a manager plans, everybody reads."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stage import Stage
from tests.browser.test_phone import Queue
from tests.browser.windows import assert_accessible, sign_in, text, window, worded

pytestmark = [pytest.mark.slow, pytest.mark.long]


def served(stage: Stage, people: int) -> Queue:
    """Let some people be served to the end."""
    queue = Queue(stage, "BPJSKES", "BPJSKES-02", people)
    for nth in range(people):
        queue.call(nth)
        queue.do("start")
        queue.do("finish")
    return queue


def test_the_way_from_the_ticket_to_the_published_result(browser: Browser, stage: Stage) -> None:
    queue = served(stage, 3)
    with window(browser, stage.address, queue.path(0), 390, 844) as page:
        page.get_by_role("link", name=text("phone.survey")).click()
        page.get_by_role("button", name=text("survey.begin")).click()
        for nth in range(1, 10):
            expect(page.get_by_role("heading", name=text(f"survey_ask.u{nth}"))).to_be_focused() if nth > 1 else None
            page.get_by_role("button", name=text(f"survey_mark.u{nth}_4"), exact=True).click()
        assert_accessible(page)
        page.get_by_role("button", name=text("survey.send")).click()
        expect(page.get_by_text(text("survey.thanks"), exact=True)).to_be_visible()
        page.get_by_role("button", name=text("survey_face.3"), exact=True).click()
        expect(page.get_by_role("button", name=text("survey_face.3"), exact=True)).to_have_count(0)
        page.goto(stage.address + queue.path(0))
        expect(page.get_by_text(text("phone.survey_thanks"))).to_be_visible()
    with window(browser, stage.address, "/kiosk", 1080, 1920) as page:
        page.get_by_role("link", name=text("kiosk.info")).click()
        page.get_by_role("link", name=text("info.survey")).click()
        expect(page.get_by_label(text("survey.enter"))).to_be_focused()
        page.keyboard.type(f"{stage.address}/t/{queue.tickets[1]['code']}\n")  # as a scanner does
        page.get_by_role("button", name=text("survey.begin")).click()
        page.get_by_role("button", name=text("survey_mark.u1_1"), exact=True).click()
        for _ in range(8):
            page.get_by_role("button", name=text("survey.skip")).click()
        expect(page.get_by_text(text("survey.partial", n=8))).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name=text("survey.send")).click()
        expect(page.get_by_text(text("survey.thanks"), exact=True)).to_be_visible()
    with window(browser, stage.address, "/survey/paper", 1366, 768) as page:
        sign_in(page, "manajer")
        page.get_by_label(text("paper.number")).fill(queue.tickets[2]["number"])
        for group in page.get_by_role("group").all():
            group.get_by_role("radio").nth(3).check()
        assert_accessible(page)
        page.get_by_role("button", name=text("paper.save")).click()
        expect(page.get_by_text(text("paper.saved", number=queue.tickets[2]["number"]))).to_be_visible()
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", name=text("paper.form_title"))).to_be_visible()
        expect(page.get_by_role("button", name=text("paper.save"))).to_be_hidden()
    with window(browser, stage.address, "/manage/survey", 1366, 768) as page:
        sign_in(page, "manajer")
        page.get_by_role("button", name=text("survey_results.new_plan")).click()
        sheet = page.get_by_role("dialog")
        sheet.get_by_label(text("survey_results.plan")).fill("Buka satu loket lagi.")
        sheet.get_by_label(text("survey_results.responsible")).fill("Supervisor BPJS")
        sheet.get_by_label(text("survey_results.published")).check()
        sheet.get_by_role("button", name=text("survey_results.save")).click()
        expect(page.get_by_text("Buka satu loket lagi.", exact=True)).to_be_visible()
        assert_accessible(page)
    with window(browser, stage.address, "/info/skm", 390, 844) as page:
        expect(page.get_by_text("Buka satu loket lagi.")).to_be_visible()
        expect(page.get_by_text(text("skm.self"), exact=True)).to_be_visible()
        expect(page.get_by_text(worded("skm.withheld", n=5))).to_be_visible()
        assert_accessible(page)
