"""Load and save of announcements, pictures and videos."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, text

from display.core.announcement import Speech, Spoken
from display.core.media import UnknownMedia
from display.tables import Announcement, Media
from ticketing import tables as ground
from ticketing.core import access, events
from ticketing.core.access import Asker, Device, Role
from ticketing.core.ids import ZoneId
from ticketing.core.refused import NotAllowed, UnknownAnnouncement
from ticketing.core.ticket import Called, Recalled
from ticketing.db import Tx

VOICES = frozenset({Role.BOARD, Role.SPEAKER})
OPEN = (Speech.WAITING, Speech.SPEAKING)
CALLS = tuple(of.__struct_config__.tag for of in (Called, Recalled))


async def announcement(tx: Tx, announcement_id: int, asker: Asker) -> tuple[Announcement, Device]:
    """Load an announcement, and which of the asking devices stands in its zone.

    Raises: UnknownAnnouncement, NotSignedIn, NotAllowed.
    """
    row = await tx.session.get(Announcement, announcement_id)
    if row is None:
        raise UnknownAnnouncement
    who = access.at_zone(asker, VOICES, row.zone_id)
    if who.device is None:
        raise NotAllowed("Only a board or speaker of this zone may speak here.")
    return row, who.device


async def open_announcements(tx: Tx, zone_id: ZoneId | None = None) -> Sequence[tuple[Announcement, Spoken]]:
    """Return what is spoken or waits to be, in the order of the calls, with the truth about each."""
    question = (
        select(Announcement, ground.Ticket)
        .join(ground.Ticket, ground.Ticket.id == Announcement.ticket_id)
        .where(Announcement.state.in_(OPEN))
    )
    if zone_id is not None:
        question = question.where(Announcement.zone_id == zone_id)
    # Put in order here: asked for it, SQLite would go through the calls of all days, which are in that order.
    found = sorted((await tx.session.execute(question)).all(), key=lambda pair: pair[0].call_seq)
    heard = {zone: await _heard_at(tx, zone) for zone in {row.zone_id for row, _ in found}}
    return [
        (
            row,
            Spoken(
                counter_id=row.counter_id,
                calls=row.calls,
                called_at=row.called_at,
                ticket_state=ticket.state,
                ticket_counter_id=ticket.counter_id,
                ticket_calls=ticket.calls,
                heard_at=heard[row.zone_id],
            ),
        )
        for row, ticket in found
    ]


async def _heard_at(tx: Tx, zone_id: ZoneId) -> datetime | None:
    """Return when the voice of a zone last began or ended a sound."""
    heard = (
        select(Announcement.started_at, Announcement.ended_at)
        .where(Announcement.zone_id == zone_id, Announcement.state.in_([Speech.SPEAKING, Speech.SPOKEN]))
        .order_by(Announcement.id.desc())
        .limit(1)
    )
    times = (await tx.session.execute(heard)).first()
    return None if times is None else times[1] or times[0]


async def last_announced(tx: Tx) -> int:
    """Return the number of the newest call that has an announcement."""
    return await tx.session.scalar(select(func.max(Announcement.call_seq))) or 0


async def calls_after(tx: Tx, seq: int, since: datetime) -> Sequence[ground.Event]:
    """Return the calls in the log after `seq` that are no older than `since`, oldest first."""
    event = ground.Event
    chosen = select(event).where(event.kind.in_(CALLS), event.at >= since, event.seq > seq)
    return (await tx.session.scalars(chosen.order_by(event.at, event.seq))).all()


async def called_at(tx: Tx, seqs: Sequence[int]) -> dict[int, datetime]:
    """Return when these calls were made."""
    event = ground.Event
    return dict((await tx.session.execute(select(event.seq, event.at).where(event.seq.in_(seqs)))).all())


async def finish(tx: Tx, row: Announcement, state: Speech, event: events.AnyEvent) -> None:
    """End an announcement one way or the other."""
    row.state, row.ended_at = state, tx.now
    tx.append(event, ticket_id=row.ticket_id, counter_id=row.counter_id)
    tx.touch(f"voice:{row.zone_id}")


async def speaker(tx: Tx, code: str) -> ground.Device | None:
    """Find a loudspeaker."""
    device = ground.Device
    return await tx.session.scalar(select(device).where(device.kind == Role.SPEAKER, device.code == code))


async def counters(tx: Tx, zone_id: ZoneId) -> Sequence[ground.Counter]:
    """Return all counters of a zone, retired ones too."""
    return (await tx.session.scalars(select(ground.Counter).where(ground.Counter.zone_id == zone_id))).all()


async def media(tx: Tx, zone_id: ZoneId | None = None) -> Sequence[Media]:
    """Return what the boards of a zone show, or with None all that there is, in its order."""
    question = select(Media).order_by(Media.position, Media.id)
    if zone_id is not None:
        question = question.where((Media.zone_id == zone_id) | Media.zone_id.is_(None), Media.off_at.is_(None))
    return (await tx.session.scalars(question)).all()


async def one_media(tx: Tx, media_id: int) -> Media:
    """Find a picture or video.

    Raises: UnknownMedia.
    """
    row = await tx.session.get(Media, media_id)
    if row is None:
        raise UnknownMedia
    return row


async def zone_of(tx: Tx, row: Media | None) -> str | None:
    """Return the code of the zone, a retired one too, on whose boards a picture or video is."""
    if row is None or row.zone_id is None:
        return None
    return (await tx.session.get_one(ground.Zone, row.zone_id)).code


async def is_kept(tx: Tx, key: str) -> bool:
    """Say whether any mall of this installation still has a file: they share one folder."""
    anywhere = text("SELECT 1 FROM media WHERE key = :key LIMIT 1")
    return (await tx.session.execute(anywhere, {"key": key})).first() is not None
