"""The views of this package that are followed live, and what each depends on."""

from functools import partial

from ticketing import holders, offers, reads, slips, store, tables
from ticketing.core import access
from ticketing.core.access import ISSUERS, Asker, Role, own_device
from ticketing.core.ids import DeviceId, TicketId
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.live import CALM_SECONDS, View
from ticketing.sockets import view
from ticketing.views import PrinterView, TicketView

OFFER_TOPICS = frozenset({"tickets", "counters", "settings", "devices", "outlooks", "appointments"})


async def kiosk(hall: Hall, asker: Asker) -> View:
    """Name the feed of what a kiosk with this printer offers.

    Raises: NotSignedIn, NotAllowed.
    """
    who = access.allow(asker, ISSUERS)
    printer_id = who.device.printer_id if who.device else None
    make = partial(offers.kiosk_view, hall=hall, printer_id=printer_id)
    return view(hall, who.mall_id, f"kiosk:{printer_id or ''}", OFFER_TOPICS, make, burst=CALM_SECONDS)


async def ticket(hall: Hall, code: str, address: str) -> View:
    """Name the feed of a ticket, asked for from an address; it depends on each agency that the ticket is sent to.

    Raises: UnknownTicket, TooManyRequests.
    """
    mall_id = await holders.mall_of(hall, code, address)
    async with hall.db.read(mall_id) as tx:
        row = await store.ticket_by_code(tx, code)
    topics = {f"ticket:{row.id}", f"tenant:{row.tenant_id}", f"outlook:{row.id}", "settings"}

    async def make(tx: Tx) -> TicketView:
        now = await store.ticket(tx, TicketId(row.id))
        topics.add(f"tenant:{now.tenant_id}")
        if now.for_counter_id is not None:  # which may belong to another tenant, with visitors of its own
            there = await tx.session.get_one(tables.Counter, now.for_counter_id)
            topics.update({f"counter:{there.id}", f"tenant:{there.tenant_id}"})
        return await reads.ticket_view(tx, hall, now)

    return view(hall, mall_id, f"ticket:{row.id}", topics, make)


async def printer(hall: Hall, asker: Asker, code: str) -> View:
    """Name the feed of a printer's slips.

    Raises: NotSignedIn, NotAllowed, UnknownDevice.
    """
    who = own_device(asker, Role.PRINTER, code)
    async with hall.db.read(who.mall_id) as tx:
        printer_id = DeviceId((await slips.printer(tx, code)).id)

    async def make(tx: Tx) -> PrinterView:
        return await reads.printer_view(tx, hall, await tx.session.get_one(tables.Device, printer_id))

    return view(hall, who.mall_id, f"printer:{printer_id}", frozenset({f"printer:{printer_id}"}), make)
