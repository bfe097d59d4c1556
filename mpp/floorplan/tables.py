"""The SQL shape of floor plans."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.base import Base, MallRow
from ticketing.columns import BigId


class FloorPlan(MallRow, Base):
    """A picture of the hall, in the database so that a backup never misses it; shown while `until` is None."""

    __tablename__ = "floor_plan"
    __table_args__ = (Index("ix_floor_plan_mall_id", "mall_id", "until"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]
