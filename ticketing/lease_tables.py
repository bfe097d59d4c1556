"""The SQL shape of numbers that kiosks hold for the time when their line is lost."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.base import Base, MallRow, within_mall
from ticketing.core.ids import DeviceId, LeaseId


class Lease(MallRow, Base):
    """Numbers that a kiosk holds; the fold of its events (see `ticketing.core.lease`)."""

    __tablename__ = "lease"
    __table_args__ = (
        UniqueConstraint("mall_id", "day", "series", "first"),
        within_mall("device_id", "device"),
        Index("ix_lease_open", "mall_id", "device_id", "ended_at"),
        Index("ix_lease_ended", "mall_id", "ended_at", "day"),
    )
    id: Mapped[LeaseId] = mapped_column(primary_key=True)
    device_id: Mapped[DeviceId]
    day: Mapped[date]
    series: Mapped[str]
    first: Mapped[int]
    last: Mapped[int]
    granted_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
