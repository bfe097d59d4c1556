"""The SQL shape of the survey: how tickets are drawn, what was answered, what is to follow.

An answer holds no ticket and no time of day, and its id is drawn by lot: nobody can tell afterwards whose it is. Which
tickets have been answered for stands in a table of its own.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mpp.survey.core.questionnaire import Element, Way
from ticketing.base import Base, MallRow, within_mall
from ticketing.columns import BigId, words
from ticketing.core.ids import ServiceId, TenantId, TicketId


class Kind(StrEnum):
    """The survey, and the one face, which are never mixed."""

    SURVEY = "survey"
    QUICK = "quick"


class SurveyDay(MallRow, Base):
    """How a tenant's tickets of a day are drawn (see `mpp.survey.core.sample.Draw`); `done` is known the day after.

    `since` is the first day of the period whose `finished` tickets the draw was worked out from the period before.
    """

    __tablename__ = "survey_day"
    __table_args__ = (UniqueConstraint("mall_id", "day", "tenant_id"), within_mall("tenant_id", "tenant"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[date]
    tenant_id: Mapped[TenantId]
    since: Mapped[date]
    finished: Mapped[int]
    minimum: Mapped[int]
    asked: Mapped[int]
    every: Mapped[int]
    carried: Mapped[int]
    done: Mapped[int | None]


class SurveyTurn(MallRow, Base):
    """A ticket that has been answered for; what was answered stands elsewhere."""

    __tablename__ = "survey_turn"
    __table_args__ = (UniqueConstraint("mall_id", "ticket_id", "kind"), within_mall("ticket_id", "ticket"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[TicketId]
    kind: Mapped[Kind] = mapped_column(words(Kind))


class SurveyAnswer(MallRow, Base):
    """One questionnaire. `invited`: of the sample; `complete`: all nine; `entered_by`: who typed it in from paper."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        within_mall("tenant_id", "tenant"),
        within_mall("service_id", "service"),
        Index("ix_survey_answer_day", "mall_id", "day"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    day: Mapped[date]
    tenant_id: Mapped[TenantId]
    service_id: Mapped[ServiceId]
    way: Mapped[Way] = mapped_column(words(Way))
    invited: Mapped[bool]
    complete: Mapped[bool]
    entered_by: Mapped[str | None]
    u1: Mapped[int | None]
    u2: Mapped[int | None]
    u3: Mapped[int | None]
    u4: Mapped[int | None]
    u5: Mapped[int | None]
    u6: Mapped[int | None]
    u7: Mapped[int | None]
    u8: Mapped[int | None]
    u9: Mapped[int | None]


class QuickRating(MallRow, Base):
    """One face of four, right after the service."""

    __tablename__ = "quick_rating"
    __table_args__ = (
        within_mall("tenant_id", "tenant"),
        within_mall("service_id", "service"),
        Index("ix_quick_rating_day", "mall_id", "day"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    day: Mapped[date]
    tenant_id: Mapped[TenantId]
    service_id: Mapped[ServiceId]
    way: Mapped[Way] = mapped_column(words(Way))
    mark: Mapped[int]


class SurveyPlan(MallRow, Base):
    """What will be done about an element, by whom (a role or tenant, no name), until when; None is the whole mall."""

    __tablename__ = "survey_plan"
    __table_args__ = (within_mall("tenant_id", "tenant"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    tenant_id: Mapped[TenantId | None]
    element: Mapped[Element] = mapped_column(words(Element))
    plan: Mapped[str]
    responsible: Mapped[str]
    due: Mapped[date]
    done_on: Mapped[date | None]
    published: Mapped[bool]
    written_at: Mapped[datetime]
