"""What a person has to see to in the hall: printers, slips, voices. Questions to the rows, nothing is changed here."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from display.core.announcement import GRACE, Speech
from display.tables import Announcement
from mpp.views import HallTrouble
from ticketing import tables
from ticketing.core.device import DeviceState
from ticketing.core.slip_job import Condition, SlipState
from ticketing.db import Tx

SHOWN = 20
LIFE = timedelta(hours=1)
"""What failed an hour ago has been dealt with or forgotten; the log keeps it."""

WELL = frozenset({None, Condition.READY})

UNHEARD = 3
"""So many calls together of which none was spoken: a visitor who is at the counter at once makes one or two of them."""

SOON = timedelta(seconds=20) + GRACE
"""A call that waits for so long, in a zone that is silent, is one that nobody speaks."""


async def troubles(tx: Tx, *, with_voice: bool = True) -> list[HallTrouble]:
    """List what needs a hand, newest first: printers that are not well, slips not surely on paper, silent zones."""
    found = [*await _printers(tx), *await _slips(tx), *(await _voices(tx) if with_voice else [])]
    return sorted(found, key=lambda trouble: trouble.at, reverse=True)


async def _printers(tx: Tx) -> list[HallTrouble]:
    devices = await tx.session.scalars(select(tables.Device).where(tables.Device.state == DeviceState.APPROVED))
    return [
        HallTrouble(at=row.condition_at or row.asked_at, text_code=f"slip.{row.condition}", device=row.code)
        for row in devices
        if row.condition not in WELL
    ]


async def _slips(tx: Tx) -> list[HallTrouble]:
    slip = tables.Slip
    unsure = await tx.session.execute(
        select(slip, tables.Ticket.number, tables.Device.code)
        .outerjoin(tables.Ticket, tables.Ticket.id == slip.ticket_id)
        .join(tables.Device, tables.Device.id == slip.printer_id)
        .where(
            slip.state.in_([SlipState.FAILED, SlipState.UNKNOWN, SlipState.LAPSED]),
            slip.ended_at >= tx.now - LIFE,
        )
        .order_by(slip.id.desc())
        .limit(SHOWN)
    )
    return [
        HallTrouble(
            at=row.ended_at or row.asked_at,
            text_code=f"slip.{row.state}" if row.state is not SlipState.FAILED else f"slip.{row.reason}",
            number=number or row.title,
            device=device,
        )
        for row, number, device in unsure
    ]


async def _voices(tx: Tx) -> list[HallTrouble]:
    """List the zones whose last calls nobody has heard: no sound could be made, or no device speaks."""
    zones = await tx.session.scalars(select(tables.Zone).where(tables.Zone.is_active.is_(True)))
    found: list[HallTrouble] = []
    for zone in zones.all():
        last = select(Announcement).where(Announcement.zone_id == zone.id)
        rows = (await tx.session.scalars(last.order_by(Announcement.id.desc()).limit(UNHEARD))).all()
        code = _silence(rows, tx)
        if code is not None:
            found.append(HallTrouble(at=rows[-1].called_at, text_code=code, zone=zone.name))
    return found


def _silence(rows: Sequence[Announcement], tx: Tx) -> str | None:
    """Say why a zone is silent; `rows` are its last calls, newest first."""
    if not rows or rows[0].called_at < tx.now - LIFE:
        return None
    if all(row.sound is None for row in rows):
        return "voice.unmade"
    unheard = [row for row in rows if row.started_at is None and _is_over(row, tx)]
    return "voice.unspoken" if len(unheard) == UNHEARD else None


def _is_over(row: Announcement, tx: Tx) -> bool:
    return row.state is Speech.LAPSED or row.called_at < tx.now - SOON * tx.pace
