"""How a ticket's number, code and time are written: the same by the server and by a kiosk that is on its own."""

from datetime import datetime
from zoneinfo import ZoneInfo

DIGITS = 3
"""Width of the running number on paper; a busier series simply grows to four digits."""

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that cannot be taken for one another on paper or on the phone."""

CODE_LENGTH = 12
"""12 letters of 31 are 59 bits: guessing one of a day's tickets at 1,000 tries a second takes many lifetimes."""


def number(series: str, serial: int) -> str:
    """Write a ticket number, such as B-012."""
    return f"{series}-{serial:0{DIGITS}d}"


def code(randoms: bytes) -> str:
    """Turn random bytes into a ticket's code (31 of 256 leaves a bias below a tenth of a bit a letter)."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in randoms[:CODE_LENGTH])


def is_code(text: str) -> bool:
    """Say whether a text can be a ticket's code."""
    return len(text) == CODE_LENGTH and all(letter in ALPHABET for letter in text)


def local(at: datetime, timezone: str) -> str:
    """Write a time as people in the hall read it: 23-11-2026 08.15 WITA."""
    there = at.astimezone(ZoneInfo(timezone))
    return there.strftime("%d-%m-%Y %H.%M ") + (there.tzname() or "")
