"""A kiosk's view on its way to the page, changed: another hour, a full quota, an agent that has lost its server."""

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, WebSocketRoute

View = dict[str, Any]
Change = Callable[[View], object]


class Door:
    """The kiosk's view on its way to the page, where a test may change it, as a kiosk's own agent does."""

    def __init__(self, page: Page) -> None:
        self.view: View = {}
        self._window = page
        page.route_web_socket(re.compile("/live/kiosk$"), self._open)

    def show(self, change: Change) -> None:
        """Show the newest view with a change, once there is one."""
        while not self.view:
            self._window.wait_for_timeout(50)
        view = json.loads(json.dumps(self.view))
        change(view)
        self._page.send(json.dumps(view))

    def _open(self, page: WebSocketRoute) -> None:
        self._page, self.view = page, {}
        page.connect_to_server().on_message(self._hear)

    def _hear(self, message: str | bytes) -> None:
        first, self.view = not self.view, json.loads(message)
        if first:
            self._page.send(message)


def rest(state: str, reason: str) -> Change:
    """Return a change: the whole mall gives out no numbers."""

    def change(view: View) -> None:
        hours = {"state": state, "reason": reason, "until": None, "next_open": "2026-11-24T00:00:00Z"}
        view["hours"] = hours
        for tenant in view["tenants"]:
            tenant["hours"] = hours
            for service in tenant["services"]:
                service["state"] = "closed"

    return change


def of_services(**fields: object) -> Change:
    """Return a change: every service says this of itself."""
    return lambda view: [service.update(fields) for tenant in view["tenants"] for service in tenant["services"]]


def foretold(kind: str, least: int | None = None, most: int | None = None) -> Change:
    """Return a change: this is foretold for every tenant and service; who is favoured waits up to six minutes."""
    told = {"kind": kind, "least": least, "most": most}
    favoured = {"kind": "range", "least": 0, "most": 6}

    def change(view: View) -> None:
        of_services(outlook=told, priority_outlook=favoured)(view)
        for tenant in view["tenants"]:
            tenant["outlook"] = told

    return change


def cut_off(view: View) -> None:
    """Change a view as a kiosk's agent does that has lost its server at 09.14, hall time."""
    view["line"] = {"state": "lost", "since": "2026-11-23T01:14:00Z", "left": 12}
