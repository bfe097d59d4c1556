"""The views of boards, signs and speakers that are followed live, and what each depends on."""

from functools import partial

from display import reads
from display import store as mine
from ticketing import store
from ticketing.core import access
from ticketing.core.access import PEOPLE, Asker, Role
from ticketing.core.ids import ZoneId
from ticketing.core.refused import UnknownDevice
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.live import View
from ticketing.sockets import view


async def board(hall: Hall, asker: Asker, code: str) -> View:
    """Name the feed of a zone's board.

    Raises: NotSignedIn, NotAllowed, UnknownZone.
    """
    who = access.allow(asker, PEOPLE | {Role.BOARD})
    async with hall.db.read(who.mall_id) as tx:
        zone = await store.zone(tx, code)
        access.at_zone(asker, PEOPLE | {Role.BOARD}, zone.id)
        topics = await _zone_topics(tx, zone.id)
    make = partial(reads.board_view, hall=hall, zone_id=zone.id)
    return view(hall, who.mall_id, f"board:{zone.id}", topics, make)


async def sign(hall: Hall, asker: Asker, code: str) -> View:
    """Name the feed of a counter's sign.

    Raises: NotSignedIn, NotAllowed, UnknownCounter.
    """
    who = access.allow(asker, PEOPLE | {Role.SIGN})
    async with hall.db.read(who.mall_id) as tx:
        row = await store.counter(tx, code)
        access.at_counter(asker, PEOPLE | {Role.SIGN}, row.id)
    make = partial(reads.sign_view, hall=hall, counter_id=row.id)
    return view(hall, who.mall_id, f"sign:{row.id}", frozenset({f"counter:{row.id}", "settings"}), make)


async def speaker(hall: Hall, asker: Asker, code: str) -> View:
    """Name the feed of what a loudspeaker has to say.

    Raises: NotSignedIn, NotAllowed, UnknownDevice.
    """
    who = access.own_device(asker, Role.SPEAKER, code)
    async with hall.db.read(who.mall_id) as tx:
        device = await mine.speaker(tx, code)
    if device is None or device.zone_id is None:
        raise UnknownDevice
    make = partial(reads.speaker_view, hall=hall, zone_id=device.zone_id, device_id=device.id)
    topics = frozenset({f"voice:{device.zone_id}", "tickets"})
    return view(hall, who.mall_id, f"speaker:{device.id}", topics, make)


async def _zone_topics(tx: Tx, zone_id: ZoneId) -> frozenset[str]:
    rows = await mine.counters(tx, zone_id)
    counters = {f"counter:{row.id}" for row in rows}
    tenants = {f"{topic}:{row.tenant_id}" for row in rows for topic in ("tenant", "outlooks")}
    return frozenset({f"voice:{zone_id}", "settings", *counters, *tenants})
