"""What can be done with tickets and slips; each is one transaction: look, decide, refuse or record."""

from datetime import datetime

from msgspec import Struct

from hardware.core import written
from ticketing import due, forecasts, reads, register, slips, standings, store, tables
from ticketing.core import appointment, numbering
from ticketing.core.access import Principal
from ticketing.core.device import ConditionChanged
from ticketing.core.ids import AppointmentId, DeviceId, SlipId
from ticketing.core.refused import (
    LateAlready,
    LateLast,
    NoPrinter,
    NotAllowed,
    QuotaFull,
    ServiceClosed,
    UnknownPriority,
    WrongState,
)
from ticketing.core.slip_job import (
    Condition,
    SlipClaimed,
    SlipEvent,
    SlipFailed,
    SlipLapsedEvent,
    SlipPrinted,
    SlipState,
    SlipUnknown,
    Trouble,
)
from ticketing.core.ticket import DECLARED, Cancelled, Deferred, Expired, Issued, Resumed
from ticketing.db import Tx
from ticketing.outlooks import Outlooks
from ticketing.views import SlipPart


class Order(Struct, frozen=True, kw_only=True):
    """What a visitor asks for; `printer_id` None means no paper. `agreed_at` is a time that counts."""

    service: str
    priority: bool | str
    printer_id: DeviceId | None
    appointment_id: AppointmentId | None = None
    agreed_at: datetime | None = None


async def issue(tx: Tx, order: Order, told: Outlooks | None = None) -> tables.Ticket:
    """Give out the next number for a service; `told` is what visitors are told of their wait.

    Raises: UnknownService, UnknownPriority, ServiceClosed, QuotaFull.
    """
    service = await store.service(tx, order.service)
    tenant = await store.tenant(tx, service.tenant_id)
    priority = _priority_class(tx, order.priority)
    await _must_be_open(tx, tenant, order.agreed_at)
    if order.agreed_at is None and not await _has_place(tx, service):
        raise QuotaFull
    promised = None
    if told is not None and order.agreed_at is None:  # what is told beforehand is told to those who come without
        promised = forecasts.promised(tx, told, service.id, is_priority=priority is not None)
    series = numbering.series(service.prefix or tenant.prefix, is_priority=priority is not None)
    serial = await store.next_serial(tx, series)
    ticket = await store.add_ticket(
        tx,
        Issued(
            code=store.fresh_code(),
            number=written.number(series, serial),
            series=series,
            serial=serial,
            day=store.today(tx),
            tenant_id=tenant.id,
            service_id=service.id,
            priority=priority,
            appointment_id=order.appointment_id,
            agreed_at=order.agreed_at,
            promised=promised,
        ),
    )
    if order.printer_id is not None:
        await slips.add(tx, ticket, order.printer_id, copy=False)
    return ticket


async def _has_place(tx: Tx, service: tables.Service) -> bool:
    """Say whether today's quota holds one more, besides those who are expected at an agreed time."""
    if service.quota_per_day is None:
        return True
    kept = (await register.places_kept(tx, store.today(tx))).get(service.id, 0)
    return await store.issued_today(tx, service.id) + kept < service.quota_per_day


async def printer_for(tx: Tx, who: Principal, code: str | None) -> DeviceId | None:
    """Choose where a new ticket is printed: as named, or the kiosk's own printer, or the mall's default one.

    Raises: UnknownDevice.
    """
    if code is not None:
        return (await slips.printer(tx, code)).id
    if who.device is not None:
        return who.device.printer_id
    return await slips.default_printer(tx)


def _priority_class(tx: Tx, asked: bool | str) -> str | None:
    if asked is False:
        return None
    if asked is True:
        return DECLARED
    if asked not in {c.code for c in tx.mall.priority_classes}:
        raise UnknownPriority
    return asked


async def _must_be_open(tx: Tx, tenant: tables.Tenant, agreed_at: datetime | None) -> None:
    """Refuse while no numbers are given out; of one with an agreed time, unless they were to be at that time."""
    status = (await reads.openings(tx, [tenant])).tenants[tenant.id]
    then = status
    if agreed_at is not None:
        then = (await reads.openings(tx, [tenant], at=agreed_at)).tenants[tenant.id]
    if appointment.is_received(status, then):
        return
    when = (
        f" The next numbers are given out on {written.local(status.next_open, tx.mall.timezone)}."
        if status.next_open
        else ""
    )
    why = f" ({status.reason})" if status.reason else ""
    raise ServiceClosed(f"No number can be taken for this service now: {status.state}{why}.{when}")


