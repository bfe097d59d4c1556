"""The SQL shape of versions of service standards."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from mpp.standards.core import VersionState
from ticketing.base import Base, MallRow, within_mall
from ticketing.columns import BigId, Json, words
from ticketing.core.ids import ServiceId
from ticketing.core.standard import Standard


class StandardVersion(MallRow, Base):
    """One version of a service's standard; once it was published, its words are never changed.

    `revision` counts how often a draft was written; `remark` is what its approver last said.
    """

    __tablename__ = "standard_version"
    __table_args__ = (
        within_mall("service_id", "service"),
        Index("ix_standard_version_mall_id_service_id", "mall_id", "service_id"),
        Index("ix_standard_version_state", "mall_id", "state", "effective_on"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[ServiceId]
    state: Mapped[VersionState] = mapped_column(words(VersionState))
    standard: Mapped[Standard] = mapped_column(Json(Standard))
    revision: Mapped[int] = mapped_column(default=1)
    effective_on: Mapped[date | None]
    remark: Mapped[str | None]
    written_by: Mapped[str]
    written_at: Mapped[datetime]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
