"""The shapes of what is shown of the register."""

from datetime import date, datetime

from msgspec import Struct

from mpp.appointments.core import Flaw
from ticketing.core.appointment import Standing
from ticketing.views import ServicePart, Shown, TenantPart


class AppointmentLine(Struct, frozen=True, kw_only=True):
    """An agreed time in the register; `number` is the one that was given out for it."""

    id: int
    code: str
    tenant: TenantPart
    service: ServicePart
    agreed_at: datetime
    standing: Standing
    number: str | None


class BookableService(ServicePart, frozen=True, kw_only=True):
    """A service for which times can be entered; `tenant` is its short name."""

    tenant: str


class DayCount(Struct, frozen=True):
    """A day and how many agreed times it has."""

    day: date
    n: int


class AppointmentsView(Shown, frozen=True, kw_only=True):
    """The agreed times of a day, and which other days have some."""

    timezone: str
    today: date
    day: date
    days: list[DayCount]
    services: list[BookableService]
    lines: list[AppointmentLine]


class EntryFault(Struct, frozen=True, kw_only=True):
    """What is wrong with a line, counted from 1, and what stands there; `code` is in texts `appointments.fault_*`."""

    line: int
    reason: Flaw
    what: str


class EnteredView(Struct, frozen=True, kw_only=True):
    """What was entered: all lines, or none when there are faults. `known` ones were in the register already."""

    added: list[AppointmentLine]
    known: int
    faults: list[EntryFault]
