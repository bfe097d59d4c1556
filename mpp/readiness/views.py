"""What is shown of the checks: frozen values, the source of the page's types."""

from datetime import date, datetime

from msgspec import Struct

from mpp.law.core import Unit
from mpp.readiness.core.shapes import Aspect, Dimension, Kind, Stage, State
from ticketing.views import MallPart, Shown, TenantPart


class Named(Struct, frozen=True, kw_only=True):
    """A place by its code and names."""

    code: str
    name: str
    name_en: str | None


class FactPart(Struct, frozen=True, kw_only=True):
    """A figure for or against, and the same as a sentence. Shares are 0 to 1, spans are seconds."""

    measure: str
    value: float | None
    limit: float | None
    unit: Unit | None
    n: int | None
    tenant: Named | None
    service: Named | None
    counter: Named | None
    hour: int | None
    text: str
    text_en: str


class RecordPart(Struct, frozen=True, kw_only=True):
    """A document or a walk on record; `file` says whether there is one to open."""

    id: int
    tenant: Named | None
    state: State
    note: str
    responsible: str
    dated: date
    expires: date | None
    items: dict[str, bool]
    at: datetime
    actor: str
    file: bool


class CheckPart(Struct, frozen=True, kw_only=True):
    """A check: what it asks, how it stands, what speaks for it, what to do next. `date` is when that was found out."""

    id: str
    kind: Kind
    name: str
    name_en: str
    state: State
    evidence: list[FactPart]
    records: list[RecordPart]
    date: date | None
    responsible: str | None
    next: str | None
    next_en: str | None
    source: str
    stage: Stage
    dimension: Dimension | None
    aspect: Aspect | None
    causes: list[int]
    per_tenant: bool
    items: list[str]


class TrendPoint(Struct, frozen=True):
    """How many checks stood how at the end of a day."""

    day: date
    ok: int
    warning: int
    fail: int
    not_assessed: int


class ReadinessView(Shown, frozen=True, kw_only=True):
    """A self-assessment over the days from `first` to `last`; no official score."""

    mall: MallPart
    first: date
    last: date
    checks: list[CheckPart]
    trend: list[TrendPoint]
    tenants: list[TenantPart]
