"""The built pages and their files: held in memory, compressed beforehand, answered with 304 where nothing is new."""

import hashlib
import mimetypes
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from msgspec import Struct

STATIC = Path(__file__).parent / "static"

FOR_EVER = "public, max-age=31536000, immutable"
"""Files carry the hash of their content in their names."""

PAGES: Mapping[str, tuple[str, ...]] = {
    "kiosk": ("/", "/kiosk"),
    "counter": ("/counter",),
    "board": ("/board", "/board/{zone:str}"),
    "sign": ("/sign", "/sign/{counter:str}"),
    "manage": ("/manage",),
    "history": ("/manage/history",),
    "readiness": ("/manage/readiness",),
    "staffing": ("/manage/staffing",),
    "rules": ("/manage/rules",),
    "forms": ("/manage/forms",),
    "standards": ("/manage/standards",),
    "appointments": ("/manage/appointments",),
    "tryout": ("/manage/tryout",),
    "forecasts": ("/manage/forecasts",),
    "privacy": ("/manage/privacy",),
    "law": ("/manage/law",),
    "floorplan": ("/manage/floor-plan",),
    "slip": ("/manage/slip",),
    "people": ("/manage/people",),
    "setup": ("/manage/setup",),
    "media": ("/manage/media",),
    "devices": ("/manage/devices",),
    "info": ("/info",),
    "complain": ("/complaint",),
    "complaints": ("/manage/complaints",),
    "skm": ("/info/skm",),
    "survey": ("/survey", "/survey/{code:str}"),
    "paper": ("/survey/paper",),
    "results": ("/manage/survey",),
}
"""Which page is served where; a ticket's and a complaint's have doors of their own (mpp.phone, follow)."""

NO_SNIFFING = {"x-content-type-options": "nosniff"}

SECURITY = {
    "content-security-policy": (
        "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    **NO_SNIFFING,
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}
"""Nothing is ever loaded from another host; a ticket's code does not leave in a Referer."""


class File(Struct, frozen=True):
    """One built file and its compressed twins, if it is worth them.

    Browsers ask for brotli by HTTPS only; a hall without it, and its visitors' phones, get gzip.
    """

    media_type: str
    etag: str
    plain: bytes
    brotli: bytes | None
    gzip: bytes | None


def load(root: Path) -> dict[str, File]:
    """Read all built files; keys are paths below `root`, such as /assets/x.js."""
    return {
        "/" + path.relative_to(root).as_posix(): _file(path)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix not in {".br", ".gz"}
    }


def _file(path: Path) -> File:
    body = path.read_bytes()
    return File(
        mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
        body,
        _twin(path, ".br"),
        _twin(path, ".gz"),
    )


def _twin(path: Path, suffix: str) -> bytes | None:
    twin = path.with_name(path.name + suffix)
    return twin.read_bytes() if twin.is_file() else None


def build_id(files: Mapping[str, File]) -> str:
    """Name a build of the pages by the hash of all of it; pages reload when it changes."""
    whole = hashlib.blake2b(digest_size=6)
    for path, file in files.items():
        whole.update(f"{path}{file.etag}".encode())
    return whole.hexdigest()


def answer(file: File | None, request: Request[Any, Any, Any]) -> Response[bytes]:
    """Hand out a built file, compressed when the browser can, or say that it has the newest one already."""
    if file is None:
        raise NotFoundException
    headers = {"etag": file.etag, "vary": "accept-encoding", "cache-control": FOR_EVER, **NO_SNIFFING}
    if request.headers.get("if-none-match") == file.etag:
        return Response(b"", status_code=304, headers=headers)
    wanted = re.findall(r"[a-z]+", request.headers.get("accept-encoding", ""))
    for name, body in (("br", file.brotli), ("gzip", file.gzip)):
        if body is not None and name in wanted:
            return Response(body, media_type=file.media_type, headers={**headers, "content-encoding": name})
    return Response(file.plain, media_type=file.media_type, headers=headers)


def assets(files: Mapping[str, File]) -> HTTPRouteHandler:
    """Make the door of the built files."""

    @get("/a/{path:path}", name="assets", include_in_schema=False)
    async def show(path: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
        return answer(files.get(path), request)

    return show


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
    return Router("", route_handlers=[*doors, assets(files)])
