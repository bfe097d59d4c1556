"""The other end of the line, as thin as can be: HTTP and WebSocket by hand, so that the clients cost little."""

import asyncio
import base64
import os
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Self, cast

import msgspec

LONGEST_OPENING = 120.0
"""Seconds after which sockets that are not open will not open any more."""


class Http:
    """One connection that is kept open, one request after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: str) -> None:
        self.reader = reader
        self.writer = writer
        self.head = head

    @classmethod
    async def open(cls, port: int, token: str = "") -> Self:
        """Connect."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        return cls(reader, writer, f"host: 127.0.0.1:{port}\r\nauthorization: Bearer {token}\r\n")

    async def get(self, path: str) -> tuple[int, bytes]:
        """Ask for something."""
        self.writer.write(f"GET {path} HTTP/1.1\r\n{self.head}\r\n".encode())
        return await self._answer()

    async def post(self, path: str, body: object) -> tuple[int, bytes]:
        """Send a command."""
        data = msgspec.json.encode(body)
        about = f"content-type: application/json\r\ncontent-length: {len(data)}\r\n"
        self.writer.write(f"POST {path} HTTP/1.1\r\n{self.head}{about}\r\n".encode() + data)
        return await self._answer()

    async def _answer(self) -> tuple[int, bytes]:
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        return int(head[9:12]), await self.reader.readexactly(length)

    def close(self) -> None:
        """Hang up."""
        self.writer.close()


class Follower(asyncio.Protocol):
    """Follows a view and notes when it first holds what is looked for. Source: RFC 6455, 5.2 (frames)."""

    def __init__(self, path: str, port: int, token: str) -> None:
        self.request = (
            f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
            f"sec-websocket-version: 13\r\nsec-websocket-key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
            f"authorization: Bearer {token}\r\n\r\n"
        ).encode()
        self.ready = asyncio.get_running_loop().create_future()
        self.found: Callable[[float], None] = lambda _: None
        self.needle = b""
        self.frame = 0
        self._buffer = bytearray()
        self._is_open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Shake hands."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's are none by inheritance
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Take frames apart; only whole text frames are looked into."""
        self._buffer += data
        if not self._is_open and not self._shake():
            return
        while (end := self._end()) is not None:
            frame = bytes(self._buffer[:end])
            del self._buffer[:end]
            match frame[0] & 0x0F:
                case 0x1:
                    self._look(frame)
                case 0x9:
                    self.transport.write(masked(0xA, frame[2:]))
                case _:
                    pass

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits that nothing will come."""
        if not self.ready.done():
            self.ready.set_exception(exc or ConnectionError("refused"))
        if self.needle:
            raise ConnectionError("the server hung up on a board that waited for a view")

    def look_for(self, needle: bytes, found: Callable[[float], None]) -> None:
        """Call `found` once, with the time, when a view holds `needle`."""
        self.needle, self.found = needle, found

    def _shake(self) -> bool:
        head, mark, rest = bytes(self._buffer).partition(b"\r\n\r\n")
        if not mark:
            return False
        if b" 101 " not in head[:20]:
            self.ready.set_exception(ConnectionError(head[:80].decode()))
            return False
        self._is_open, self._buffer = True, bytearray(rest)
        return True

    def _end(self) -> int | None:
        """Return where the first frame ends, if all of it is here; what a server sends is never masked."""
        if len(self._buffer) < 2:
            return None
        length, start = self._buffer[1] & 0x7F, 2
        if length >= 126:
            start += 2 if length == 126 else 8
            length = int.from_bytes(self._buffer[2:start], "big")
        return start + length if len(self._buffer) >= start + length else None

    def _look(self, frame: bytes) -> None:
        self.frame = len(frame)
        if not self.ready.done():
            self.ready.set_result(None)
        if self.needle and self.needle in frame:
            self.needle = b""
            self.found(perf_counter())


def masked(kind: int, payload: bytes) -> bytes:
    """Make a short frame as a client sends it."""
    key = os.urandom(4)
    hidden = bytes(byte ^ key[place % 4] for place, byte in enumerate(payload))
    return bytes((0x80 | kind, 0x80 | len(payload))) + key + hidden


async def follow(path: str, port: int, token: str, many: int) -> list[Follower]:
    """Open many sockets on one view, a few at a time as after a power cut, and wait for the first view of each."""
    turn = asyncio.Semaphore(20)
    loop = asyncio.get_running_loop()

    async def one() -> Follower:
        async with turn:
            _, line = await loop.create_connection(lambda: Follower(path, port, token), "127.0.0.1", port)
            await line.ready
            return line

    async with asyncio.timeout(LONGEST_OPENING):
        return await asyncio.gather(*(one() for _ in range(many)))


async def arrivals(lines: list[Follower], needle: bytes, act: Awaitable[object], seconds: float = 20) -> list[float]:
    """Do something and return the times at which each line first got a view that holds `needle`."""
    times: list[float] = []
    done = asyncio.Event()

    def found(at: float) -> None:
        times.append(at)
        if len(times) == len(lines):
            done.set()

    for line in lines:
        line.look_for(needle, found)
    await act
    async with asyncio.timeout(seconds):
        await done.wait()
    return sorted(times)
