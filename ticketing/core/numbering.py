"""Ticket numbers: the series a ticket belongs to, how its number is written, and codes that cannot be guessed."""

import re

from ticketing.core.refused import UnknownTicket

PRIORITY = "P"
"""Letter before a priority series, as Indonesian malls do it (PB-003 is priority in group B)."""

DIGITS = 3
"""Width of the running number on paper; a busier series simply grows to four digits."""

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that cannot be taken for one another on paper or on the phone."""

CODE_LENGTH = 12
"""12 letters of 31 are 59 bits: guessing one of a day's tickets at 1,000 tries a second takes many lifetimes."""


def series(prefix: str, *, is_priority: bool) -> str:
    """Return the series whose running number a ticket takes."""
    return PRIORITY + prefix if is_priority else prefix


def number(series: str, serial: int) -> str:
    """Write a ticket number, such as B-012."""
    return f"{series}-{serial:0{DIGITS}d}"


def code(randoms: bytes) -> str:
    """Turn random bytes into a ticket's code (31 of 256 leaves a bias below a tenth of a bit a letter)."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in randoms[:CODE_LENGTH])


def parse(number: str) -> tuple[str, int]:
    """Read a number as people type it: b12, B 012 and B-012 are the same.

    Raises: UnknownTicket when it cannot be a number.
    """
    found = re.fullmatch(r"\s*([A-Za-z]{1,3})[\s.-]*0*(\d{1,6})\s*", number)
    if found is None:
        raise UnknownTicket(f"{number!r} is not a ticket number; a number looks like B-012.")
    return found.group(1).upper(), int(found.group(2))
