"""The built pages and their files: held in memory, compressed beforehand, answered with 304 where nothing is new."""

import hashlib
import mimetypes
from collections.abc import Mapping
from pathlib import Path

from litestar import Response, Router, asgi, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.types import Receive, Scope, Send
from msgspec import Struct

STATIC = Path(__file__).parent / "static"

FOR_EVER = b"public, max-age=31536000, immutable"
"""Files carry the hash of their content in their names."""

PAGES: Mapping[str, tuple[str, ...]] = {
    "kiosk": ("/", "/kiosk"),
    "counter": ("/counter",),
    "board": ("/board/{zone:str}",),
    "sign": ("/sign/{counter:str}",),
    "ticket": ("/t/{code:str}",),
    "manage": ("/manage",),
    "info": ("/info",),
}
"""Which page is served where."""

SECURITY = {
    "content-security-policy": (
        "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}
"""Nothing is ever loaded from another host; a ticket's code does not leave in a Referer."""


class File(Struct, frozen=True):
    """One built file and its compressed twin, if it is worth one."""

    media_type: bytes
    etag: bytes
    plain: bytes
    brotli: bytes | None


def load(root: Path) -> dict[str, File]:
    """Read all built files; keys are paths below `root`, such as /assets/x.js."""
    return {
        "/" + path.relative_to(root).as_posix(): _file(path)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix != ".br"
    }


def _file(path: Path) -> File:
    body = path.read_bytes()
    twin = path.with_name(path.name + ".br")
    return File(
        (mimetypes.guess_type(path.name)[0] or "application/octet-stream").encode(),
        b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"',
        body,
        twin.read_bytes() if twin.is_file() else None,
    )


def build_id(files: Mapping[str, File]) -> str:
    """Name a build of the pages by the hash of all of it; pages reload when it changes."""
    whole = hashlib.blake2b(digest_size=6)
    for path, file in files.items():
        whole.update(path.encode() + file.etag)
    return whole.hexdigest()


class Assets:
    """An ASGI application that hands out built files."""

    def __init__(self, files: Mapping[str, File]) -> None:
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET and HEAD: 200, 304 or 404."""
        del receive
        file = self.files.get(scope["path"].removeprefix("/a"))
        if file is None:
            await _answer(send, 404, [], b"")
            return
        asked = dict(scope["headers"])
        headers = [(b"etag", file.etag), (b"vary", b"accept-encoding"), (b"cache-control", FOR_EVER)]
        if asked.get(b"if-none-match") == file.etag:
            await _answer(send, 304, headers, b"")
            return
        body = file.plain
        if file.brotli is not None and b"br" in asked.get(b"accept-encoding", b""):
            body = file.brotli
            headers.append((b"content-encoding", b"br"))
        headers += [(b"content-type", file.media_type), (b"x-content-type-options", b"nosniff")]
        await _answer(send, 200, headers, b"" if scope.get("method") == "HEAD" else body)


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    headers = [*headers, (b"content-length", str(len(body)).encode())] if status != 304 else headers
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def page(name: str, paths: tuple[str, ...]) -> HTTPRouteHandler:
    """Make the door of a page: its built HTML, never cached, so that an upgrade is seen at once."""

    @get(list(paths), name=f"page {name}", include_in_schema=False, media_type="text/html")
    async def show(pages: NamedDependency[dict[str, bytes]]) -> Response[bytes]:
        body = pages.get(name)
        if body is None:
            raise NotFoundException("The pages have not been built; run `make setup`.")
        return Response(body, media_type="text/html", headers={**SECURITY, "cache-control": "no-cache"})

    return show


def router(files: Mapping[str, File]) -> Router:
    """Put the doors of all pages and of their files together."""
    doors = [page(name, paths) for name, paths in PAGES.items()]
    return Router("", route_handlers=[*doors, asgi("/a/{file:path}", copy_scope=True)(Assets(files))])
