"""The paper of the virtual printer: what each ESC/POS command leaves on it, as dots.

It knows the commands that draw and move; those that only set up a machine leave no dots and are ignored.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import segno
from PIL import Image

from hardware.virtual_printer import letters
from hardware.virtual_printer.stream import TEXT, Command

LINE = 30
# Dots from line to line at power-on: 1/6 inch at 180 dpi. Source: ESC/POS command reference, ESC 2.
ERROR_LEVELS = MappingProxyType({48: "l", 49: "m", 50: "q", 51: "h"})
# GS ( k function 169 names the QR's error correction so.
PLACES = MappingProxyType({0: 0.0, 1: 0.5, 2: 1.0, 48: 0.0, 49: 0.5, 50: 1.0})
# ESC a: the share of the free room that lies left of the line.


class Paper:
    """A roll as it comes out of the head, from the last cut to now."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.text: list[str] = []
        self._strips: list[Image.Image] = []
        self._qr_module, self._qr_error, self._qr_data = 3, "l", b""
        self._start()

    def _start(self) -> None:
        """Go back to the settings of power-on (ESC @); what is on paper stays."""
        self._align, self._font, self._bold, self._white, self._line = 0, "A", False, False, LINE
        self._across, self._down = 1, 1
        self._cells: list[Image.Image] = []
        self._words = ""

    @property
    def is_blank(self) -> bool:
        """Say whether nothing has come out since the last cut."""
        return not self._strips

    def do(self, command: Command) -> None:
        """Carry out one command; a line that is full is printed and the next begun."""
        if step := STEPS.get(command.code):
            step(self, command.args)

    def rows_of(self, command: Command) -> int:
        """Tell how many rows of dots a command will feed, to know whether the paper suffices."""
        match command.code:
            case b"\n":
                return self._line
            case b"\x1bd":
                return self._line * command.args[0]
            case b"\x1bJ":
                return command.args[0]
            case b"\x1dv":
                return int.from_bytes(command.args[4:6], "little")
            case _:
                return 0

    def cut(self) -> tuple[Image.Image, str]:
        """Cut the paper: give the slip's picture (ink is black) and its words, and start anew."""
        picture = Image.new("L", (self.width, max(1, sum(strip.height for strip in self._strips))))
        down = 0
        for strip in self._strips:
            picture.paste(strip, (0, down))
            down += strip.height
        words = "\n".join(self.text)
        self._strips, self.text = [], []
        return picture.point(lambda ink: 255 - ink).convert("1"), words

    def _write(self, data: bytes) -> None:
        for character in data.decode("cp437"):
            cell = letters.glyph(character, self._font, self._across, self._down, self._bold)
            if self._white:
                cell = cell.point(lambda ink: 255 - ink)
            if sum(c.width for c in self._cells) + cell.width > self.width:
                self._feed(self._line)
            self._cells.append(cell)
            self._words += character

    def _feed(self, rows: int) -> None:
        """Print the line, if there is one, and move the paper by at least `rows` dots."""
        tallest = max((cell.height for cell in self._cells), default=0)
        strip = Image.new("L", (self.width, max(rows, tallest)))
        left = self._left(sum(cell.width for cell in self._cells))
        for cell in self._cells:
            strip.paste(cell, (left, tallest - cell.height))
            left += cell.width
        if strip.height:
            self._strips.append(strip)
        if self._words.strip():
            self.text.append(self._words)
        self._cells, self._words = [], ""

    def _feed_lines(self, args: bytes) -> None:
        """ESC d: print the line and feed so many lines."""
        for _ in range(args[0]):
            self._feed(self._line)

    def _left(self, width: int) -> int:
        return int((self.width - width) * PLACES.get(self._align, 0.0))

    def _place(self, dots: Image.Image) -> None:
        """Put a picture on the paper, where the alignment says; what does not fit is cut off."""
        strip = Image.new("L", (self.width, dots.height))
        strip.paste(dots, (max(0, self._left(dots.width)), 0))
        self._strips.append(strip)

    def _raster(self, args: bytes) -> None:
        """GS v 0: rows of bytes, the highest bit leftmost; mode bits double the dots."""
        wide, rows = int.from_bytes(args[2:4], "little"), int.from_bytes(args[4:6], "little")
        if wide and rows:
            dots = Image.frombytes("1", (wide * 8, rows), args[6:]).convert("L")
            mode = args[1]
            self._place(dots.resize((dots.width << (mode & 1), dots.height << (mode >> 1 & 1))))

    def _symbol(self, args: bytes) -> None:
        """GS ( k: the QR functions 167 (size), 169 (error level), 180 (store) and 181 (print)."""
        kind, body = args[3:5], args[5:]
        if args[:1] != b"k" or kind[:1] != b"1":
            return
        match kind[1:2]:
            case b"C":
                self._qr_module = body[0]
            case b"E":
                self._qr_error = ERROR_LEVELS.get(body[0], "l")
            case b"P":
                self._qr_data = body[1:]
            case b"Q":
                self._print_qr()

    def _print_qr(self) -> None:
        """Draw the stored QR code without a quiet zone, as the firmware does; too wide prints nothing."""
        code = segno.make_qr(self._qr_data, error=self._qr_error, boost_error=False)
        rows = [bytes(255 if module else 0 for module in row) for row in code.matrix]
        dots = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
        size = len(rows) * self._qr_module
        if size <= self.width:
            self._place(dots.resize((size, size), Image.Resampling.NEAREST))

    def _mode(self, args: bytes) -> None:
        """ESC !: font, emphasis and double sizes in one byte."""
        self._font = "B" if args[0] & 1 else "A"
        self._bold = bool(args[0] & 8)
        self._down, self._across = 1 + (args[0] >> 4 & 1), 1 + (args[0] >> 5 & 1)

    def _size(self, args: bytes) -> None:
        """GS !: width in the high half, height in the low half, each less one."""
        self._across, self._down = (args[0] >> 4 & 7) + 1, (args[0] & 7) + 1

    def _set_align(self, args: bytes) -> None:
        self._align = args[0]

    def _set_bold(self, args: bytes) -> None:
        self._bold = bool(args[0] & 1)

    def _set_font(self, args: bytes) -> None:
        self._font = "B" if args[0] in (1, 49) else "A"

    def _set_white(self, args: bytes) -> None:
        self._white = bool(args[0] & 1)

    def _set_line(self, args: bytes) -> None:
        self._line = args[0] if args else LINE


Step = Callable[[Paper, bytes], None]
STEPS: Mapping[bytes, Step] = MappingProxyType(
    {
        TEXT: Paper._write,
        b"\n": lambda paper, _: paper._feed(paper._line),
        b"\x1b@": lambda paper, _: paper._start(),
        b"\x1b!": Paper._mode,
        b"\x1d!": Paper._size,
        b"\x1ba": Paper._set_align,
        b"\x1bE": Paper._set_bold,
        b"\x1bG": Paper._set_bold,
        b"\x1bM": Paper._set_font,
        b"\x1dB": Paper._set_white,
        b"\x1b2": Paper._set_line,
        b"\x1b3": Paper._set_line,
        b"\x1bd": Paper._feed_lines,
        b"\x1bJ": lambda paper, args: paper._feed(args[0]),
        b"\x1dv": Paper._raster,
        b"\x1d(": Paper._symbol,
    }
)
# The commands that leave something on paper, or change how the next ones do.
