"""Calls in Bahasa Indonesia: letter names by EYD, the sentence as Indonesian halls speak it."""

from collections.abc import Mapping
from types import MappingProxyType

from hardware.core.call import CallKind

NAMES = "a be ce de e ef ge ha i je ka el em en o pe ki er es te u ve we eks ye zet"
LETTERS: Mapping[str, str] = MappingProxyType(dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", NAMES.split(), strict=True)))
DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
UNITS = ((1000, "ribu"), (100, "ratus"), (10, "puluh"))
SIGNS: Mapping[str, str] = MappingProxyType({"&": "dan", "+": "plus", "/": "", "%": "persen", "@": "di"})
LEADS: Mapping[CallKind, str] = MappingProxyType(
    {CallKind.CALL: "", CallKind.RECALL: "Panggilan ulang, ", CallKind.LAST: "Panggilan terakhir, "}
)


def cardinal(number: int) -> str:
    """Speak a whole number from 0 to 999 999."""
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(number) or f"{DIGITS[number - 10]} belas"
    size, name = next(unit for unit in UNITS if number >= unit[0])
    head, rest = divmod(number, size)
    lead = f"se{name}" if head == 1 else f"{cardinal(head)} {name}"
    return f"{lead} {cardinal(rest)}" if rest else lead


def phrase(kind: CallKind, number: str, counter: str, tenant: str | None, *, is_priority: bool) -> str:
    """Put a call into one sentence."""
    what = "antrean prioritas, nomor" if is_priority else "nomor antrean"
    start = f"{LEADS[kind]}{what}"
    place = f", {tenant}" if tenant else ""
    return f"{start[0].upper()}{start[1:]}, {number}, silakan menuju loket {counter}{place}."
