"""Whole shifts at a counter by keys alone: a keyboard, and a numeric keypad with nothing else on the desk."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.stage import Stage
from tests.browser.windows import assert_accessible, press, sign_in, text, window, worded

pytestmark = pytest.mark.slow

VISITORS = 30
SHOWN = 50
"""Milliseconds from the key to the changed page, at the median: a machine that runs many tests stalls now and then."""

WATCH = """() => {
  window.shown = [];
  let pressed = null;
  addEventListener('keydown', (event) => { if (event.code === 'Space') pressed = performance.now(); }, true);
  const seen = () => {
    if (pressed !== null) window.shown.push(performance.now() - pressed);
    pressed = null;
  };
  const all = {subtree: true, childList: true, characterData: true};
  new MutationObserver(seen).observe(document.querySelector('main'), all);
}"""
"""Measures in the browser how long after each space bar the page has changed."""


def titled(key: str) -> re.Pattern[str]:
    """Return what fits the title of a sheet, whatever number stands in it."""
    return re.compile(".*".join(re.escape(part) for part in text(key, number="\n").split("\n")))


class Officer:
    """Somebody at a counter who looks before every key."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def phase(self, name: str) -> Locator:
        """Return what says how far the visit is."""
        return self.page.get_by_role("status").filter(has_text=text(f"phase.{name}"))

    def press(self, key: str, then: Locator) -> None:
        """Press a key, and look for what it must bring about."""
        press(self.page, key)
        expect(then).to_be_visible()

    def sheet(self, key: str, of: str, *keys: str, then: Locator) -> None:
        """Open a sheet, answer it, and look for what that brings about."""
        self.press(key, self.page.get_by_role("dialog", name=titled(of)))
        for answer in keys:
            press(self.page, answer)
        expect(then).to_be_visible()


@contextmanager
def at_work(browser: Browser, stage: Stage, code: str) -> Iterator[Officer]:
    """Sit down at a closed counter."""
    with window(browser, stage.address, f"/counter#{code}", 1366, 768) as page:
        sign_in(page, "petugas")
        expect(page.get_by_text(text("console.is_closed"))).to_be_visible()
        yield Officer(page)


def worked(stage: Stage, code: str) -> dict[str, Any]:
    """Return what the server knows of a counter."""
    return dict(stage.client.get(f"/api/counters/{code}").json())


@pytest.mark.long
def test_a_shift_of_thirty_visitors_by_keyboard(browser: Browser, stage: Stage) -> None:
    counter, other = stage.counter_of("NAKER"), stage.counter_of("KEJARI")
    code, there = counter["code"], other["code"]
    stage.post(f"/api/counters/{there}/open")
    numbers = [stage.take(counter["services"][n % 2])["number"] for n in range(VISITORS)]
    with at_work(browser, stage, code) as officer:
        page = officer.page
        free = page.get_by_text(text("console.nobody"))
        officer.press("Space", free)
        page.evaluate(WATCH)
        # held, missed, recalled and brought back
        officer.press("Space", officer.phase("called"))
        officer.press("r", page.get_by_text(text("console.calls", n=2)).first)
        officer.sheet("h", "console.hold_title", "1", then=free)
        officer.press("Space", officer.phase("called"))
        officer.press("n", free)
        officer.sheet("k", "console.back_title", "2", then=free)
        officer.sheet("k", "console.back_title", "1", then=free)
        # sent away with a note, and back again
        officer.press("Space", officer.phase("called"))
        officer.press("Space", officer.phase("serving"))
        officer.press("c", page.get_by_role("dialog"))
        page.keyboard.type("kurang fotokopi KK")
        press(page, "Enter")
        expect(
            page.get_by_text(
                worded(
                    "console.note_by", text="kurang fotokopi KK", counter=text("common.counter", name=counter["name"])
                )
            )
        ).to_be_visible()
        officer.sheet(
            "t",
            "console.transfer_to",
            "NumpadMultiply",
            *other["name"],
            "Enter",
            then=page.get_by_text(text("console.away")),
        )
        assert_accessible(page)
        for step in ("call-next", "start", "finish"):
            stage.post(f"/api/counters/{there}/{step}")
        expect(page.get_by_text(text("console.for_here"))).to_be_visible()
        # everybody, one after another: two keys for each
        officer.press("Space", officer.phase("called"))
        expect(page.get_by_text("kurang fotokopi KK")).to_be_visible()
        officer.press("Space", officer.phase("serving"))
        for _ in range(VISITORS - 2):
            officer.press("Shift+Space", officer.phase("called"))
            officer.press("Space", officer.phase("serving"))
        officer.press("Shift+Space", officer.phase("called"))
        officer.press("Space", officer.phase("serving"))
        officer.press("Space", page.get_by_text(text("console.served", n=VISITORS)))
        officer.press("b", page.get_by_text(text("console.is_paused")))
        officer.press("Space", free)
        officer.press("e", page.get_by_role("dialog", name=worded("console.shift_title")))
        expect(page.get_by_role("cell", name=str(VISITORS), exact=True)).to_be_visible()
        assert_accessible(page)
        press(page, "Enter")
        expect(page.get_by_text(text("console.is_closed"))).to_be_visible()
        assert median(page.evaluate("window.shown")) < SHOWN
    view = worked(stage, code)
    assert (view["served_today"], view["queue"], view["held"], view["missed"]) == (VISITORS, [], [], [])
    assert len(numbers) == VISITORS


