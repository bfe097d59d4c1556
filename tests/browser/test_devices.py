"""A device shows its code, an administrator lets it in, it begins by itself; sent away, it asks again."""

import re

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.installation import Installation
from tests.browser.windows import assert_accessible, sign_in, text, window, worded

pytestmark = [pytest.mark.slow, pytest.mark.long]


def shown_code(screen: Page) -> str:
    """Read the pairing code from a screen."""
    code = screen.get_by_text(re.compile(r"^\w{3}-\w{3}$"))
    expect(code).to_be_visible()
    return code.inner_text()


def approve(manager: Page, pairing_code: str, name: str, **places: str) -> None:
    """Let in the device with this code, as an administrator does."""
    row = manager.get_by_role("listitem").filter(has_text=pairing_code)
    row.get_by_role("button", name=text("manage.approve")).click()
    form = manager.get_by_role("dialog")
    for label, place in places.items():
        form.get_by_label(text(f"manage.{label}")).select_option(place)
    form.get_by_label(text("manage.name")).fill(name)
    assert_accessible(manager)
    form.get_by_role("button", name=text("manage.approve")).click()
    expect(form).to_be_hidden()


def test_every_kind_of_device_is_let_in_and_begins_by_itself(browser: Browser, installation: Installation) -> None:
    address = installation.address
    counter = installation.counter_of("DUKCAPIL")
    printer, speaker = (installation.ask_in(kind) for kind in ("printer", "speaker"))
    with window(browser, address, "/manage/devices", 1366, 768) as manager:
        sign_in(manager, "admin")
        for (_, token), place in ((printer, {}), (speaker, {"zone": "A"})):
            headers = {"authorization": f"Bearer {token}"}
            me = httpx.get(f"{address}/api/devices/me", headers=headers).json()
            approve(manager, me["pairing_code"], "Meja depan", **place)
            assert httpx.get(f"{address}/api/devices/me", headers=headers).json()["state"] == "approved"
        with window(browser, address, f"/board/{counter['zone']}", 1920, 1080) as board:
            approve(manager, shown_code(board), "Layar aula", zone=counter["zone"])
            expect(board.get_by_text(text("live.live"), exact=True)).to_be_visible()
        with window(browser, address, f"/sign/{counter['code']}", 1920, 1080) as sign:
            approve(manager, shown_code(sign), "Papan", counter=counter["code"])
            expect(sign.get_by_text(text("live.live"), exact=True)).to_be_visible()
        with window(browser, address, "/kiosk", 1080, 1920) as kiosk:
            code = shown_code(kiosk)
            assert_accessible(kiosk)
            approve(manager, code, "Pintu utama", printer="P01")
            expect(kiosk.get_by_role("button", name=worded("kiosk.search"))).to_be_visible()
            row = manager.get_by_role("listitem").filter(has_text="Pintu utama")
            expect(row).to_contain_text("P01")
            row.get_by_role("button", name=text("manage.revoke")).click()
            assert_accessible(manager)
            manager.get_by_role("dialog").get_by_role("button", name=text("manage.revoke")).click()
            assert shown_code(kiosk) != code
