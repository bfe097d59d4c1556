"""Reports that the server must hear: kept on disk until it has accepted them, or refused them for good."""

import asyncio
import logging
from collections.abc import Set
from pathlib import Path
from uuid import uuid4

import msgspec

from hardware.agent.server import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    NoAnswer,
    Rejected,
    Server,
    write_private,
)
from hardware.core.outcome import Reason, Report, Verdict

log = logging.getLogger(__name__)

FILE = "reports.json"


class Entry(msgspec.Struct, frozen=True):
    """One report about one slip; the request id makes repeating it harmless."""

    slip: int
    request: str
    verdict: Verdict
    reason: Reason | None


class _Printed(msgspec.Struct, frozen=True):
    request: str


class _Failed(msgspec.Struct, frozen=True):
    request: str
    reason: Reason


class Outbox:
    """Delivers reports one after the other, for as long as it takes."""

    def __init__(self, server: Server, state: Path) -> None:
        self._server, self._file = server, state / FILE
        self._entries = self._load()
        self._has_some = asyncio.Event()
        self._is_empty = asyncio.Event()
        self._mark()

    @property
    def slips(self) -> Set[int]:
        """The slips whose reports are not delivered yet."""
        return {entry.slip for entry in self._entries}

    def put(self, slip: int, report: Report) -> None:
        """Take a report; it is on disk before this returns."""
        self._entries = (*self._entries, Entry(slip, str(uuid4()), report.verdict, report.reason))
        self._save()

    async def run(self) -> None:
        """Deliver for ever."""
        pause = FIRST_PAUSE
        while True:
            await self._has_some.wait()
            try:
                await self._deliver(self._entries[0])
                pause = FIRST_PAUSE
            except NoAnswer as error:
                self._server.lost(str(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def empty(self) -> None:
        """Wait until all is delivered."""
        await self._is_empty.wait()

    async def _deliver(self, entry: Entry) -> None:
        body = _Printed(entry.request) if entry.reason is None else _Failed(entry.request, entry.reason)
        try:
            await self._server.post(f"/api/slips/{entry.slip}/{entry.verdict}", body)
        except Rejected as error:
            log.warning("report refused slip=%d status=%d code=%r", entry.slip, error.status, error.code)
        self._entries = self._entries[1:]
        self._save()

    def _load(self) -> tuple[Entry, ...]:
        if not self._file.exists():
            return ()
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=tuple[Entry, ...])
        except msgspec.DecodeError as error:
            log.warning("the kept reports cannot be read and are dropped file=%s why=%r", self._file, str(error))
            return ()

    def _save(self) -> None:
        write_private(self._file, msgspec.json.encode(self._entries))
        self._mark()

    def _mark(self) -> None:
        full, empty = (self._has_some, self._is_empty) if self._entries else (self._is_empty, self._has_some)
        full.set()
        empty.clear()
