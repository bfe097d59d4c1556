"""A person without files: an empty server, a mall of three tenants in the browser, and the first number."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.installation import Installation
from tests.browser.stage import PASSWORD, free_port
from tests.browser.windows import assert_accessible, text, window, worded

pytestmark = pytest.mark.long

TENANTS = {
    "Dinas Kependudukan dan Pencatatan Sipil (Dukcapil)": ("Perekaman KTP-el", "Kartu keluarga"),
    "Kepolisian Resor (Polres)": ("SKCK",),
    "BPJS Kesehatan": ("Pendaftaran peserta",),
}


class Empty:
    """A server on an empty folder, as a person starts it who has just installed it."""

    def __init__(self, data: Path) -> None:
        port = free_port()
        (data / "mpp.toml").write_text("voice = false\nforecast = false\n")
        self.address = f"http://127.0.0.1:{port}"
        self.log = data / "log"
        words = ["serve", "--data", str(data), "--config", str(data / "mpp.toml"), "--port", str(port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "mpp", *words], stderr=log)

    def code(self) -> str:
        """Wait for the server, and read the code as one does who looks at its console."""
        while True:
            assert self.process.poll() is None, self.log.read_text()
            try:
                httpx.get(f"{self.address}/health/live").raise_for_status()
            except httpx.TransportError:
                continue
            found = re.search(r"type in the code (\S+)", self.log.read_text())
            assert found is not None
            return found[1]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Empty]:
    server = Empty(tmp_path)
    yield server
    server.process.kill()
    server.process.wait(timeout=60)


def section(page: Page, name: str) -> None:
    """Open a section of the page."""
    sections = page.get_by_role("navigation", name=text("setup.sections"))
    sections.get_by_role("link", name=worded(f"setup.section_{name}")).click()
    expect(page.get_by_role("heading", name=text(f"setup.section_{name}"), exact=True)).to_be_visible()


def press(page: Page, key: str, **values: object) -> None:
    """Press a button."""
    page.get_by_role("button", name=text(key, **values), exact=True).click()


def said(page: Page, key: str) -> None:
    """Wait until the foot of the page says so."""
    expect(page.get_by_role("status").filter(has_text=text(key))).to_be_visible()


def begin(page: Page, code: str) -> None:
    """Fill in the first page."""
    given = {
        "first_code": code.lower(),
        "mall_name": "MPP Soe",
        "field_place": "Soe",
        "first_name": "Siti",
        "first_login": "siti",
        "first_password": PASSWORD,
    }
    for field, value in given.items():
        page.get_by_label(text(f"setup.{field}"), exact=True).fill(value)
    page.get_by_label(text("setup.field_timezone")).select_option(label="WITA")
    press(page, "setup.first_begin")


def fill_hours(page: Page) -> None:
    """Be open at every hour, whenever this test runs."""
    section(page, "hours")
    for day in ("Sabtu", "Minggu"):
        page.get_by_label(day, exact=True).check()
    for name, time in (("open", "0"), ("close", "2359")):
        for field in page.get_by_label(text(f"setup.field_{name}"), exact=True).all():
            field.fill(time)
    page.get_by_label(text("setup.field_last_ticket_minutes")).fill("0")


def fill_tenants(page: Page) -> None:
    """Type names only: codes, letters and colours come by themselves."""
    section(page, "tenants")
    for tenant, services in TENANTS.items():
        press(page, "setup.add_tenant")
        page.keyboard.type(tenant)
        for service in services:
            press(page, "setup.add_service")
            page.keyboard.type(service)


def test_a_person_without_files_sets_up_a_mall_and_takes_a_number(browser: Browser, empty: Empty) -> None:
    code = empty.code()
    with (
        window(browser, empty.address, "/kiosk", 1080, 1920) as kiosk,
        window(browser, empty.address, "/manage/setup", 1366, 768) as page,
    ):
        expect(kiosk.get_by_role("status")).to_have_text(text("refused.no_mall"))
        assert_accessible(page)
        begin(page, "AAA-AAA-AAA-AAA")
        expect(page.get_by_role("alert")).to_have_text(text("refused.wrong_first_code"))
        begin(page, code)
        expect(page.get_by_role("heading", name=text("setup.missing_title"))).to_be_visible()
        assert_accessible(page)

        fill_hours(page)
        assert_accessible(page)
        fill_tenants(page)
        press(page, "setup.save")
        said(page, "setup.saved_so_far")
        page.reload()
        page.get_by_role("link", name=worded("setup.field_counters")).first.click()
        expect(page.get_by_role("button", name=text("setup.add_counter"))).to_be_focused()
        for _ in TENANTS:
            press(page, "setup.add_counter")
        assert_accessible(page)
        press(page, "setup.save")
        said(page, "setup.saved_whole")
        assert_accessible(page)

        page.get_by_role("link", name=text("setup.to_devices")).click()
        press(page, "manage.approve")
        page.get_by_label(text("manage.name"), exact=True).fill("Anjungan pintu")
        page.get_by_role("dialog").get_by_role("button", name=text("manage.approve")).click()
        kiosk.get_by_role("button", name=re.compile("Dukcapil")).first.click()
        kiosk.get_by_role("button", name=re.compile("Kartu keluarga")).click()
        kiosk.get_by_role("button", name=worded("kiosk.take")).click()
        expect(kiosk.get_by_text("A-001").first).to_be_visible()

        page.goto(f"{empty.address}/manage/setup")
        take_back(page)


def take_back(page: Page) -> None:
    """Be refused what is faulty, be asked about what is needed, and undo what was saved."""
    page.get_by_label(text("setup.mall_name"), exact=True).fill("")
    press(page, "setup.save")
    refusal = page.get_by_role("heading", name=text("setup.problems_title", n=1))
    expect(refusal).to_be_visible()
    expect(page.locator("[aria-labelledby=problems]")).to_be_focused()
    assert_accessible(page)
    page.get_by_role("link", name=worded("setup.mall_name")).or_(
        page.get_by_role("link", name=re.compile("belum diisi"))
    ).click()
    expect(page.get_by_label(text("setup.mall_name"), exact=True)).to_be_focused()
    page.keyboard.type("MPP Soe Baru")
    press(page, "setup.save")
    said(page, "setup.saved")
    expect(refusal).to_have_count(0)

    section(page, "tenants")
    press(page, "setup.remove", name="Kartu keluarga")
    press(page, "setup.save")
    expect(page.get_by_role("dialog")).to_contain_text(text("setup.held_service", name="Kartu keluarga", n=1))
    assert_accessible(page)
    press(page, "common.cancel")
    press(page, "setup.forget")
    expect(page.get_by_role("button", name=text("setup.remove", name="Kartu keluarga"))).to_be_visible()

    section(page, "versions")
    page.get_by_role("button", name=text("setup.version", n=3)).click()
    expect(page.get_by_role("dialog")).to_contain_text("MPP Soe Baru → MPP Soe")
    assert_accessible(page)
    press(page, "setup.put_back")
    expect(page.get_by_text(text("setup_way.put_back", n=3))).to_be_visible()
    section(page, "mall")
    expect(page.get_by_label(text("setup.mall_name"), exact=True)).to_have_value("MPP Soe")


@pytest.mark.parametrize(
    "name", ["mall", "hours", "holidays", "zones", "tenants", "counters", "working", "pronunciations", "versions"]
)
def test_every_section_of_a_large_mall_can_be_used_by_everybody(
    browser: Browser, installation: Installation, name: str
) -> None:
    with window(browser, installation.address, f"/manage/setup#{name}", 1366, 768) as page:
        page.get_by_label(text("signin.login")).fill("admin")
        page.get_by_label(text("signin.password")).fill(PASSWORD)
        press(page, "signin.enter")
        expect(page.get_by_role("heading", name=text(f"setup.section_{name}"), exact=True)).to_be_visible()
        assert_accessible(page)
