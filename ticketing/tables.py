"""The SQL shape of a mall, its tickets, slips, devices and event log. Every row but `mall` belongs to a mall."""

from datetime import date, datetime

from sqlalchemy import Boolean, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from hardware.core.slip import Slip as Paper
from ticketing.base import Base, MallRow, within_mall
from ticketing.columns import BigId, Json
from ticketing.core.access import Role
from ticketing.core.closing import Closing
from ticketing.core.complaint_desk import ComplaintDesk
from ticketing.core.counter import CounterState
from ticketing.core.device import DeviceState
from ticketing.core.form import Form
from ticketing.core.hours import OpeningHours
from ticketing.core.ids import CounterId, DeviceId, MallId, ServiceId, SlipId, TenantId, TicketId, ZoneId
from ticketing.core.lease import Offline
from ticketing.core.mall_entries import Outcome, PriorityClass, Pronunciations
from ticketing.core.policy import Change, Policy
from ticketing.core.reporting import Reporting
from ticketing.core.slip_job import Condition, SlipState
from ticketing.core.standard import Standard
from ticketing.core.surveying import Surveying
from ticketing.core.ticket import State


class Mall(Base):
    """A mall; its row is also the lock under which all its changes happen one after another."""

    __tablename__ = "mall"
    id: Mapped[MallId] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    place: Mapped[str]
    timezone: Mapped[str]
    label: Mapped[str | None]
    languages: Mapped[list[str]] = mapped_column(Json(list[str]))
    hours: Mapped[OpeningHours] = mapped_column(Json(OpeningHours))
    last_ticket_minutes: Mapped[int]
    priority_classes: Mapped[list[PriorityClass]] = mapped_column(Json(list[PriorityClass]))
    pronunciations: Mapped[Pronunciations] = mapped_column(Json(Pronunciations))
    ticket_footer: Mapped[str]
    offline: Mapped[Offline] = mapped_column(Json(Offline))
    policy: Mapped[Policy] = mapped_column(Json(Policy))
    complaints: Mapped[ComplaintDesk] = mapped_column(Json(ComplaintDesk), server_default="{}", default=ComplaintDesk)
    reporting: Mapped[Reporting] = mapped_column(Json(Reporting), server_default="{}", default=Reporting)
    survey: Mapped[Surveying] = mapped_column(Json(Surveying), server_default="{}", default=Surveying)
    closing: Mapped[Closing] = mapped_column(Json(Closing), server_default="{}", default=Closing)
    policy_changes: Mapped[list[Change]] = mapped_column(Json(list[Change]), default=list, server_default="[]")
    pledge: Mapped[str | None]
    last_seq: Mapped[int] = mapped_column(BigId, default=0)
    head: Mapped[bytes | None]


class Holiday(MallRow, Base):
    """A day on which the mall is closed."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("mall_id", "date"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    date: Mapped[date]
    name: Mapped[str]


class Zone(MallRow, Base):
    """A part of the hall with its own board and voice."""

    __tablename__ = "zone"
    __table_args__ = (UniqueConstraint("mall_id", "id"), UniqueConstraint("mall_id", "code"))
    id: Mapped[ZoneId] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    languages: Mapped[list[str]] = mapped_column(Json(list[str]))
    ticker: Mapped[list[str]] = mapped_column(Json(list[str]), default=list, server_default="[]")
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class Tenant(MallRow, Base):
    """An agency with counters in the mall; `hours` None means the mall's."""

    __tablename__ = "tenant"
    __table_args__ = (UniqueConstraint("mall_id", "id"), UniqueConstraint("mall_id", "code"))
    id: Mapped[TenantId] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str | None]
    short_name: Mapped[str]
    prefix: Mapped[str]
    colour: Mapped[str]
    hours: Mapped[OpeningHours | None] = mapped_column(Json(OpeningHours))
    responsible: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class Service(MallRow, Base):
    """What a tenant does for visitors; `prefix` None means the tenant's number series."""

    __tablename__ = "service"
    __table_args__ = (
        UniqueConstraint("mall_id", "id"),
        UniqueConstraint("mall_id", "code"),
        within_mall("tenant_id", "tenant"),
    )
    id: Mapped[ServiceId] = mapped_column(primary_key=True)
    tenant_id: Mapped[TenantId]
    code: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    prefix: Mapped[str | None]
    standard: Mapped[Standard] = mapped_column(Json(Standard))
    keywords: Mapped[list[str]] = mapped_column(Json(list[str]), default=list, server_default="[]")
    quota_per_day: Mapped[int | None]
    forms: Mapped[list[Form]] = mapped_column(Json(list[Form]), default=list, server_default="[]")
    outcomes: Mapped[list[Outcome]] = mapped_column(Json(list[Outcome]), server_default="[]", default=list)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class Counter(MallRow, Base):
    """A counter: its place, and how it runs now (`state`, `since`, the fold of its events).

    `officer` is the name of the one who runs it, for colleagues to see while it is open; the log knows no names.
    """

    __tablename__ = "counter"
    __table_args__ = (
        UniqueConstraint("mall_id", "id"),
        UniqueConstraint("mall_id", "code"),
        within_mall("tenant_id", "tenant"),
        within_mall("zone_id", "zone"),
    )
    id: Mapped[CounterId] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    tenant_id: Mapped[TenantId]
    zone_id: Mapped[ZoneId]
    state: Mapped[CounterState] = mapped_column(default=CounterState.CLOSED)
    officer: Mapped[str | None]
    since: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class CounterService(MallRow, Base):
    """Which counter serves which service."""

    __tablename__ = "counter_service"
    __table_args__ = (within_mall("counter_id", "counter"), within_mall("service_id", "service"))
    counter_id: Mapped[CounterId] = mapped_column(primary_key=True)
    service_id: Mapped[ServiceId] = mapped_column(primary_key=True)


