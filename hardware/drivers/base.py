"""What a driver is: a line to a printer that takes bytes and gives bytes, with short waits."""

from typing import Protocol


class LineLost(OSError):
    """The printer cannot be reached, or the line broke."""


class Driver(Protocol):
    """A line to one printer. All calls block for a few seconds at most and raise LineLost when it breaks."""

    @property
    def stays_open(self) -> bool:
        """Say whether the line is kept between jobs: plugged in, not shared with others."""

    def open(self) -> None:
        """Open the line; an open line stays as it is."""

    def send(self, data: bytes) -> int:
        """Send some of the bytes and say how many were taken; 0 when the printer takes none just now."""

    def read(self, seconds: float) -> bytes:
        """Wait for bytes from the printer, nothing if none came in time."""

    def close(self) -> None:
        """Close the line; closing twice does no harm."""
