"""What Prometheus reads: how long requests take, what is written, how the loop turns, how the halls stand.

Labels are routes, kinds, codes of malls and tenants, states: nothing of a person, no number of a ticket.
"""

import asyncio
from collections.abc import Callable, Sequence
from time import perf_counter

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from mpp import gauges
from mpp.gauges import Gauges
from ticketing.hall import Hall

SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper ends of the bars: narrow where an issue and a call are, wide where only trouble is."""

LOOK_SECONDS = 0.5
"""Between two looks at how late the loop wakes."""


class Metrics:
    """Counts while the server runs, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.requests = Histogram(
            "mpp_http_request_seconds",
            "Time to answer a request, by route.",
            ["method", "route", "status"],
            buckets=SECONDS,
            registry=registry,
        )
        self._lag = Histogram(
            "mpp_loop_lag_seconds", "How late the event loop wakes.", buckets=SECONDS, registry=registry
        )
        self._waits = Histogram(
            "mpp_write_wait_seconds",
            "How long a command waited for its turn to write.",
            buckets=SECONDS,
            registry=registry,
        )
        self._events = Counter(
            "mpp_events", "Events added to the log by this process, by kind.", ["kind"], registry=registry
        )
        self._followers = Gauge("mpp_followers", "Open live views, by view.", ["view"], registry=registry)
        self._gauges = {
            name: Gauge(f"mpp_{name}", told, labels, registry=registry) for name, (told, labels) in gauges.TOLD.items()
        }

    def waited(self, seconds: float) -> None:
        """Hear how long a command waited for its turn to write."""
        self._waits.observe(seconds)

    def committed(self, kinds: Sequence[str]) -> None:
        """Hear which events a command has added to the log."""
        for kind in kinds:
            self._events.labels(kind).inc()

    async def feel(self) -> None:
        """Feel for ever how late the loop wakes."""
        while True:
            begins = perf_counter()
            await asyncio.sleep(LOOK_SECONDS)
            self._lag.observe(max(0.0, perf_counter() - begins - LOOK_SECONDS))

    async def told(self, hall: Hall) -> bytes:
        """Write all of it down, as Prometheus reads it."""
        found = [await gauges.read(hall.db, mall_id) for mall_id in await hall.db.malls()]
        self._show(found)
        self._followers.clear()
        for view, count in hall.live.followers().items():
            self._followers.labels(view).set(count)
        return generate_latest(self.registry)

    def _show(self, found: Sequence[Gauges]) -> None:
        for name, gauge in self._gauges.items():
            gauge.clear()
            for of in found:
                for labels, value in of[name].items():
                    gauge.labels(*labels).set(value)


class Timing(ASGIMiddleware):
    """Takes the time of each request, under the name of its route."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, metrics: Callable[[], Metrics | None]) -> None:
        self._metrics = metrics

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass on, and note how long it took until the last byte, and how it ended, where somebody counts."""
        metrics = self._metrics()
        if metrics is None:
            await next_app(scope, receive, send)
            return
        begins, status = perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await next_app(scope, receive, noting)
        finally:
            route = scope.get("path_template") or "-"
            metrics.requests.labels(scope.get("method", "-"), route, str(status)).observe(perf_counter() - begins)
