"""Each page in a real browser, used as its people use it, on a whole demo mall with its printer."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, press, sign_in, text, window

pytestmark = pytest.mark.slow


def test_an_officer_serves_with_the_space_bar_alone(browser: Browser, stage: Stage) -> None:
    number = stage.take("SAMSAT-01")["number"]
    counter = stage.counter_of("SAMSAT")
    with window(browser, stage.address, "/counter", 1366, 768) as page:
        assert_accessible(page)
        sign_in(page, "petugas")
        page.get_by_role("button", name=re.compile(rf"Loket {counter['name']}\b")).first.click()
        expect(page.get_by_text(number).first).to_be_visible()
        assert_accessible(page)
        for deed in ("do_open", "do_call", "do_start", "do_finish"):
            expect(page.get_by_role("button", name=re.compile(text(f"console.{deed}"))).first).to_be_enabled()
            press(page, "Space")
        expect(page.get_by_text(text("console.served", n=1))).to_be_visible()
        assert_accessible(page)


def test_a_board_shows_a_call_and_speaks_it(browser: Browser, stage: Stage) -> None:
    counter = stage.counter_of("PDAM")
    number = stage.take("PDAM-01")["number"]
    with window(browser, stage.address, f"/board/{counter['zone']}", 1920, 1080) as page:
        expect(page.get_by_text(re.compile(text("live.live"))).first).to_be_visible()
        stage.post(f"/api/counters/{counter['code']}/open")
        with page.expect_response(re.compile(r"/api/announcements/\d+/end"), timeout=90_000) as ended:
            stage.post(f"/api/counters/{counter['code']}/call-next")
            expect(page.get_by_text(number).first).to_be_visible()
            assert_accessible(page)
        assert ended.value.ok


def test_a_sign_shows_the_number_of_its_counter(browser: Browser, stage: Stage) -> None:
    counter = stage.counter_of("BPN")
    number = stage.take("BPN-01")["number"]
    with window(browser, stage.address, f"/sign/{counter['code']}", 1920, 1080) as page:
        stage.post(f"/api/counters/{counter['code']}/open")
        stage.post(f"/api/counters/{counter['code']}/call-next")
        expect(page.get_by_text(number).first).to_be_visible()
        assert_accessible(page)


def test_a_phone_follows_its_ticket(browser: Browser, stage: Stage) -> None:
    counter = stage.counter_of("PAJAK")
    ticket = stage.take("PAJAK-01")
    with window(browser, stage.address, f"/t/{ticket['code']}", 360, 800) as page:
        expect(page.get_by_text(ticket["number"]).first).to_be_visible()
        assert_accessible(page)
        stage.post(f"/api/counters/{counter['code']}/open")
        stage.post(f"/api/counters/{counter['code']}/call-next")
        expect(page.get_by_text(f"Loket {counter['name']}").first).to_be_visible()
        assert_accessible(page)


def test_an_administrator_sees_the_hall_and_its_devices(browser: Browser, stage: Stage) -> None:
    with window(browser, stage.address, "/manage", 1366, 768) as page:
        sign_in(page, "admin")
        expect(page.get_by_text("Dukcapil").first).to_be_visible()
        assert_accessible(page)
        page.get_by_role("link", name=text("nav.appointments")).click()
        enter_appointments(page)
        page.get_by_role("link", name=text("nav.setting_up")).click()
        page.get_by_role("link", name=text("nav.devices")).click()
        expect(page.get_by_text("P01").first).to_be_visible()
        assert_accessible(page)


@pytest.mark.long
def test_an_administrator_adds_an_edition_of_a_rule(browser: Browser, stage: Stage) -> None:
    with window(browser, stage.address, "/manage/law", 1366, 768) as page:
        sign_in(page, "admin")
        own = page.get_by_role("region", name=text("instrument.hall"))
        own.get_by_role("button", name=text("law.add")).press("Enter")
        assert_accessible(page)
        page.get_by_label(text("law.name")).fill("Keputusan kepala mal")
        page.get_by_label(text("law.value_in", unit="persen")).first.fill("92,5")
        page.get_by_role("button", name=text("law.save")).press("Enter")
        expect(own.get_by_text("Keputusan kepala mal").first).to_be_visible()
        own.get_by_text(re.compile("aturan$")).press("Enter")
        expect(own.get_by_role("cell", name="92,5 persen")).to_be_visible()
        assert_accessible(page)


def enter_appointments(page: Page) -> None:
    """Paste a table of agreed times: first with a line too much, then without."""
    table = page.get_by_label(text("appointments.lines"))
    day = page.get_by_label(text("appointments.show_day")).input_value()
    enter = page.get_by_role("button", name=text("appointments.enter_all"))
    table.fill(f"PDAM-01;{day};10.00;XY1234\nPDAM-01;{day};23.00;XY1235")
    enter.click()
    expect(page.get_by_text(text("appointment_flaw.closed"))).to_be_visible()
    assert_accessible(page)
    table.fill(f"PDAM-01;{day};10.00;XY1234")
    enter.click()
    expect(page.get_by_role("cell", name="XY1234", exact=True)).to_be_visible()
    assert_accessible(page)


def test_anybody_finds_what_to_bring(browser: Browser, stage: Stage) -> None:
    with window(browser, stage.address, "/info", 1366, 768) as page:
        page.get_by_label(text("info.search")).fill("skck")
        page.get_by_text("SKCK baru").first.click()
        expect(page.get_by_text("Fotokopi KK").filter(visible=True).first).to_be_visible()
        assert_accessible(page)


@pytest.mark.long
def test_who_asks_the_device_for_more_contrast_gets_it(browser: Browser, stage: Stage) -> None:
    with window(browser, stage.address, "/info", 360, 800) as page:
        expect(page.locator("html[data-contrast=plain]")).to_be_attached()
        page.emulate_media(contrast="more")
        expect(page.locator("html[data-contrast=high]")).to_be_attached()
        assert_accessible(page)


def test_the_description_of_the_doors_needs_no_other_host(browser: Browser, stage: Stage) -> None:
    with window(browser, stage.address, "/schema", 1366, 768) as page:
        expect(page.get_by_text("/api/tickets").first).to_be_visible()


@pytest.mark.parametrize("path", ["/kiosk", "/board/A"])
def test_a_browser_below_the_floor_is_told_so_in_plain_words(browser: Browser, stage: Stage, path: str) -> None:
    with window(browser, stage.address, path, 1920, 1080) as page:
        expect(page.get_by_text(re.compile("Chrome 76"))).to_have_count(2)
        expect(page.get_by_text(re.compile("Chrome 76")).first).to_be_hidden()
        page.context.add_init_script("delete Promise.allSettled")
        page.reload()
        expect(page.get_by_text(re.compile("Chrome 76 ke atas"))).to_be_visible()
    scriptless = browser.new_context(java_script_enabled=False).new_page()
    scriptless.goto(stage.address + path)
    expect(scriptless.get_by_text(re.compile("memerlukan JavaScript"))).to_be_visible()
    scriptless.context.close()
