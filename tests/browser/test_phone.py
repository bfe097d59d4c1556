"""The visitor's phone in every state, each made on a real server; asleep and awake; on a slow line."""

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from random import choices
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from hardware.core.written import ALPHABET, CODE_LENGTH
from tests.browser.installation import Installation
from tests.browser.line import line_with
from tests.browser.stage import Stage, visitor
from tests.browser.windows import assert_accessible, text, window, worded

pytestmark = pytest.mark.long

MOST_BYTES = 60_000
"""Of all that comes over the wire before the number is seen, on the first visit."""

LEAST_SHIFT = 0.05
"""Half of what counts as good. Source: web.dev, Cumulative Layout Shift."""

SPY = """
  const told = [];
  Object.defineProperty(navigator, "vibrate", { value: pattern => {
    told.push(pattern);
    document.documentElement.dataset.signalled = told.filter(pattern => pattern.length > 1).length;
    return true;
  } });
"""
"""The device, not our code: counts the calls that the phone is told to shake for; the short shake is the try."""


class Queue:
    """Some people who wait for a service, and the counter that calls them."""

    def __init__(self, stage: Stage, tenant: str, service: str, people: int) -> None:
        self.stage = stage
        self.counter = stage.counter_of(tenant)
        self.tickets = [stage.take(service) for _ in range(people)]
        self.do("open")

    def do(self, step: str, **body: object) -> None:
        """Let the officer do something."""
        self.stage.post(f"/api/counters/{self.counter['code']}/{step}", **body)

    def call(self, nth: int) -> None:
        """Call a given one."""
        self.do(f"call/{self.tickets[nth]['number']}")

    def path(self, nth: int) -> str:
        """Return the page of a ticket."""
        return f"/t/{self.tickets[nth]['code']}"


def shows(page: Page, key: str, **values: object) -> None:
    """Wait for a sentence, and let axe look."""
    expect(page.get_by_text(text(key, **values), exact=True).first).to_be_visible()
    assert_accessible(page)


def press(page: Page, key: str) -> None:
    page.get_by_role("button", name=text(key), exact=True).click()


