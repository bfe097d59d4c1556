"""Pictures and videos of the boards: put up over HTTP, handed out in parts, taken down; backed up with the rest."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from display.core import media
from display.shelf import Shelf
from mpp import backup
from tests.flows.house import House
from ticketing.core.access import Role

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
VIDEO = b"\0\0\0\x20ftypisom" + bytes(range(256)) * 4000
"""Long enough to be read in several pieces."""


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 360)) -> bytes:
    """Draw a picture that carries the place where it was taken."""
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (9.0, 51.0, 0.0)}
    drawn = io.BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind, exif=exif)
    return drawn.getvalue()


async def media_of(people: httpx.AsyncClient, zone: str) -> list[dict[str, object]]:
    """Return what the board of a zone shows."""
    return list((await people.get(f"/api/boards/{zone}")).json()["media"])


async def test_a_manager_puts_files_on_the_boards_and_takes_them_down(house: House) -> None:
    manager, board = await house.token(Role.MANAGER), await house.device(Role.BOARD, "B01", zone="A")
    async with house.client(manager) as people, house.client(board) as screen, house.client() as nobody:
        first = await people.post("/api/media", content=picture(), params={"alt": "Maklumat pelayanan", "seconds": 20})
        assert first.status_code == 201
        assert (await people.post("/api/media", content=VIDEO, params={"zone": "A", "place": 1})).status_code == 201
        assert (await people.post("/api/media", content=picture("PNG"), params={"zone": "B"})).status_code == 201
        video, poster = await media_of(people, "A")
        assert (video["kind"], video["seconds"]) == ("video", None)
        assert (poster["kind"], poster["seconds"], poster["alt"]) == ("picture", 20, "Maklumat pelayanan")
        assert [one["seconds"] for one in await media_of(people, "B")] == [20, media.PICTURE_SECONDS]

        shown = await screen.get(str(poster["url"]))
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
        with Image.open(io.BytesIO(shown.content)) as drawn:
            assert (drawn.size, dict(drawn.getexif())) == ((640, 360), {}), "where it was taken must not be told"
        assert (await nobody.get(str(poster["url"]))).status_code == 401
        assert (await screen.post("/api/media", content=VIDEO)).status_code == 403
        assert (await screen.get("/media/../mpp.sqlite")).status_code == 404
        assert (await screen.get("/media/mpp.sqlite")).status_code == 404

        lines = (await people.get("/api/media")).json()
        assert [(line["zone"], line["there"]) for line in lines] == [("A", True), (None, True), ("B", True)]
        gone = await people.delete(f"/api/media/{lines[0]['id']}")
        assert gone.status_code == 204
        assert (await screen.get(str(video["url"]))).status_code == 404
        assert (await people.delete("/api/media/99")).json()["code"] == "unknown_media"
        assert [kind for kind in await house.told() if kind.startswith("media")] == [
            *["media_added"] * 3,
            "media_removed",
        ]


@ON_SQLITE
async def test_a_player_reads_a_video_in_parts(house: House) -> None:
    async with house.client(await house.token(Role.ADMINISTRATOR)) as people:
        await people.post("/api/media", content=VIDEO)
        url = str((await media_of(people, "A"))[0]["url"])
        whole = await people.get(url)
        assert (whole.content, whole.headers["accept-ranges"]) == (VIDEO, "bytes")
        assert whole.headers["content-length"] == str(len(VIDEO))
        part = await people.get(url, headers={"range": "bytes=300000-899999"})
        assert (part.status_code, part.content) == (206, VIDEO[300000:900000])
        assert part.headers["content-range"] == f"bytes 300000-899999/{len(VIDEO)}"
        assert part.headers["content-length"] == "600000"
        end = await people.get(url, headers={"range": "bytes=-4", "if-range": whole.headers["etag"]})
        assert (end.status_code, end.content) == (206, VIDEO[-4:])
        other = await people.get(url, headers={"range": "bytes=-4", "if-range": '"other"'})
        assert (other.status_code, other.content) == (200, VIDEO)
        behind = await people.get(url, headers={"range": f"bytes={len(VIDEO)}-"})
        assert (behind.status_code, behind.headers["content-range"]) == (416, f"bytes */{len(VIDEO)}")
        known = await people.get(url, headers={"if-none-match": whole.headers["etag"]})
        assert (known.status_code, known.content) == (304, b"")
        head = await people.head(url, headers={"range": "bytes=0-9"})
        assert (head.status_code, head.content, head.headers["content-length"]) == (206, b"", "10")
        assert (await people.head(url)).headers["content-length"] == str(len(VIDEO))


@ON_SQLITE
async def test_what_boards_cannot_show_is_refused_and_leaves_nothing_behind(house: House) -> None:
    async with house.client(await house.token(Role.MANAGER)) as people:
        damaged = picture()[:400]
        too_wide = picture("PNG", (10_000, 6_100))
        for content, code in [
            (b"<html><script>alert(1)</script>", "no_media"),
            (b"", "no_media"),
            (damaged, "no_media"),
            (too_wide, "too_large"),
        ]:
            answer = await people.post("/api/media", content=content)
            assert answer.json()["code"] == code
        assert (await people.post("/api/media", content=picture(), params={"zone": "X"})).json()[
            "code"
        ] == "unknown_zone"
        for wrong in ({"seconds": 0}, {"seconds": 3601}, {"place": 0}, {"alt": "a" * 301}):
            assert (await people.post("/api/media", content=VIDEO, params=wrong)).status_code == 400
        assert await media_of(people, "A") == []
    assert list((house.config.data / "media").iterdir()) == []


ODD_NOTES = b"".join(
    [
        b"Exif\0\0II*\0\x08\0\0\0",
        *(b"\2\0", b"\x12\1\3\0\1\0\0\0\6\0\0\0"),  # two notes; Orientation 6: lies on its side
        b"\x1a\1\2\0\2\0\0\0a\0\0\0",  # XResolution, as a text instead of a fraction
        b"\0\0\0\0",
    ]
)


async def test_a_picture_is_turned_upright_whatever_else_its_camera_noted(tmp_path: Path) -> None:
    drawn = io.BytesIO()
    sideways = Image.new("RGB", (64, 48), "teal")
    sideways.paste("white", (0, 0, 16, 48))
    sideways.save(drawn, "JPEG", exif=ODD_NOTES)

    async def content() -> AsyncIterator[bytes]:
        yield drawn.getvalue()

    shelf = Shelf(tmp_path)
    with Image.open(shelf.path((await shelf.take_in(content())).key)) as kept:
        assert (kept.size, dict(kept.getexif())) == ((48, 64), {})
        light = kept.convert("L").tobytes()
        assert light[4 * 48 + 24] > 200 > light[60 * 48 + 24], "the white edge on the left must be on top"


@ON_SQLITE
async def test_pictures_are_backed_up_and_put_back(house: House, tmp_path: Path) -> None:
    async with house.client(await house.token(Role.MANAGER)) as people:
        await people.post("/api/media", content=VIDEO)
        copies = tmp_path / "copies"
        for _ in range(2):
            await backup.back_up(house.config, copies, keep=1)
        (kept,) = (copies / "media").iterdir()
        assert kept.read_bytes() == VIDEO
        there = house.config.data / "media" / kept.name
        there.unlink()
        assert [line["there"] for line in (await people.get("/api/media")).json()] == [False]
        backup.copy_missing(copies / "media", there.parent)
        assert there.read_bytes() == VIDEO
