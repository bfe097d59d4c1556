"""The letters of the virtual printer: one cell of dots for each character, as a thermal head burns it."""

from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

CELLS = {"A": (12, 24), "B": (9, 17)}
# Dots in one character of the two built-in fonts. Source: Epson TM-T20II, technical reference.
FINE = 4
# Letters are drawn this much larger and then reduced: the edge of a dot falls where the outline is.


@lru_cache(maxsize=2000)
def glyph(character: str, font: str, width: int, height: int, bold: bool) -> Image.Image:
    """Draw one character in a cell that is `width` and `height` times the font's own; ink is 255."""
    across, down = CELLS[font][0] * width, CELLS[font][1] * height
    big = ImageFont.load_default(size=round(down * 0.86) * FINE)
    left, _, right, _ = big.getbbox(character)
    drawn = Image.new("L", (max(1, round(right - left)), down * FINE))
    baseline = round(down * FINE * 0.79)
    ImageDraw.Draw(drawn).text((-left, baseline), character, font=big, fill=255, anchor="ls")
    room = round(across * FINE * 0.92)
    if drawn.width > room:
        drawn = drawn.resize((room, drawn.height))
    cell = Image.new("L", (across * FINE, down * FINE))
    cell.paste(drawn, ((cell.width - drawn.width) // 2, 0))
    dots = cell.resize((across, down), Image.Resampling.BOX).point(lambda ink: 255 if ink > 110 else 0)
    return _embolden(dots, width) if bold else dots


def _embolden(dots: Image.Image, by: int) -> Image.Image:
    """Print twice, one dot aside: that is what "emphasised" does on a thermal head."""
    moved = Image.new("L", dots.size)
    moved.paste(dots, (max(1, by // 2), 0))
    return ImageChops.lighter(dots, moved)
