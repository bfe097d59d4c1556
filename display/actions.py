"""What can be done with the hall's voice (announce, start, end, give back, let lapse) and with its pictures."""

from collections.abc import Sequence

from msgspec import Struct

from display import store
from display.core import announcement, media
from display.core.announcement import Speech
from display.core.media import MediaKind
from display.core.refused import AnnouncementOver
from display.shelf import Kept
from display.tables import Announcement, Media
from ticketing import store as ground
from ticketing.core.access import Asker
from ticketing.core.events import AnnouncementLapsed, AnnouncementSpoken, MediaAdded, MediaChanged, MediaRemoved
from ticketing.core.ids import CounterId, TicketId, ZoneId
from ticketing.core.refused import BadRequest
from ticketing.db import Tx


class Utterance(Struct, frozen=True, kw_only=True):
    """A call that was put into words and rendered; `sound` None when no voice could be made.

    `brief` is the sound for when others wait, `seconds` the length of the longer one.
    """

    call_seq: int
    zone_id: ZoneId
    ticket_id: TicketId
    counter_id: CounterId
    calls: int
    text: str
    sound: str | None = None
    brief: str | None = None
    seconds: float = 0.0


async def announce(tx: Tx, utterances: Sequence[Utterance]) -> None:
    """Put calls in line for the voice; what another process has put there already is left alone."""
    last = await store.last_announced(tx)
    called_at = await store.called_at(tx, [said.call_seq for said in utterances])
    for said in utterances:
        if said.call_seq <= last or said.call_seq not in called_at:
            continue
        tx.session.add(
            Announcement(
                call_seq=said.call_seq,
                zone_id=said.zone_id,
                ticket_id=said.ticket_id,
                counter_id=said.counter_id,
                calls=said.calls,
                called_at=called_at[said.call_seq],
                text=said.text,
                sound=said.sound,
                brief=said.brief,
                seconds=said.seconds,
                state=Speech.WAITING if said.sound else Speech.LAPSED,
            )
        )
        tx.touch(f"voice:{said.zone_id}")


async def start(tx: Tx, announcement_id: int, asker: Asker, pace: float) -> None:
    """Let a board or speaker speak: the first that asks, when it is its turn and still true; asking twice does no harm.

    Raises: UnknownAnnouncement, NotAllowed, AnnouncementOver.
    """
    row, device = await store.announcement(tx, announcement_id, asker)
    if row.state is Speech.SPEAKING and row.speaker_id == device.id:
        return
    for other, truth in await store.open_announcements(tx, row.zone_id):
        if other.state is Speech.SPEAKING:
            raise AnnouncementOver("Another announcement is being spoken in this zone.")
        if not announcement.is_true(truth, tx.now, pace):
            continue
        if other.id != row.id:
            raise AnnouncementOver("Another announcement comes first.")
        row.state, row.started_at = Speech.SPEAKING, tx.now
        row.speaker_id = device.id
        tx.touch(f"voice:{row.zone_id}")
        return
    raise AnnouncementOver


async def end(tx: Tx, announcement_id: int, asker: Asker) -> None:
    """Note that the sound has come to its end; saying it twice does no harm.

    Raises: UnknownAnnouncement, NotAllowed, AnnouncementOver.
    """
    row, device = await store.announcement(tx, announcement_id, asker)
    if row.state is Speech.SPOKEN:
        return
    if row.state is not Speech.SPEAKING or row.speaker_id != device.id:
        raise AnnouncementOver
    await store.finish(tx, row, Speech.SPOKEN, AnnouncementSpoken(call_seq=row.call_seq))


async def give_back(tx: Tx, announcement_id: int, asker: Asker) -> None:
    """Leave an announcement to others: this device had begun, and its browser does not let it sound.

    Raises: UnknownAnnouncement, NotAllowed, AnnouncementOver.
    """
    row, device = await store.announcement(tx, announcement_id, asker)
    if row.state is Speech.WAITING:
        return
    if row.state is not Speech.SPEAKING or row.speaker_id != device.id:
        raise AnnouncementOver
    row.state, row.speaker_id, row.started_at = Speech.WAITING, None, None
    tx.touch(f"voice:{row.zone_id}")


async def lapse(tx: Tx, pace: float) -> int:
    """Let go of announcements that are no longer true or whose speaker fell silent; return how many."""
    over = await _over(tx, pace)
    for row in over:
        await store.finish(tx, row, Speech.LAPSED, AnnouncementLapsed(call_seq=row.call_seq))
    return len(over)


