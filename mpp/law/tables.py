"""The SQL shape of editions that a mall has added."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mpp.law.core import Instrument, Rule
from ticketing.base import Base, MallRow
from ticketing.columns import BigId, Json, words


class LawEdition(MallRow, Base):
    """An edition of an instrument as this mall entered it; it is never changed and never deleted."""

    __tablename__ = "law_edition"
    __table_args__ = (UniqueConstraint("mall_id", "instrument", "valid_from"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    instrument: Mapped[Instrument] = mapped_column(words(Instrument))
    name: Mapped[str]
    valid_from: Mapped[date]
    rules: Mapped[tuple[Rule, ...]] = mapped_column(Json(tuple[Rule, ...]))
    added_at: Mapped[datetime]
