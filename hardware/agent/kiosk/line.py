"""The line to the server as the kiosk knows it: its newest view, whether it lives, and the hall's time."""

import asyncio
import logging
from datetime import datetime
from pathlib import Path

import msgspec
from websockets.exceptions import ConnectionClosed

from hardware.agent.kiosk.clock import HallClock, Mark
from hardware.agent.kiosk.files import replace_safely
from hardware.agent.kiosk.news import News
from hardware.agent.pairing import Pairing
from hardware.agent.server import FIRST_PAUSE, LINE_LOST, LONGEST_PAUSE, Server, why
from hardware.core.alone import View
from hardware.core.device import DeviceState

log = logging.getLogger(__name__)

FILE = "view.json"
KEEP_SECONDS = 10.0
# How often the newest view is put on disk: it changes every second, and a flash card wears out.
NO = frozenset({4401, 4403})
# The server's own words for "you may not".


class _Kept(msgspec.Struct, frozen=True):
    mark: Mark
    view: msgspec.Raw


class Line:
    """One kiosk's line."""

    def __init__(self, server: Server, pairing: Pairing, state: Path, not_before: datetime | None) -> None:
        self._server, self._pairing, self._file = server, pairing, state / FILE
        self._following: asyncio.Task[None] | None = None
        self._kept_at = 0.0
        self.news = News()
        kept = self._load()
        self.raw = bytes(kept.view) if kept else b""
        self.view = msgspec.json.decode(self.raw, type=View) if kept else None
        self.clock = HallClock(kept.mark if kept else None, not_before)
        self.is_live = False
        self._is_denied = False
        self.since = self.view.at if self.view else self.clock.now()

    async def run(self) -> None:
        """Follow the server for ever."""
        pause = FIRST_PAUSE
        while True:
            await self._pairing.approved()
            self._is_denied = False
            self._following = asyncio.create_task(self._follow())
            await asyncio.wait({self._following})
            pause = FIRST_PAUSE if self.is_live else min(pause * 2, LONGEST_PAUSE)
            self._end()
            await asyncio.sleep(pause)

    def lose(self, reason: str) -> None:
        """Take the line for dead: something was asked and not answered."""
        if self.is_live:
            self._server.lost(reason)
            self._end()
        if self._following is not None:
            self._following.cancel()

    @property
    def is_denied(self) -> bool:
        """Whether the server has shown this kiosk the door."""
        return self._is_denied or self._pairing.is_revoked

    @property
    def is_waiting(self) -> bool:
        """Whether the page has to show that this kiosk waits for approval."""
        device = self._pairing.device
        return self.is_denied or (device is not None and device.state is not DeviceState.APPROVED)

    async def _follow(self) -> None:
        try:
            async for message in self._server.connected("/live/kiosk"):
                if message is not None:
                    self._take(message)
        except ConnectionClosed as end:
            self._server.lost(why(end))
            self._is_denied = end.rcvd is not None and end.rcvd.code in NO
        except LINE_LOST as error:
            self._server.lost(why(error))

    def _take(self, message: bytes) -> None:
        try:
            self.view = msgspec.json.decode(message, type=View)
        except msgspec.DecodeError as error:
            log.error("a view cannot be read: update this agent why=%r", str(error))
            return
        self.raw = message
        mark = self.clock.set(self.view.at, self.view.pace)
        self.is_live = True
        self._keep(mark)
        self.news.tell()

    def _end(self) -> None:
        if self.is_live:
            self.is_live = False
            self.since = self.clock.now()
        self.news.tell()

    def _keep(self, mark: Mark) -> None:
        if mark.steady - self._kept_at < KEEP_SECONDS:
            return
        self._kept_at = mark.steady
        try:
            replace_safely(self._file, msgspec.json.encode(_Kept(mark, msgspec.Raw(self.raw))))
        except OSError as error:
            log.error("the newest view cannot be kept why=%s", error)

    def _load(self) -> _Kept | None:
        try:
            kept = msgspec.json.decode(self._file.read_bytes(), type=_Kept)
            msgspec.json.decode(kept.view, type=View)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError) as error:
            log.warning("the kept view cannot be read why=%s", error)
            return None
        return kept
