"""The folder of the boards' pictures and videos: takes files in, checks them, hands them out piece by piece.

A file is named by the hash of its content, so that one that is there never changes.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from msgspec import Struct
from PIL import ExifTags, Image
from PIL.Image import Transpose

from display.core import media
from display.core.media import Format, MediaKind, NoMedia, TooLarge
from display.core.ranges import Part
from ticketing.core.refused import Unknown

KEY = re.compile(r"[0-9a-f]{32}\.(" + "|".join(media.FORMATS) + ")")
PIECE = 256 * 1024
"""Bytes that are read at once: a board's player asks for more when it has room."""

MOST_PIXELS = 60_000_000
"""A larger picture would fill the memory of a small server while it is unpacked."""

SCREEN = (3840, 2160)
"""No board shows more; what is larger only makes televisions slow."""

TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""What makes a picture upright, by its Orientation. Source: Exif 2.32 (CIPA DC-008), section 4.6.4."""

QUALITY = 88
"""Of JPEG and WebP: no difference to be seen, and a third of the bytes."""


class Kept(Struct, frozen=True):
    """A file on the shelf: its key, and what it is."""

    key: str
    format: Format


class Shelf:
    """The files of an installation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def take_in(self, content: AsyncIterator[bytes]) -> Kept:
        """Keep a file that boards can show.

        Raises: TooLarge, NoMedia.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f"{uuid4().hex}.part"
        try:
            await _write(part, content)
            return await asyncio.to_thread(self._keep, part)
        finally:
            part.unlink(missing_ok=True)

    def _keep(self, part: Path) -> Kept:
        with part.open("rb") as file:
            found = media.format_of(file.read(media.HEAD_BYTES))
        if found is None:
            raise NoMedia
        if found.kind is MediaKind.PICTURE:
            draw_anew(part, part, found)
        with part.open("rb") as file:
            key = f"{hashlib.file_digest(file, 'sha256').hexdigest()[:32]}.{found.suffix}"
        part.replace(self._folder / key)
        return Kept(key, found)

    def path(self, key: str) -> Path:
        """Say where a file lies.

        Raises: Unknown.
        """
        path = self._folder / key
        if KEY.fullmatch(key) is None or not path.is_file():
            raise Unknown
        return path

    def has(self, key: str) -> bool:
        """Say whether a file is there."""
        return (self._folder / key).is_file()

    def drop(self, key: str) -> None:
        """Throw a file away."""
        if KEY.fullmatch(key):
            (self._folder / key).unlink(missing_ok=True)


async def _write(part: Path, content: AsyncIterator[bytes]) -> None:
    size = 0
    with part.open("wb") as file:
        async for piece in content:
            size += len(piece)
            if size > media.LARGEST:
                raise TooLarge
            await asyncio.to_thread(file.write, piece)


def draw_anew(source: Path | BytesIO, target: Path | BytesIO, known: Format) -> tuple[int, int]:
    """Draw a picture once more: what it carried along (place, camera, faults made on purpose) is gone.

    Return its width and height. `source` may be `target` where both are a path.

    Raises: TooLarge, NoMedia.
    """
    try:
        with Image.open(source, formats=[known.media_type.removeprefix("image/").upper()]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooLarge
            drawn = _upright(picture)
            drawn.thumbnail(SCREEN)
            if known is media.JPEG:
                drawn = drawn.convert("RGB")
            drawn.info.clear()
            drawn.save(target, format=str(picture.format), quality=QUALITY)
            return drawn.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:  # Pillow's words for broken
        raise NoMedia from fault


def _upright(picture: Image.Image) -> Image.Image:
    """Turn a picture as its camera noted; Pillow's own function also writes all the other notes anew, and may fail."""
    turn = TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    return picture.copy() if turn is None else picture.transpose(turn)


async def pieces(path: Path, part: Part) -> AsyncIterator[bytes]:
    """Read a part of a file, piece by piece, off the loop."""
    with await asyncio.to_thread(path.open, "rb") as file:
        file.seek(part.start)
        left = part.length
        while left > 0:
            piece = await asyncio.to_thread(file.read, min(PIECE, left))
            if not piece:
                return
            left -= len(piece)
            yield piece
