"""Words made fit for paper: printable characters only, lines as wide as the paper, sizes that fit."""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

SPELLED: Mapping[str, str] = MappingProxyType(
    {
        **{"…": "...", "\u00d7": "x", "÷": "/", "€": "EUR", "£": "GBP", "©": "(c)", "®": "(R)", "™": "(TM)"},
        **{"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"},
        **{"ð": "d", "þ": "th", "ł": "l", "Ł": "L", "\u0131": "i", "ŋ": "ng", "Ŋ": "NG", "\u2044": "/"},
        **{"→": "->", "←": "<-", "≤": "<=", "≥": ">=", "≈": "~", "\u2212": "-", "\u00b4": "'", "\u02bc": "'"},
        **dict.fromkeys("•·∙‣", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033«»", '"'),
    }
)
# Characters without a base letter in Unicode; all others lose their accents, and what is left becomes "?".


def plain(text: str) -> str:
    """Bring text to printable ASCII and line feeds: no printer shows it wrong, none can be steered by it."""
    apart = unicodedata.normalize("NFKD", _spell(text.replace("\r\n", "\n")))
    return "".join(_ascii(character) for character in _spell(apart))


def _spell(text: str) -> str:
    return "".join(SPELLED.get(character, character) for character in text)


def _ascii(character: str) -> str:
    if character in "\t\u2028\u2029\x0b\x0c\r":
        return " "
    if character == "\n" or " " <= character <= "~":
        return character
    kind = unicodedata.category(character)
    if kind[0] in "CM":
        return ""  # control and format characters, and the accents that stood on a letter
    return {"Pd": "-", "Zs": " "}.get(kind, "?")


def fit(text: str, size: int, columns: int) -> int:
    """Choose the largest size up to `size` in which every word of a (plain) text stays whole."""
    longest = max((len(word) for word in text.split()), default=1)
    return max(1, min(size, columns // longest))


def wrap(text: str, columns: int) -> list[str]:
    """Break (plain) text into lines of at most `columns`, between words where it can be done."""
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph, columns)]


def balance(text: str, columns: int) -> list[str]:
    """Break (plain) text as `wrap` does, but let no last line be left with one lonely word."""
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph, _even(paragraph, columns))]


def _even(text: str, columns: int) -> int:
    """Find the narrowest column in which the text needs no more lines."""
    lines = len(_paragraph(text, columns))
    longest = max((len(word) for word in text.split()), default=columns)
    least = max(1, min(columns, longest))
    return next(width for width in range(least, columns + 1) if len(_paragraph(text, width)) <= lines)


def _paragraph(text: str, columns: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > columns:
            lines.append("")
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        while len(joined) > columns:
            lines[-1:] = [joined[:columns], ""]
            joined = joined[columns:]
        lines[-1] = joined
    return lines
