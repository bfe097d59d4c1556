"""The views of complaints that are followed live."""

from functools import partial

from mpp.complaints import reads, store
from mpp.complaints.core.refused import UnknownComplaint
from mpp.complaints.views import ComplaintView
from ticketing.core import access
from ticketing.core.access import LEADERS, Asker, Role
from ticketing.core.ids import MallId
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.holders import UNKNOWN_CODES_A_MINUTE
from ticketing.live import CALM_SECONDS, View
from ticketing.sockets import view

HANDLERS = LEADERS | {Role.SUPERVISOR}


async def mall_of(hall: Hall, code: str, address: str) -> MallId:
    """Find out in which mall a complaint of that code is; guessing is counted together with the codes of tickets.

    Raises: UnknownComplaint, TooManyRequests.
    """
    guesses = f"unknown codes from {address}"
    hall.limits.must_be_below(guesses, UNKNOWN_CODES_A_MINUTE)
    try:
        return await store.mall_of(hall.db, code)
    except UnknownComplaint:
        hall.limits.note(guesses, code)
        raise


async def complaint(hall: Hall, code: str, address: str) -> View:
    """Name the feed of a complaint, asked for from an address.

    Raises: UnknownComplaint, TooManyRequests.
    """
    mall_id = await mall_of(hall, code, address)
    async with hall.db.read(mall_id) as tx:
        row = await store.by_code(tx, code)
    topics = {f"complaint:{row.id}", "settings"} | ({f"slip:{row.slip_id}"} if row.slip_id else set())

    async def make(tx: Tx) -> ComplaintView:
        return await reads.complaint_view(tx, hall, await store.by_code(tx, code))

    return view(hall, mall_id, f"complaint:{row.id}", topics, make)


async def complaints(hall: Hall, asker: Asker) -> View:
    """Name the feed of all complaints that one may see.

    Raises: NotSignedIn, NotAllowed.
    """
    who = access.allow(asker, HANDLERS)
    make = partial(reads.complaints_view, hall=hall, tenant_id=who.tenant_id)
    topics = frozenset({"complaints", "settings"})
    return view(hall, who.mall_id, f"complaints:{who.tenant_id or ''}", topics, make, burst=CALM_SECONDS)
