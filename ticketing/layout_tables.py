"""The SQL shape of versions of the layout of tickets."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.base import Base, MallRow
from ticketing.columns import BigId, Json
from ticketing.core.slip_layout import SlipLayout


class SlipLayoutVersion(MallRow, Base):
    """How tickets are printed since `began_at`, until the next version; the newest holds, and none is ever changed.

    `by` is who decided it: an actor, as in the log.
    """

    __tablename__ = "slip_layout"
    __table_args__ = (Index("ix_slip_layout_newest", "mall_id", "id"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    layout: Mapped[SlipLayout] = mapped_column(Json(SlipLayout))
    began_at: Mapped[datetime]
    by: Mapped[str]
