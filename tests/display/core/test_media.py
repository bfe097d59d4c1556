"""Which files boards can show, and which part of one a player asks for."""

import pytest

from display.core import media, ranges
from display.core.ranges import Part, Unsatisfiable

HEADS = [
    (b"\x89PNG\r\n\x1a\n\0\0", "png"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpg"),
    (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
    (b"\0\0\0\x20ftypisom\0\0", "mp4"),
    (b"\0\0\0\x18ftypmp42\0\0", "mp4"),
    (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "webm"),
    (b"\0\0\0\x14ftypqt  \0\0", None),
    (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", None),
    (b"RIFF\0\0\0\0WAVEfmt ", None),
    (b"GIF89a", None),
    (b"<html><script>", None),
    (b"", None),
]


@pytest.mark.parametrize(("head", "suffix"), HEADS)
def test_a_file_is_known_by_its_first_bytes(head: bytes, suffix: str | None) -> None:
    found = media.format_of(head)
    assert (found.suffix if found else None) == suffix


SIZE, ETAG = 1000, '"abc"'
WHOLE = None
RANGES = [
    (None, None, WHOLE),
    ("bytes=0-", None, Part(0, 1000)),
    ("bytes=0-0", None, Part(0, 1)),
    ("bytes=500-599", None, Part(500, 600)),
    ("bytes=999-", None, Part(999, 1000)),
    ("bytes=999-99999", None, Part(999, 1000)),
    ("bytes=-1", None, Part(999, 1000)),
    ("bytes=-1000", None, Part(0, 1000)),
    ("bytes=-5000", None, Part(0, 1000)),
    ("BYTES = 2 - 3", None, Part(2, 4)),
    ("bytes=0-9", ETAG, Part(0, 10)),
    ("bytes=0-9", '"other"', WHOLE),
    ("bytes=0-9", "Wed, 21 Oct 2026 07:28:00 GMT", WHOLE),
    ("bytes=9-5", None, WHOLE),
    ("bytes=0-1,5-6", None, WHOLE),
    ("bytes=", None, WHOLE),
    ("bytes=-", None, WHOLE),
    ("bytes=a-b", None, WHOLE),
    ("lines=0-9", None, WHOLE),
    ("bytes=1000-", None, Unsatisfiable),
    ("bytes=5000-6000", None, Unsatisfiable),
    ("bytes=-0", None, Unsatisfiable),
]


@pytest.mark.parametrize(("header", "if_range", "wanted"), RANGES)
def test_a_player_gets_the_part_that_it_asks_for(
    header: str | None, if_range: str | None, wanted: Part | type[Unsatisfiable] | None
) -> None:
    if wanted is Unsatisfiable:
        with pytest.raises(Unsatisfiable):
            ranges.part(header, if_range, ETAG, SIZE)
    else:
        assert ranges.part(header, if_range, ETAG, SIZE) == wanted


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-5"])
def test_an_empty_file_has_no_parts(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        ranges.part(header, None, ETAG, 0)


def test_a_part_knows_its_length() -> None:
    assert Part(3, 10).length == 7
