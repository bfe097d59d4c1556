"""The SQL shape of complaints. What people wrote and who they are stands apart, so that it can be erased apart."""

from datetime import date, datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mpp.complaints.core.complaint import ComplaintState
from mpp.complaints.core.writing import LONGEST_CONTACT, LONGEST_NAME
from ticketing.base import Base, MallRow, within_mall
from ticketing.columns import BigId, words
from ticketing.core.complaint_events import Alarm, Channel, Identity, Kind
from ticketing.core.ids import ComplaintId, ServiceId, SlipId, TenantId


class Complaint(MallRow, Base):
    """A complaint; the fold of its events but for `code`, which opens its page, and `slip_id`, its newest receipt."""

    __tablename__ = "complaint"
    __table_args__ = (
        UniqueConstraint("mall_id", "id"),
        UniqueConstraint("code"),
        UniqueConstraint("mall_id", "number"),
        within_mall("tenant_id", "tenant"),
        within_mall("service_id", "service"),
        within_mall("handler_id", "tenant"),
        within_mall("slip_id", "slip"),
        Index("ix_complaint_alarm", "mall_id", "alarm_on"),
        Index("ix_complaint_respond", "mall_id", "state", "respond_by"),
        Index("ix_complaint_keep", "mall_id", "keep_until"),
    )
    id: Mapped[ComplaintId] = mapped_column(BigId, primary_key=True)
    code: Mapped[str]
    number: Mapped[str]
    day: Mapped[date]
    channel: Mapped[Channel] = mapped_column(words(Channel))
    identity: Mapped[Identity] = mapped_column(words(Identity))
    state: Mapped[ComplaintState] = mapped_column(words(ComplaintState))
    kind: Mapped[Kind | None] = mapped_column(words(Kind))
    tenant_id: Mapped[TenantId | None]
    service_id: Mapped[ServiceId | None]
    handler_id: Mapped[TenantId | None]
    received_at: Mapped[datetime]
    since: Mapped[date]
    due_first: Mapped[date]
    due: Mapped[date]
    alarm: Mapped[Alarm | None] = mapped_column(words(Alarm))
    alarm_on: Mapped[date | None]
    reacted_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    respond_by: Mapped[date | None]
    keep_until: Mapped[date | None]
    reopened: Mapped[bool]
    has_contact: Mapped[bool]
    has_text: Mapped[bool]
    slip_id: Mapped[SlipId | None]


class ComplaintStep(MallRow, Base):
    """One step of a complaint: the event of the log that says so, and what was written with it, until it is erased."""

    __tablename__ = "complaint_step"
    __table_args__ = (within_mall("complaint_id", "complaint"), Index("ix_complaint_step", "mall_id", "complaint_id"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    complaint_id: Mapped[ComplaintId] = mapped_column(BigId)
    seq: Mapped[int] = mapped_column(BigId)
    text: Mapped[str | None] = mapped_column(Text)


class ComplaintContact(MallRow, Base):
    """Who complained and how to answer, for this one purpose; erased at `erase_at`, which is set when it is over."""

    __tablename__ = "complaint_contact"
    __table_args__ = (
        UniqueConstraint("mall_id", "complaint_id"),
        within_mall("complaint_id", "complaint"),
        Index("ix_complaint_contact_erase", "mall_id", "erase_at"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    complaint_id: Mapped[ComplaintId] = mapped_column(BigId)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    contact: Mapped[str | None] = mapped_column(String(LONGEST_CONTACT))
    erase_at: Mapped[datetime | None]
