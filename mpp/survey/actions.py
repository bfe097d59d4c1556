"""What can be done with the survey: draw a day, answer, rate, plan what follows."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from mpp.law import store as law
from mpp.law.core import Edition, Instrument
from mpp.survey import store as mine
from mpp.survey.core import periods, sample
from mpp.survey.core.questionnaire import Element, Scores, Way
from mpp.survey.core.refused import AnsweredAlready, NothingAnswered, NotServedYet, SurveyOff, SurveyOver
from mpp.survey.core.sample import Draw
from mpp.survey.tables import Kind, SurveyPlan
from ticketing import store, tables
from ticketing.core.access import Principal, allow_tenant
from ticketing.core.ids import TenantId
from ticketing.core.lines import Name, Sentence
from ticketing.core.refused import NotAllowed
from ticketing.core.survey_events import PlanWritten, QuicklyRated, SurveyAnswered, SurveyDrawn, TenantDraw
from ticketing.core.ticket import State
from ticketing.db import Tx


class Plan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What will be done about an element: a tenant's code or None for the whole mall, a role and no name, a day."""

    tenant: str | None
    element: Element
    plan: Sentence
    responsible: Name
    due: date
    done_on: date | None = None
    published: bool = False


Mark = Annotated[int, Meta(ge=1, le=4)]


async def is_anything_due(tx: Tx) -> bool:
    """Say whether the tickets of today are not drawn yet."""
    return tx.mall.survey.offered and bool(await mine.undrawn(tx))


async def begin_day(tx: Tx) -> int:
    """Say how the tickets of today are drawn, tenant by tenant; return for how many."""
    tenants = await mine.undrawn(tx) if tx.mall.survey.offered else []
    if not tenants:
        return 0
    edition = await law.in_force(tx, Instrument.SURVEY)
    draws = tuple([await _draw(tx, tenant_id, edition) for tenant_id in tenants])
    tx.append(SurveyDrawn(day=store.today(tx), draws=draws))
    return len(draws)


async def _draw(tx: Tx, tenant_id: TenantId, edition: Edition) -> TenantDraw:
    months, today = tx.mall.survey.period_months, store.today(tx)
    period, last = periods.period_of(today, months), await mine.last_draw(tx, tenant_id)
    carried = None
    if last is not None:
        last.done = await mine.done_on(tx, last)
        carried = sample.carry(store.value(last, Draw), last.done)
    if last is not None and last.since == period.first:
        finished = last.finished
    else:
        finished = await mine.finished(tx, periods.before(period, months), tenant_id)
    drawn = sample.draw(finished, tx.mall.survey.answer_percent, edition, carried)
    mine.add_draw(tx, tenant_id, period.first, drawn)
    return TenantDraw(tenant_id=tenant_id, finished=finished, every=drawn.every, carried=drawn.carried)


async def answer(tx: Tx, ticket: tables.Ticket, scores: Scores, way: Way) -> None:
    """Answer for a ticket, once.

    Raises: SurveyOff, NotServedYet, SurveyOver, AnsweredAlready, NothingAnswered.
    """
    await _must_be_open(tx, ticket, way, Kind.SURVEY)
    if not scores.given():
        raise NothingAnswered
    nth, invited = await mine.place_of(tx, ticket)
    entered_by = tx.actor if way is Way.PAPER else None
    mine.add_answer(tx, ticket, scores, way, invited=invited, entered_by=entered_by)
    what = SurveyAnswered(way=way, invited=invited, complete=scores.is_complete, nth=nth)
    tx.append(what, ticket_id=ticket.id)


async def rate(tx: Tx, ticket: tables.Ticket, mark: Mark, way: Way) -> None:
    """Choose a face for a ticket, once.

    Raises: SurveyOff, NotServedYet, SurveyOver, AnsweredAlready.
    """
    await _must_be_open(tx, ticket, way, Kind.QUICK)
    mine.add_rating(tx, ticket, mark, way)
    tx.append(QuicklyRated(way=way), ticket_id=ticket.id)


async def _must_be_open(tx: Tx, ticket: tables.Ticket, way: Way, kind: Kind) -> None:
    rules = tx.mall.survey
    if not rules.offered or (kind is Kind.QUICK and not rules.quick):
        raise SurveyOff
    if ticket.state is not State.DONE:
        raise NotServedYet
    if store.today(tx) > mine.last_day(tx, ticket, way):
        raise SurveyOver
    if kind in await mine.has_turned(tx, ticket.id):
        raise AnsweredAlready


async def write_plan(tx: Tx, who: Principal, plan: Plan) -> SurveyPlan:
    """Write a follow-up plan.

    Raises: UnknownTenant, NotAllowed.
    """
    row = SurveyPlan()
    await _set(tx, who, row, plan)
    tx.session.add(row)
    await _note(tx, row)
    return row


async def change_plan(tx: Tx, who: Principal, plan_id: int, plan: Plan) -> SurveyPlan:
    """Change a follow-up plan, publish it, or note that it is done.

    Raises: UnknownPlan, UnknownTenant, NotAllowed.
    """
    row = await mine.plan(tx, plan_id)
    _allow(who, row.tenant_id)
    await _set(tx, who, row, plan)
    await _note(tx, row)
    return row


async def _set(tx: Tx, who: Principal, row: SurveyPlan, plan: Plan) -> None:
    tenant = await store.tenant_by_code(tx, plan.tenant) if plan.tenant is not None else None
    row.tenant_id = tenant.id if tenant else None
    _allow(who, row.tenant_id)
    row.element, row.plan, row.responsible, row.due = plan.element, plan.plan, plan.responsible, plan.due
    row.done_on, row.published, row.written_at = plan.done_on, plan.published, tx.now


def _allow(who: Principal, tenant_id: TenantId | None) -> None:
    """Let a tenant's supervisor plan for that tenant only."""
    if tenant_id is not None:
        allow_tenant(who, tenant_id)
    elif who.tenant_id is not None:
        raise NotAllowed("A plan for the whole mall is written by those who lead it.")


async def _note(tx: Tx, row: SurveyPlan) -> None:
    await tx.session.flush()
    done = row.done_on is not None
    tx.append(PlanWritten(plan_id=row.id, element=row.element, done=done, published=row.published))
