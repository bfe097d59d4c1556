"""What a kiosk does with numbers of its own: lease them, give them out alone, hand them in."""

from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import select

from hardware.core.lease import Lease, OfflineTicket, OnPaper, Receipt
from tests.ticketing.deeds import act, hall_of, look, wita
from ticketing import actions, kits, malls, offline, reads, requests, tables
from ticketing.actions import Order
from ticketing.core import events
from ticketing.core.access import Device
from ticketing.core.ids import DeviceId, MallId
from ticketing.core.lease import NumbersReturned, Offline, Span
from ticketing.core.mall_entries import MallFile
from ticketing.db import Db, Tx
from ticketing.views import TicketView

KTP = OfflineTicket(
    request="tap-0001",
    service="KTP",
    priority=False,
    series="B",
    serial=701,
    code="abcdefghjkmn",
    issued_at=wita(23, 9, 1),
    on_paper=OnPaper.PRINTED,
)
"""A ticket that a kiosk gave out alone."""

CODES = ("abcdefghjkmn", "abcdefghjkmp", "abcdefghjkmq", "abcdefghjkmr", "abcdefghjkms")
"""Codes for links, for as many tickets."""


async def lend(db: Db, mall: MallId, kiosk: DeviceId, holds: Sequence[int] = ()) -> Lease:
    """Ask for numbers, as a kiosk does."""

    async def deed(tx: Tx) -> Lease:
        await offline.lease_numbers(tx, kiosk, holds)
        return await kits.kit(tx, hall_of(db), kiosk)

    return await act(db, mall, deed, f"device:{kiosk}")


async def hand_in(
    db: Db, mall: MallId, kiosk: DeviceId, *tickets: OfflineTicket, printer: str | None = None
) -> list[Receipt]:
    """Hand tickets in, as a kiosk does."""
    device = Device(id=kiosk, code="K01")

    async def deed(tx: Tx) -> list[Receipt]:
        return await offline.hand_in(tx, hall_of(db), device, tickets, printer)

    return await act(db, mall, deed, f"device:{kiosk}")


async def tap(db: Db, mall: MallId, kiosk: DeviceId, request: str) -> TicketView:
    """Take a number at a kiosk whose line is live."""

    async def deed(tx: Tx) -> TicketView:
        ticket = await actions.issue(tx, Order(service="KTP", priority=False, printer_id=None))
        return await reads.ticket_view(tx, hall_of(db), ticket)

    return await act(
        db, mall, lambda tx: requests.once(tx, request, "issue", TicketView, lambda: deed(tx)), f"device:{kiosk}"
    )


async def tickets(db: Db, mall: MallId) -> dict[str, tables.Ticket]:
    """Return all tickets by number."""
    rows = await look(db, mall, lambda tx: tx.session.scalars(select(tables.Ticket)))
    return {row.number: row for row in rows}


async def returned(db: Db, mall: MallId) -> list[tuple[str, tuple[Span, ...]]]:
    """Return what the log tells of numbers that nobody got."""
    question = select(tables.Event.body).where(tables.Event.kind == "numbers_returned").order_by(tables.Event.seq)
    bodies = await look(db, mall, lambda tx: tx.session.scalars(question))
    told = [event for body in bodies if isinstance(event := events.decode(body), NumbersReturned)]
    return [(block.series, block.unused) for event in told for block in event.blocks]


def spans(lease: Lease, *series: str) -> list[tuple[int, int]]:
    """Return the numbers that a kiosk holds of these series."""
    return [(block.first, block.last) for block in lease.blocks if block.series in series]


async def settle(db: Db, mall: MallId, small_mall: MallFile, settings: Offline) -> None:
    """Give the mall other settings."""
    await act(db, mall, lambda tx: malls.replace(tx, replace(small_mall, offline=settings)))
