"""The words of a call, or of any text, in a language: letters by their names, leading zeros spoken, numbers in words.

Feed the result to a voice as it is. What people read on a board comes from `caption`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from hardware.core.call import Call, CallKind
from hardware.core.tongue import LARGEST, Tongue, cardinal, filled

__all__ = ["Call", "CallKind", "Pronunciations", "caption", "for_language", "plain", "sentence"]

Pronunciations: TypeAlias = Mapping[str, str | Mapping[str, str]]
# How words are spoken: in every language alike, or by language.
FOLLOWED = 999_999
# Above it digits that stand alone are read one by one: nobody follows a longer number by ear.
NONE: Mapping[str, str] = MappingProxyType({})
SPELLED = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2,12}")
# Capitals without a vowel: nobody can say them but letter by letter.
TOKEN = re.compile(
    r"""(?P<code>(?<![^\W_])[0-9]?[A-Z]{1,3}-?[0-9]+(?![^\W_]))   # B-012, PB003
      | Rp\.?\s?(?P<rupiah>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,-)?
      | (?P<clock>(?<![0-9.,])(?:[01]?[0-9]|2[0-3])[.:][0-5][0-9](?![.,]?[0-9]))
      | (?P<grouped>(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9]))
      | (?P<digits>[0-9]+)
      | (?P<word>[^\W_0-9]+(?:['.][^\W_0-9]+)*)
      | (?P<breath>[.,;:!?])
      | (?P<sign>[^\w\s])""",
    re.VERBOSE,
)
# What a text is made of. Money, times and thousands are written as Indonesia writes them (EYD).


def sentence(call: Call, tongue: Tongue, told: Mapping[str, str] = NONE) -> str:
    """Say a call in full, as a voice should be fed with it; `told` is how words of the tenant's name are spoken."""
    groups = _groups(call.number, tongue)
    tenant = plain(call.tenant, tongue, told, breaths=False) if call.tenant else ""
    # The comma is a breath, not for the eye.
    template = _template(call, tongue).replace(" {number}", ", {number}")
    return _filled(template, call, tongue, ", ".join(groups), " ".join(_groups(call.counter, tongue)), tenant)


def caption(call: Call, tongue: Tongue) -> str:
    """Write a call in full, as people read it beside the voice."""
    return _filled(_template(call, tongue), call, tongue, call.number, call.counter, call.tenant or "")


def plain(text: str, tongue: Tongue, told: Mapping[str, str] = NONE, *, breaths: bool = True) -> str:
    """Say any text: numbers in words, known words as told, capitals without a vowel spelled, the rest as written.

    Args:
        told: how words are spoken ("BPN": "be pe en"), in any case; a key may be several words.
        breaths: keep the signs at which a voice takes a breath.
    """
    known = {word.casefold(): spoken for word, spoken in told.items()}
    said: list[str] = []
    for piece in _cut(unicodedata.normalize("NFC", text), known):
        if piece.casefold() in known:
            said.append(known[piece.casefold()])
            continue
        for token in TOKEN.finditer(piece):
            if token.lastgroup != "breath":
                said += filter(None, [_token(token, tongue)])
            elif breaths and said:
                said[-1] += token[0]
    return " ".join(filter(None, said))


def for_language(pronunciations: Pronunciations, language: str, voice: str) -> dict[str, str]:
    """Choose the pronunciations for a language; where it has none of its own, those for the language of its voice."""
    chosen: dict[str, str] = {}
    for word, spoken in pronunciations.items():
        said = spoken if isinstance(spoken, str) else spoken.get(language, spoken.get(voice))
        if said is not None:
            chosen[word] = said
    return chosen


def _template(call: Call, tongue: Tongue) -> str:
    match call.kind:
        case CallKind.CALL:
            return tongue.sentences.call
        case CallKind.RECALL:
            return tongue.sentences.recall
        case CallKind.LAST:
            return tongue.sentences.last


def _filled(template: str, call: Call, tongue: Tongue, number: str, counter: str, tenant: str) -> str:
    queue = tongue.sentences.priority if call.is_priority else tongue.sentences.ordinary
    whole = filled(template, {"queue": queue, "number": number, "counter": counter, "tenant": tenant})
    return whole[0].upper() + whole[1:]


def _groups(number: str, tongue: Tongue) -> list[str]:
    """Speak "4K-01" as ["empat ka", "nol satu"]: a group ends at a sign, or where letters turn to digits."""
    spoken: list[list[str]] = [[]]
    before = ""
    wide = unicodedata.normalize("NFKC", number).upper()  # brings wide and decorated forms to the plain ones
    for part in re.findall(r"[0-9]+|[A-Z]|[^0-9A-Z]+", wide):
        if part in tongue.letters:
            spoken[-1].append(tongue.letters[part])
        elif part.isdigit():
            if before in tongue.letters and spoken[-1]:
                spoken.append([])
            spoken[-1].append(_digits(part, tongue))
        elif spoken[-1]:
            spoken.append([])
        before = part
    return [" ".join(group) for group in spoken if group]


def _digits(run: str, tongue: Tongue) -> str:
    """Speak a run of digits. Source: domain rule, leading zeros as "nol", the remaining number as one."""
    numbers = tongue.numbers
    if numbers.by_digit or int(run) > FOLLOWED:
        return " ".join(numbers.digits[int(digit)] for digit in run)
    rest = run.lstrip("0")
    zeros = [numbers.digits[0]] * (len(run) - len(rest))
    return " ".join([*zeros, cardinal(numbers, int(rest))] if rest else zeros)


def _cut(text: str, known: Mapping[str, str]) -> Iterator[str]:
    """Cut a text so that every known word, or row of words, is a piece of its own; the longest wins."""
    if not known:
        yield text
        return
    words = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    yield from re.split(rf"(?<![^\W_])({words})(?![^\W_])", text, flags=re.IGNORECASE)


def _token(token: re.Match[str], tongue: Tongue) -> str:
    text = token[0]
    match token.lastgroup:
        case "code":
            return " ".join(_groups(text, tongue))
        case "rupiah":
            return f"{_whole(token['rupiah'], tongue)} rupiah"
        case "grouped":
            return _whole(text, tongue)
        case "clock":
            hour, minute = re.split("[.:]", text)
            return cardinal(tongue.numbers, int(hour)) + (f" {_digits(minute, tongue)}" if minute != "00" else "")
        case "digits":
            return _digits(text, tongue)
        case "word" if SPELLED.fullmatch(text):
            return " ".join(tongue.letters[letter] for letter in text)
        case "word":
            return text
    return tongue.signs.get(text, "")


def _whole(grouped: str, tongue: Tongue) -> str:
    """Speak "30.000" as one number."""
    number = int(grouped.replace(".", ""))
    return cardinal(tongue.numbers, number) if number <= LARGEST else _digits(str(number), tongue)
