"""Boards and signs run for weeks: they hold no more memory than after an hour, and take every upgrade once."""

import json
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.installation import Installation
from tests.browser.line import View, line_with, real
from tests.browser.windows import window

pytestmark = [pytest.mark.slow, pytest.mark.long]

Next = Callable[[View, int, datetime], None]
"""Changes a view into the one after the nth call, at this time."""

EARLY, WARM = 100, 1_000
MOST = int(os.environ.get("MPP_TEST_CALLS", "10000"))
"""Calls after which a page is measured; MPP_TEST_CALLS=30000 before the command makes a longer run."""
BATCH, LATER = 50, 15_000
"""Calls that are fed before the page has to show the last of them, and the milliseconds that its clock then jumps."""
APART = timedelta(seconds=20)
"""Between two calls: 10,000 of them are more than two days without a night."""
REST = timedelta(minutes=5)
"""Before memory is measured: then no number is current any more, and every page shows the same few things."""

OWN_KINDS = frozenset({"object", "closure", "string", "concatenated string", "sliced string", "number", "bigint"})
OWN, COMPILED, SETTLED, COUNTED = 20_000, 700_000, 200_000, 8
"""Bytes by which a page's own values may grow; the whole heap from 100 calls on, while the browser compiles what runs
often and fills its table of written numbers; and the whole heap from 1,000 calls on, when it has done so.
Nodes and listeners may differ by so many."""


class Held(NamedTuple):
    """What a page holds after a thorough cleaning: bytes of its own values and of the whole heap, and counts."""

    own: int
    heap: int
    nodes: int
    listeners: int


def board(view: View, nth: int, at: datetime) -> None:
    """Call to one counter after the other; the one before has come, and its number is served."""
    calls = view["calls"]
    pattern = calls[-1]
    for call in calls:
        call["state"] = "serving"
    new = {**pattern, "id": nth, "number": numbered(nth), "called_at": at.isoformat(), "state": "called", "calls": 1}
    view["calls"] = [new, *calls][:12]
    for at_counter, line in enumerate(view["counters"]):
        line["number"] = numbered(nth) if at_counter == nth % len(view["counters"]) else line["number"]
    for at_tenant, tenant in enumerate(view["waiting"]):
        tenant["waiting"] = (nth + at_tenant) % 40


def sign(view: View, nth: int, at: datetime) -> None:
    """Call the next visitor to this counter."""
    view |= {"number": numbered(nth), "phase": "called", "called_at": at.isoformat(), "calls": 1}


def numbered(nth: int) -> str:
    return f"{'ABCDEFGH'[nth // 999 % 8]}-{nth % 999 + 1:03}"


@pytest.mark.parametrize(("path", "next_one"), [("boards/A", board), ("signs/L05", sign)])
def test_a_page_holds_no_more_after_thousands_of_calls_than_after_a_hundred(
    browser: Browser, installation: Installation, path: str, next_one: Next
) -> None:
    view = real(installation, path)
    place = path.replace("s/", "/")

    def prepare(page: Page) -> None:
        page.add_init_script(line_with(view, LATER))
        page.route(re.compile("/media/"), lambda route: route.fulfill(body=picture(), content_type="image/png"))

    with window(browser, installation.address, f"/{place}", 1920, 1080, prepare=prepare) as page:
        page.wait_for_selector("[data-ground]")
        early, warm, late = (
            live_through(page, view, next_one, range(after + 1, until + 1))
            for after, until in ((0, EARLY), (EARLY, WARM), (WARM, MOST))
        )
    assert late.own - early.own < OWN
    assert late.heap - early.heap < COMPILED
    assert late.heap - warm.heap < SETTLED
    assert abs(late.nodes - early.nodes) <= COUNTED
    assert abs(late.listeners - early.listeners) <= COUNTED


