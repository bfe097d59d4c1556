"""The kiosk for those who see, hear or move otherwise: large letters, contrast, a keypad and a voice."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.stage import Stage
from tests.browser.test_kiosk import LANDSCAPE, NUMBER, PORTRAIT, touch
from tests.browser.windows import assert_accessible, text, window

pytestmark = pytest.mark.slow

ZOOMED = (540, 960)
"""What is left of the upright screen when its browser is set to 200 %."""

CUT_OFF = """[...document.querySelectorAll(".kiosk *")]
  .filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 && !one.closest(".unseen"))
  .filter(one => getComputedStyle(one).display !== "inline")
  .map(one => one.outerHTML.slice(0, 90))"""
"""Lists what is wider than its box."""


@pytest.mark.long
def test_large_text_and_contrast_cut_nothing_off(browser: Browser, stage: Stage) -> None:
    def still(page: Page) -> None:
        page.emulate_media(reduced_motion="reduce")  # axe must not look in the middle of a fade

    def look(page: Page) -> None:
        for width, height in (ZOOMED, LANDSCAPE, PORTRAIT):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(CUT_OFF) == [], (width, height)
        assert_accessible(page)

    with window(browser, stage.address, "/kiosk", *PORTRAIT, prepare=still) as page:
        touch(page, text("kiosk.large_text"), text("kiosk.high_contrast"))
        look(page)
        touch(page, "DPMPTSP", "PBG")
        look(page)
        touch(page, "^" + text("kiosk.take"))
        expect(page.get_by_text(NUMBER).first).to_be_visible()
        look(page)


def guided(page: Page, spoken: list[tuple[str, int]]) -> None:
    """Listen to what the page asks to be read aloud: texts, and how many bytes of sound they were."""

    def hear(answer: Response) -> None:
        address = urlsplit(answer.url)
        if address.path == "/api/guide":
            assert answer.ok, answer.status
            assert answer.headers["content-type"] == "audio/wav"
            spoken.append((parse_qs(address.query)["text"][0], int(answer.headers["content-length"])))

    page.on("response", hear)


def press_until(page: Page, key: str, label: str) -> None:
    """Press a key until the choice with this name has the focus, and choose it."""
    for _ in range(40):
        page.keyboard.press(key)
        if label in page.evaluate("document.activeElement.innerText"):
            page.keyboard.press("5")
            return
    raise AssertionError(f"{label} was not reached with the keypad")


@pytest.mark.long
def test_a_blind_visitor_gets_a_number_with_the_keypad_alone(browser: Browser, stage: Stage) -> None:
    spoken: list[tuple[str, int]] = []
    with window(browser, stage.address, "/kiosk", *PORTRAIT, prepare=lambda page: guided(page, spoken)) as page:
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        with page.expect_response(lambda answer: "Selamat+datang" in answer.url, timeout=60_000):
            page.keyboard.press("5")  # who goes on before it is made does not hear it
        expect(page.get_by_text(text("guide.shown"))).to_be_visible()
        assert_accessible(page)
        press_until(page, "2", "Imigrasi")
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        press_until(page, "2", "Paspor elektronik 5 tahun")
        expect(page.get_by_role("heading", level=1)).to_have_text("Paspor elektronik 5 tahun")
        page.keyboard.press("0")
        expect(page.get_by_text(text("kiosk.choose_service"))).to_be_visible()
        press_until(page, "8", "Paspor elektronik 10 tahun")
        assert_accessible(page)
        with page.expect_response(lambda answer: "dipanggil+dengan+suara" in answer.url, timeout=60_000):
            press_until(page, "2", text("kiosk.take_priority"))
        number = page.get_by_text(NUMBER).first.inner_text()
        assert_accessible(page)
        page.keyboard.press("*")
        page.keyboard.press("#")
        expect(page.get_by_text(text("guide.shown"))).to_be_hidden()
    heard = [said for said, _ in spoken]
    welcome = text("guide.welcome", mall="Mal Pelayanan Publik Kabupaten Timor Tengah Selatan")
    for said in (welcome, "Paspor elektronik 10 tahun", text("guide.number", number=number)):
        assert said in heard
    assert all(size > 1000 for _, size in spoken), "a sound is empty"


@pytest.mark.long
def test_without_a_voice_guidance_says_so_and_the_keys_still_work(browser: Browser, stage: Stage) -> None:
    def silence(page: Page) -> None:
        page.route("**/api/guide?*", lambda route: route.fulfill(status=409, json={"code": "no_voice", "detail": ""}))

    with window(browser, stage.address, "/kiosk", *LANDSCAPE, prepare=silence) as page:
        touch(page, text("guide.name"))
        expect(page.get_by_text(text("guide.silent"))).to_be_visible()
        assert_accessible(page)
        press_until(page, "ArrowDown", "PDAM")
        expect(page.get_by_text(text("kiosk.choose_service"))).to_be_visible()
