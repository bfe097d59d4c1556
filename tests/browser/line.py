"""A line to a page that a test holds itself: the server's own views, changed, one after another."""

import json
from typing import Any

from tests.browser.installation import Installation

View = dict[str, Any]

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


def real(mall: Installation, path: str) -> View:
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
