"""The kiosk as visitors meet it: three touches, everyday words, every state in plain words, nothing left behind."""

import re
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.door import Change, Door, cut_off, foretold, of_services, rest
from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, text, window, worded

pytestmark = pytest.mark.slow

PORTRAIT, LANDSCAPE = (1080, 1920), (1366, 768)
WITA = ZoneInfo("Asia/Makassar")

NUMBER = re.compile(r"^[A-Z]{1,2}-\d{3}$")
COUNT_TOUCHES = "window.touches = 0; addEventListener('pointerdown', () => (window.touches += 1), true)"
TOO_HIGH = """[...document.querySelectorAll("button")]
  .filter(one => one.getBoundingClientRect().top < innerHeight * 0.4)
  .map(one => one.innerText)"""
"""Lists what a visitor in a wheelchair could not reach on an upright screen."""


def touch(page: Page, *names: str) -> None:
    """Touch one button after another, by what is written on them."""
    for name in names:
        page.get_by_role("button", name=re.compile(name)).first.click()


def waiting(stage: Stage, tenant: str) -> int:
    """Count who waits for a tenant."""
    return next(int(t["waiting"]) for t in stage.client.get("/api/kiosk").json()["tenants"] if t["code"] == tenant)


def test_three_touches_from_the_first_screen_to_the_number(browser: Browser, stage: Stage) -> None:
    with window(
        browser, stage.address, "/kiosk", *PORTRAIT, prepare=lambda page: page.add_init_script(COUNT_TOUCHES)
    ) as page:
        for name in ("Dukcapil", "Kartu Keluarga baru", "^" + text("kiosk.take")):
            touch(page, name)
            assert page.evaluate(TOO_HIGH) == []
        assert_accessible(page)
        expect(page.get_by_text(NUMBER).first).to_be_visible()
        assert page.evaluate("touches") == 3
        expect(page.get_by_text(text("ticket.take_slip"))).to_be_visible(timeout=60_000)
        assert_accessible(page)
        touch(page, "^" + text("kiosk.done"))
        come_as_agreed(page, stage)


def come_as_agreed(page: Page, stage: Stage) -> None:
    """Come before an agreed time: its code is typed on the screen, and one more touch gives the number."""
    at = datetime.fromisoformat(stage.client.get("/api/kiosk").json()["at"]).astimezone(WITA) + timedelta(minutes=30)
    day, time = at.strftime("%Y-%m-%d %H.%M").split()
    stage.post("/api/appointments", request=uuid4().hex, service="KEJARI-01", day=day, time=time, code="AB-12")
    touch(page, text("agreed.have"), *(f"^{sign}$" for sign in "AB12"))
    assert page.evaluate(TOO_HIGH) == []
    assert_accessible(page)
    touch(page, "^" + text("agreed.find"))
    expect(page.get_by_text(text("agreed.early", time=time))).to_be_visible()
    assert_accessible(page)
    touch(page, "^" + text("kiosk.take"))
    expect(page.get_by_text(NUMBER).first).to_be_visible()
    expect(page.get_by_text(time, exact=True)).to_be_visible()


@pytest.mark.long
def test_everyday_words_typed_on_the_screen_find_the_service_and_two_taps_give_one_number(
    browser: Browser, stage: Stage
) -> None:
    before = waiting(stage, "DUKCAPIL")
    with window(browser, stage.address, "/kiosk", *LANDSCAPE) as page:
        touch(page, text("kiosk.search"))
        for letter in "KTPHILNG":
            page.get_by_role("button", name=letter, exact=True).click()
            if letter == "P":
                touch(page, "^" + text("kiosk.space"))
        expect(page.get_by_role("listitem").first).to_contain_text("KTP-el karena hilang atau rusak")
        assert_accessible(page)
        touch(page, "^" + text("kiosk.close_keyboard"), text("kiosk.open_keyboard"), "^" + text("kiosk.clear"))
        page.keyboard.type("qqxxzz")
        expect(page.get_by_text(text("kiosk.not_found", words="qqxxzz"))).to_be_visible()
        assert_accessible(page)
        page.get_by_role("textbox").fill("kk hilang")
        touch(page, "Kartu Keluarga baru")
        page.get_by_role("button", name=re.compile("^" + text("kiosk.take"))).first.dblclick()
        expect(page.get_by_text(NUMBER).first).to_be_visible()
        assert waiting(stage, "DUKCAPIL") == before + 1, "a double tap gave two numbers"
        touch(page, text("kiosk.another"), "Dukcapil", "Akta|akta", "^" + text("kiosk.take_priority"))
        expect(page.get_by_text(text("ticket.priority"))).to_be_visible()
        expect(page.get_by_text(text("kiosk.earlier"))).to_be_visible()
        assert_accessible(page)