async def cancel(tx: Tx, ticket: tables.Ticket) -> None:
    """Give a number back.

    Raises: WrongState.
    """
    await store.record(tx, ticket, Cancelled())


async def step_back(tx: Tx, ticket: tables.Ticket) -> None:
    """Let some others go first because the visitor is late: once in each queue, instead of losing the turn.

    Raises: WrongState, LateAlready, LateLast.
    """
    if ticket.deferred and ticket.state in standings.MAY_STEP_BACK:
        raise LateAlready
    back = (await standings.standing(tx, ticket)).step_back
    if back is None:
        raise WrongState(f"Ticket {ticket.number} is {ticket.state}; it cannot step back now.")
    if not standings.is_of_use(ticket, back):
        raise LateLast
    only = await standings.bound_to(tx, ticket)
    await store.record(tx, ticket, Deferred(waiting_since=back.since, places=back.places, for_counter_id=only))


async def reprint(tx: Tx, ticket: tables.Ticket, printer_id: DeviceId | None = None) -> None:
    """Ask for another slip, marked as a copy, on `printer_id` or where the first one went.

    Raises: NoPrinter.
    """
    before = await slips.last(tx, ticket.id)
    where = printer_id or (before.printer_id if before else None) or await slips.default_printer(tx)
    if where is None:
        raise NoPrinter
    await slips.add(tx, ticket, where, copy=True)


async def claim_slip(tx: Tx, slip_id: SlipId, printer_id: DeviceId) -> tables.Slip:
    """Let a printer's agent begin with a slip.

    Raises: UnknownSlip, NotAllowed, SlipTaken, SlipLapsed.
    """
    await _slip_step(tx, slip_id, printer_id, SlipClaimed(slip_id=slip_id))
    return await slips.load(tx, slip_id)


async def slip_printed(tx: Tx, slip_id: SlipId, printer_id: DeviceId) -> SlipPart:
    """Note that a slip is on paper. Raises as `claim_slip`."""
    return await _slip_step(tx, slip_id, printer_id, SlipPrinted(slip_id=slip_id))


async def slip_not_printed(tx: Tx, slip_id: SlipId, printer_id: DeviceId, reason: Trouble) -> SlipPart:
    """Note that a slip is certainly not on paper. Raises as `claim_slip`."""
    return await _slip_step(tx, slip_id, printer_id, SlipFailed(slip_id=slip_id, reason=reason))


async def slip_unknown(tx: Tx, slip_id: SlipId, printer_id: DeviceId, reason: Trouble) -> SlipPart:
    """Note that nobody knows whether a slip is on paper. Raises as `claim_slip`."""
    return await _slip_step(tx, slip_id, printer_id, SlipUnknown(slip_id=slip_id, reason=reason))


async def _slip_step(tx: Tx, slip_id: SlipId, printer_id: DeviceId, event: SlipEvent) -> SlipPart:
    slip = await slips.load(tx, slip_id)
    if slip.printer_id != printer_id:
        raise NotAllowed("This slip belongs to another printer.")
    await slips.record(tx, slip, event)
    return reads.slip_part(slip)


async def report_condition(tx: Tx, device: tables.Device, condition: Condition) -> None:
    """Note what a printer says of itself, once for each change."""
    device.condition_at = tx.now
    if device.condition is condition:
        return
    device.condition = condition
    tx.append(ConditionChanged(device_id=device.id, condition=condition))
    tx.touch("devices", f"printer:{device.id}")


async def lapse_slips(tx: Tx) -> int:
    """Give up slips that no printer took in time, and those whose agent fell silent in mid-job; return how many."""
    late = await due.slips(tx)
    for slip in late:
        event: SlipEvent = SlipLapsedEvent(slip_id=slip.id)
        if slip.state is SlipState.CLAIMED:
            event = SlipUnknown(slip_id=slip.id, reason=Trouble.NO_ANSWER)
        await slips.record(tx, slip, event)
    return len(late)


async def resume_due(tx: Tx) -> int:
    """Bring back held tickets whose time has come; return how many."""
    held = await due.holds(tx)
    for ticket in held:
        await store.record(tx, ticket, Resumed(by_itself=True))
    return len(held)


async def expire_days(tx: Tx) -> int:
    """Close the tickets of days that are over; return how many."""
    old = await due.past_tickets(tx)
    for ticket in old:
        await store.record(tx, ticket, Expired())
    return len(old)
