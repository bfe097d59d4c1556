"""How a page follows a view over a WebSocket: whole views out, nothing in, closed when its right ends."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Set
from contextlib import aclosing, suppress
from typing import Any

import msgspec
from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect

from ticketing.core.access import Asker
from ticketing.core.ids import MallId
from ticketing.core.refused import NotSignedIn, Refused
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.live import BURST_SECONDS, RIGHT, View

log = logging.getLogger(__name__)

CLOSE_NOT_SIGNED_IN = 4401

Socket = WebSocket[Any, Any, Any]


def view(
    hall: Hall,
    mall_id: MallId,
    name: str,
    topics: Set[str],
    make: Callable[[Tx], Awaitable[msgspec.Struct]],
    burst: float = BURST_SECONDS,
) -> View:
    """Describe a feed whose state `make` reads within one transaction."""

    async def render() -> bytes:
        async with hall.db.read(mall_id) as tx:
            return msgspec.json.encode(await make(tx))

    return View(mall_id=mall_id, name=name, topics=topics, render=render, burst=burst)


async def serve(socket: Socket, hall: Hall, asker: Asker, find: Callable[[], Awaitable[View]]) -> None:
    """Send the view that `find` names until the page leaves, or until its token is taken back.

    A refusal is told as close code 4000 + HTTP status (4401 not signed in, 4403 not allowed, 4404 unknown).
    """
    await socket.accept()
    try:
        source = await find()
    except Refused as no:
        await socket.close(code=4000 + no.status, reason=no.code)
        return
    topics = {f"{RIGHT}{who.token_id}" for who in asker}
    revoked = hall.live.watch(source.mall_id, topics)
    sending = asyncio.create_task(_send(socket, hall, source))
    leaving = asyncio.create_task(_read_until_gone(socket))
    ending = asyncio.create_task(revoked.wait())
    try:
        await asyncio.wait({sending, leaving, ending}, return_when=asyncio.FIRST_COMPLETED)
        if ending.done():
            await socket.close(code=CLOSE_NOT_SIGNED_IN, reason=NotSignedIn.code)
    finally:
        hall.live.unwatch(revoked)
        for task in (sending, leaving, ending):
            task.cancel()
        await asyncio.gather(sending, leaving, ending, return_exceptions=True)


async def _send(socket: Socket, hall: Hall, source: View) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):  # the page left while we were sending
        async with aclosing(hall.live.follow(source)) as views:
            async for body in views:
                await socket.send_text(body.decode())


async def _read_until_gone(socket: Socket) -> None:
    """Read and throw away: an unread message would stop the server from seeing pongs (and from noticing the end)."""
    with suppress(WebSocketDisconnect):
        while (await socket.receive())["type"] != "websocket.disconnect":
            pass
