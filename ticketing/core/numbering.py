"""Ticket numbers: the series a ticket belongs to, and how people type them; `hardware.core.written` writes them."""

import re

from ticketing.core.refused import UnknownTicket

PRIORITY = "P"
"""Letter before a priority series, as Indonesian malls do it (PB-003 is priority in group B)."""


def series(prefix: str, *, is_priority: bool) -> str:
    """Return the series whose running number a ticket takes."""
    return PRIORITY + prefix if is_priority else prefix


def parse(number: str) -> tuple[str, int]:
    """Read a number as people type it: b12, B 012 and B-012 are the same.

    Raises: UnknownTicket when it cannot be a number.
    """
    found = re.fullmatch(r"\s*([A-Za-z]{1,3})[\s.-]*0*(\d{1,6})\s*", number)
    if found is None:
        raise UnknownTicket(f"{number!r} is not a ticket number; a number looks like B-012.")
    return found.group(1).upper(), int(found.group(2))
