"""As much of HTTP and WebSockets as the kiosk's own door needs: requests in, answers out. Source: ASGI 3."""

from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import msgspec

from hardware.core.alone import Refusal

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

JSON = (("content-type", "application/json"), ("cache-control", "no-store"))
"""Head of an answer made here."""

HOSTS = frozenset({"127.0.0.1", "localhost"})
"""The door is for this machine's own screen; a page of another site that finds a name for it is kept out."""

LARGEST_BODY = 64 * 1024
"""No page sends more."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What the page asks for; `target` is path and query."""

    method: str
    path: str
    target: str
    headers: dict[str, str]
    body: bytes = b""


def request(scope: Message, body: bytes = b"") -> Request:
    """Read the head of a request."""
    query = scope.get("query_string", b"").decode("latin-1")
    path = str(scope["path"])
    return Request(
        method=scope.get("method", "GET"),
        path=path,
        target=f"{path}?{query}" if query else path,
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
        body=body,
    )


def is_own_page(asked: Request) -> bool:
    """Say whether a request comes from the page on this machine's screen: its host is ours, and so is its origin."""
    host = asked.headers.get("host", "")
    origin = asked.headers.get("origin")
    try:
        return urlsplit(f"//{host}").hostname in HOSTS and (origin is None or urlsplit(origin).netloc == host)
    except ValueError:  # no address at all, such as http://[
        return False


async def read_body(receive: Receive) -> bytes | None:
    """Read what was sent, None when it is too much."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > LARGEST_BODY:
            return None
        if not message.get("more_body"):
            return body


async def answer(send: Send, status: int, body: bytes, headers: Iterable[tuple[str, str]] = JSON) -> None:
    """Send an answer."""
    head = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    head.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, status: int, no: Refusal) -> None:
    """Send a no, in the server's own form."""
    await answer(send, status, msgspec.json.encode(no))


NO_LINE = Refusal("no_line", "The line to the server is lost; try again when it is back.")


async def no_line(send: Send) -> None:
    """Say that this needs the server."""
    await refuse(send, HTTPStatus.SERVICE_UNAVAILABLE, NO_LINE)