def test_a_number_whose_answer_was_lost_is_not_given_twice(browser: Browser, stage: Stage) -> None:
    before = waiting(stage, "KEJARI")
    with window(browser, stage.address, "/kiosk", *PORTRAIT) as page:

        def lose(route: Route) -> None:
            route.fetch()
            route.abort()

        touch(page, "Kejaksaan", "Konsultasi hukum")
        page.route("**/api/tickets", lose)
        touch(page, "^" + text("kiosk.take"))
        expect(page.get_by_role("alert")).to_have_text(text("refused.no_connection"))
        page.unroute("**/api/tickets")
        touch(page, "^" + text("kiosk.take"))
        expect(page.get_by_text(NUMBER).first).to_be_visible()
    assert waiting(stage, "KEJARI") == before + 1


NEXT = "Nomor antrean dapat diambil mulai Selasa 08.00 WITA."
STATES: list[tuple[str, Change, list[str]]] = [
    ("before opening", rest("before_opening", ""), [text("hours.before_opening"), NEXT]),
    ("break", rest("break", "Istirahat Jumat"), [text("hours.break"), f"Istirahat Jumat. {NEXT}"]),
    ("last ticket", rest("last_ticket_passed", ""), [text("hours.last_ticket_passed"), NEXT]),
    ("after closing", rest("after_closing", ""), [text("hours.after_closing"), NEXT]),
    ("holiday", rest("holiday", "Hari Guru"), [text("hours.holiday"), f"Hari Guru. {NEXT}"]),
    ("full", of_services(state="full", left=0, next_open="2026-11-24T00:00:00Z"), [text("kiosk.full"), NEXT]),
    ("late", of_services(state="late", is_late=True, next_open="2026-11-24T00:00:00Z"), [text("kiosk.late"), NEXT]),
    ("used up", of_services(state="used_up"), [text("kiosk.used_up"), text("kiosk.used_up_then")]),
]


@pytest.mark.long
def test_each_state_says_what_is_and_when_to_come_instead(browser: Browser, stage: Stage) -> None:
    doors: list[Door] = []
    with window(browser, stage.address, "/kiosk", *PORTRAIT, prepare=lambda page: doors.append(Door(page))) as page:
        touch(page, "PDAM", "Pembayaran rekening air")
        take = page.get_by_role("button", name=worded("kiosk.take"))
        for name, change, sentences in STATES:
            expect(take.first).to_be_visible()
            doors[0].show(change)
            for sentence in sentences:
                expect(page.get_by_role("main").get_by_text(sentence), name).to_be_visible()
            expect(take, name).to_have_count(0)
            assert_accessible(page)
            doors[0].show(lambda _: None)
        doors[0].show(of_services(state="priority_only", is_late=True, next_open="2026-11-24T00:00:00Z"))
        expect(page.get_by_role("main").get_by_text(text("kiosk.priority_only"))).to_be_visible()
        expect(take).to_have_count(0)
        expect(page.get_by_role("button", name=worded("kiosk.take_priority"))).to_be_enabled()
        assert_accessible(page)
        doors[0].show(of_services(is_late=True))
        expect(page.get_by_text(text("kiosk.may_be_late"))).to_be_visible()
        expect(take.first).to_be_enabled()
        assert_accessible(page)
        doors[0].show(lambda _: None)
        touch(page, text("kiosk.home"))
        doors[0].show(rest("break", "Istirahat"))
        expect(page.get_by_role("main").get_by_text(NEXT)).to_be_visible()
        assert_accessible(page)


OUTLOOKS: list[tuple[Change, str]] = [
    (foretold("range", 10, 20), text("outlook.range", least=10, most=20)),
    (foretold("range", 0, 8), text("outlook.within", most=8)),
    (foretold("soon"), text("outlook.soon")),
    (foretold("unsure"), text("outlook.other")),
    (foretold("no_counter"), text("outlook.no_counter")),
]


