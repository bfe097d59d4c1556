"""Pages and their files kept on disk, so that the kiosk can be switched on while the server is gone."""

import hashlib
import logging
import re
from pathlib import Path

import httpx
import msgspec

from hardware.agent.kiosk.files import replace_safely
from hardware.agent.kiosk.line import Line
from hardware.agent.server import Server

log = logging.getLogger(__name__)

PAGE = "/kiosk"
FILES = "/a/"
SOUNDS = "/api/guide"
# Spoken guidance: the page plays it, and must be able to while the line is lost.
MENTIONED = re.compile(
    rb"(?:/a/|\./|\"|')(?:assets/)?([A-Za-z0-9_.-]+-[A-Za-z0-9_-]{8}\.(?:js|css|woff2?|svg|png|webp|wav|mp3|ogg))"
)
# Built files carry the hash of their content in their names; a page, a script or a style names those it needs.
TEXTS = (".js", ".css", ".html")
KEPT = (PAGE, FILES, SOUNDS)
# What is kept.
MOST = 2000
# Files on disk; the oldest go. A build has some forty, spoken guidance some hundreds.
LOOK_SECONDS = 5.0
PASSED_ON = ("content-type", "cache-control", "content-security-policy", "referrer-policy", "x-frame-options")


class Copy(msgspec.Struct, frozen=True):
    """An answer that can be given again."""

    headers: tuple[tuple[str, str], ...]
    body: bytes


def copy_of(answer: httpx.Response) -> Copy:
    """Take what matters of an answer."""
    headers = [(name, answer.headers[name]) for name in PASSED_ON if name in answer.headers]
    return Copy((*headers, ("x-content-type-options", "nosniff")), answer.content)


class Shelf:
    """The disk's copy of what the page needs."""

    def __init__(self, server: Server, line: Line, state: Path) -> None:
        self._server, self._line, self._folder = server, line, state / "pages"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._stocked: str | None = None

    def find(self, path: str) -> Copy | None:
        """Return the copy of a path, None when there is none."""
        try:
            return msgspec.msgpack.decode(self._file(path).read_bytes(), type=Copy)
        except (OSError, msgspec.DecodeError):
            return None

    def keep(self, path: str, copy: Copy) -> None:
        """Put a copy on the shelf."""
        try:
            replace_safely(self._file(path), msgspec.msgpack.encode(copy))
        except OSError as error:
            log.error("a page's file cannot be kept path=%s why=%s", path, error)

    async def run(self) -> None:
        """Fetch each new build of the kiosk's page with all its files, for ever."""
        while True:
            view = self._line.view
            if self._line.is_live and view is not None and view.build != self._stocked:
                try:
                    await self._stock()
                    self._stocked = view.build
                except (httpx.HTTPError, OSError) as error:
                    log.warning("the page could not be fetched, trying again why=%r", str(error))
            await self._line.news.wait(LOOK_SECONDS)

    async def _stock(self) -> None:
        """Fetch the page and all that it names; the page itself is put there last, when all it needs is there."""
        page = copy_of((await self._server.http.get(PAGE)).raise_for_status())
        wanted, seen = _mentioned(page.body), set[str]()
        while wanted:
            path = wanted.pop()
            seen.add(path)
            copy = self.find(path) or await self._fetch(path)
            if copy is not None and path.endswith(TEXTS):
                wanted |= _mentioned(copy.body) - seen
        self.keep(PAGE, page)
        self._tidy()
        log.info("the page is kept for the time without the server files=%d", len(seen))

    async def _fetch(self, path: str) -> Copy | None:
        answer = await self._server.http.get(path)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None  # a name in a script that only looks like a file's
        copy = copy_of(answer.raise_for_status())
        self.keep(path, copy)
        return copy

    def _tidy(self) -> None:
        files = sorted(self._folder.glob("*.copy"), key=lambda file: file.stat().st_mtime)
        for old in files[:-MOST]:
            old.unlink()

    def _file(self, path: str) -> Path:
        return self._folder / f"{hashlib.sha256(path.encode()).hexdigest()[:32]}.copy"


def _mentioned(text: bytes) -> set[str]:
    return {f"{FILES}assets/{name.decode()}" for name in MENTIONED.findall(text)}
