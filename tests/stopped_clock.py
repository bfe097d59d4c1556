"""A clock for tests: it stands still until it is told to move."""

from datetime import datetime, timedelta

from ticketing.clock import Clock


class StoppedClock(Clock):
    """Hall time and wall time are the same, and move only by `forward`."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def now(self) -> datetime:
        """Return where the clock stands."""
        return self.at

    def real(self) -> datetime:
        """Return where the clock stands."""
        return self.at

    def forward(self, span: timedelta) -> None:
        """Let time pass."""
        self.at += span
