"""A small real server that keeps the contract with agents: HTTP and WebSocket on one port.

It can answer late, wrongly or not at all, and go away and come back on the same port.
"""

import asyncio
import json
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import msgspec
import uvicorn

from hardware.core.paper import PrinterView, SlipJob, SlipState
from hardware.core.slip import Slip
from hardware.core.voice import Announcement, AnnouncementState, SpeakerView

Send = Callable[[dict[str, Any]], Any]
OK, CREATED, NO = 200, 201, 409
LOST = 500
# The answer of a server that acted, and then stumbled.


def now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_ready.set()


class StubServer:
    """A mall with one printer and one speaker."""

    def __init__(self, *, is_approved: bool = True) -> None:
        self.is_approved, self.is_revoked = is_approved, False
        self.registered: list[str] = []
        self.asked_me = 0
        self.slips: dict[int, SlipJob] = {}
        self.said: Announcement | None = None
        self.commands: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, list[tuple[bool, int]]] = {}
        self.sounds: dict[str, bytes] = {}
        self.fetched: list[str] = []
        self.connections = 0
        self.clock_ahead = timedelta()
        self._followers: dict[Send, str] = {}
        self._changed = asyncio.Condition()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Come up."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Go down."""
        await self.stop()

    async def start(self) -> None:
        """Listen on the port, the same as before."""
        config = uvicorn.Config(
            self._app, port=self._port, log_config=None, interface="asgi3", lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server._serve())
        await self._server.is_ready.wait()

    async def stop(self) -> None:
        """Close all connections and the port."""
        if self._server and self._task:
            self._server.should_exit = True
            await self._task
            self._server = self._task = None
        self._followers.clear()

    async def until(self, is_so: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait until something is true; it is asked after each request."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(is_so)

    def add(self, slip: Slip, *, number: int = 1, state: str = "waiting", seconds: float = 60) -> SlipJob:
        """Have a slip waiting; call push() to show it."""
        job = SlipJob(
            id=number,
            ticket=f"B-{number:03}",
            state=SlipState(state),
            copy=False,
            expires_at=now() + self.clock_ahead + timedelta(seconds=seconds),
            slip=slip,
        )
        self.slips[number] = job
        return job

    def say(self, *, number: int = 1, state: str = "waiting", by_me: bool = False, seconds: float = 60) -> None:
        """Have an announcement waiting, whose sound is `x<number>`."""
        self.said = Announcement(
            id=number,
            number=f"B-{number:03}",
            counter="5",
            text="...",
            sound=f"/api/sounds/x{number}.wav",
            seconds=None,
            state=AnnouncementState(state),
            by_me=by_me,
            expires_at=now() + timedelta(seconds=seconds),
        )

    def answer(self, path: str, *statuses: int, acts: bool = False) -> None:
        """Answer the next commands at a path (its end) with these, whether or not it acts on them."""
        self.answers.setdefault(path, []).extend((acts, status) for status in statuses)

    def done(self, ending: str) -> list[dict[str, Any]]:
        """Give the bodies of the commands whose path ends so."""
        return [body for path, body in self.commands if path.endswith(ending)]

    @property
    def reports(self) -> list[tuple[str, str | None]]:
        """What was reported of slips: "1/printed" and the reason."""
        kinds = ("/printed", "/not-printed", "/unknown")
        return [
            (path.removeprefix("/api/slips/"), body.get("reason"))
            for path, body in self.commands
            if path.endswith(kinds)
        ]

    async def push(self) -> None:
        """Send the newest views."""
        for send, path in list(self._followers.items()):
            with suppress(Exception):
                await send({"type": "websocket.send", "text": self._view(path)})

    def _view(self, path: str) -> str:
        at = now() + self.clock_ahead
        view = (
            PrinterView(at=at, printer="P01", name="Lobi", slips=tuple(self.slips.values()))
            if "printers" in path
            else SpeakerView(at=at, zone="Z1", now=self.said)
        )
        return msgspec.json.encode(view).decode()

    async def _app(self, scope: dict[str, Any], receive: Callable[[], Any], send: Send) -> None:
        if scope["type"] == "websocket":
            await self._follow(scope, receive, send)
            return
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        token = dict(scope["headers"]).get(b"authorization", b"").decode().removeprefix("Bearer ")
        status, content = self._http(scope["method"], scope["path"], json.loads(body or b"{}"), token)
        async with self._changed:
            self._changed.notify_all()
        kind = [(b"content-type", b"application/octet-stream")]
        await send({"type": "http.response.start", "status": status, "headers": kind})
        await send({"type": "http.response.body", "body": content})

    def _http(self, method: str, path: str, body: dict[str, Any], token: str) -> tuple[int, bytes]:
        if path == "/api/devices":
            self.registered.append(body["kind"])
            return CREATED, b'{"id":1,"pairing_code":"K7M-4PX","token":"t%d"}' % len(self.registered)
        if self.is_revoked or not token:
            return 401, b'{"code":"unknown_device","detail":"no"}'
        if path == "/api/devices/me":
            self.asked_me += 1
            return OK, self._me()
        if method == "GET":
            self.fetched.append(path)
            return (OK, self.sounds[path]) if path in self.sounds else (404, b'{"code":"no_sound"}')
        return self._command(path, body)

    def _me(self) -> bytes:
        state = "approved" if self.is_approved else "waiting"
        code = ("P01" if self.registered[-1:] == ["printer"] else "S01") if self.is_approved else None
        return json.dumps(
            {"state": state, "kind": "x", "code": code, "name": "Lobi", "pairing_code": "K7M-4PX", "more": 1}
        ).encode()

    def _command(self, path: str, body: dict[str, Any]) -> tuple[int, bytes]:
        acts, status = next(
            (rows.pop(0) for ending, rows in self.answers.items() if rows and path.endswith(ending)),
            (True, 0),
        )
        if acts:
            status = self._act(path, body) if not status else (self._act(path, body), status)[1]
        content = b'{"code":"told_so","detail":"no"}'
        if status == OK and path.endswith("/claim"):
            content = msgspec.json.encode(self.slips[int(path.split("/")[3])])
        return status, content

    def _act(self, path: str, body: dict[str, Any]) -> int:
        self.commands.append((path, body))
        match path.strip("/").split("/"):
            case ["api", "slips", number, "claim"]:
                job = self.slips.get(int(number))
                if job is None or job.state is SlipState.CLAIMED:
                    return NO
                self.slips[job.id] = msgspec.structs.replace(job, state=SlipState.CLAIMED)
            case ["api", "slips", number, _]:
                self.slips.pop(int(number), None)
            case ["api", "announcements", number, "start"]:
                if self.said is None or self.said.id != int(number):
                    return NO
                self.said = msgspec.structs.replace(self.said, state=AnnouncementState.SPEAKING, by_me=True)
            case ["api", "announcements", _, "end"]:
                self.said = None
        return OK

    async def _follow(self, scope: dict[str, Any], receive: Callable[[], Any], send: Send) -> None:
        await receive()
        if self.is_revoked or not self.is_approved:
            await send({"type": "websocket.close", "code": 4403})
            return
        await send({"type": "websocket.accept"})
        self._followers[send] = scope["path"]
        self.connections += 1
        await send({"type": "websocket.send", "text": self._view(scope["path"])})
        async with self._changed:
            self._changed.notify_all()
        while (await receive())["type"] != "websocket.disconnect":
            pass
        self._followers.pop(send, None)