class Series(MallRow, Base):
    """How far a series is on a day (see `ticketing.core.lease.Given`)."""

    __tablename__ = "series"
    __table_args__ = (UniqueConstraint("mall_id", "day", "name"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date]
    name: Mapped[str]
    last: Mapped[int] = mapped_column(default=0)
    leased_from: Mapped[int] = mapped_column(default=0)
    leased: Mapped[int] = mapped_column(default=0)


SENT, BUSY = text("for_counter_id IS NOT NULL"), text("state IN ('called', 'serving')")


class Ticket(MallRow, Base):
    """One visitor's turn; the fold of its events (see `ticketing.core.ticket`)."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("mall_id", "id"),
        UniqueConstraint("code"),
        UniqueConstraint("mall_id", "day", "series", "serial"),
        within_mall("tenant_id", "tenant"),
        within_mall("service_id", "service"),
        within_mall("counter_id", "counter"),
        within_mall("for_counter_id", "counter"),
        within_mall("back_to_counter_id", "counter"),
        within_mall("back_to_service_id", "service"),
        Index("ix_ticket_queue", "mall_id", "day", "tenant_id", "state"),
        Index("ix_ticket_state", "mall_id", "state", "day"),
        Index("ix_ticket_sent", "for_counter_id", sqlite_where=SENT, postgresql_where=SENT),
        Index(
            "uq_ticket_one_at_a_counter", "mall_id", "counter_id", unique=True, sqlite_where=BUSY, postgresql_where=BUSY
        ),
    )
    id: Mapped[TicketId] = mapped_column(primary_key=True)
    code: Mapped[str]
    number: Mapped[str]
    series: Mapped[str]
    serial: Mapped[int]
    day: Mapped[date]
    tenant_id: Mapped[TenantId]
    service_id: Mapped[ServiceId]
    priority: Mapped[str | None]
    state: Mapped[State]
    issued_at: Mapped[datetime]
    waiting_since: Mapped[datetime]
    called_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    calls: Mapped[int] = mapped_column(default=0)
    counter_id: Mapped[CounterId | None]
    for_counter_id: Mapped[CounterId | None]
    held_until: Mapped[datetime | None]
    offline: Mapped[bool] = mapped_column(default=False)
    transferred_at: Mapped[datetime | None]
    deferred: Mapped[bool] = mapped_column(default=False, server_default=false())
    back_to_counter_id: Mapped[CounterId | None]
    back_to_service_id: Mapped[ServiceId | None]
    outcome: Mapped[str | None]
    agreed_at: Mapped[datetime | None]
    promised: Mapped[int | None]


class Device(MallRow, Base):
    """A kiosk, board, sign, printer or speaker; `is_default` marks the printer for tickets that no kiosk issues."""

    __tablename__ = "device"
    __table_args__ = (
        UniqueConstraint("mall_id", "id"),
        UniqueConstraint("mall_id", "code"),
        within_mall("zone_id", "zone"),
        within_mall("counter_id", "counter"),
        within_mall("printer_id", "device"),
    )
    id: Mapped[DeviceId] = mapped_column(primary_key=True)
    kind: Mapped[Role]
    state: Mapped[DeviceState]
    code: Mapped[str | None]
    name: Mapped[str | None]
    pairing_code: Mapped[str]
    asked_at: Mapped[datetime]
    zone_id: Mapped[ZoneId | None]
    counter_id: Mapped[CounterId | None]
    printer_id: Mapped[DeviceId | None]
    condition: Mapped[Condition | None]
    condition_at: Mapped[datetime | None]
    is_default: Mapped[bool] = mapped_column(default=False)


class Slip(MallRow, Base):
    """A slip on its way to paper; one without a ticket has its own `title` and `paper` (see `ticketing.slips`)."""

    __tablename__ = "slip"
    __table_args__ = (
        UniqueConstraint("mall_id", "id"),
        within_mall("ticket_id", "ticket"),
        within_mall("printer_id", "device"),
        Index("ix_slip_open", "mall_id", "printer_id", "state"),
        Index("ix_slip_due", "mall_id", "state", "expires_at"),
        Index("ix_slip_ticket", "mall_id", "ticket_id"),
    )
    id: Mapped[SlipId] = mapped_column(primary_key=True)
    ticket_id: Mapped[TicketId | None]
    printer_id: Mapped[DeviceId]
    title: Mapped[str | None]
    paper: Mapped[Paper | None] = mapped_column(Json(Paper))
    copy: Mapped[bool] = mapped_column(Boolean)
    state: Mapped[SlipState]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]


class Event(MallRow, Base):
    """One thing that happened. Append-only: `seq` counts without gaps within the mall.

    `hash` chains it to the one before (see `ticketing.core.chain`); None is from before there was a chain.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_ticket", "mall_id", "ticket_id"),
        Index("ix_event_kind", "mall_id", "kind", "at"),
    )
    mall_id: Mapped[MallId] = mapped_column(ForeignKey("mall.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    kind: Mapped[str] = mapped_column(String(32))
    ticket_id: Mapped[TicketId | None]
    counter_id: Mapped[CounterId | None]
    body: Mapped[str] = mapped_column(Text)
    hash: Mapped[bytes | None]
