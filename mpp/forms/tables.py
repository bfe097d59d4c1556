"""The SQL shape of versions of forms."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.base import Base, MallRow, within_mall
from ticketing.columns import BigId, Json
from ticketing.core.form import Form
from ticketing.core.ids import ServiceId


class FormsVersion(MallRow, Base):
    """All forms of a service as somebody wrote them; never changed. What is shown stands in the service itself."""

    __tablename__ = "forms_version"
    __table_args__ = (
        within_mall("service_id", "service"),
        Index("ix_forms_version_service", "mall_id", "service_id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[ServiceId]
    forms: Mapped[list[Form]] = mapped_column(Json(list[Form]))
    written_by: Mapped[str]
    written_at: Mapped[datetime]
