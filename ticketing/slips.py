"""Load and save of slips, and of the printers they go to. The only write SQL of slips."""

from datetime import timedelta

from sqlalchemy import select

from hardware.core.slip import Slip as Paper
from ticketing import store, tables
from ticketing.core import slip_job
from ticketing.core.access import Role
from ticketing.core.device import DeviceState
from ticketing.core.ids import DeviceId, SlipId, TicketId
from ticketing.core.refused import UnknownDevice, UnknownSlip
from ticketing.core.slip_job import SlipAsked, SlipEvent, SlipJob, SlipState
from ticketing.db import Tx

SLIP_LIFE = timedelta(seconds=60)
"""A slip that its printer did not take within a minute is not printed any more: the visitor has gone."""


async def add(tx: Tx, row: tables.Ticket, printer_id: DeviceId, *, copy: bool) -> tables.Slip:
    """Ask a printer for a slip of this ticket."""
    slip = await _ask(tx, printer_id, row.id, copy=copy)
    tx.touch(f"ticket:{row.id}", f"slips:{row.tenant_id}")
    return slip


async def add_text(tx: Tx, printer_id: DeviceId, title: str, paper: Paper) -> tables.Slip:
    """Ask a printer for a slip that is no ticket; what stands on it is forgotten as soon as it has ended."""
    slip = await _ask(tx, printer_id, None, copy=False)
    slip.title, slip.paper = title, paper
    await tx.session.flush()
    return slip


async def _ask(tx: Tx, printer_id: DeviceId, ticket_id: TicketId | None, *, copy: bool) -> tables.Slip:
    slip = tables.Slip(
        ticket_id=ticket_id,
        printer_id=printer_id,
        copy=copy,
        state=SlipState.WAITING,
        asked_at=tx.now,
        expires_at=tx.now + SLIP_LIFE * tx.pace,
        reason="",
    )
    tx.session.add(slip)
    await tx.session.flush()
    event = SlipAsked(
        slip_id=slip.id, ticket_id=ticket_id, printer_id=printer_id, copy=copy, expires_at=slip.expires_at
    )
    tx.append(event, ticket_id=ticket_id)
    tx.touch(f"printer:{printer_id}")
    return slip


async def load(tx: Tx, slip_id: SlipId) -> tables.Slip:
    """Load a slip.

    Raises: UnknownSlip.
    """
    found = await tx.session.get(tables.Slip, slip_id)
    if found is None:
        raise UnknownSlip
    return found


async def last(tx: Tx, ticket_id: TicketId) -> tables.Slip | None:
    """Return the newest slip of a ticket."""
    return await tx.session.scalar(
        select(tables.Slip).where(tables.Slip.ticket_id == ticket_id).order_by(tables.Slip.id.desc()).limit(1)
    )


async def record(tx: Tx, row: tables.Slip, event: SlipEvent) -> None:
    """Let `event` happen to a slip.

    Raises: SlipTaken, SlipLapsed.
    """
    store.put(row, slip_job.apply(store.value(row, SlipJob), event, tx.now))
    tx.append(event, ticket_id=row.ticket_id)
    tx.touch(f"printer:{row.printer_id}", f"slip:{row.id}", "slips")
    if row.ticket_id is not None:
        tenant_id = (await store.ticket(tx, row.ticket_id)).tenant_id
        tx.touch(f"ticket:{row.ticket_id}", f"slips:{tenant_id}")
    elif row.state not in slip_job.OPEN:
        row.paper = None


async def printer(tx: Tx, code: str) -> tables.Device:
    """Find an approved printer.

    Raises: UnknownDevice.
    """
    found = await tx.session.scalar(
        select(tables.Device).where(
            tables.Device.kind == Role.PRINTER,
            tables.Device.code == code,
            tables.Device.state == DeviceState.APPROVED,
        )
    )
    if found is None:
        raise UnknownDevice(f"There is no approved printer {code!r}.")
    return found


async def default_printer(tx: Tx) -> DeviceId | None:
    """Return the printer for tickets that no kiosk issues, if the mall has one."""
    return await tx.session.scalar(
        select(tables.Device.id).where(
            tables.Device.kind == Role.PRINTER,
            tables.Device.state == DeviceState.APPROVED,
            tables.Device.is_default.is_(True),
        )
    )
