"""What a check is, what was found for it, and what people have attested. Pure."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from mpp.law.core import Unit
from ticketing.core.lines import Name, Sentence

CheckId = Annotated[str, Meta(pattern=r"^R[0-9]{2}$")]


class Kind(StrEnum):
    """Where the evidence comes from: the hall's own data, a document, or a look at the place."""

    AUTO = "auto"
    DOC = "doc"
    OBS = "obs"


class State(StrEnum):
    """What was found; nothing is claimed of what nobody has looked at."""

    OK = "ok"
    WARNING = "warning"
    FAIL = "fail"
    NOT_ASSESSED = "not_assessed"


ORDER = (State.FAIL, State.WARNING, State.NOT_ASSESSED, State.OK)
"""The worst first."""


class Stage(StrEnum):
    """What a mall must have before it opens, and what it must keep afterwards (Perpres 89/2021, in practice)."""

    TECHNICAL = "technical"
    FACILITIES = "facilities"
    DOCUMENTS = "documents"
    RUNNING = "running"


class Dimension(StrEnum):
    """The Ombudsman's four dimensions."""

    INPUT = "input"
    PROCESS = "process"
    OUTPUT = "output"
    COMPLAINTS = "complaints"


class Aspect(StrEnum):
    """The six aspects of PEKPPP."""

    POLICY = "policy"
    STAFF = "staff"
    FACILITIES = "facilities"
    INFORMATION = "information"
    COMPLAINTS = "complaints"
    INNOVATION = "innovation"


class Check(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One check. `causes` are those of the Ombudsman's seven causes that it answers; `items` is what is walked by."""

    id: CheckId
    kind: Kind
    name: Name
    name_en: Name
    todo: Sentence
    todo_en: Sentence
    source: Sentence
    stage: Stage
    dimension: Dimension | None = None
    aspect: Aspect | None = None
    causes: tuple[Annotated[int, Meta(ge=1, le=7)], ...] = ()
    per_tenant: bool = False
    items: tuple[str, ...] = ()


class Fact(Struct, frozen=True, kw_only=True):
    """A figure that speaks for or against: what was measured (a word), how much, against which limit, and where.

    Shares are 0 to 1, spans are seconds. Places are ids; `hour` is of the mall's clock.
    """

    measure: str
    value: float | None = None
    limit: float | None = None
    unit: Unit | None = None
    n: int | None = None
    tenant_id: int | None = None
    service_id: int | None = None
    counter_id: int | None = None
    hour: int | None = None


class Finding(Struct, frozen=True, kw_only=True):
    """What the hall's own data say of a check."""

    state: State
    facts: tuple[Fact, ...] = ()


class Attested(Struct, frozen=True, kw_only=True):
    """What somebody has put on record for a check: a document, or a look at the place; `at` is when."""

    id: int
    check: CheckId
    tenant_id: int | None
    state: State
    note: str
    responsible: str
    dated: date
    expires: date | None
    items: dict[str, bool]
    at: datetime
    actor: str


NOTHING_KNOWN = Finding(state=State.NOT_ASSESSED)
