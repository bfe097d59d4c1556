"""The numbers that this kiosk holds: asked for while the line lives, kept on disk, prolonged before they are needed."""

import asyncio
import logging
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec

from hardware.agent.kiosk.files import Journal, replace_safely
from hardware.agent.kiosk.line import Line
from hardware.agent.pairing import Pairing
from hardware.agent.server import NoAnswer, Rejected, Server
from hardware.core import journal, lease
from hardware.core.lease import Lease, LeaseWish

log = logging.getLogger(__name__)

FILE = "lease.json"
LOOK_SECONDS = 5.0
# How often we look whether the numbers must be prolonged.
AGAIN_SECONDS = 1.0
# The pause before numbers are asked for again whose answer was lost.
CHANGED_SECONDS = 60.0
# The mall's description has changed: at most so often are the slips fetched anew for that.


class Lender:
    """Keeps this kiosk supplied."""

    def __init__(self, server: Server, pairing: Pairing, line: Line, book: Journal, state: Path) -> None:
        self._server, self._pairing, self._line, self._journal = server, pairing, line, book
        self._file = state / FILE
        self._wish: LeaseWish | None = None
        self._asked_at = 0.0
        self.is_wanted = False
        self._named: object = None
        self.lease = None if book.is_damaged else self._load()

    async def run(self) -> None:
        """Look after the numbers for ever."""
        while True:
            try:
                while self._line.is_live and not journal.pending(self._journal.book) and self._is_due():
                    await self._ask()
            except Exception:
                log.exception("asking for numbers stumbled and goes on")
                await asyncio.sleep(LOOK_SECONDS)
            await self._line.news.wait(LOOK_SECONDS)

    def _is_due(self) -> bool:
        """Say whether to ask: nothing held for today, half of the life over, numbers used, or another mall file."""
        held, view, now = self.lease, self._line.view, self._line.clock.now()
        if held is None or view is None or self.is_wanted:
            return True
        if now.astimezone(ZoneInfo(held.timezone)).date() != held.day:
            return True
        if now >= held.at + (held.expires_at - held.at) / 2 and held.blocks:
            return True
        rested = asyncio.get_running_loop().time() - self._asked_at
        return rested > CHANGED_SECONDS and view.tenants_named() != self._named

    async def _ask(self) -> None:
        """Ask for numbers. An answer that was lost is asked for again under the same request id."""
        held = self.lease.blocks if self.lease else ()
        self._wish = self._wish or LeaseWish(request=str(uuid4()), holds=tuple(block.id for block in held))
        self._asked_at = asyncio.get_running_loop().time()
        try:
            answer = await self._server.post(f"/api/kiosks/{self._pairing.code}/lease", self._wish)
        except NoAnswer as error:
            log.warning("no numbers were lent, asking again why=%s", error)
            await asyncio.sleep(AGAIN_SECONDS)
            return
        except Rejected as error:
            self._wish = None
            log.warning("the server lends no numbers why=%s", error)
            await asyncio.sleep(CHANGED_SECONDS)
            return
        self._wish = None
        self._take(msgspec.json.decode(answer, type=Lease))

    def _take(self, new: Lease) -> None:
        """Put the numbers on disk before they are used; what the journal held for other days is over."""
        replace_safely(self._file, msgspec.json.encode(new))
        self.lease = new
        self._named = self._line.view.tenants_named() if self._line.view else None
        self.is_wanted = False
        self._journal.shorten(journal.worth_keeping(self._journal.book, new.day))
        log.info("holding numbers=%d until=%s", lease.count(new.blocks), new.expires_at.isoformat())
        self._line.news.tell()

    def _load(self) -> Lease | None:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Lease)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError) as error:
            log.error("the numbers held cannot be read and are given back why=%s", error)
            return None
