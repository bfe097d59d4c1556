"""The SQL shape of people, tokens, and days that are over."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.base import Base, MallRow, within_mall
from ticketing.columns import BigId, words
from ticketing.core.access import Role
from ticketing.core.ids import DeviceId, MallId, PersonId, TenantId


class TokenKind(StrEnum):
    """What a token lets in."""

    SESSION = "session"
    PROGRAM = "program"
    DEVICE = "device"


class Person(Base):
    """Somebody who signs in; in which malls and as what is told by memberships."""

    __tablename__ = "person"
    id: Mapped[PersonId] = mapped_column(BigId, primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)


class Membership(MallRow, Base):
    """What a person is in a mall, until `ended_at`; `tenant_id` ties an officer or supervisor to one tenant."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("mall_id", "person_id"), within_mall("tenant_id", "tenant"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[PersonId] = mapped_column(BigId, ForeignKey("person.id"))
    role: Mapped[Role]
    tenant_id: Mapped[TenantId | None]
    ended_at: Mapped[datetime | None]


class Token(MallRow, Base):
    """A secret that lets someone in; only its hash is kept. `expires_at` None is until it is taken back."""

    __tablename__ = "token"
    __table_args__ = (
        within_mall("device_id", "device"),
        within_mall("tenant_id", "tenant"),
        Index("ix_token_expiry", "expires_at"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hash: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[TokenKind] = mapped_column(words(TokenKind))
    name: Mapped[str]
    role: Mapped[Role | None]
    tenant_id: Mapped[TenantId | None]
    person_id: Mapped[PersonId | None] = mapped_column(BigId, ForeignKey("person.id"))
    device_id: Mapped[DeviceId | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]


class Day(MallRow, Base):
    """One tenant's day that is over, told from the log as packed columns (see `mpp.core.packed`)."""

    __tablename__ = "day"
    __table_args__ = (UniqueConstraint("mall_id", "day", "tenant_id"), within_mall("tenant_id", "tenant"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date]
    tenant_id: Mapped[TenantId]
    version: Mapped[int]
    legs: Mapped[bytes]
    hours: Mapped[bytes]


class DaysTold(MallRow, Base):
    """How far the log has been told as days: up to which event, and in which shape."""

    __tablename__ = "days_told"
    mall_id: Mapped[MallId] = mapped_column(ForeignKey("mall.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigId)
    version: Mapped[int]
