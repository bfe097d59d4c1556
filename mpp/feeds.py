"""The views of the whole hall that are followed live."""

from functools import partial

from mpp import reads, store
from mpp.pulse import TOPIC, Pulse
from mpp.views import ManageView
from ticketing import offers
from ticketing.core import access
from ticketing.core.access import LEADERS, Asker, Role
from ticketing.db import Tx
from ticketing.feeds import OFFER_TOPICS
from ticketing.hall import Hall
from ticketing.live import CALM_SECONDS, View
from ticketing.sockets import view


async def manage(hall: Hall, pulse: Pulse, asker: Asker, *, with_voice: bool) -> View:
    """Name the feed of the hall at a glance, whole or for one tenant.

    Raises: NotSignedIn, NotAllowed.
    """
    who = access.allow(asker, LEADERS | {Role.SUPERVISOR})
    await pulse.fresh(hall, who.mall_id)

    async def make(tx: Tx) -> ManageView:
        beats = pulse.shown(hall, who.mall_id)
        return await reads.manage_view(tx, hall, who.tenant_id, beats, with_voice=with_voice)

    topics = frozenset({"tickets", "counters", "devices", "slips", "settings", "alerts", TOPIC})
    return view(hall, who.mall_id, f"manage:{who.tenant_id or ''}", topics, make, burst=CALM_SECONDS)


async def info(hall: Hall, asker: Asker) -> View:
    """Name the feed of all services with their standards.

    Raises: ChooseMall.
    """
    mall_id = asker[0].mall_id if asker else await store.the_mall(hall.db, None)
    make = partial(offers.kiosk_view, hall=hall, printer_id=None)
    return view(hall, mall_id, "kiosk:", OFFER_TOPICS, make, burst=CALM_SECONDS)
