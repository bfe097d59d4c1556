"""A device shows its code, an administrator lets it in, it begins by itself; sent away, it asks again."""

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.installation import Installation
from tests.browser.windows import assert_accessible, sign_in, text, window, worded

pytestmark = pytest.mark.slow


def approve(page: Page, pairing_code: str, name: str, **places: str) -> None:
    """Let in the device with this code, as an administrator does."""
    row = page.get_by_role("listitem").filter(has_text=pairing_code)
    row.get_by_role("button", name=text("manage.approve")).click()
    form = page.get_by_role("dialog")
    for label, place in places.items():
        form.get_by_label(text(f"manage.{label}")).select_option(place)
    form.get_by_label(text("manage.name")).fill(name)
    assert_accessible(page)
    form.get_by_role("button", name=text("manage.approve")).click()
    expect(form).to_be_hidden()


def code_on(page: Page) -> str:
    """Read the pairing code from a screen."""
    code = page.locator(".code")
    expect(code).to_have_text(worded_code)
    return code.inner_text()


worded_code = __import__("re").compile(r"^\w{3}-\w{3}$")
