"""The SQL shape of announcements, and of pictures and videos."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from display.core.announcement import Speech
from display.core.media import MediaKind
from ticketing.base import Base, MallRow, within_mall
from ticketing.columns import BigId, words
from ticketing.core.ids import CounterId, DeviceId, TicketId, ZoneId


class Announcement(MallRow, Base):
    """A call to be spoken in a zone; `call_seq` is the event that called.

    `sound` is the key of the rendered sound, `brief` of the one that is spoken when others wait for the voice.
    """

    __tablename__ = "announcement"
    __table_args__ = (
        UniqueConstraint("mall_id", "call_seq"),
        within_mall("zone_id", "zone"),
        within_mall("ticket_id", "ticket"),
        within_mall("counter_id", "counter"),
        within_mall("speaker_id", "device"),
        Index("ix_announcement_open", "mall_id", "zone_id", "state"),
        Index("ix_announcement_state", "mall_id", "state"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    call_seq: Mapped[int] = mapped_column(BigId)
    zone_id: Mapped[ZoneId]
    ticket_id: Mapped[TicketId]
    counter_id: Mapped[CounterId]
    calls: Mapped[int]
    called_at: Mapped[datetime]
    text: Mapped[str]
    sound: Mapped[str | None]
    brief: Mapped[str | None]
    seconds: Mapped[float]
    state: Mapped[Speech] = mapped_column(words(Speech))
    speaker_id: Mapped[DeviceId | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Media(MallRow, Base):
    """A picture or video on the boards of a zone, or of all (`zone_id` None), in the order of `position`.

    `key` names the file; `seconds` None is as long as the video lasts; `alt` says what is to be seen. Since `off_at` no
    board shows it, and it can be brought back.
    """

    __tablename__ = "media"
    __table_args__ = (UniqueConstraint("mall_id", "id"), within_mall("zone_id", "zone"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    zone_id: Mapped[ZoneId | None]
    key: Mapped[str]
    kind: Mapped[MediaKind] = mapped_column(words(MediaKind))
    seconds: Mapped[int | None]
    alt: Mapped[str]
    position: Mapped[int]
    added_at: Mapped[datetime]
    off_at: Mapped[datetime | None]