@contextmanager
def asleep(browser: Browser) -> Iterator[None]:
    """Let the processes of this browser's pages stand still, as all does in a telephone that sleeps."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [int(process["id"]) for process in processes if process["type"] == "renderer"]
    assert pages
    for page in pages:
        os.kill(page, signal.SIGSTOP)
    try:
        yield
    finally:
        for page in pages:
            os.kill(page, signal.SIGCONT)


def test_a_phone_tells_the_whole_life_of_a_number(browser: Browser, stage: Stage) -> None:
    queue = Queue(stage, "BPJSKES", "BPJSKES-01", 7)
    place = text("common.counter", name=queue.counter["name"])
    number = queue.tickets[0]["number"]
    with window(browser, stage.address, queue.path(0), 360, 800) as page:
        shows(page, "phone.next")
        press(page, "phone.late")
        shows(page, "phone.late_sure", n=5)
        expect(page.get_by_role("button", name=text("phone.deed_not"))).to_be_focused()
        press(page, "phone.deed_not")
        expect(page.get_by_role("button", name=text("phone.late"), exact=True)).to_be_focused()
        press(page, "phone.late")
        press(page, "phone.late_yes")
        shows(page, "phone.deferred")
        page.get_by_text(text("kept_here.title")).click()
        expect(page.get_by_text(worded("kept_step.deferred"))).to_be_visible()
        shows(page, "kept_here.no_note")
        expect(page.get_by_text(worded("phone.ahead"))).to_have_text(re.compile(rf"^5 {text('phone.ahead')}$"))
        expect(page).to_have_title(text("phone.title_ahead", number=number, n=5))
        expect(page.get_by_role("button", name=text("phone.late"), exact=True)).to_have_count(0)
        queue.call(0)
        shows(page, "phone.called_hint")
        expect(page.get_by_text(place, exact=True)).to_be_visible()
        expect(page.get_by_text(text("phone.zone", zone=queue.counter["zone"]), exact=True)).to_be_visible()
        expect(page).to_have_title(text("phone.title_called", number=number, counter=place))
        queue.do("recall")
        shows(page, "phone.called_again")
        queue.do("start")
        shows(page, "state.serving")
        queue.do("hold")
        shows(page, "phone.held_hint")
        queue.call(0)
        queue.do("miss")
        shows(page, "phone.missed_hint", counter=place)
        queue.call(0)
        queue.do("transfer", service="BPJSKES-02", counter=queue.counter["code"])
        shows(page, "phone.for_counter", counter=place)
        expect(
            page.get_by_text(re.compile(re.escape(text("phone.transferred", time="@")).split("@")[0]))
        ).to_be_visible()
        queue.do("call-next")
        queue.do("transfer", service="BPJSTK-01", back=True)
        shows(page, "phone.back_to", counter=place)
        away = stage.counter_of("BPJSTK")["code"]
        for step in ("open", "call-next", "start", "finish"):
            stage.post(f"/api/counters/{away}/{step}")
        expect(page.get_by_text(text("phone.for_counter", counter=place))).to_be_visible()
        for step in ("call-next", "start", "finish"):
            queue.do(step)
        shows(page, "phone.done_hint")
    with window(browser, stage.address, queue.path(6), 320, 568) as page:
        shows(page, "phone.order")
        press(page, "phone.cancel")
        shows(page, "phone.cancel_sure")
        press(page, "phone.cancel_yes")
        shows(page, "phone.cancelled_hint")


def test_a_number_taken_while_the_line_was_lost_is_shown_once_it_is_handed_in(
    browser: Browser, installation: Installation
) -> None:
    id, token = installation.ask_in("kiosk")
    installation.post(f"/api/devices/{id}/approve", code="K81", name="K81")
    doors = f"{installation.address}/api/kiosks/K81"
    headers = {"authorization": f"Bearer {token}"}
    lease = httpx.post(f"{doors}/lease", json={"request": uuid4().hex}, headers=headers).raise_for_status().json()
    block = next(block for block in lease["blocks"] if block["series"] == "B")
    code = "".join(choices(ALPHABET, k=CODE_LENGTH))
    ticket = {
        "request": uuid4().hex,
        "service": "DUKCAPIL-01",
        "priority": False,
        "series": "B",
        "serial": block["first"],
        "code": code,
        "issued_at": lease["at"],
    }
    with window(browser, installation.address, f"/t/{code}", 360, 800) as page:
        shows(page, "phone.unknown_hint")
        answer = httpx.post(f"{doors}/offline-tickets", json={"tickets": [ticket]}, headers=headers).raise_for_status()
        expect(page.get_by_text(answer.json()[0]["number"]).first).to_be_visible()


def test_what_is_foretold_is_read_in_each_state_until_the_number_is_over(browser: Browser, stage: Stage) -> None:
    code = stage.take("BAPENDA-01")["code"]
    view = stage.client.get(f"/api/tickets/{code}").json()
    told = {kind: view | {"outlook": {"kind": kind, "least": None, "most": None}} for kind in ("soon", "unsure")}
    first = view | {"outlook": {"kind": "range", "least": 10, "most": 20}}
    with window(
        browser, stage.address, f"/t/{code}", 360, 800, prepare=lambda page: page.add_init_script(line_with(first))
    ) as page:
        shows(page, "outlook.range", least=10, most=20)
        for kind, key in (("soon", "outlook.soon"), ("unsure", "outlook.other")):
            page.evaluate("view => window.feed([view])", json.dumps(told[kind]))
            shows(page, key)
        over = view | {"state": "expired", "ahead": None, "outlook": None}
        page.evaluate("view => window.feed([view])", json.dumps(over))
        shows(page, "phone.expired_hint")
        expect(page.get_by_text(text("outlook.label"))).to_have_count(0)
    stage.post(f"/api/tickets/{code}/cancel", request=uuid4().hex)


def test_a_phone_that_slept_shows_what_is_true_and_signals_once(browser: Browser, stage: Stage) -> None:
    queue = Queue(stage, "KEMENAG", "KEMENAG-01", 2)
    context = visitor(browser, 360, 800)
    page = context.new_page()
    page.add_init_script(SPY)
    lines: list[str] = []
    page.on("websocket", lambda line: lines.append(line.url))
    page.goto(stage.address + queue.path(0))
    expect(page.get_by_text(text("live.live"), exact=True)).to_be_visible()
    press(page, "phone.alert_on")
    shows(page, "phone.alert_is_on")

    with asleep(browser):
        queue.call(0)
        for _ in range(4):
            queue.do("recall")
    expect(page.get_by_text(text("phone.called_again"))).to_be_visible()
    expect(page.get_by_text(text("live.live"), exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-signalled", "1")
    queue.do("recall")
    expect(page.locator("html")).to_have_attribute("data-signalled", "2")

    before = len(lines)
    context.set_offline(True)
    queue.do("start")
    context.set_offline(False)
    expect(page.get_by_text(text("state.serving"), exact=True)).to_be_visible()
    assert len(lines) > before, "a page that is online again asks anew"
    page.reload()
    expect(page.get_by_text(text("state.serving"), exact=True)).to_be_visible()
    expect(page.locator("html[data-signalled]")).to_have_count(0)
    context.close()


def test_the_number_is_seen_after_few_bytes_and_nothing_jumps(browser: Browser, stage: Stage) -> None:
    queue = Queue(stage, "BAPENDA", "BAPENDA-01", 5)
    context = visitor(browser, 360, 800)
    page = context.new_page()
    page.add_init_script("""window.shift = 0; new PerformanceObserver(list => list.getEntries()
      .forEach(entry => { window.shift += entry.value })).observe({ type: "layout-shift", buffered: true })""")
    device = context.new_cdp_session(page)
    device.send("Network.enable")
    loaded: list[float] = []
    device.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.goto(stage.address + queue.path(4))
    expect(page.get_by_text(queue.tickets[4]["number"]).first).to_be_visible()
    expect(page.get_by_text(text("live.live"), exact=True)).to_be_visible()
    assert len(loaded) > 2
    assert sum(loaded) < MOST_BYTES
    assert page.evaluate("window.shift") < LEAST_SHIFT
    for width, root in ((360, "200%"), (320, "100%"), (320, "200%")):
        page.set_viewport_size({"width": width, "height": 568})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", root)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{width} px at {root}"
    context.close()
