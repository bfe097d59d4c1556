"""The visitor's phone page, with its first view inside: on a slow line the number is seen two round trips earlier."""

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from mpp.pages import SECURITY
from ticketing import holders, reads, store
from ticketing.core.refused import TooManyRequests, UnknownTicket
from ticketing.hall import Hall
from ticketing.routes import Web, address
from ticketing.views import TicketView

PLACE = b'<script type="application/json" id="first">null</script>'
"""Where the page looks for its first view; browsers do not run this kind of script, whatever stands in it."""

ESCAPES = ((b"&", rb"\u0026"), (b"<", rb"\u003c"), (b">", rb"\u003e"))
"""Signs that could end the script, as JSON writes them too."""


@get("/t/{code:str}", name="page ticket", include_in_schema=False, media_type="text/html")
async def show(
    code: FromPath[str], hall: NamedDependency[Hall], pages: NamedDependency[dict[str, bytes]], request: Web
) -> Response[bytes]:
    """Show the page of a ticket; one that is not known (yet) gets the page too, which asks again by itself."""
    shell = pages.get("ticket")
    if shell is None:
        raise NotFoundException("The pages have not been built; run `make setup`.")
    status, view = await first_view(hall, code, address(request))
    headers = {**SECURITY, **holders.PRIVATE}
    return Response(with_view(shell, view), status_code=status, media_type="text/html", headers=headers)


async def first_view(hall: Hall, code: str, address: str) -> tuple[int, TicketView | None]:
    """Return the view of a ticket with status 200, or why there is none."""
    try:
        async with hall.db.read(await holders.mall_of(hall, code, address)) as tx:
            return 200, await reads.ticket_view(tx, hall, await store.ticket_by_code(tx, code))
    except (UnknownTicket, TooManyRequests) as no:
        return no.status, None


def with_view(shell: bytes, view: Struct | None) -> bytes:
    """Put a view into the page, so that no name in it can end the script."""
    body = msgspec.json.encode(view)
    for sign, escape in ESCAPES:
        body = body.replace(sign, escape)
    return shell.replace(PLACE, PLACE.replace(b"null", body))
