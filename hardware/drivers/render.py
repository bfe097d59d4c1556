"""A slip turned into the bytes of ESC/POS for one printer model."""

import segno
from escpos.constants import QR_ECLEVEL_M  # type: ignore[import-untyped]  # it carries no types
from escpos.printer import Dummy  # type: ignore[import-untyped]  # it carries no types
from PIL import Image

from hardware.core import layout
from hardware.core.slip import Block, Qr, Rule, Slip, Space, Text
from hardware.drivers.profiles import Profile

QR_DOTS = 260
# A QR code of 32 mm at 203 dpi is read at arm's length by any phone.
LEAST_MODULE, LARGEST_MODULE = 3, 10
# Below 0.4 mm thermal dots run together.
LINE_THICK = 2
# Dots; one dot alone looks grey.


def render(slip: Slip, profile: Profile) -> bytes:
    """Compose the whole job, from reset to cut."""
    page = Dummy(profile=profile.escpos)
    page.hw("INIT")
    for block in slip.blocks:
        _block(page, block, profile)
    page.print_and_feed(profile.feed)
    page.cut(feed=False)  # GS V 66: feeds to the knife by itself, and harms no printer without one
    return bytes(page.output)


def _block(page: Dummy, block: Block, profile: Profile) -> None:
    match block:
        case Text():
            _text(page, block, profile)
        case Rule():
            _rule(page, profile)
        case Qr():
            _qr(page, block, profile)
        case Space():
            page.print_and_feed(block.lines)


def _text(page: Dummy, block: Text, profile: Profile) -> None:
    words = layout.plain(block.text)
    size = layout.fit(words, block.size, profile.columns)
    page.set(align=block.align, bold=block.bold, custom_size=True, width=size, height=size)
    if size > 1:
        _feed_dots(page, 4 * size)
    broken = layout.balance if block.align == "center" else layout.wrap
    for line in broken(words, profile.columns // size):
        page.textln(line)
    if size > 1:
        _feed_dots(page, 4 * size)


def _rule(page: Dummy, profile: Profile) -> None:
    """Draw a line as a picture: dashes differ from font to font and leave gaps."""
    _feed_dots(page, 10)
    page.set(align="left")
    page.image(Image.new("1", (profile.dots, LINE_THICK)), impl="bitImageRaster", center=False)
    _feed_dots(page, 14)


def _qr(page: Dummy, block: Qr, profile: Profile) -> None:
    code = segno.make_qr(block.data, error="m", boost_error=False)
    module = max(LEAST_MODULE, min(LARGEST_MODULE, QR_DOTS // len(code.matrix)))
    _feed_dots(page, 16)
    page.set(align="center", bold=False, custom_size=True, width=1, height=1)
    if profile.has_native_qr:
        page.qr(block.data, ec=QR_ECLEVEL_M, size=module, native=True)
    else:
        page.image(_picture(code, module), impl="bitImageRaster", center=False)
    _feed_dots(page, 12)
    for line in layout.balance(layout.plain(block.caption), profile.columns) if block.caption else []:
        page.textln(line)


def _picture(code: segno.QRCode, module: int) -> Image.Image:
    """Draw a QR code with so many dots to a module, black on white."""
    rows = [bytes(0 if dark else 255 for dark in row) for row in code.matrix]
    small = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    return small.resize((len(rows) * module, len(rows) * module), Image.Resampling.NEAREST).convert("1")


def _feed_dots(page: Dummy, dots: int) -> None:
    """ESC J n: move the paper by dots, for which python-escpos has no word."""
    page._raw(b"\x1bJ" + bytes([dots]))
