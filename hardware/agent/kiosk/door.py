"""The kiosk page's own door on this machine: it looks like the server, and stays open when the server is gone."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from hardware.agent.kiosk import desk as desks
from hardware.agent.kiosk import shelf as shelves
from hardware.agent.kiosk import web
from hardware.agent.kiosk.desk import Desk
from hardware.agent.kiosk.line import Line
from hardware.agent.kiosk.shelf import Shelf, copy_of
from hardware.agent.kiosk.web import Message, Receive, Request, Send
from hardware.agent.pairing import Pairing
from hardware.agent.server import LARGEST_VIEW, LINE_LOST, Server
from hardware.core import alone
from hardware.core.alone import Refusal
from hardware.core.journal import Entry
from hardware.core.status import Condition

log = logging.getLogger(__name__)

PATIENCE = 3.0
# Seconds until the line is taken for dead: a visitor who has tapped will not wait longer without tapping again.
REST = 5.0
# Seconds between two views while the line is lost: hours change, and the page wants to hear that the door lives.
BEAT = 15.0
# The same for a ticket that is followed here.
NOT_SIGNED_IN, COME_AGAIN = 4401, 1012
# Close codes: show the pairing code; connect anew, because another now speaks.
PAIRING = ("/api/devices/me", "/api/devices")
TICKETS, KIOSK = "/api/tickets", "/live/kiosk"
MINE, OFFERED = "/api/tickets/", "/live/tickets/"


class Door:
    """One kiosk's door, as an ASGI application."""

    def __init__(
        self,
        server: Server,
        pairing: Pairing,
        line: Line,
        desk: Desk,
        shelf: Shelf,
        condition: Callable[[], Condition | None],
        freed: Callable[[], None],
    ) -> None:
        self._server, self._pairing, self._line = server, pairing, line
        self._desk, self._shelf, self._condition, self._freed = desk, shelf, condition, freed
        self._one_visitor = asyncio.Lock()

    @property
    def is_asking(self) -> bool:
        """Whether a tap is with the server: what it prints for that tap must wait until the answer is here."""
        return self._one_visitor.locked()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or serve one socket."""
        if scope["type"] == "websocket":
            await self._socket(web.request(scope), receive, send)
            return
        body = await web.read_body(receive)
        asked = web.request(scope, body or b"")
        if body is None:
            await web.refuse(send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Refusal("too_large", "This is too long."))
        elif not web.is_own_page(asked):
            await web.refuse(
                send, HTTPStatus.FORBIDDEN, Refusal("wrong_origin", "This door is for the kiosk's own page.")
            )
        else:
            await self._answer(asked, send)

    async def _answer(self, asked: Request, send: Send) -> None:
        if asked.path in PAIRING:
            await self._tell_pairing(send)
        elif asked.method == "POST" and asked.path == TICKETS:
            await self._issue(asked, send)
        elif asked.method == "GET" and asked.path.startswith(MINE) and (entry := self._own(asked.path[len(MINE) :])):
            await web.answer(send, HTTPStatus.OK, self._desk.show(entry))
        elif asked.method == "GET" and asked.path == "/api/kiosk" and self._line.view is not None:
            await web.answer(send, HTTPStatus.OK, self._kiosk_view())
        elif asked.method == "GET":
            await self._fetch(asked, send)
        else:
            await self._pass_on(asked, send)

    async def _tell_pairing(self, send: Send) -> None:
        """Show the page how this kiosk stands: the agent is paired, not the browser."""
        if not self._pairing.shown:
            await web.no_line(send)
            return
        await web.answer(send, HTTPStatus.OK, self._pairing.shown)

    async def _issue(self, asked: Request, send: Send) -> None:
        """Give out a number: by the server while it answers, else alone. One tap, one number, whoever gives it."""
        order = desks.decode(asked.body)
        try:
            async with self._one_visitor:
                entry = self._desk.entry(order.request) if order else None
                if entry is None and self._line.is_live and await self._issued_by_server(asked, send):
                    return
                await self._issued_here(order, entry, send)
        finally:
            self._freed()

    async def _issued_by_server(self, asked: Request, send: Send) -> bool:
        """Let the server answer; say whether it did."""
        try:
            answer = await self._ask(asked)
        except NoWord as silence:
            self._line.lose(str(silence))
            return False
        await web.answer(send, answer.status_code, answer.content, copy_of(answer).headers)
        return True

    async def _issued_here(self, order: desks.Order | None, entry: Entry | None, send: Send) -> None:
        if order is None:
            await web.refuse(send, HTTPStatus.BAD_REQUEST, Refusal("bad_request", "The request is not well formed."))
        elif self._line.is_denied:
            await web.refuse(send, HTTPStatus.UNAUTHORIZED, Refusal("not_signed_in", "This kiosk was sent away."))
        else:
            given = entry or self._desk.take(order)
            if isinstance(given, Refusal):
                status = HTTPStatus.NOT_FOUND if given is alone.UNKNOWN else HTTPStatus.CONFLICT
                await web.refuse(send, HTTPStatus.SERVICE_UNAVAILABLE if given.code == "no_line" else status, given)
            else:
                await web.answer(send, HTTPStatus.CREATED, self._desk.show(given))

    async def _fetch(self, asked: Request, send: Send) -> None:
        """Hand out a page or a file: from the server if it answers, else from the shelf; built files never change."""
        name = shelves.PAGE if asked.path in {"/", shelves.PAGE} else asked.target
        kept = self._shelf.find(name) if name.startswith(shelves.KEPT) else None
        is_hopeful = self._line.is_live or self._line.view is None  # before its approval a kiosk has no line yet
        if is_hopeful and not (kept and name.startswith(shelves.FILES)):
            with suppress(NoWord):
                answer = await self._ask(asked)
                if answer.is_success and name.startswith(shelves.KEPT) and name != shelves.PAGE:
                    self._shelf.keep(name, copy_of(answer))
                await web.answer(send, answer.status_code, answer.content, copy_of(answer).headers)
                return
        if kept is None:
            await web.no_line(send)
        else:
            await web.answer(send, HTTPStatus.OK, kept.body, kept.headers)

    async def _pass_on(self, asked: Request, send: Send) -> None:
        if not self._line.is_live:
            await web.no_line(send)
            return
        try:
            answer = await self._ask(asked)
        except NoWord:
            await web.no_line(send)
            return
        await web.answer(send, answer.status_code, answer.content, copy_of(answer).headers)

    async def _ask(self, asked: Request) -> httpx.Response:
        """Ask the server in this kiosk's own name. Raises NoWord when it does not answer, or is in trouble."""
        kind = {"content-type": asked.headers["content-type"]} if "content-type" in asked.headers else {}
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._server.http.request(
                    asked.method, asked.target, content=asked.body or None, headers={**self._server.rights, **kind}
                )
        except (httpx.HTTPError, TimeoutError) as error:
            raise NoWord(f"{type(error).__name__}: {error}") from None
        if answer.is_server_error:
            raise NoWord(f"the server answered {answer.status_code}")
        return answer

    def _own(self, code: str) -> Entry | None:
        """Find a ticket that only this kiosk can speak for: the server does not know it, or is not there."""
        entry = self._desk.entry_of(code)
        return entry if entry and (entry.is_pending or not self._line.is_live) else None

    def _kiosk_view(self) -> bytes:
        if self._line.is_live:
            return alone.live_view(self._line.raw)
        now, condition = self._line.clock.now(), self._condition()
        hall = self._desk.hall()
        return alone.lost_view(self._line.raw, hall, now=now, since=self._line.since, condition=condition)

    async def _socket(self, asked: Request, receive: Receive, send: Send) -> None:
        await receive()
        if not web.is_own_page(asked):
            await send({"type": "websocket.close", "code": 4403})
            return
        await send({"type": "websocket.accept"})
        leaving = asyncio.create_task(_gone(receive))
        speaking = asyncio.create_task(self._speak(asked, send))
        try:
            await asyncio.wait({leaving, speaking}, return_when=asyncio.FIRST_COMPLETED)
            if speaking.done() and not leaving.done():
                with suppress(Exception):  # the page left in this very moment
                    await send({"type": "websocket.close", "code": speaking.result()})
        finally:
            for task in (leaving, speaking):
                task.cancel()
            await asyncio.gather(leaving, speaking, return_exceptions=True)

    async def _speak(self, asked: Request, send: Send) -> int:
        """Serve one socket; return the code with which it is to be closed."""
        if asked.path == KIOSK:
            return await self._follow_kiosk(send)
        if asked.path.startswith(OFFERED) and self._own(asked.path[len(OFFERED) :]):
            return await self._follow_own(asked.path[len(OFFERED) :], send)
        return await self._follow_server(asked, send)

    async def _follow_kiosk(self, send: Send) -> int:
        while True:
            if self._line.is_denied or (self._line.view is None and self._line.is_waiting):
                return NOT_SIGNED_IN
            if self._line.view is not None:
                await _say(send, self._kiosk_view())
            await self._line.news.wait(BEAT if self._line.is_live else REST)

    async def _follow_own(self, code: str, send: Send) -> int:
        while entry := self._own(code):
            await _say(send, self._desk.show(entry))
            await self._line.news.wait(BEAT)
        return COME_AGAIN

    async def _follow_server(self, asked: Request, send: Send) -> int:
        if not self._line.is_live:
            await self._line.news.wait(REST)
            return COME_AGAIN
        try:
            async with connect(
                self._server.socket_address(asked.target),
                additional_headers=self._server.rights,
                proxy=None,
                compression=None,
                open_timeout=PATIENCE,
                max_size=LARGEST_VIEW,
            ) as line:
                async for message in line:
                    await _say(send, message if isinstance(message, bytes) else message.encode())
            return line.close_code or COME_AGAIN
        except ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else COME_AGAIN
        except LINE_LOST:
            return COME_AGAIN


class NoWord(Exception):
    """The server did not answer, or answered that it is in trouble."""


async def _say(send: Send, view: bytes) -> None:
    await send({"type": "websocket.send", "text": view.decode()})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "websocket.disconnect":
        pass
