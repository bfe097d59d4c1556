"""What kiosks do for the time when their line is lost: take numbers with them, and hand in what they gave out."""

from collections.abc import Sequence

import msgspec

from hardware.core import written
from hardware.core.lease import OfflineTicket, OnPaper, Receipt
from ticketing import due, leases, reads, requests, slips, store, tables
from ticketing.core import lease
from ticketing.core.access import Device
from ticketing.core.ids import DeviceId
from ticketing.core.refused import BadRequest, NotLeased, NumberTaken, Refused, UnknownDevice, UnknownService
from ticketing.core.slip_job import (
    SlipClaimed,
    SlipEvent,
    SlipFailed,
    SlipLapsedEvent,
    SlipPrinted,
    SlipState,
    SlipUnknown,
    Trouble,
)
from ticketing.core.ticket import DECLARED, MOVES, Cancelled, Issued
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.lease_tables import Lease
from ticketing.request_tables import Request

ISSUE = "issue"
"""The command under which a number is remembered by its request id."""


class _Answer(msgspec.Struct, frozen=True):
    """What is read of an answer that was given before, perhaps by an earlier version."""

    code: str


async def lease_numbers(tx: Tx, device_id: DeviceId, holds: Sequence[int]) -> list[int]:
    """Let a kiosk hold numbers of every series, topped up where less than half a block is left; return its blocks.

    A block that the kiosk does not know of any more is over: it lost its memory, or an answer of ours.
    """
    rows = await leases.open_of(tx, device_id)
    numbers, offered = tx.mall.offline.numbers, await leases.all_series(tx) if tx.mall.offline.numbers else []
    kept = [row for row in rows if row.id in holds and row.day == store.today(tx) and row.series in offered]
    left = dict.fromkeys(offered, 0)
    for row in kept:
        left[row.series] += row.last - row.first + 1 - row.used
    wanted = {series: numbers - n for series, n in left.items() if lease.must_be_topped_up(n, numbers)}
    kept = [row for row in kept if row.used < row.last - row.first + 1]
    await leases.end(tx, [row for row in rows if row not in kept])
    if kept or wanted:
        await leases.grant(tx, device_id, kept, wanted)
    return [row.id for row in await leases.open_of(tx, device_id)]


async def end_past_leases(tx: Tx) -> int:
    """Let the numbers of kiosks that never came back be over with their day; return how many blocks."""
    rows = await due.past_leases(tx)
    await leases.end(tx, rows)
    return len(rows)


async def hand_in(
    tx: Tx, hall: Hall, kiosk: Device, tickets: Sequence[OfflineTicket], printer: str | None
) -> list[Receipt]:
    """Take over the tickets that a kiosk gave out alone. One that is refused does not stop the others."""
    printer_id = await _printer(tx, kiosk, printer)
    receipts: list[Receipt] = []
    for one in tickets:
        number = written.number(one.series, one.serial)
        try:
            await _take_over(tx, hall, kiosk.id, one, printer_id)
            receipts.append(Receipt(request=one.request, number=number))
        except Refused as no:
            receipts.append(Receipt(request=one.request, number=number, code=no.code, detail=no.detail))
    return receipts


async def _printer(tx: Tx, kiosk: Device, code: str | None) -> DeviceId | None:
    if code is None:
        return kiosk.printer_id
    try:
        return (await slips.printer(tx, code)).id
    except UnknownDevice:  # it has been sent away meanwhile; the tickets count all the same
        return kiosk.printer_id


async def _take_over(tx: Tx, hall: Hall, kiosk_id: DeviceId, one: OfflineTicket, printer_id: DeviceId | None) -> None:
    """Record one ticket as it was given out; handed in twice, it is there once.

    Raises: NotLeased, NumberTaken, UnknownService, BadRequest.
    """
    block = await leases.holding(tx, kiosk_id, one.series, one.serial)
    if block is None:
        raise NotLeased
    if await _is_here(tx, block, one):
        return
    service = await store.any_service(tx, one.service)
    if service is None:
        raise UnknownService
    if not written.is_code(one.code):
        raise BadRequest("A ticket's code has 12 of the letters and digits that cannot be mistaken.")
    asked = await requests.asked(tx, one.request)
    if asked is not None and asked.command == ISSUE:
        await _withdraw(tx, msgspec.json.decode(asked.answer, type=_Answer).code)
    ticket = await store.add_ticket(tx, _issued(tx, block, service, one))
    block.used += 1
    if printer_id is not None and one.on_paper is not None:
        await _note_paper(tx, ticket, printer_id, one)
    answer = msgspec.json.encode(await reads.ticket_view(tx, hall, ticket)).decode()
    if asked is None:
        # The tap itself may still be under way on a line that stumbles: whenever it comes, this is its answer.
        tx.session.add(Request(actor=tx.actor, key=one.request, command=ISSUE, answer=answer, at=tx.now))
    elif asked.command == ISSUE:
        asked.answer = answer


async def _is_here(tx: Tx, block: Lease, one: OfflineTicket) -> bool:
    """Say whether this ticket was handed in before.

    Raises: NumberTaken when the number, or the code, belongs to another.
    """
    found = await store.tickets_like(tx, block.day, one.series, one.serial, one.code)
    if not found:
        return False
    if [(row.code, row.series, row.serial, row.day) for row in found] != [
        (one.code, one.series, one.serial, block.day)
    ]:
        raise NumberTaken
    return True


def _issued(tx: Tx, block: Lease, service: tables.Service, one: OfflineTicket) -> Issued:
    return Issued(
        code=one.code,
        number=written.number(one.series, one.serial),
        series=one.series,
        serial=one.serial,
        day=block.day,
        tenant_id=service.tenant_id,
        service_id=service.id,
        priority=_priority(tx, one.priority),
        issued_at=lease.true_time(one.issued_at, granted_at=block.granted_at, now=tx.now),
        offline=True,
    )


def _priority(tx: Tx, said: bool | str) -> str | None:
    """Return the class; one that the mall knows no more still counts as declared: the visitor was told so."""
    if said is False:
        return None
    return said if isinstance(said, str) and said in {c.code for c in tx.mall.priority_classes} else DECLARED


async def _withdraw(tx: Tx, code: str) -> None:
    """Cancel the number that the server gave out for the same tap: its answer was lost, nobody knows of it."""
    ghost = await store.ticket_by_code(tx, code)
    if ghost.state not in MOVES[Cancelled][0]:
        return
    await store.record(tx, ghost, Cancelled())
    slip = await slips.last(tx, ghost.id)
    if slip is not None and slip.state is SlipState.WAITING:
        await slips.record(tx, slip, SlipLapsedEvent(slip_id=slip.id))


async def _note_paper(tx: Tx, ticket: tables.Ticket, printer_id: DeviceId, one: OfflineTicket) -> None:
    """Record what became of the paper, as a printer's agent would have told it."""
    slip = await slips.add(tx, ticket, printer_id, copy=False)
    why = Trouble(one.reason or Trouble.NO_ANSWER)
    told: dict[OnPaper | None, tuple[SlipEvent, ...]] = {
        OnPaper.PRINTED: (SlipClaimed(slip_id=slip.id), SlipPrinted(slip_id=slip.id)),
        OnPaper.FAILED: (SlipFailed(slip_id=slip.id, reason=why),),
        OnPaper.UNKNOWN: (SlipClaimed(slip_id=slip.id), SlipUnknown(slip_id=slip.id, reason=why)),
    }
    for event in told[one.on_paper]:
        await slips.record(tx, slip, event)
