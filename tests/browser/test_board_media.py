"""Pictures and videos of the mall on a board: they fill it while nobody is called, and yield to a call."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.installation import Installation
from tests.browser.windows import assert_accessible, text, window

pytestmark = [pytest.mark.slow, pytest.mark.long]

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


def test_pictures_and_videos_fill_a_quiet_board_and_yield_to_a_call(
    browser: Browser, installation: Installation
) -> None:
    poster = io.BytesIO()
    Image.new("RGB", (320, 180), "teal").save(poster, "PNG")
    line = installation.counter_of("SAMSAT")
    cookie = installation.device("board", "B31", zone=line["zone"])
    with window(browser, installation.address, f"/board/{line['zone']}", 1920, 1080, cookie) as page:
        film = bytes(page.evaluate(FILM))
        expect(page.get_by_text(text("live.live"))).to_be_visible()
        for content, alt in ((poster.getvalue(), "Maklumat"), (film[:300], "rusak"), (film, "Profil mal")):
            seconds = {"seconds": "1"} if alt == "Maklumat" else {}
            answer = installation.client.post("/api/media", content=content, params={"alt": alt, **seconds})
            assert answer.is_success, answer.text
        moving = page.locator("video[aria-label='Profil mal']")
        expect(page.get_by_alt_text("Maklumat")).to_be_visible(timeout=60_000)
        expect(moving).to_be_visible(timeout=60_000)
        expect(page.get_by_alt_text("Maklumat")).to_be_visible(timeout=60_000)
        assert_accessible(page)
        installation.take(line["services"][0])
        installation.post(f"/api/counters/{line['code']}/open")
        number = installation.post(f"/api/counters/{line['code']}/call-next")["number"]
        expect(page.locator(".now").get_by_text(number)).to_be_visible()
        expect(moving).to_be_visible(timeout=60_000)
        assert moving.evaluate("film => film.volume") <= 0.05
        covered = "document.elementFromPoint(innerWidth / 3, innerHeight / 3).closest('.now') !== null"
        assert page.evaluate(covered), "the film lies over the call"
        installation.post(f"/api/counters/{line['code']}/miss")
        for shown in installation.client.get("/api/media").json():
            installation.client.delete(f"/api/media/{shown['id']}")
        expect(page.locator(".media")).to_have_count(0)
