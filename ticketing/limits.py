"""How often one may try: counts in memory of one process. Stops guessing and stuck fingers."""

import time
from collections import deque

from ticketing.core.refused import TooManyRequests

WINDOW_SECONDS = 60.0

MOST_NAMES = 10_000
"""Names remembered at most: whoever makes up names cannot fill the memory."""


class Limits:
    """Counts of what each name did within the last minute."""

    def __init__(self) -> None:
        self._seen: dict[str, deque[float]] = {}

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
