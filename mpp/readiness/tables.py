"""The SQL shape of what people put on record for the checks, and of how the checks stood from day to day."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mpp.readiness.core.shapes import State
from ticketing.base import Base, MallRow, within_mall
from ticketing.columns import BigId, Json, words
from ticketing.core.ids import TenantId


class ReadinessRecord(MallRow, Base):
    """A document or a walk that somebody put on record; it is never changed, the newest counts."""

    __tablename__ = "readiness_record"
    __table_args__ = (
        UniqueConstraint("mall_id", "id"),
        within_mall("tenant_id", "tenant"),
        Index("ix_readiness_record_check", "mall_id", "check_id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    check_id: Mapped[str]
    tenant_id: Mapped[TenantId | None]
    state: Mapped[State] = mapped_column(words(State))
    note: Mapped[str]
    responsible: Mapped[str]
    dated: Mapped[date]
    expires: Mapped[date | None]
    items: Mapped[dict[str, bool]] = mapped_column(Json(dict[str, bool]))
    at: Mapped[datetime]
    actor: Mapped[str]


class ReadinessFile(MallRow, Base):
    """The file of a record: in the database, so that a backup never misses it."""

    __tablename__ = "readiness_file"
    __table_args__ = (within_mall("record_id", "readiness_record"), UniqueConstraint("mall_id", "record_id"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    record_id: Mapped[int] = mapped_column(BigId)
    media_type: Mapped[str]
    content: Mapped[bytes]


class ReadinessDay(MallRow, Base):
    """How a check stood at the end of a day."""

    __tablename__ = "readiness_day"
    __table_args__ = (UniqueConstraint("mall_id", "day", "check_id"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date]
    check_id: Mapped[str]
    state: Mapped[State] = mapped_column(words(State))
    value: Mapped[float | None]
