"""A line to a page that a test holds itself: the server's own views, changed, one after another."""

import json
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from tests.browser.stage import Stage

View = dict[str, Any]

NUMBERS = ("B-{:03}", "PB-{:03}", "B-{:04}", "PAB-{:03}")
COUNTERS = ("{}", "Prioritas & Informasi {}", "Utama {}")
"""A counter's name has 24 letters at most."""
SINCE = timedelta(seconds=20)

_LINE = """
(() => {
  let ahead = 0;
  const now = performance.now.bind(performance);
  performance.now = () => now() + ahead;
  let line;
  window.WebSocket = class {
    constructor() { line = this; setTimeout(() => this.onmessage({ data: FIRST })); }
    close() {}
  };
  const turn = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { channel.port1.close(); done(); };
    channel.port2.postMessage(null);
  });
  window.feed = async (views) => {
    for (const data of views) { line.onmessage({ data }); await turn(); }
    ahead += LATER;
  };
})();
"""


def line_with(first: View, later: int = 0) -> str:
    """Return a script that is the page's line: `feed(views)` sends on it.

    The page's steady clock jumps by `later` milliseconds after each batch, so that its calls have been seen.
    """
    return _LINE.replace("FIRST", json.dumps(json.dumps(first))).replace("LATER", str(later))


def real(mall: Stage, path: str) -> View:
    """Return a view that the server has made, with one visitor called, notices and pictures."""
    counter = next(line for line in mall.client.get("/api/counters").json() if line["code"] == "L05")
    mall.post("/api/counters/L05/open")
    mall.take(counter["services"][0])
    mall.post("/api/counters/L05/call-next")
    view: View = mall.client.get(f"/api/{path}").json()
    mall.post("/api/counters/L05/miss")
    if "media" in view:
        view["ticker"] = ["Siapkan KTP.", "Semua layanan tanpa biaya."]
        view["media"] = [{"kind": "picture", "url": f"/media/{nth}", "seconds": 5, "alt": "Maklumat"} for nth in (1, 2)]
    return view


def crowd_of(view: View, how_many: int) -> View:
    """Return the view with so many calls, all current, of numbers and counters with short and long names."""
    at = datetime.fromisoformat(view["at"]) + how_many * timedelta(minutes=10)
    new = deepcopy(view) | {"at": at.isoformat(), "calls": [], "media": [], "voice": None}
    tenants = view["waiting"]
    for nth in range(how_many):
        call = deepcopy(view["calls"][0]) | {
            "id": 100 * how_many + nth,
            "number": NUMBERS[nth % len(NUMBERS)].format(8 * nth + 100),
            "called_at": (at - SINCE + timedelta(seconds=nth)).isoformat(),
            "state": "called",
            "calls": 1 + nth % 2,
            "speech": None,
        }
        call["counter"] |= {"name": COUNTERS[nth % len(COUNTERS)].format(nth + 1)}
        call["tenant"] |= {"colour": tenants[nth % len(tenants)]["colour"]}
        new["calls"].insert(0, call)
    return new
