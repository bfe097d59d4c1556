"""What visitors, those who run the mall, and the public see of the survey."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from mpp.law.core import Mark
from mpp.survey.core.index import Weights
from mpp.survey.core.questionnaire import Element
from ticketing.views import MallPart, ServicePart, Shown, TenantPart


class SurveyState(StrEnum):
    """Whether a ticket can be answered for."""

    OPEN = "open"
    ANSWERED = "answered"
    NOT_YET = "not_yet"
    OVER = "over"
    OFF = "off"


class ElementPart(Struct, frozen=True, kw_only=True):
    """An element by code, as the edition names it."""

    key: Element
    name: str
    name_en: str


class EditionPart(Struct, frozen=True, kw_only=True):
    """By which edition the index is worked out, and how sure its least sure rule is."""

    name: str
    valid_from: date
    mark: Mark


class SurveyView(Shown, frozen=True, kw_only=True):
    """What the holder of a ticket is asked; `invited`: of the sample. `quick` says the same of the one face."""

    mall: MallPart
    number: str
    tenant: TenantPart
    service: ServicePart
    state: SurveyState
    quick: SurveyState
    invited: bool
    until: date
    elements: list[ElementPart]
    edition: EditionPart


class ElementMean(Struct, frozen=True, kw_only=True):
    """The mean of an element (NRR) with three decimals."""

    key: Element
    mean: Decimal


class ScorePart(Struct, frozen=True, kw_only=True):
    """An index: `raw` from 1 to 4, `index` from 25 to 100, both rounded half up; the lowest elements, lowest first."""

    raw: Decimal
    index: Decimal
    grade: str
    grade_name: str
    grade_name_en: str
    elements: list[ElementMean]
    lowest: list[Element]


class SurveyLine(Struct, frozen=True, kw_only=True):
    """A group: how many complete answers of invited visitors, and their index; None when withheld, or when nobody did.

    `n` None: withheld, because there are too few, or because one could subtract.
    """

    key: str
    name: str
    name_en: str | None
    n: int | None
    score: ScorePart | None


class CountPart(Struct, frozen=True, kw_only=True):
    """What came in: `answered` counts for the index, the others do not.

    `minimum`: answers needed of so many `finished` tickets; `invited`: how many of these were asked.
    """

    finished: int
    minimum: int
    invited: int
    answered: int
    incomplete: int
    volunteered: int
    phone: int
    kiosk: int
    paper: int


class QuickPart(Struct, frozen=True, kw_only=True):
    """Faces: how many of each mark from 1 to 4; None when withheld."""

    n: int
    marks: list[int] | None


class DrawPart(Struct, frozen=True, kw_only=True):
    """How a tenant's tickets are drawn: `finished` and `minimum` are of the period before, `every` is k."""

    tenant: str
    day: date
    finished: int
    minimum: int
    asked: int
    every: int


class PlanPart(Struct, frozen=True, kw_only=True):
    """A follow-up plan; `tenant` None is the whole mall."""

    id: int
    tenant: str | None
    element: Element
    plan: str
    responsible: str
    due: date
    done_on: date | None
    published: bool


class SurveyReport(Shown, frozen=True, kw_only=True):
    """The survey of a period, as those who run the mall see it.

    `weights` other than exact reproduce old reports. Groups of fewer than `smallest_group` are withheld.
    """

    mall: MallPart
    first: date
    last: date
    period_months: int
    edition: EditionPart
    weights: Weights
    tenant: str | None
    tenants: list[TenantPart]
    smallest_group: int
    elements: list[ElementPart]
    total: SurveyLine
    by_tenant: list[SurveyLine]
    by_service: list[SurveyLine]
    by_month: list[SurveyLine]
    counts: CountPart
    quick: QuickPart
    draws: list[DrawPart]
    plans: list[PlanPart]


class PublicSurvey(Shown, frozen=True, kw_only=True):
    """What everybody may see: the last period with enough answers; a self-assessment of the mall, no official score.

    `is_running`: the period is not over.
    """

    mall: MallPart
    first: date
    last: date
    is_running: bool
    edition: EditionPart
    smallest_group: int
    elements: list[ElementPart]
    total: SurveyLine
    by_tenant: list[SurveyLine]
    plans: list[PlanPart]
