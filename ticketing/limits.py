"""How often one may try: counts in memory of one process. Stops guessing and stuck fingers."""

import time
from collections import deque
from collections.abc import Mapping

from ticketing.core.refused import TooManyRequests

WINDOW_SECONDS = 60.0

MOST_NAMES = 10_000
"""Names remembered at most: whoever makes up names cannot fill the memory."""

LONGEST = 64
"""Signs of a tried thing that are remembered, for the same reason."""


class Limits:
    """Counts of what each name did within the last minute."""

    def __init__(self) -> None:
        self._seen: dict[str, deque[float]] = {}
        self._tried: dict[str, dict[str, float]] = {}

    def count(self, name: str, most: int) -> None:
        """Count one attempt of `name`, of which `most` a minute are right.

        Raises: TooManyRequests.
        """
        now = time.monotonic()
        if len(self._seen) > MOST_NAMES:
            self._seen = {n: seen for n, seen in self._seen.items() if seen and now - seen[-1] < WINDOW_SECONDS}
        seen = self._seen.setdefault(name, deque())
        while seen and now - seen[0] >= WINDOW_SECONDS:
            seen.popleft()
        if len(seen) >= most:
            raise TooManyRequests
        seen.append(now)

    def leave_out(self, name: str) -> None:
        """Leave the newest attempt of `name` out of the count: it was right, and so no guess."""
        if seen := self._seen.get(name):
            seen.pop()

    def note(self, name: str, what: str) -> None:
        """Note what `name` tried in vain; the same thing tried again counts once."""
        now = time.monotonic()
        if len(self._tried) > MOST_NAMES:
            self._tried = {n: left for n, tried in self._tried.items() if (left := _recent(tried, now))}
        self._tried[name] = {**_recent(self._tried.get(name, {}), now), what[:LONGEST]: now}

    def must_be_below(self, name: str, most: int) -> None:
        """Refuse whoever tried `most` different things in vain within a minute.

        Raises: TooManyRequests.
        """
        if len(_recent(self._tried.get(name, {}), time.monotonic())) >= most:
            raise TooManyRequests


def _recent(tried: Mapping[str, float], now: float) -> dict[str, float]:
    return {what: at for what, at in tried.items() if now - at < WINDOW_SECONDS}
