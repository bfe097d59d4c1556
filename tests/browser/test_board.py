"""Hall boards at work: sixteen calls at once, one voice for two boards, a browser that will not sound, an outage."""

import io
import re
import wave
from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.installation import Installation, installed
from tests.browser.stage import FLAGS, program
from tests.browser.windows import assert_accessible, text, window

pytestmark = pytest.mark.slow

LARGE = 90
"""Pixels of a letter on a 43-inch screen of 1920 x 1080 that ten metres away is seen under eleven minutes of arc."""

LOOK = """
() => {
  window.shown = {};
  window.heroes = [];
  setInterval(() => {
    for (const one of document.querySelectorAll("[data-call]")) {
      const number = one.querySelector(".number");
      const box = number.getBoundingClientRect();
      const whole = box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
      const size = parseFloat(getComputedStyle(number).fontSize);
      const at = one.dataset.call;
      if (whole && size >= LARGE) window.shown[at] = (window.shown[at] || 0) + 50;
      if (one.closest(".now") && window.heroes[window.heroes.length - 1] !== at) window.heroes.push(at);
    }
  }, 50);
}
""".replace("LARGE", str(LARGE))
"""Looks at the board twenty times a second: how long each number is large and whole, and which stands first."""


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Open twenty counters in one zone, each with visitors, and give the hall its voice."""
    with installed(tmp_path_factory.mktemp("crowd"), voice=True, one_zone=True) as mall:
        for line in mall.client.get("/api/counters").json():
            mall.post(f"/api/counters/{line['code']}/open")
            for _ in range(3):
                mall.take(line["services"][0])
        yield mall


def call(mall: Installation, *counters: int) -> list[str]:
    """Call the next visitor to each counter; return the numbers in the order of the calls."""
    return [str(mall.post(f"/api/counters/L{nth:02}/call-next")["number"]) for nth in counters]


def clear(mall: Installation, *counters: int) -> None:
    """Call them no more."""
    for nth in counters:
        mall.post(f"/api/counters/L{nth:02}/miss")


def quick(page: Page, seconds: float = 0.2) -> None:
    """Give a board shorter sounds, so that sixteen of them can be waited for."""
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(int(2 * 8000 * seconds)))

    def answer(route: Route) -> None:
        route.fulfill(body=sound.getvalue(), content_type="audio/wav")

    page.route(re.compile(r"/api/sounds/"), answer)


def ended(page: Page) -> list[int]:
    """Note which announcements a page speaks to their end."""
    found: list[int] = []

    def note(answer: Any) -> None:
        ending = re.search(r"/announcements/(\d+)/end$", answer.url)
        if ending and answer.ok:
            found.append(int(ending[1]))

    page.on("response", note)
    return found


def until(page: Page, is_so: Any, seconds: float = 60) -> None:
    """Wait while the page lives on, until something here has come true."""
    over = monotonic() + seconds
    while not is_so():
        assert monotonic() < over, "it did not come true"
        page.wait_for_timeout(50)


def board_of(mall: Installation, code: str) -> str:
    """Let a board of zone A in."""
    return mall.device("board", code, zone="A")


def test_sixteen_calls_at_once_are_seen_for_eight_seconds_and_spoken_in_their_order(
    browser: Browser, crowd: Installation
) -> None:
    with window(browser, crowd.address, "/board/A", 1920, 1080, board_of(crowd, "B01")) as page:
        quick(page)
        spoken = ended(page)
        expect(page.get_by_text(text("live.live"))).to_be_visible()
        page.evaluate(LOOK)
        begin = monotonic()
        numbers = call(crowd, *range(1, 17))
        assert monotonic() - begin < 10
        page.wait_for_function("n => document.querySelectorAll('[data-call]').length === n", arg=16)
        assert_accessible(page)
        until(page, lambda: len(spoken) == 16)
        assert spoken == sorted(set(spoken)), "a call was spoken twice, or out of its turn"
        page.wait_for_function("n => Object.values(window.shown).filter((ms) => ms >= 8000).length === n", arg=16)
        assert set(page.evaluate("window.shown")) == set(numbers)
        heroes = page.evaluate("window.heroes")
        assert heroes == numbers, "the largest number is the one that is spoken"
    clear(crowd, *range(1, 17))


def test_of_two_boards_in_a_zone_exactly_one_speaks_and_the_other_goes_on_when_it_dies(
    browser: Browser, crowd: Installation
) -> None:
    with ExitStack() as windows, ExitStack() as first:
        boards = [
            stack.enter_context(window(browser, crowd.address, "/board/A", 1920, 1080, board_of(crowd, code)))
            for stack, code in ((first, "B11"), (windows, "B12"))
        ]
        spoken = [ended(page) for page in boards]
        for page in boards:
            quick(page)
            expect(page.get_by_text(text("live.live"))).to_be_visible()
        call(crowd, 1, 2, 3, 4)
        until(boards[1], lambda: len(spoken[0]) + len(spoken[1]) == 4)
        assert not set(spoken[0]) & set(spoken[1]), "two spoke the same call"
        first.close()
        call(crowd, 5, 6)
        until(boards[1], lambda: len(spoken[0]) + len(spoken[1]) == 6)
    clear(crowd, *range(1, 7))


def test_a_browser_that_blocks_sound_says_so_and_leaves_the_voice_to_another_board(
    browser: Browser, crowd: Installation
) -> None:
    flags = [flag for flag in FLAGS if not flag.startswith("--autoplay")]
    strict = browser.browser_type.launch(
        executable_path=program(), args=[*flags, "--autoplay-policy=document-user-activation-required"]
    )
    with window(strict, crowd.address, "/board/A", 1920, 1080, board_of(crowd, "B21")) as mute:
        expect(mute.get_by_text(text("board.blocked"))).to_be_visible()
        assert_accessible(mute)
        silent = ended(mute)
        with window(browser, crowd.address, "/board/A", 1920, 1080, board_of(crowd, "B22")) as other:
            quick(other)
            loud = ended(other)
            expect(other.get_by_text(text("live.live"))).to_be_visible()
            call(crowd, 1)
            until(other, lambda: len(loud) == 1)
            assert silent == []
        mute.keyboard.press("Enter")  # OK on a remote control
        expect(mute.get_by_text(text("board.blocked"))).to_be_hidden()
        quick(mute)
        call(crowd, 2)
        until(mute, lambda: len(silent) == 1)
    strict.close()
    clear(crowd, 1, 2)


FILM = """
async () => {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const film = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
  const parts = [];
  film.ondataavailable = (one) => parts.push(one.data);
  const over = new Promise((done) => (film.onstop = done));
  film.start();
  for (let at = 0; at < 30; at += 1) {
    pen.fillStyle = at % 2 ? "teal" : "navy";
    pen.fillRect(0, 0, 300, 150);
    await new Promise(requestAnimationFrame);
  }
  film.stop();
  await over;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return Array.from(bytes);
}
"""
"""Records half a second of film."""


def test_pictures_and_videos_fill_a_quiet_board_and_yield_to_a_call(browser: Browser, crowd: Installation) -> None:
    poster = io.BytesIO()
    Image.new("RGB", (320, 180), "teal").save(poster, "PNG")
    with window(browser, crowd.address, "/board/A", 1920, 1080, board_of(crowd, "B31")) as page:
        quick(page)
        film = bytes(page.evaluate(FILM))
        expect(page.get_by_text(text("live.live"))).to_be_visible()
        for content, alt in ((poster.getvalue(), "Maklumat"), (film[:300], "rusak"), (film, "Profil mal")):
            seconds = {"seconds": "1"} if alt == "Maklumat" else {}
            answer = crowd.client.post("/api/media", content=content, params={"alt": alt, **seconds})
            assert answer.is_success, answer.text
        moving = page.locator("video[aria-label='Profil mal']")
        expect(page.get_by_alt_text("Maklumat")).to_be_visible(timeout=60_000)
        expect(moving).to_be_visible(timeout=60_000)
        expect(page.get_by_alt_text("Maklumat")).to_be_visible(timeout=60_000)
        assert_accessible(page)
        (number,) = call(crowd, 17)
        expect(page.locator(".now").get_by_text(number)).to_be_visible()
        expect(moving).to_be_visible(timeout=60_000)
        assert moving.evaluate("film => film.volume") <= 0.05
        covered = "document.elementFromPoint(innerWidth / 3, innerHeight / 3).closest('.now') !== null"
        assert page.evaluate(covered), "the film lies over the call"
        clear(crowd, 17)
        for line in crowd.client.get("/api/media").json():
            crowd.client.delete(f"/api/media/{line['id']}")
        expect(page.locator(".media")).to_have_count(0)