@pytest.mark.long
def test_a_shift_by_keypad_alone_with_numlock_off(browser: Browser, stage: Stage) -> None:
    counter = stage.counter_of("POLRES")
    skck = "POLRES-01"
    assert skck in counter["services"]
    first, second, third = (stage.take(skck)["number"] for _ in range(3))
    with at_work(browser, stage, counter["code"]) as officer:
        page = officer.page
        free = page.get_by_text(text("console.nobody"))
        officer.press("Numpad3", page.get_by_role("heading", name=text("console.choose")))
        expect(page.get_by_role("button", name=text("common.counter", name=counter["name"])).first).to_be_visible()
        for digit in counter["name"]:
            press(page, f"Numpad{digit}")
        press(page, "NumpadEnter")
        expect(page.get_by_text(text("console.is_closed"))).to_be_visible()
        officer.press("NumpadEnter", free)
        officer.press("NumpadEnter", officer.phase("called"))
        officer.press("NumpadAdd", page.get_by_text(text("console.calls", n=2)).first)
        officer.press("NumpadEnter", officer.phase("serving"))
        # an outcome ends the visit and the next one is called
        officer.sheet("Numpad5", "console.outcome_title", "Numpad3", then=officer.phase("called"))
        expect(page.get_by_text(second).first).to_be_visible()
        officer.sheet("NumpadMultiply", "console.hold_title", "Numpad3", then=free)
        officer.sheet(
            "Numpad0", "console.do_call_number", f"Numpad{int(third[-1])}", "NumpadEnter", then=officer.phase("called")
        )
        officer.press("NumpadSubtract", free)
        for sheet, name in (("Numpad1", "console.legend_title"), ("Numpad8", "console.why_title")):
            if sheet == "Numpad8":
                stage.take(skck)
                expect(page.get_by_text(text("console.next"), exact=True)).to_be_visible()
            officer.press(sheet, page.get_by_role("dialog", name=worded(name)))
            assert_accessible(page)
            press(page, "NumpadDecimal")
            expect(page.get_by_role("dialog")).to_have_count(0)
        officer.sheet("Numpad4", "console.back_title", "NumpadAdd", "NumpadEnter", then=free)
        officer.press("NumpadDecimal", page.get_by_text(text("console.is_paused")))
        officer.press("Numpad9", page.get_by_role("dialog", name=worded("console.shift_title")))
        press(page, "NumpadEnter")
        expect(page.get_by_text(text("console.is_closed"))).to_be_visible()
    view = worked(stage, counter["code"])
    assert (view["served_today"], [one["number"] for one in view["missed"]]) == (1, [third])
    assert first not in [one["number"] for one in view["queue"]]
