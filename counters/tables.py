"""The SQL shape of what only counters know."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from counters.core.note import MOST
from ticketing.base import Base, MallRow, within_mall
from ticketing.columns import BigId
from ticketing.core.ids import CounterId, TicketId


class TicketNote(MallRow, Base):
    """What the last officer wrote for the next one; may name a person, so it is erased when the day is over."""

    __tablename__ = "ticket_note"
    __table_args__ = (
        UniqueConstraint("mall_id", "ticket_id"),
        within_mall("ticket_id", "ticket"),
        within_mall("counter_id", "counter"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[TicketId]
    counter_id: Mapped[CounterId]
    text: Mapped[str] = mapped_column(String(MOST))
    at: Mapped[datetime]
