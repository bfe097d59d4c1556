"""The shape of what is shown of privacy."""

from datetime import datetime

from msgspec import Struct

from mpp.law.core import Mark, Unit
from mpp.privacy.core.registry import Item, Whose
from ticketing.core.access import Role
from ticketing.core.ids import PersonId


class KeptPart(Struct, frozen=True, kw_only=True):
    """A kind of data: whose, what may be in it, for how long, and how much was erased in the last run and in all."""

    key: str
    whose: Whose
    holds: tuple[Item, ...]
    asked: bool
    period: float | None
    unit: Unit | None
    mark: Mark | None
    erased: int | None
    erased_in_all: int | None


class BreachPart(Struct, frozen=True, kw_only=True):
    """A breach; those concerned and the authority must be told until `due_at`."""

    id: int
    discovered_at: datetime
    what: str
    whose: str
    handling: str
    notified_at: datetime | None
    due_at: datetime
    is_late: bool


class ChainPart(Struct, frozen=True, kw_only=True):
    """How the log stands: number and hash of its newest event, and what was found when it was last verified."""

    seq: int
    head: str
    verified_at: datetime | None
    verified_until: int | None
    faults: int | None


class StaffPart(Struct, frozen=True, kw_only=True):
    """One who works in this mall."""

    id: PersonId
    name: str
    login: str
    role: Role


class PrivacyView(Struct, frozen=True, kw_only=True):
    """All that the page of privacy shows."""

    at: datetime
    timezone: str
    kept: list[KeptPart]
    last_run: datetime | None
    breach_hours: float
    breaches: list[BreachPart]
    chain: ChainPart
    staff: list[StaffPart]


class NoticeView(Struct, frozen=True, kw_only=True):
    """What a visitor is told: what is not asked for, and what is kept only where a visitor writes it."""

    without: list[Item]
    asked: list[KeptPart]
    noted: list[KeptPart]


class DeedPart(Struct, frozen=True, kw_only=True):
    """How often somebody did something, as the log tells it."""

    kind: str
    count: int
    first: datetime
    last: datetime


class PersonExport(Struct, frozen=True, kw_only=True):
    """All that is kept of one who works here."""

    person: StaffPart
    tenant: str | None
    sessions: list[datetime]
    counters: list[str]
    deeds: list[DeedPart]


class StepPart(Struct, frozen=True, kw_only=True):
    """One thing that happened to a ticket."""

    kind: str
    at: datetime


class TicketExport(Struct, frozen=True, kw_only=True):
    """All that is kept of a ticket; whose it is, nobody knows. What a note says is shown to officers only."""

    number: str
    service: str
    service_en: str
    priority: str | None
    outcome: str | None
    issued_at: datetime
    has_note: bool
    steps: list[StepPart]
