"""Who looks on while commands are carried out, for those who run the server; nobody, unless they ask for it."""

from collections.abc import Sequence
from typing import Protocol


class Watcher(Protocol):
    """Is told what happens; must take no time and must not fail."""

    def waited(self, seconds: float) -> None:
        """Hear how long a command waited for its turn to write."""

    def committed(self, kinds: Sequence[str]) -> None:
        """Hear which events a command has added to the log."""


class Nobody:
    """Does not look."""

    def waited(self, seconds: float) -> None:
        """Hear nothing."""

    def committed(self, kinds: Sequence[str]) -> None:
        """Hear nothing."""
