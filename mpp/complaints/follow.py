"""The page on which a complaint is followed up, with its first view inside."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from mpp.complaints import feeds, reads, store
from mpp.complaints.core.refused import UnknownComplaint
from mpp.complaints.views import ComplaintView
from mpp.pages import SECURITY
from mpp.phone import with_view
from ticketing import holders
from ticketing.core.refused import TooManyRequests
from ticketing.hall import Hall
from ticketing.routes import Web, address


@get("/c/{code:str}", name="page complaint", include_in_schema=False, media_type="text/html")
async def show(
    code: FromPath[str], hall: NamedDependency[Hall], pages: NamedDependency[dict[str, bytes]], request: Web
) -> Response[bytes]:
    """Show the page of a complaint; one that is not known gets the page too, which says what to check."""
    shell = pages.get("complaint")
    if shell is None:
        raise NotFoundException("The pages have not been built; run `make setup`.")
    status, view = await first_view(hall, code, address(request))
    headers = {**SECURITY, **holders.PRIVATE}
    return Response(with_view(shell, view), status_code=status, media_type="text/html", headers=headers)


async def first_view(hall: Hall, code: str, address: str) -> tuple[int, ComplaintView | None]:
    """Return the view of a complaint with status 200, or why there is none."""
    try:
        async with hall.db.read(await feeds.mall_of(hall, code, address)) as tx:
            return 200, await reads.complaint_view(tx, hall, await store.by_code(tx, code))
    except (UnknownComplaint, TooManyRequests) as no:
        return no.status, None