async def is_anything_due(tx: Tx, pace: float) -> bool:
    """Say whether an announcement is to be let go."""
    return bool(await _over(tx, pace))


class Showing(Struct, frozen=True, kw_only=True):
    """How a file is shown: on the boards of one zone (its code) or of all, how long, and what there is to be seen.

    `place` counts from 1 in the order of all files; None is after the last.
    """

    zone: str | None = None
    seconds: int | None = None
    alt: str = ""
    place: int | None = None


async def may_show(tx: Tx, how: Showing, row: Media | None = None) -> None:
    """Refuse what no board could do, before the file itself is looked at; what is in a retired zone may stay there.

    Raises: UnknownZone, BadRequest.
    """
    if how.zone is not None and how.zone != await store.zone_of(tx, row):
        await ground.zone(tx, how.zone)
    if how.seconds is not None and not 1 <= how.seconds <= media.LONGEST:
        raise BadRequest(f"A picture stays for 1 to {media.LONGEST} seconds.")
    if how.place is not None and how.place < 1:
        raise BadRequest("Places count from 1.")
    if len(how.alt) > media.LONGEST_ALT:
        raise BadRequest(f"Say what there is to be seen in {media.LONGEST_ALT} letters.")


async def show_media(tx: Tx, kept: Kept, how: Showing) -> Media:
    """Put a file that is on the shelf on the boards.

    Raises: UnknownZone.
    """
    zone = await ground.zone(tx, how.zone) if how.zone else None
    is_picture = kept.format.kind is MediaKind.PICTURE
    row = Media(
        zone_id=zone.id if zone else None,
        key=kept.key,
        kind=kept.format.kind,
        seconds=how.seconds or (media.PICTURE_SECONDS if is_picture else None),
        alt=how.alt,
        position=0,
        added_at=tx.now,
    )
    await _put_in_order(tx, row, how.place)
    tx.session.add(row)
    await tx.session.flush()
    tx.append(MediaAdded(key=kept.key))
    tx.touch("settings")
    return row


async def _put_in_order(tx: Tx, row: Media, place: int | None) -> None:
    rows = [one for one in await store.media(tx) if one is not row]
    rows.insert(len(rows) if place is None else place - 1, row)
    for position, one in enumerate(rows):
        one.position = position


async def change_media(tx: Tx, media_id: int, how: Showing) -> None:
    """Show a picture or video otherwise: where, how long, with which words, in which place (None: as it is).

    Raises: UnknownMedia, UnknownZone, BadRequest.
    """
    row = await store.one_media(tx, media_id)
    await may_show(tx, how, row)
    if how.zone != await store.zone_of(tx, row):
        row.zone_id = (await ground.zone(tx, how.zone)).id if how.zone else None
    is_picture = row.kind is MediaKind.PICTURE
    row.seconds, row.alt = how.seconds or (media.PICTURE_SECONDS if is_picture else None), how.alt
    if how.place is not None:
        await _put_in_order(tx, row, how.place)
    tx.append(MediaChanged(key=row.key))
    tx.touch("settings")


async def take_off(tx: Tx, media_id: int) -> None:
    """Let no board show a picture or video; it keeps its place, and can be brought back.

    Raises: UnknownMedia.
    """
    row = await store.one_media(tx, media_id)
    if row.off_at is None:
        row.off_at = tx.now
        tx.append(MediaRemoved(key=row.key))
        tx.touch("settings")


async def put_on(tx: Tx, media_id: int) -> None:
    """Let the boards show again what was taken off.

    Raises: UnknownMedia.
    """
    row = await store.one_media(tx, media_id)
    if row.off_at is not None:
        row.off_at = None
        tx.append(MediaAdded(key=row.key))
        tx.touch("settings")


async def remove_media(tx: Tx, media_id: int) -> str | None:
    """Throw a picture or video away, for ever; return its key when nobody shows it any more.

    Raises: UnknownMedia.
    """
    row = await store.one_media(tx, media_id)
    await tx.session.delete(row)
    await tx.session.flush()
    tx.append(MediaRemoved(key=row.key))
    tx.touch("settings")
    return None if await store.is_kept(tx, row.key) else row.key


async def _over(tx: Tx, pace: float) -> list[Announcement]:
    return [
        row
        for row, truth in await store.open_announcements(tx)
        if (
            announcement.is_overdue(row.started_at, row.seconds, tx.now, pace)
            if row.state is Speech.SPEAKING and row.started_at is not None
            else not announcement.is_true(truth, tx.now, pace)
        )
    ]
