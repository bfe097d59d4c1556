"""The SQL shape of what was asked before, so that it can be asked twice."""

from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.base import Base, MallRow
from ticketing.columns import BigId


class Request(MallRow, Base):
    """A command that was carried out, and its answer, so that it can be asked twice."""

    __tablename__ = "request"
    __table_args__ = (UniqueConstraint("mall_id", "actor", "key"), Index("ix_request_at", "at"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    actor: Mapped[str]
    key: Mapped[str] = mapped_column(String(64))
    command: Mapped[str] = mapped_column(String(32))
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
