"""Pictures and videos for the boards: what they are, told by their first bytes and never by their names. Pure."""

from enum import StrEnum

from msgspec import Struct

from ticketing.core.refused import Refused, Unknown

HEAD_BYTES = 64
"""So many bytes tell every format apart."""

LARGEST = 300 * 1024 * 1024
"""Bytes of one file: five minutes of full high definition."""

PICTURE_SECONDS = 12
"""How long a picture stays when nobody has said it: time to read forty words."""


LONGEST = 3600
"""Seconds: who wants to show something for more than an hour takes the others off."""

LONGEST_ALT = 300
"""Letters: what is read out for a picture must not take longer than the picture."""


class MediaKind(StrEnum):
    """What a board does with a file: hold it still, or play it."""

    PICTURE = "picture"
    VIDEO = "video"


class Format(Struct, frozen=True):
    """A format that every board can show: its kind, its media type, the ending of its file."""

    kind: MediaKind
    media_type: str
    suffix: str


PNG = Format(MediaKind.PICTURE, "image/png", "png")
JPEG = Format(MediaKind.PICTURE, "image/jpeg", "jpg")
WEBP = Format(MediaKind.PICTURE, "image/webp", "webp")
MP4 = Format(MediaKind.VIDEO, "video/mp4", "mp4")
WEBM = Format(MediaKind.VIDEO, "video/webm", "webm")
FORMATS = {one.suffix: one for one in (PNG, JPEG, WEBP, MP4, WEBM)}


def format_of(head: bytes) -> Format | None:
    """Tell the format of a file from its first HEAD_BYTES; None when boards cannot show it.

    Source: PNG (ISO/IEC 15948), JPEG (ITU-T T.81), WebP container (RFC 9649), ISO base media (ISO/IEC 14496-12),
    Matroska/WebM (RFC 9559).
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] != b"qt  ":  # QuickTime's own files do not play everywhere
        return MP4
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:HEAD_BYTES]:
        return WEBM
    return None


class UnknownMedia(Unknown):
    """No such picture or video."""

    code = "unknown_media"
    sentence = "There is no such picture or video on the boards; list them and choose one."


class TooLarge(Refused):
    """A file is larger than boards and network can bear."""

    code = "too_large"
    status = 413
    sentence = "This file is too large; boards take files of 300 MB, and pictures of 60 million dots."


class NoMedia(Refused):
    """A file is neither a picture nor a video that boards can show."""

    code = "no_media"
    status = 415
    sentence = (
        "This is no picture and no video that boards can show, or it is damaged; use PNG, JPEG, WebP, MP4 or WebM."
    )
