"""Who asks: cookies and bearer tokens become identities, and pages of other sites are kept out."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from litestar import Response
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from mpp import reads, store
from mpp.config import Config
from mpp.views import Me, OwnDevice
from ticketing.core.access import Asker
from ticketing.core.refused import WrongOrigin
from ticketing.hall import Hall

SESSION_COOKIE = "mpp_session"
DEVICE_COOKIE = "mpp_device"
DEVICE_COOKIE_DAYS = 3650
"""A kiosk stays a kiosk until it is revoked; nobody should have to pair it every month."""

MOST_IDENTITIES = 40
"""A browser that shows every board of a mall for a test; more cookies than that are not ours."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Connection = ASGIConnection[Any, Any, Any, Any]


async def asker(request: Connection, hall: Hall) -> Asker:
    """Find out who asks. A bearer token speaks for itself; cookies count only on pages of this very server.

    Raises: WrongOrigin.
    """
    bearer = request.headers.get("authorization", "")
    if bearer.startswith("Bearer "):
        found: Iterable[str] = [bearer.removeprefix("Bearer ").strip()]
    else:
        found = [value for name, value in request.cookies.items() if _is_ours(name)][:MOST_IDENTITIES]
        is_page = "origin" in request.headers  # without a cookie too: nobody is signed in here from elsewhere
        if (found or is_page) and _is_unsafe(request.scope):
            must_be_own_page(request)
    if not found:
        return ()
    return tuple(await store.principals(hall.db, list(found), hall.clock.real()))


def _is_ours(name: str) -> bool:
    return name == SESSION_COOKIE or name.startswith(DEVICE_COOKIE)


def _is_unsafe(scope: Scope) -> bool:
    return scope["type"] == ScopeType.WEBSOCKET or scope.get("method") not in SAFE


def must_be_own_page(request: Connection) -> None:
    """Refuse what a page of another site sends: browsers tell the page's origin with every POST and every socket.

    Raises: WrongOrigin.
    """
    origin = request.headers.get("origin")
    if origin is not None and _is_of(origin, request.headers.get("host")):
        return
    if origin is None and request.headers.get("sec-fetch-site") in {"same-origin", "none"}:
        return
    raise WrongOrigin


def must_not_be_elsewhere(request: Connection) -> None:
    """Refuse a page of another site where nobody needs to be signed in; programs tell no origin and may enter.

    Raises: WrongOrigin.
    """
    if "origin" in request.headers:
        must_be_own_page(request)


def _is_of(origin: str, host: str | None) -> bool:
    try:
        return urlsplit(origin).netloc == host
    except ValueError:  # no address at all, such as http://[
        return False


def device_cookie(kind: str, place: str | None) -> str:
    """Name the cookie of a device: one browser may be several boards."""
    return f"{DEVICE_COOKIE}_{kind}" + (f"_{place}" if place else "")


def cookie(name: str, secret: str, *, days: int | None, secure: bool) -> Cookie:
    """Make a cookie that scripts cannot read and other sites cannot send."""
    return Cookie(
        key=name,
        value=secret,
        httponly=True,
        samesite="strict",
        secure=secure,
        path="/",
        max_age=days * 86400 if days else None,
    )


class OriginGate(ASGIMiddleware):
    """Refuse sockets that a page of another site opens, before the handshake; programs send no Origin."""

    scopes = (ScopeType.WEBSOCKET,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass on, or close with 403."""
        headers = dict(scope["headers"])
        origin, host = headers.get(b"origin"), headers.get(b"host", b"")
        if origin is not None and not _is_of(origin.decode("latin-1"), host.decode("latin-1")):
            await receive()
            await send({"type": "websocket.close", "code": 4403, "reason": WrongOrigin.code})
            return
        await next_app(scope, receive, send)


def count_attempt(request: Connection, hall: Hall, what: str, most: int) -> None:
    """Count an attempt for the address it comes from: a hall behind one address gets three times as many as one name.

    Raises: TooManyRequests.
    """
    address = request.client.host if request.client else "?"
    hall.limits.count(f"{what} from {address}", most * 3)


async def signed_in(hall: Hall, config: Config, secret: str) -> Response[Me]:
    """Answer a sign-in: who it is, and the cookie."""
    (who,) = await store.principals(hall.db, [secret], hall.clock.real())
    async with hall.db.read(who.mall_id) as tx:
        shown = await reads.me(tx, who)
    return Response(shown, cookies=[cookie(SESSION_COOKIE, secret, days=None, secure=config.secure_cookies)])


def signed_out() -> Response[None]:
    """Answer a sign-out: the cookie goes."""
    gone = Cookie(key=SESSION_COOKIE, value="", max_age=0, path="/", httponly=True, samesite="strict")
    return Response(None, status_code=204, cookies=[gone])


def paired(shown: OwnDevice, kind: str, place: str | None, secret: str, config: Config) -> Response[OwnDevice]:
    """Answer a device that asks to be let in."""
    kept = cookie(device_cookie(kind, place), secret, days=DEVICE_COOKIE_DAYS, secure=config.secure_cookies)
    return Response(shown, status_code=201, cookies=[kept])


def device_secret(request: Connection, kind: str | None, place: str | None) -> str:
    """Return the secret that a device shows: a bearer token, or the cookie of its kind and place."""
    bearer = request.headers.get("authorization", "")
    if bearer.startswith("Bearer "):
        return bearer.removeprefix("Bearer ").strip()
    return request.cookies.get(device_cookie(kind or "", place), "")
