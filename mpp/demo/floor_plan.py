"""A simple floor plan of the demo mall, drawn from its description: an example, and marked as one."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from ticketing.core import colour
from ticketing.core.mall_entries import CounterEntry, MallFile

WIDTH, EDGE, HEAD, FOOT, DESK, GAP = 1200, 24, 84, 190, 150, 14
"""In dots; a zone is as high as its desks need."""
PER_ROW = 4
"""Desks of one row: so few that a telephone shows their names."""
INK, WALL, FLOOR, ROOM, MARK = "#0a2342", "#0a2342", "#ffffff", "#f4f7fb", "#ffc233"


def drawn(described: MallFile) -> bytes:
    """Draw the zones one below the other with their counters, the entrance at the foot; as PNG."""
    rows = [[one for one in described.counters if one.zone == zone.code] for zone in described.zones]
    heights = [84 + (DESK + GAP) * max(1, -(-len(row) // PER_ROW)) for row in rows]
    picture = Image.new("RGB", (WIDTH, HEAD + sum(heights) + 30 * len(heights) + FOOT), FLOOR)
    pen = ImageDraw.Draw(picture)
    pen.text((EDGE, 20), described.mall.label or described.mall.name, fill=INK, font=_face(38))
    top = HEAD
    for zone, row, height in zip(described.zones, rows, heights, strict=True):
        pen.rectangle((EDGE, top, WIDTH - EDGE, top + height), fill=ROOM, outline=WALL, width=4)
        pen.text((EDGE + 20, top + 14), zone.name, fill=INK, font=_face(42))
        _desks(pen, described, row, top + 76)
        top += height + 30
    _entrance(pen, top)
    body = BytesIO()
    picture.save(body, format="PNG")
    return body.getvalue()


def _desks(pen: ImageDraw.ImageDraw, described: MallFile, row: Sequence[CounterEntry], top: int) -> None:
    tenants = {one.code: one for one in described.tenants}
    wide = (WIDTH - 2 * EDGE - 40) // PER_ROW
    for nth, desk in enumerate(row):
        left, upper = EDGE + 20 + nth % PER_ROW * wide, top + nth // PER_ROW * (DESK + GAP)
        box = (left, upper, left + wide - GAP, upper + DESK - GAP)
        pen.rectangle(box, fill=FLOOR, outline=colour.readable(tenants[desk.tenant].colour), width=6)
        middle = (box[0] + box[2]) // 2
        pen.text((middle, upper + 48), desk.name, fill=INK, font=_face(54), anchor="mm")
        pen.text((middle, upper + 106), tenants[desk.tenant].short_name, fill=INK, font=_face(24), anchor="mm")


def _entrance(pen: ImageDraw.ImageDraw, top: int) -> None:
    middle = WIDTH // 2
    for left, word in ((EDGE, "Kios antrean"), (WIDTH - EDGE - 360, "Meja pengaduan")):
        pen.rectangle((left, top + 20, left + 360, top + 110), fill=FLOOR, outline=WALL, width=4)
        pen.text((left + 180, top + 65), word, fill=INK, font=_face(38), anchor="mm")
    pen.polygon([(middle - 60, top + 120), (middle + 60, top + 120), (middle, top + 30)], fill=MARK, outline=INK)
    pen.text((middle, top + 160), "Pintu masuk", fill=INK, font=_face(38), anchor="mm")


def _face(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the face that comes with the library, so that every machine draws the same."""
    return ImageFont.load_default(size)
