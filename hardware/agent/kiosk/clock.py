"""The hall's time at a kiosk: told by the server's views, carried on alone by a clock that nobody can set."""

import logging
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

log = logging.getLogger(__name__)

BOOT = Path("/proc/sys/kernel/random/boot_id")


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One reading: hall time and pace, this machine's two clocks at that moment, and which of its starts it was."""

    at: datetime
    pace: float
    steady: float
    wall: datetime
    boot: str


def steady() -> float:
    """Return seconds since the machine was started, its sleep included; the same for all programs on it."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def boot() -> str:
    """Name this start of the machine."""
    return BOOT.read_text().strip() if BOOT.exists() else ""


class HallClock:
    """Hall time, `pace` hall seconds in a real one. It never goes back by itself, only when the server says so."""

    def __init__(self, mark: Mark | None = None, not_before: datetime | None = None) -> None:
        self._last = not_before or datetime.min.replace(tzinfo=UTC)
        self._mark = mark or self._reading(datetime.now(UTC), 1.0)
        if self._mark.boot != boot():
            log.warning("the machine was started anew and the server is not heard: its own clock is used until then")
            gone = max(timedelta(), datetime.now(UTC) - self._mark.wall)
            self._mark = self._reading(self._mark.at + gone * self._mark.pace, self._mark.pace)

    def set(self, at: datetime, pace: float) -> Mark:
        """Take the hall's time from a view that came just now."""
        self._mark = self._reading(at, pace)
        self._last = at
        return self._mark

    def now(self) -> datetime:
        """Return the hall's time."""
        passed = timedelta(seconds=(steady() - self._mark.steady) * self._mark.pace)
        self._last = max(self._last, self._mark.at + passed)
        return self._last

    @property
    def pace(self) -> float:
        """Hall seconds in a real one."""
        return self._mark.pace

    def _reading(self, at: datetime, pace: float) -> Mark:
        return Mark(at=at, pace=pace, steady=steady(), wall=datetime.now(UTC), boot=boot())
