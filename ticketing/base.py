"""The ground on which all tables stand: names of constraints, types of columns, and that rows belong to a mall."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from ticketing.columns import BigId, Instant, words
from ticketing.core.access import Role
from ticketing.core.counter import CounterState
from ticketing.core.device import DeviceState
from ticketing.core.ids import (
    AppointmentId,
    CounterId,
    DeviceId,
    LeaseId,
    MallId,
    ServiceId,
    SlipId,
    TenantId,
    TicketId,
    ZoneId,
)
from ticketing.core.slip_job import Condition, SlipState
from ticketing.core.ticket import State


class Base(DeclarativeBase):
    """Common ground of all tables: stable constraint names, one type for each kind of id and time."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own name and shape
        datetime: Instant,
        State: words(State),
        SlipState: words(SlipState),
        CounterState: words(CounterState),
        Role: words(Role),
        DeviceState: words(DeviceState),
        Condition: words(Condition),
        MallId: BigId,
        TenantId: BigId,
        ServiceId: BigId,
        ZoneId: BigId,
        CounterId: BigId,
        TicketId: BigId,
        SlipId: BigId,
        DeviceId: BigId,
        LeaseId: BigId,
        AppointmentId: BigId,
    }


class MallRow:
    """What makes a table belong to a mall; `Db` filters every statement and stamps every new row by it."""

    @declared_attr
    def mall_id(cls) -> Mapped[MallId]:  # noqa: N805 - SQLAlchemy passes the class
        """Tie the row to its mall."""
        return mapped_column(ForeignKey("mall.id"))


def within_mall(column: str, target: str) -> ForeignKeyConstraint:
    """Tie `column` to a row of `target` in the same mall."""
    return ForeignKeyConstraint(["mall_id", column], [f"{target}.mall_id", f"{target}.id"])
