"""What the log keeps of the survey: who was drawn how, that somebody answered; never what was answered. Pure."""

from datetime import date

from msgspec import Struct

from ticketing.core.ids import TenantId


class TenantDraw(Struct, frozen=True, kw_only=True):
    """Every `every`-th finished ticket of the tenant is invited, `carried` having passed since the last one."""

    tenant_id: TenantId
    finished: int
    every: int
    carried: int


class SurveyDrawn(Struct, frozen=True, kw_only=True, tag="survey_drawn"):
    """How the tickets of a day are drawn for the survey."""

    day: date
    draws: tuple[TenantDraw, ...]


class SurveyAnswered(Struct, frozen=True, kw_only=True, tag="survey_answered"):
    """Somebody answered for a ticket, the `nth` that its tenant finished on its day; `way` is how it came in."""

    way: str
    invited: bool
    complete: bool
    nth: int


class QuicklyRated(Struct, frozen=True, kw_only=True, tag="quickly_rated"):
    """Somebody chose a face for a ticket."""

    way: str


class PlanWritten(Struct, frozen=True, kw_only=True, tag="survey_plan_written"):
    """A follow-up plan was written or changed; its words stand in its row."""

    plan_id: int
    element: str
    done: bool
    published: bool


SurveyEvent = SurveyDrawn | SurveyAnswered | QuicklyRated | PlanWritten
