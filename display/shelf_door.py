"""How a file of the shelf is handed out over HTTP: whole, in part, or not again. Source: RFC 9110, sections 13, 14.

Players of televisions ask for parts, and stop reading while they have enough: no file is held in memory as a whole.
"""

from collections.abc import Mapping
from pathlib import Path

from litestar import Response
from litestar.response import Stream

from display.core import media, ranges
from display.core.ranges import Part, Unsatisfiable
from display.shelf import pieces

A_YEAR = "private, max-age=31536000, immutable"
"""A file is named by its content."""


def answer(path: Path, method: str, asked: Mapping[str, str]) -> Response[bytes] | Stream:
    """Answer a GET or HEAD of a file."""
    size, etag = path.stat().st_size, f'"{path.stem}"'
    headers = {
        "accept-ranges": "bytes",
        "cache-control": A_YEAR,
        "content-security-policy": "sandbox",
        "etag": etag,
        "x-content-type-options": "nosniff",
    }
    kind = media.FORMATS[path.suffix[1:]].media_type
    if asked.get("if-none-match") in (etag, "*"):
        return Response(b"", status_code=304, headers=headers)
    try:
        part = ranges.part(asked.get("range"), asked.get("if-range"), etag, size)
    except Unsatisfiable:
        return Response(b"", status_code=416, headers={**headers, "content-range": f"bytes */{size}"})
    if part is not None:
        headers["content-range"] = f"bytes {part.start}-{part.end - 1}/{size}"
    status, wanted = (200, Part(0, size)) if part is None else (206, part)
    headers["content-length"] = str(wanted.length)
    if method == "HEAD":
        return Response(b"", status_code=status, headers=headers, media_type=kind)
    return Stream(pieces(path, wanted), status_code=status, headers=headers, media_type=kind)
