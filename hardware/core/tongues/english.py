"""Calls in English, for visitors who do not speak Indonesian."""

from collections.abc import Mapping
from types import MappingProxyType

from hardware.core.call import CallKind

NAMES = """
    ay bee see dee ee eff jee aitch eye jay kay ell em
    en oh pee cue ar ess tee you vee double-you ex why zed
"""
LETTERS: Mapping[str, str] = MappingProxyType(dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", NAMES.split(), strict=True)))
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
UNITS = ((1000, "thousand"), (100, "hundred"))
SIGNS: Mapping[str, str] = MappingProxyType({"&": "and", "+": "plus", "/": "", "%": "percent", "@": "at"})
LEADS: Mapping[CallKind, str] = MappingProxyType(
    {CallKind.CALL: "", CallKind.RECALL: "Calling again, ", CallKind.LAST: "Last call, "}
)


def cardinal(number: int) -> str:
    """Speak a whole number from 0 to 999 999."""
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return TEENS[number - 10]
    if number < 100:
        return TENS[number // 10] + (f" {DIGITS[number % 10]}" if number % 10 else "")
    size, name = next(unit for unit in UNITS if number >= unit[0])
    head, rest = divmod(number, size)
    lead = f"{cardinal(head)} {name}"
    return f"{lead} {cardinal(rest)}" if rest else lead


def phrase(kind: CallKind, number: str, counter: str, tenant: str | None, *, is_priority: bool) -> str:
    """Put a call into one sentence."""
    what = "priority queue, number" if is_priority else "queue number"
    start = f"{LEADS[kind]}{what}"
    place = f", {tenant}" if tenant else ""
    return f"{start[0].upper()}{start[1:]}, {number}, please go to counter {counter}{place}."