@pytest.mark.long
def test_what_is_foretold_is_read_before_a_number_is_taken(browser: Browser, stage: Stage) -> None:
    doors: list[Door] = []
    with window(browser, stage.address, "/kiosk", *PORTRAIT, prepare=lambda page: doors.append(Door(page))) as page:
        touch(page, "PDAM")
        touch(page, "Pembayaran rekening air")
        promised = page.get_by_role("banner")
        for change, sentence in OUTLOOKS:
            doors[0].show(change)
            expect(promised.get_by_text(sentence, exact=True)).to_be_visible()
            expect(promised.get_by_text(text("outlook.favoured", wait=text("outlook.within", most=6)))).to_be_visible()
            assert_accessible(page)
        doors[0].show(lambda _: None)
        expect(promised.get_by_text(text("outlook.label"))).to_have_count(0)
        touch(page, text("kiosk.home"))
        doors[0].show(OUTLOOKS[0][0])
        expect(page.get_by_role("button", name=re.compile("PDAM.*" + OUTLOOKS[0][1]))).to_be_visible()
        assert_accessible(page)


def test_cut_off_from_its_server_the_kiosk_goes_on_and_claims_nothing(browser: Browser, stage: Stage) -> None:
    doors: list[Door] = []
    with window(browser, stage.address, "/kiosk", *PORTRAIT, prepare=lambda page: doors.append(Door(page))) as page:
        expect(page.get_by_text(worded("live.live"))).to_be_visible()
        doors[0].show(cut_off)
        expect(page.get_by_text(text("kiosk.cut_off", time="09.14"))).to_be_visible()
        expect(page.get_by_text(text("live.offline_since", time="09.14"), exact=True)).to_be_visible()
        expect(page.get_by_text(re.compile(r"\d+ (orang )?menunggu"))).to_have_count(0)
        assert_accessible(page)
        touch(page, "PDAM", "Pembayaran rekening air")
        expect(page.get_by_text(text("ticket.ahead_unknown"), exact=True)).to_be_visible()
        expect(page.get_by_text(re.compile(r"\d+ orang"))).to_have_count(0)
        expect(page.get_by_role("button", name=worded("kiosk.take")).first).to_be_enabled()
        assert_accessible(page)


def test_a_ticket_taken_while_cut_off_says_so(browser: Browser, stage: Stage) -> None:
    def offline(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "offline": True, "ahead": None, "slip": None})

    def prepare(page: Page) -> None:
        page.route("**/api/tickets", offline)
        page.route_web_socket(re.compile("/live/tickets/"), lambda _: None)

    with window(browser, stage.address, "/kiosk", *PORTRAIT, prepare=prepare) as page:
        touch(page, "PDAM", "Pembayaran rekening air", "^" + text("kiosk.take"))
        for key in ("ticket.offline", "ticket.ahead_unknown", "ticket.photograph", "ticket.qr_photograph"):
            expect(page.get_by_text(text(key), exact=True)).to_be_visible()
        assert_accessible(page)


def test_who_goes_away_leaves_nothing_behind(browser: Browser, stage: Stage) -> None:
    with window(browser, stage.address, "/kiosk", *PORTRAIT, prepare=lambda page: page.clock.install()) as page:
        touch(page, "English", "Large text", "High contrast", "Search for a service")
        page.keyboard.type("passport")
        expect(page.get_by_text("10 years").first).to_be_visible()
        assert_accessible(page)
        page.clock.fast_forward(36_000)
        expect(page.get_by_role("dialog")).to_be_visible()
        assert_accessible(page)
        touch(page, "^Continue")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.get_by_role("textbox")).to_have_value("passport")
        page.clock.fast_forward(36_000)
        expect(page.get_by_role("dialog")).to_be_visible()
        page.clock.fast_forward(10_000)
        expect(page.get_by_text(text("kiosk.welcome"))).to_be_visible()
        look = page.evaluate("[document.documentElement.lang, {...document.documentElement.dataset}]")
        assert (look[0], look[1]["contrast"], look[1]["text"]) == ("id", "plain", "plain")
        touch(page, text("kiosk.search"))
        expect(page.get_by_role("textbox")).to_have_value("")


def test_a_kiosk_without_paper_says_so_and_shows_the_code(browser: Browser, stage: Stage) -> None:
    stage.trouble("paper_out")
    try:
        with window(browser, stage.address, "/kiosk", *PORTRAIT) as page:
            touch(page, "PLN", "Pasang baru", "^" + text("kiosk.take"))
            expect(page.get_by_text(text("ticket.no_slip"))).to_be_visible(timeout=60_000)
            expect(page.get_by_text(text("slip.paper_out"))).to_be_visible()
            assert_accessible(page)
            touch(page, text("kiosk.done"))
            expect(page.get_by_text(text("kiosk.no_paper"))).to_be_visible()
            assert_accessible(page)
    finally:
        stage.trouble("ready")
