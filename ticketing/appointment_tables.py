"""The SQL shape of the register of agreed times."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.base import Base, MallRow, within_mall
from ticketing.core.ids import AppointmentId, ServiceId, TenantId, TicketId


class Appointment(MallRow, Base):
    """A time that an agency agreed upon with somebody who is known by a code only; `ticket_id` once there is one."""

    __tablename__ = "appointment"
    __table_args__ = (
        UniqueConstraint("mall_id", "day", "tenant_id", "code"),
        within_mall("tenant_id", "tenant"),
        within_mall("service_id", "service"),
        within_mall("ticket_id", "ticket"),
        Index("ix_appointment_code", "mall_id", "code"),
    )
    id: Mapped[AppointmentId] = mapped_column(primary_key=True)
    tenant_id: Mapped[TenantId]
    service_id: Mapped[ServiceId]
    day: Mapped[date]
    code: Mapped[str]
    agreed_at: Mapped[datetime]
    ticket_id: Mapped[TicketId | None]
