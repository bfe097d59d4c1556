"""The SQL shape of what was foretold to those who took a number, and what then happened."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.base import Base, MallRow, within_mall
from ticketing.columns import BigId, Json, words
from ticketing.core.ids import ServiceId, TenantId, TicketId
from ticketing.core.outlook import Fate, Forecast, Kind


class TicketForecast(MallRow, Base):
    """A forecast as it stood when a number was taken: minutes until the call; `waited` is known when it was called.

    `mean` to `q90` are what was foretold, `raw` before it was corrected by past errors; `kind`, `least` and `most` what
    was shown. `fate` says what became of it; that is noted when the day is over.
    """

    __tablename__ = "ticket_forecast"
    __table_args__ = (
        UniqueConstraint("mall_id", "ticket_id"),
        within_mall("ticket_id", "ticket"),
        within_mall("tenant_id", "tenant"),
        within_mall("service_id", "service"),
        Index("ix_ticket_forecast_day", "mall_id", "day", "tenant_id"),
        Index("ix_ticket_forecast_fate", "mall_id", "fate", "day"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[TicketId]
    tenant_id: Mapped[TenantId]
    service_id: Mapped[ServiceId]
    day: Mapped[date]
    is_priority: Mapped[bool]
    made_at: Mapped[datetime]
    mean: Mapped[float]
    q10: Mapped[float]
    q25: Mapped[float]
    q50: Mapped[float]
    q75: Mapped[float]
    q90: Mapped[float]
    raw: Mapped[Forecast] = mapped_column(Json(Forecast))
    kind: Mapped[Kind] = mapped_column(words(Kind))
    least: Mapped[int | None]
    most: Mapped[int | None]
    fate: Mapped[Fate] = mapped_column(words(Fate), default=Fate.OPEN)
    waited: Mapped[float | None]
