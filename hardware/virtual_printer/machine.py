"""The inside of the virtual printer: its sensors, its buffer and its head, without sockets.

Real-time requests are answered as they come; all else waits in the buffer while the printer cannot print.
"""

from collections import deque
from collections.abc import Callable
from enum import StrEnum

from PIL import Image

from hardware.virtual_printer.paper import LINE, Paper
from hardware.virtual_printer.stream import Command, Reader


class Trouble(StrEnum):
    """What the printer can be told to suffer from."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    FAULTY = "faulty"
    MUTE = "mute"
    DROP = "drop"


PRINTS = frozenset({Trouble.READY, Trouble.PAPER_LOW, Trouble.MUTE})
# With these the head goes on printing; a mute printer prints but never answers.
FIXED = 0x12
# Bits 1 and 4 are always set in an answer to DLE EOT. Source: ESC/POS command reference, DLE EOT.

Cut = Callable[[bytes, Image.Image, str], None]


class Machine:
    """One printer: `answer` gets the bytes that go back, `cut` each finished slip, `drop` ends the line."""

    def __init__(self, width: int, *, answer: Callable[[bytes], None], cut: Cut, drop: Callable[[], None]) -> None:
        self.trouble = Trouble.READY
        self._coming: tuple[Trouble, int] | None = None
        self._paper, self._reader, self._buffer = Paper(width), Reader(), deque[Command]()
        self._raw = bytearray()
        self._answer, self._cut, self._drop = answer, cut, drop

    def suffer(self, trouble: Trouble, after_lines: int = 0) -> None:
        """Fall into a trouble, at once or after so many more lines; "ready" ends it and prints what waits.

        Args:
            after_lines: lines of text (1/6 inch) that still come out before it happens.
        """
        self._coming = (trouble, after_lines * LINE) if after_lines > 0 else None
        if after_lines <= 0:
            self._enter(trouble)
        self._run()

    def feed(self, data: bytes) -> None:
        """Take bytes off the line."""
        for command in self._reader.feed(data):
            if command.code == b"\x10\x04":
                self._reply(bytes([status(self.trouble, command.args[0])]))
            elif (command.code, command.args[:1]) in ((b"\x10\x14", b"\x08"), (b"\x10\x05", b"\x02")):
                self._buffer.clear()
            elif command.code != b"\x10\x05":
                self._buffer.append(command)
        self._run()

    def line_closed(self) -> None:
        """Forget half a command when the line is closed; what is on paper or waits stays."""
        self._reader = Reader()

    def _enter(self, trouble: Trouble) -> None:
        if trouble is not Trouble.DROP:
            self.trouble = trouble
            return
        self._buffer.clear()  # the bytes behind this point never left the sender
        self._drop()

    def _run(self) -> None:
        while self._buffer and self.trouble in PRINTS:
            if self._ends_here(self._buffer[0]):
                continue
            self._do(self._buffer.popleft())

    def _ends_here(self, command: Command) -> bool:
        """Count the paper down, and fall into the coming trouble where it ends."""
        rows = self._paper.rows_of(command)
        if self._coming is None or not rows:
            return False
        trouble, left = self._coming
        if left <= 0:
            self._coming = None
            self._enter(trouble)
            return True
        self._coming = (trouble, left - rows)
        return False

    def _do(self, command: Command) -> None:
        if command.code == b"\x1dr":
            self._reply(bytes([sensor(self.trouble)]))
            return
        self._raw += command.code + command.args
        if command.code in (b"\x1dV", b"\x1bi", b"\x1bm"):
            if not self._paper.is_blank:
                self._cut(bytes(self._raw), *self._paper.cut())
            self._raw.clear()
        else:
            self._paper.do(command)

    def _reply(self, data: bytes) -> None:
        if self.trouble is not Trouble.MUTE:
            self._answer(data)


def status(trouble: Trouble, kind: int) -> int:
    """Answer DLE EOT 1 (printer), 2 (why offline), 3 (error) or 4 (paper)."""
    offline = trouble in (Trouble.PAPER_OUT, Trouble.COVER_OPEN, Trouble.OFFLINE, Trouble.FAULTY)
    bits = {
        (1, offline): 0x08,
        (2, trouble is Trouble.COVER_OPEN): 0x04,
        (3, trouble is Trouble.FAULTY): 0x08,
        (4, trouble is Trouble.PAPER_LOW): 0x0C,
    }.get((kind, True), 0)
    if trouble is Trouble.PAPER_OUT:
        bits |= {2: 0x20, 4: 0x6C}.get(kind, 0)
    if trouble is Trouble.FAULTY and kind == 2:
        bits |= 0x40
    return FIXED | bits


def sensor(trouble: Trouble) -> int:
    """Answer GS r 1: the paper sensors, in the order of the buffer."""
    return {Trouble.PAPER_LOW: 0x03, Trouble.PAPER_OUT: 0x0F}.get(trouble, 0)
