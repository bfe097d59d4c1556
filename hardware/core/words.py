"""The words of a call in a language: letters by their names, leading zeros spoken, the rest as one number.

Feed the result to a voice as it is. What people read on a board comes from `caption`.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from hardware.core.call import Call, CallKind
from hardware.core.tongues import english, indonesian

__all__ = ["TONGUES", "Call", "CallKind", "Tongue", "caption", "sentence"]

LARGEST = 999_999
# Above it a number is read digit by digit: nobody follows a longer number by ear.
NONE: Mapping[str, str] = MappingProxyType({})
# No table of pronunciations.


class Tongue(Protocol):
    """A language: a module of `hardware.core.tongues`. A new language is one file and one row in TONGUES."""

    @property
    def LETTERS(self) -> Mapping[str, str]:  # noqa: N802 - a constant of the module
        """Give the spoken name of each capital letter."""

    @property
    def DIGITS(self) -> Sequence[str]:  # noqa: N802 - a constant of the module
        """Give the spoken names of 0 to 9."""

    @property
    def SIGNS(self) -> Mapping[str, str]:  # noqa: N802 - a constant of the module
        """Give the words for signs that stand in names."""

    def cardinal(self, number: int, /) -> str:
        """Speak a whole number from 0 to LARGEST."""

    def phrase(self, kind: CallKind, number: str, counter: str, tenant: str | None, *, is_priority: bool) -> str:
        """Put the parts, already in words, into one sentence."""


TONGUES: Mapping[str, Tongue] = MappingProxyType({"id": indonesian, "en": english})


def sentence(call: Call, locale: str, *, pronunciations: Mapping[str, str] = NONE, by_digit: bool = False) -> str:
    """Say a call in full, as a voice should be fed with it.

    Args:
        pronunciations: how a word of the tenant's name is spoken ("BPN": "be pe en"), in any case.
        by_digit: read each digit ("nol satu dua") instead of zeros and one number ("nol dua belas").
    """
    tongue = TONGUES[locale]
    tenant = _name(call.tenant, tongue, pronunciations) if call.tenant else None
    return tongue.phrase(
        call.kind,
        ", ".join(_groups(call.number, tongue, by_digit)),
        " ".join(_groups(call.counter, tongue, by_digit)),
        tenant or None,
        is_priority=call.is_priority,
    )


def caption(call: Call, locale: str) -> str:
    """Write a call in full, as people read it beside the voice."""
    tongue = TONGUES[locale]
    whole = tongue.phrase(call.kind, call.number, call.counter, call.tenant or None, is_priority=call.is_priority)
    return whole.replace(f", {call.number},", f" {call.number},", 1)  # the comma is a breath, not for the eye


def _groups(number: str, tongue: Tongue, by_digit: bool) -> list[str]:
    """Speak "4K-01" as ["empat ka", "nol satu"]: a group ends at a sign, or where letters turn to digits."""
    spoken: list[list[str]] = [[]]
    before = ""
    for part in re.findall(r"[0-9]+|[A-Z]|[^0-9A-Z]+", _plain(number).upper()):
        if part in tongue.LETTERS:
            spoken[-1].append(tongue.LETTERS[part])
        elif part.isdigit():
            if before in tongue.LETTERS and spoken[-1]:
                spoken.append([])
            spoken[-1].append(_digits(part, tongue, by_digit))
        elif spoken[-1]:
            spoken.append([])
        before = part
    return [" ".join(group) for group in spoken if group]


def _digits(run: str, tongue: Tongue, by_digit: bool) -> str:
    """Speak a run of digits. Source: domain rule, leading zeros as "nol", the remaining number as one."""
    if by_digit or int(run) > LARGEST:
        return " ".join(tongue.DIGITS[int(digit)] for digit in run)
    rest = run.lstrip("0")
    zeros = [tongue.DIGITS[0]] * (len(run) - len(rest))
    return " ".join([*zeros, tongue.cardinal(int(rest))] if rest else zeros)


def _name(name: str, tongue: Tongue, pronunciations: Mapping[str, str]) -> str:
    """Speak a tenant's name: known words as told, capitals without a vowel spelled, the rest as written."""
    told = {word.casefold(): spoken for word, spoken in pronunciations.items()}
    words = re.findall(r"[^\W_]+(?:['.-][^\W_]+)*|[&+/%@]", unicodedata.normalize("NFC", name))
    return " ".join(filter(None, (_word(word, tongue, told) for word in words)))


def _word(word: str, tongue: Tongue, told: Mapping[str, str]) -> str:
    if (spoken := told.get(word.casefold())) is not None:
        return spoken
    if word in tongue.SIGNS:
        return tongue.SIGNS[word]
    if re.fullmatch(r"[B-DF-HJ-NP-TV-XZ]{2,6}", word):
        return " ".join(tongue.LETTERS[letter] for letter in word)
    return word


def _plain(text: str) -> str:
    """Bring wide and decorated forms of letters and digits to the plain ones."""
    return unicodedata.normalize("NFKC", text)
