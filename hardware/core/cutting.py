"""Cuts a sentence into phrases that somebody has recorded and those that nobody has, the longest first."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

BREATHS = {",": 0.2, ";": 0.25, ":": 0.25, ".": 0.4, "!": 0.4, "?": 0.4}
# Seconds of silence after a recording that ends at such a sign.
BETWEEN_WORDS = 0.03
# Seconds between two pieces within a breath; each keeps a moment of its own silence.


class Piece(Struct, frozen=True):
    """Some words, whether there is a recording of just these, and the seconds of silence after them."""

    text: str
    is_recorded: bool
    pause: float


def phrase(text: str) -> str:
    """Bring words, or the name of a recording, to the form in which they are compared."""
    return " ".join(re.findall(r"[^\s_,.;:!?]+", unicodedata.normalize("NFC", text).casefold()))


def recorded(names: Iterable[str]) -> dict[str, str]:
    """Return the phrases that recordings with these file names speak, and the name of each."""
    return {phrase(name[:-4]): name for name in sorted(names) if name.lower().endswith(".wav")}


def cut(text: str, recorded: Collection[str]) -> list[Piece]:
    """Cut a text; what is not recorded stays together, with its signs, as far as it goes.

    Args:
        recorded: phrases, as `phrase` gives them.
    """
    words = re.findall(r"([^\s_,.;:!?]+)([,.;:!?]*)", unicodedata.normalize("NFC", text))
    longest = max((known.count(" ") + 1 for known in recorded), default=0)
    pieces: list[Piece] = []
    missing: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        count = next((many for many in range(longest, 0, -1) if _joined(words[at : at + many], many) in recorded), 0)
        if count:
            pieces += [
                *_missing(missing),
                Piece(_joined(words[at : at + count], count), True, _pause(words[at + count - 1])),
            ]
            missing = []
        else:
            missing.append(words[at])
        at += count or 1
    return [*pieces, *_missing(missing)]


def _joined(words: list[tuple[str, str]], count: int) -> str:
    """Return words that are spoken in one breath as a phrase, or nothing."""
    if len(words) < count or any(sign for _, sign in words[:-1]):
        return ""
    return " ".join(word.casefold() for word, _ in words)


def _missing(words: list[tuple[str, str]]) -> Iterator[Piece]:
    if words:
        yield Piece(" ".join(word + sign for word, sign in words), False, _pause(words[-1]))


def _pause(word: tuple[str, str]) -> float:
    return max((BREATHS[sign] for sign in word[1]), default=BETWEEN_WORDS)