def test_a_new_build_is_loaded_once_and_never_in_the_middle_of_a_call(
    browser: Browser, installation: Installation
) -> None:
    view = real(installation, "boards/A") | {"media": []}
    loads: list[str] = []

    def prepare(page: Page) -> None:
        page.clock.install()
        page.add_init_script(line_with(view))

    with window(browser, installation.address, "/board/A", 1920, 1080, prepare=prepare) as page:
        page.wait_for_selector("[data-ground]")
        page.on("load", lambda _: loads.append(page.url))
        upgraded = view | {"build": "another"}
        said = {"id": 1, "number": "A-001", "counter": "1", "text": "", "sound": None, "seconds": 4.0}
        voice = said | {"state": "speaking", "by_me": False, "expires_at": view["at"]}
        page.evaluate("views => feed(views)", [json.dumps(upgraded | {"voice": voice})])
        page.clock.run_for(10_000)
        assert loads == [], "reloaded in the middle of a call"
        with page.expect_event("load"):
            page.evaluate("views => feed(views)", [json.dumps(upgraded)])
        page.wait_for_selector("[data-ground]")
        for _ in range(3):  # two servers of different builds behind one address
            page.evaluate("views => feed(views)", [json.dumps(view), json.dumps(upgraded)])
            page.clock.run_for(5_000)
        assert len(loads) == 1, "reloads in a loop"


def live_through(page: Page, view: View, next_one: Next, calls: range) -> Held:
    """Feed a page, measure it, and print the line of docs/measured.md."""
    feed(page, view, next_one, calls)
    found = held(page, view)
    kind = page.evaluate("document.documentElement.dataset.page")
    figures = f"{found.own / 1000:,.0f} kB | {found.heap / 1000:,.0f} kB | {found.nodes} | {found.listeners}"
    print(f"| {kind} | {calls.stop - 1:,} | {figures} |")  # noqa: T201 - this is what the command of the page is for
    return found


def feed(page: Page, view: View, next_one: Next, calls: range) -> None:
    """Let a page live through calls, as fast as it takes them."""
    for start in range(calls.start, calls.stop, BATCH):
        batch = []
        for nth in range(start, start + BATCH):
            at = datetime.fromisoformat(view["at"]) + APART
            next_one(view, nth, at)
            view["at"] = at.isoformat()
            batch.append(json.dumps(view))
        page.evaluate("views => feed(views)", batch)
        assert page.evaluate("number => document.body.textContent.includes(number)", numbered(start + BATCH - 1))


def held(page: Page, view: View) -> Held:
    """Let a page rest, clean it, and measure it."""
    view["at"] = (datetime.fromisoformat(view["at"]) + REST).isoformat()
    page.evaluate("views => feed(views)", [json.dumps(view)])
    page.wait_for_timeout(1_200)  # the page's own second has passed, and what was current stands below
    tool = page.context.new_cdp_session(page)
    tool.send("Performance.enable")
    for _ in range(3):
        tool.send("HeapProfiler.collectGarbage")
    found = {line["name"]: int(line["value"]) for line in tool.send("Performance.getMetrics")["metrics"]}
    own = own_bytes(tool)
    tool.detach()
    return Held(own, found["JSHeapUsedSize"], found["Nodes"], found["JSEventListeners"])


def own_bytes(tool: CDPSession) -> int:
    """Add up the page's own values, without compiled code and the browser's tables of fonts, styles and numbers."""
    parts: list[str] = []
    tool.on("HeapProfiler.addHeapSnapshotChunk", lambda event: parts.append(event["chunk"]))
    tool.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    found = json.loads("".join(parts))
    fields, kinds = found["snapshot"]["meta"]["node_fields"], found["snapshot"]["meta"]["node_types"][0]
    nodes, width = found["nodes"], len(fields)
    sizes = zip(nodes[fields.index("type") :: width], nodes[fields.index("self_size") :: width], strict=True)
    return sum(size for kind, size in sizes if kinds[kind] in OWN_KINDS)


def picture() -> bytes:
    body = BytesIO()
    Image.new("RGB", (320, 180), "teal").save(body, "PNG")
    return body.getvalue()
