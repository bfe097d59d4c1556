"""Which part of a file a Range header asks for. Pure. Source: RFC 9110, section 14."""

import re

from msgspec import Struct

ONE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))", re.IGNORECASE)
"""One range; several at once, and units other than bytes, may be answered with the whole file."""


class Part(Struct, frozen=True):
    """Bytes from `start` up to, not including, `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Return how many bytes these are."""
        return self.end - self.start


class Unsatisfiable(Exception):
    """The range lies behind the end of the file."""


def part(header: str | None, if_range: str | None, etag: str, size: int) -> Part | None:
    """Return the part that is asked for; None is the whole file.

    Args:
        header: the Range header, None when there is none.
        if_range: the If-Range header: a part is of use only when the file is still the one it names.
        etag: the file's own, with its quotes.
        size: bytes of the file.

    Raises: Unsatisfiable.
    """
    found = ONE.fullmatch(header.replace(" ", "")) if header else None
    if found is None or (if_range is not None and if_range != etag):
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        if int(suffix) == 0 or size == 0:
            raise Unsatisfiable
        return Part(max(0, size - int(suffix)), size)
    start = int(first)
    if last and int(last) < start:
        return None  # not a range at all
    if start >= size:
        raise Unsatisfiable
    return Part(start, min(int(last) + 1, size) if last else size)
