"""What a voice does, whichever it is: words in, sound out."""

from typing import Protocol

from hardware.core.samples import Samples
from hardware.core.sound import Say


class NoVoice(Exception):
    """The words cannot be spoken; the text says why."""


class Voice(Protocol):
    """A driver: espeak, or recordings with espeak behind them."""

    def say(self, words: Say) -> Samples:
        """Speak, as loud as all voices and without silence at the ends; raise NoVoice when that cannot be done."""


class NoneAtAll:
    """Stands in for a driver that cannot be started, and says why."""

    def __init__(self, why: str) -> None:
        self._why = why

    def say(self, words: Say) -> Samples:
        """Say why nothing can be said."""
        raise NoVoice(f"{words.text!r} cannot be spoken: {self._why}")
