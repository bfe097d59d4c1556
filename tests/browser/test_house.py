"""What administrators and managers set up beside the mall itself: the ticket's layout, people, the boards' pictures."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, sign_in, text, window

pytestmark = [pytest.mark.slow, pytest.mark.long]


def test_a_manager_changes_the_ticket_and_takes_the_old_one_up_again(browser: Browser, stage: Stage) -> None:
    with window(browser, stage.address, "/manage/slip", 1366, 768) as page:
        sign_in(page, "manajer")
        wide = page.locator("img").first
        expect(wide).to_have_attribute("alt", re.compile("80 mm.*A-012", re.DOTALL))
        assert_accessible(page)
        page.get_by_label(text("layout.line_requirements")).press("Space")
        expect(wide).to_have_attribute("alt", re.compile("YANG PERLU DIBAWA"))
        page.get_by_label(text("layout.in_language")).select_option("en")
        expect(wide).to_have_attribute("alt", re.compile("WHAT TO BRING"))
        assert_accessible(page)
        page.get_by_role("button", name=text("layout.test")).press("Enter")
        expect(page.get_by_text("bukan nomor antrean")).to_be_visible()
        page.get_by_role("button", name=text("layout.save")).press("Enter")
        expect(page.get_by_text(text("layout.saved"))).to_be_visible()
        assert stage.client.get("/api/slip").json()["layout"]["requirements"] is True
        page.get_by_role("button", name=f"{text('layout.look')}: {text('layout.usual')}").press("Enter")
        expect(page.get_by_label(text("layout.line_requirements"))).not_to_be_checked()
        page.get_by_role("button", name=text("layout.save")).press("Enter")
        expect(page.get_by_text(text("layout.saved"))).to_be_visible()
        assert_accessible(page)
    told = stage.client.get("/api/slip").json()
    assert (told["layout"], len(told["versions"])) == (told["usual"], 2)


def test_an_administrator_lets_somebody_in_sends_away_brings_back_and_erases(browser: Browser, stage: Stage) -> None:
    name = "Yosef Nabu"

    def press(key: str) -> None:
        page.get_by_role("button", name=text(f"people.{key}_of", name=name)).press("Enter")

    with window(browser, stage.address, "/manage/people", 1366, 768) as page:
        sign_in(page, "admin")
        page.get_by_role("button", name=text("people.add")).press("Enter")
        page.get_by_label(text("people.name"), exact=True).fill(name)
        page.get_by_label(text("people.login"), exact=True).fill("yosef")
        page.get_by_role("button", name=text("people.make_password")).press("Enter")
        password = page.get_by_role("textbox", name=text("people.new_password")).input_value()
        assert_accessible(page)
        page.get_by_role("button", name=text("people.save")).press("Enter")
        expect(page.get_by_text(text("people.done_add", name=name))).to_be_visible()
        press("end")
        expect(page.get_by_text(text("people.done_end", name=name))).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name=text("people.undo")).press("Enter")
        expect(page.get_by_role("heading", name=text("people.ended"))).to_have_count(0)
        entered = stage.client.post("/api/session", json={"login": "yosef", "password": password})
        assert entered.json()["role"] == "officer"
        stage.client.cookies.clear()
        press("erase")
        page.get_by_label(text("people.erase_type", login="yosef")).fill("yosef")
        assert_accessible(page)
        page.get_by_role("button", name=text("people.erase_now")).press("Enter")
        expect(page.get_by_text(text("people.done_erase", id="").split(".")[0])).to_be_visible()
        expect(page.get_by_text(name)).to_have_count(0)
    assert name not in stage.client.get("/api/people").text


def test_a_manager_puts_a_picture_on_the_boards_takes_it_off_and_puts_it_on_again(
    browser: Browser, stage: Stage
) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 36)).save(drawn, "PNG")
    send = text("media.send")
    with window(browser, stage.address, "/manage/media", 1366, 768) as page:
        sign_in(page, "manajer")
        for name, body, told in (("a.txt", b"hello", "refused.no_media"), ("a.png", drawn.getvalue(), "media.sent")):
            file = {"name": name, "mimeType": "image/png", "buffer": body}
            page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # a dict is one
            page.get_by_label(text("media.alt")).fill("Denah")
            page.get_by_role("button", name=send, exact=True).press("Enter")
            expect(page.get_by_text(text(told))).to_be_visible()
            assert_accessible(page)
        page.get_by_role("button", name=text("media.change_of", name="Denah")).press("Enter")
        sheet = page.get_by_role("dialog")
        sheet.get_by_label(text("media.alt")).fill("Denah aula")
        assert_accessible(page)
        sheet.get_by_role("button", name=text("media.save")).press("Enter")
        expect(sheet).to_have_count(0)
        page.get_by_role("button", name=text("media.take_off_of", name="Denah aula")).press("Enter")
        expect(page.get_by_role("heading", name=text("media.off"))).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name=text("media.put_on_of", name="Denah aula")).press("Enter")
        expect(page.get_by_role("heading", name=text("media.off"))).to_have_count(0)
    (one,) = stage.client.get("/api/media").json()
    assert (one["alt"], one["off_at"]) == ("Denah aula", None)
    stage.client.delete(f"/api/media/{one['id']}")
