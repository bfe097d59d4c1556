"""The SQL shape of the register of breaches."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.base import Base, MallRow
from ticketing.columns import BigId


class Breach(MallRow, Base):
    """A breach of data: what happened, whose data, what is done about it, and when those concerned were told."""

    __tablename__ = "breach"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    discovered_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(Text)
    whose: Mapped[str] = mapped_column(Text)
    handling: Mapped[str] = mapped_column(Text)
    notified_at: Mapped[datetime | None]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
