"""The line to the server: commands are posted, views are followed. It comes back by itself."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import httpx
import msgspec
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, WebSocketException

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
# Seconds between two tries: a server that restarts is met at once, one that is gone is not flooded.
LIFE_SECONDS = 60.0
# The server sends a view at least every 20 s; three missed ones mean a dead line.
HTTP_SECONDS = 10.0
# A command takes some ten milliseconds; more means that the server or the line is in trouble.
LARGEST_VIEW = 4_000_000
# Bytes; a view with a hundred slips has some two hundred thousand.
DENIED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
# The server does not know this device, or not any more.


class NoAnswer(Exception):
    """The server did not answer, or answered that it is in trouble: whether it acted is not known."""


class Rejected(Exception):
    """The server answered no; `code` says why."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code or str(status))
        self.status, self.code = status, code


class Denied(Rejected):
    """The server knows this device no more."""


LINE_LOST = (OSError, TimeoutError, WebSocketException, NoAnswer)
# What ends a connection over which a view is followed.


def why(error: Exception) -> str:
    """Say in one line why a connection ended."""
    if isinstance(error, InvalidStatus):
        return f"the server answered {error.response.status_code}"
    return f"{type(error).__name__}: {error}"


class _Refusal(msgspec.Struct):
    code: str = ""


class Clock:
    """The server's time, told from its views: the clock of a small device is often wrong."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def set(self, at: datetime) -> None:
        """Take the server's time from a view that came just now."""
        self._ahead = at - _local_now()

    def now(self) -> datetime:
        """Give the server's time."""
        return _local_now() + self._ahead


def _local_now() -> datetime:
    """Count from a clock that is never set back."""
    return EPOCH + timedelta(seconds=asyncio.get_running_loop().time())


EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
# Any fixed moment does: only differences are used.


class Server:
    """One server, spoken to by one device."""

    def __init__(self, address: str, seconds: float = HTTP_SECONDS) -> None:
        self._address = address.rstrip("/")
        self.http = httpx.AsyncClient(base_url=self._address, timeout=seconds, trust_env=False)
        self._is_lost: bool | None = None
        self.token = ""

    async def close(self) -> None:
        """Close the connections."""
        await self.http.aclose()

    async def get(self, path: str) -> bytes:
        """Fetch something."""
        return await self._ask("GET", path, None)

    async def post(self, path: str, body: msgspec.Struct | None = None) -> bytes:
        """Post a command; raise Rejected, Denied or NoAnswer if it was not done."""
        return await self._ask("POST", path, body)

    @property
    def rights(self) -> dict[str, str]:
        """The header that says who asks."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    async def _ask(self, method: str, path: str, body: msgspec.Struct | None) -> bytes:
        headers = self.rights
        if body is not None:
            headers["Content-Type"] = "application/json"
        content = None if body is None else msgspec.json.encode(body)
        try:
            answer = await self.http.request(method, path, content=content, headers=headers)
        except httpx.HTTPError as error:
            raise NoAnswer(f"{type(error).__name__}: {error}") from None
        if answer.is_success:
            return answer.content
        if answer.status_code in DENIED:
            raise Denied(answer.status_code, _code(answer.content))
        if answer.is_client_error and answer.status_code not in (408, 425, 429):
            raise Rejected(answer.status_code, _code(answer.content))
        raise NoAnswer(f"{method} {path} was answered with {answer.status_code}")

    async def follow(self, path: Callable[[], Awaitable[str]]) -> AsyncIterator[bytes | None]:
        """Follow a view for ever; None comes first after each new connection.

        Args:
            path: asked before each try; it waits until this device may follow.
        """
        pause = FIRST_PAUSE
        while True:
            try:
                async for message in self.connected(await path()):
                    pause = FIRST_PAUSE
                    yield message
            except LINE_LOST as error:
                self.lost(why(error))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def connected(self, path: str) -> AsyncIterator[bytes | None]:
        """Follow over one connection until it ends."""
        async with connect(
            self.socket_address(path),
            additional_headers=self.rights,
            proxy=None,
            compression=None,
            open_timeout=5,
            max_size=LARGEST_VIEW,
        ) as line:
            self.back()
            yield None
            while True:
                async with asyncio.timeout(LIFE_SECONDS):
                    message = await line.recv()
                yield message if isinstance(message, bytes) else message.encode()

    def socket_address(self, path: str) -> str:
        """Give the address under which a view is followed."""
        return "ws" + self._address.removeprefix("http") + path

    def lost(self, why: str) -> None:
        """Say once that the server is out of reach."""
        if not self._is_lost:
            log.warning("lost the server address=%s why=%r", self._address, why)
        self._is_lost = True

    def back(self) -> None:
        """Say once that the server is there again."""
        if self._is_lost is not False:
            log.info("following the server address=%s", self._address)
        self._is_lost = False


def _code(body: bytes) -> str:
    try:
        return msgspec.json.decode(body, type=_Refusal).code
    except msgspec.DecodeError:
        return ""


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only we can read, whole or not at all."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_bytes(content)
    part.replace(path)
