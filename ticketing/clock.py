"""The one clock. A hall's time may start elsewhere and run faster than the wall's, for demos and training."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Hall time: begins at `start` (UTC; now when None) and passes `pace` hall seconds in one real second."""

    def __init__(self, start: datetime | None = None, pace: float = 1.0) -> None:
        self.pace = pace
        self._begun = time.monotonic()
        self._start = start

    def now(self) -> datetime:
        """Return the hall's time in UTC."""
        if self._start is None:
            return self.real()
        return self._start + timedelta(seconds=(time.monotonic() - self._begun) * self.pace)

    def real(self) -> datetime:
        """Return the wall's time in UTC, for what does not belong to the hall's day: sign-in, limits, backups."""
        return datetime.now(UTC)
