"""The console's view, followed live, and what it depends on."""

from functools import partial

from counters import reads
from ticketing import store
from ticketing.core import access
from ticketing.core.access import COUNTER_STAFF, Asker
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.live import View
from ticketing.sockets import view


async def counter(hall: Hall, asker: Asker, code: str) -> View:
    """Name the feed of a counter's console.

    Raises: NotSignedIn, NotAllowed, UnknownCounter.
    """
    who = access.allow(asker, COUNTER_STAFF)
    async with hall.db.read(who.mall_id) as tx:
        row = await store.counter(tx, code)
        access.allow_tenant(who, row.tenant_id)
        topics = await _topics(tx, code)
    make = partial(reads.counter_view, hall=hall, counter_id=row.id)
    return view(hall, who.mall_id, f"counter:{row.id}", topics, make)


async def _topics(tx: Tx, code: str) -> frozenset[str]:
    """Name what a console shows: its own state, the queues and slips of the tenants it serves, the other counters."""
    row = await store.counter(tx, code)
    known = await reads.floor(tx)
    tenants = {known.services[id].tenant_id for id in known.served.get(row.id, [])} | {row.tenant_id}
    queues = (f"{topic}:{id}" for id in tenants for topic in ("tenant", "slips", "outlooks"))
    return frozenset({f"counter:{row.id}", "counters", "settings", *queues})
