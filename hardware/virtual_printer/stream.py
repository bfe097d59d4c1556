"""The command stream of ESC/POS, cut into commands as the bytes come in, however they are split over reads.

Lengths come from the command itself, so a byte inside an image or a QR code is never taken for a command.
Source: Epson, ESC/POS command reference.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec

TEXT = b""
# The code of a run of printable bytes.


class Command(msgspec.Struct, frozen=True):
    """One command: its code (b"" for plain text) and the bytes that belong to it."""

    code: bytes
    args: bytes = b""


Length = int | Callable[[bytes], int | None]
# How many bytes follow the code: a number, or asked of the bytes after the code (None: not all here yet).


def _counted(at: int, size: int = 2, head: int = 0) -> Callable[[bytes], int | None]:
    """Expect `head` bytes and as many as the little-endian number at `at` says."""

    def length(rest: bytes) -> int | None:
        if len(rest) < at + size:
            return None
        return head + int.from_bytes(rest[at : at + size], "little")

    return length


def _raster(rest: bytes) -> int | None:
    """GS v 0 m xL xH yL yH: a header of six bytes, then x bytes in each of y rows."""
    if len(rest) < 6:
        return None
    return 6 + int.from_bytes(rest[2:4], "little") * int.from_bytes(rest[4:6], "little")


def _columns(rest: bytes) -> int | None:
    """ESC * m nL nH: one byte in a column in the 8-dot modes, three in the 24-dot modes."""
    if len(rest) < 3:
        return None
    return 3 + int.from_bytes(rest[1:3], "little") * (3 if rest[0] in (32, 33) else 1)


def _download(rest: bytes) -> int | None:
    """GS * x y: x times y times eight bytes."""
    return None if len(rest) < 2 else 2 + rest[0] * rest[1] * 8


def _until_null(rest: bytes) -> int | None:
    end = rest.find(0)
    return None if end < 0 else end + 1


def _barcode(rest: bytes) -> int | None:
    """GS k m: the old form ends with a zero byte, the new one (m from 65) carries its length."""
    if len(rest) < 2:
        return None
    if rest[0] >= 65:
        return 2 + rest[1]
    end = rest.find(0, 1)
    return None if end < 0 else end + 1


def _cut(rest: bytes) -> int | None:
    """GS V m: the forms that feed first carry how far."""
    return (2 if rest[0] in (65, 66, 97, 98, 103, 104) else 1) if rest else None


def _pulse(rest: bytes) -> int | None:
    """DLE DC4 fn: a pulse or power-off has two more bytes, clearing the buffers seven."""
    return {1: 3, 2: 3, 3: 7, 7: 2, 8: 8}.get(rest[0], 1) if rest else None


def _status(rest: bytes) -> int | None:
    """DLE EOT n: ink and interface states (7, 8, 18) carry one byte more."""
    return (2 if rest[0] in (7, 8, 18) else 1) if rest else None


def _table(lead: int, fixed: str, special: dict[str, Length]) -> dict[bytes, Length]:
    """Write a table in short: each word of `fixed` is a sign and the number of bytes after it."""
    rows: dict[bytes, Length] = {bytes([lead, ord(word[0])]): int(word[1:]) for word in fixed.split()}
    return rows | {bytes([lead, *sign.encode()]): length for sign, length in special.items()}


_ESC = "!1 $2 %1 -1 20 31 =1 ?1 @0 E1 G1 J1 K1 L0 M1 R1 S0 T1 U1 V1 W8 \\2 a1 c2 d1 e1 i0 m0 p3 r1 t1 u1 v0 {1"
_GS = "!1 $2 /1 :0 B1 E1 H1 I1 L2 P2 T1 W2 \\2 ^3 a1 b1 c0 f1 h1 j1 r1 w1 z3"
_FS = "!1 &0 .0 -1 C1 L1 S2 W1 p2"

LENGTHS: Mapping[bytes, Length] = MappingProxyType(
    {
        **_table(0x10, "", {"\x04": _status, "\x05": 1, "\x14": _pulse}),
        **_table(0x1B, _ESC, {" ": 1, "\x0c": 0, "*": _columns, "D": _until_null, "(": _counted(1, head=3)}),
        **_table(
            0x1D,
            _GS,
            {
                "v": _raster,
                "*": _download,
                "k": _barcode,
                "V": _cut,
                "(": _counted(1, head=3),
                "8": _counted(1, 4, head=5),
            },
        ),
        **_table(0x1C, _FS, {"(": _counted(1, head=3)}),
    }
)
# What follows each two-byte code that we know; an unknown one is taken to have nothing after it.
LEADS = frozenset({0x10, 0x1B, 0x1C, 0x1D})
# DLE, ESC, FS, GS.


class Reader:
    """Turns bytes into commands; what is not complete waits for the next bytes."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[Command]:
        """Take more bytes and give the commands that are complete now."""
        self._rest += data
        commands: list[Command] = []
        while taken := take(bytes(self._rest)):
            command, length = taken
            commands.append(command)
            del self._rest[:length]
        return commands


def take(data: bytes) -> tuple[Command, int] | None:
    """Take the first command and say how many bytes it had, or None while it is not complete."""
    if not data:
        return None
    if data[0] >= 0x20:
        end = next((at for at, byte in enumerate(data) if byte < 0x20), len(data))
        return Command(TEXT, data[:end]), end
    if data[0] not in LEADS:
        return Command(data[:1]), 1
    if len(data) < 2:
        return None
    length = LENGTHS.get(data[:2], 0)
    after = length if isinstance(length, int) else length(data[2:])
    if after is None or len(data) < 2 + after:
        return None
    return Command(data[:2], data[2 : 2 + after]), 2 + after
