"""Heads of the log, as they are noted outside the database: one line of text each. Pure.

Who can write to the database can write the whole chain anew, or cut its end off. A head that somebody keeps elsewhere
tells: an event of that number with another hash, or none, is not what was there.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct

LINE = re.compile(r"^(?P<at>\S+) (?P<mall>\S+) (?P<seq>[0-9]{1,18}) (?P<hash>[0-9a-f]{64})$")


class Head(Struct, frozen=True):
    """The newest event of a mall at a time: its number and its hash."""

    at: datetime
    mall: str
    seq: int
    hash: bytes


class FaultyHead(Exception):
    """A line is no head; the message says which."""


def line(head: Head) -> str:
    """Write a head as a line."""
    return f"{head.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {head.mall} {head.seq} {head.hash.hex()}"


def read(text: str) -> list[Head]:
    """Read heads, one in a line; empty lines and lines that begin with # say nothing.

    Raises: FaultyHead.
    """
    return [_read(number, row.strip()) for number, row in enumerate(text.splitlines(), 1) if _says(row)]


def _says(row: str) -> bool:
    return bool(row.strip()) and not row.lstrip().startswith("#")


def _read(number: int, row: str) -> Head:
    found = LINE.match(row)
    try:
        at = datetime.fromisoformat(found["at"]) if found else None
    except ValueError:
        at = None
    if found is None or at is None:
        raise FaultyHead(f"Line {number} is no head of a log: write it as `mpp log head` prints it.")
    return Head(at, found["mall"], int(found["seq"]), bytes.fromhex(found["hash"]))


def of_mall(heads: Iterable[Head], mall: str) -> dict[int, bytes]:
    """Return the heads of a mall by the event's number; of two for one event the first, which was noted earlier."""
    found: dict[int, bytes] = {}
    for head in heads:
        if head.mall == mall:
            found.setdefault(head.seq, head.hash)
    return found
