"""The information corner: at a kiosk it gives the kiosk back, on a phone it stays."""

import re

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, text, window

pytestmark = pytest.mark.slow

SECRET = "Maria Magdalena Tefa"
"""What a visitor writes; it must not leave the page."""

KEPT = """() => JSON.stringify([{...localStorage}, {...sessionStorage}, location.href, document.cookie])"""


def fill_a_form_in(page: Page) -> None:
    """Fill a form in, print it, and show that nothing of it was sent or kept."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.headers} {request.post_data}"))
    page.on("websocket", lambda line: line.on("framesent", lambda frame: sent.append(str(frame))))
    page.evaluate("window.print = () => { document.title = document.documentElement.dataset.print }")
    page.locator("summary").filter(has_text="Perekaman dan penerbitan KTP-el baru").click()
    page.get_by_role("button", name=re.compile("^Isi formulir")).click()
    expect(page.get_by_text(text("forms.promise"))).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Nama lengkap").fill(SECRET)
    page.get_by_label("Tanggal lahir").fill("1960-08-17")
    page.get_by_label("Alasan permohonan").select_option("Baru")
    page.get_by_label("Data di atas benar").check()
    page.context.set_offline(True)
    page.get_by_role("button", name=text("forms.print")).click()
    expect(page).to_have_title("form")
    page.evaluate("document.documentElement.dataset.print = 'form'")
    paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
    said = paper[0].get_textpage().get_text_range()
    assert len(paper) == 1
    assert all(words in said for words in (SECRET, "17 Agustus 1960", text("forms.signature")))
    page.evaluate("delete document.documentElement.dataset.print")
    page.clock.fast_forward(230_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.clock.fast_forward(11_000)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.clock.fast_forward(11_000)
    expect(page.get_by_role("button", name=re.compile("^Isi formulir"))).to_have_count(0)
    page.context.set_offline(False)
    page.locator("summary").filter(has_text="Perekaman dan penerbitan KTP-el baru").click()
    page.get_by_role("button", name=re.compile("^Isi formulir")).click()
    expect(page.get_by_label("Nama lengkap")).to_have_value("")
    assert not [line for line in [*sent, page.evaluate(KEPT)] if SECRET.split()[0] in line or "1960-08-17" in line]
    page.get_by_role("button", name=text("forms.back")).click()


@pytest.mark.long
def test_the_information_at_a_kiosk_gives_the_kiosk_back_and_on_a_phone_stays(browser: Browser, stage: Stage) -> None:
    def prepare(page: Page) -> None:
        page.emulate_media(reduced_motion="reduce")
        page.clock.install()

    with window(browser, stage.address, "/kiosk", 1080, 1920, prepare=prepare) as page:
        page.get_by_role("button", name="English").click()
        for is_left_alone in (False, True):
            page.get_by_role("link", name=re.compile("^Informa")).click()
            expect(page.get_by_role("heading", level=1)).to_have_text(
                text("info.title") if is_left_alone else "Service information"
            )
            page.locator("summary").first.click()
            expect(page.locator("details[open] .standard").first).to_be_visible()
            assert_accessible(page)
            if is_left_alone:
                page.keyboard.press("Shift")
                page.clock.fast_forward(36_000)
                expect(page.get_by_role("dialog")).to_be_visible()
                page.clock.fast_forward(10_000)
            else:
                page.get_by_role("button", name="Back to the kiosk").click()
            expect(page.get_by_text(text("kiosk.welcome"))).to_be_visible()
    with window(browser, stage.address, "/info", 360, 800, prepare=prepare) as page:
        expect(page.get_by_text(re.compile("SKCK")).first).to_be_visible()
        expect(page.get_by_role("region", name=text("notice.title"))).to_contain_text("tanpa nama, tanpa NIK")
        page.get_by_text(text("floor_plan.title")).click()
        plan = page.get_by_role("img", name=re.compile("Zona A: .*Dukcapil 2, 3, 4"))
        expect(plan).to_have_js_property("naturalWidth", 1200)
        assert_accessible(page)
        fill_a_form_in(page)
        page.clock.fast_forward(120_000)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("button", name=text("info.back"))).to_have_count(0)
