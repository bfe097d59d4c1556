"""The views of the survey: what a ticket's holder is asked, the results of a period, what is published."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, extract, func, select

from mpp.law import store as law
from mpp.law.core import Edition, Instrument
from mpp.survey import lines
from mpp.survey import store as mine
from mpp.survey.core import groups, periods, sample
from mpp.survey.core.groups import Bundle
from mpp.survey.core.index import Tally, Weights
from mpp.survey.core.periods import Period
from mpp.survey.core.questionnaire import ELEMENTS, Way
from mpp.survey.core.sample import Draw
from mpp.survey.lines import Group, Rules
from mpp.survey.tables import Kind, QuickRating, SurveyAnswer, SurveyDay, SurveyPlan
from mpp.survey.views import (
    CountPart,
    DrawPart,
    PlanPart,
    PublicSurvey,
    QuickPart,
    SurveyLine,
    SurveyReport,
    SurveyState,
    SurveyView,
)
from ticketing import reads, store, tables
from ticketing.core.ids import TenantId
from ticketing.core.ticket import State
from ticketing.db import Tx
from ticketing.hall import Hall


class Asked(Struct, frozen=True, kw_only=True):
    """Which results are wanted; a tenant None is the whole mall. `own`: whoever asks is tied to this one."""

    period: Period
    tenant_id: TenantId | None
    own: TenantId | None
    weights: Weights


async def survey_view(tx: Tx, hall: Hall, ticket: tables.Ticket, way: Way) -> SurveyView:
    """Show the holder of a ticket what is asked."""
    turned = await mine.has_turned(tx, ticket.id)
    is_open = _state(tx, ticket, way)
    rules = tx.mall.survey
    edition = await law.in_force(tx, Instrument.SURVEY, ticket.day)
    service = await tx.session.get_one(tables.Service, ticket.service_id)
    _, invited = await mine.place_of(tx, ticket) if ticket.state is State.DONE else (0, False)
    return SurveyView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        mall=reads.mall_part(tx.mall),
        number=ticket.number,
        tenant=reads.tenant_part(await store.tenant(tx, ticket.tenant_id)),
        service=reads.service_part(service),
        state=_turned(is_open, Kind.SURVEY in turned),
        quick=_turned(is_open, Kind.QUICK in turned) if rules.quick else SurveyState.OFF,
        invited=invited,
        until=mine.last_day(tx, ticket, way),
        elements=lines.elements(edition),
        edition=lines.edition_part(edition),
    )


def _state(tx: Tx, ticket: tables.Ticket, way: Way) -> SurveyState:
    if not tx.mall.survey.offered:
        return SurveyState.OFF
    if ticket.state is not State.DONE:
        return SurveyState.NOT_YET
    return SurveyState.OVER if store.today(tx) > mine.last_day(tx, ticket, way) else SurveyState.OPEN


def _turned(state: SurveyState, has_turned: bool) -> SurveyState:
    return SurveyState.ANSWERED if has_turned and state is not SurveyState.OFF else state


def _within(of: type[SurveyAnswer | QuickRating | SurveyDay | tables.Ticket], asked: Asked) -> ColumnElement[bool]:
    """Return the condition that a row's day and tenant are asked for."""
    days = of.day.between(asked.period.first, asked.period.last)
    return days if asked.tenant_id is None else days & (of.tenant_id == asked.tenant_id)


async def bundles(tx: Tx, asked: Asked) -> list[Bundle]:
    """Read the answers of a period in bundles; the database adds them up."""
    row = SurveyAnswer
    alike = (row.tenant_id, row.service_id, extract("year", row.day), extract("month", row.day))
    kinds = (row.way, row.invited, row.complete)
    sums = [func.coalesce(func.sum(getattr(row, element.value)), 0) for element in ELEMENTS]
    wanted = select(*alike, *kinds, func.count(row.id), *sums).where(_within(row, asked))
    found: Sequence[Any] = (await tx.session.execute(wanted.group_by(*alike, *kinds))).all()
    return [
        Bundle(
            tenant_id=tenant_id,
            service_id=service_id,
            month=(int(year), int(month)),
            way=way,
            invited=invited,
            complete=complete,
            tally=Tally(n, {element: int(total) for element, total in zip(ELEMENTS, marks, strict=True)}),
        )
        for tenant_id, service_id, year, month, way, invited, complete, n, *marks in found
    ]


async def report(tx: Tx, hall: Hall, asked: Asked) -> SurveyReport:
    """Show the results of a period to those who run the mall."""
    edition = await _edition(tx, asked.period)
    rules = Rules(edition, asked.weights, tx.mall.reporting.smallest_group)
    found = await bundles(tx, asked)
    tenants = {row.id: row for row in await tx.session.scalars(select(tables.Tenant).order_by(tables.Tenant.position))}
    services = (await tx.session.scalars(select(tables.Service).order_by(tables.Service.position))).all()
    by_service = groups.grouped(found, lambda one: one.service_id)
    by_month = groups.grouped(found, lambda one: one.month)
    months = [Group(f"{y}-{m:02}", f"{y}-{m:02}", None, tally) for (y, m), tally in sorted(by_month.items())]
    named = [Group(row.code, row.name, row.name_en, by_service[row.id]) for row in services if row.id in by_service]
    return SurveyReport(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        mall=reads.mall_part(tx.mall),
        first=asked.period.first,
        last=asked.period.last,
        period_months=tx.mall.survey.period_months,
        edition=lines.edition_part(edition),
        weights=asked.weights,
        tenant=tenants[asked.tenant_id].code if asked.tenant_id is not None else None,
        tenants=[reads.tenant_part(row) for row in tenants.values() if row.is_active and asked.own in {None, row.id}],
        smallest_group=rules.smallest,
        elements=lines.elements(edition),
        total=lines.total(groups.counted(found), rules),
        by_tenant=_by_tenant(found, tenants.values(), rules),
        by_service=lines.lines(named, rules),
        by_month=lines.lines(months, rules),
        counts=await counts(tx, asked, found, edition),
        quick=await _quick(tx, asked, rules),
        draws=await _draws(tx, asked, tenants),
        plans=await plans(tx, asked.tenant_id),
    )


async def public(tx: Tx, hall: Hall) -> PublicSurvey:
    """Show everybody the last period with enough answers, or the one that runs."""
    running = periods.period_of(store.today(tx), tx.mall.survey.period_months)
    smallest = tx.mall.reporting.smallest_group
    period, found = running, await _of_mall(tx, periods.before(running, tx.mall.survey.period_months))
    if groups.counted(found).n >= smallest:
        period = periods.before(running, tx.mall.survey.period_months)
    else:
        found = await _of_mall(tx, running)
    edition = await _edition(tx, period)
    rules = Rules(edition, Weights.EXACT, smallest)
    return PublicSurvey(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        mall=reads.mall_part(tx.mall),
        first=period.first,
        last=period.last,
        is_running=period == running,
        edition=lines.edition_part(edition),
        smallest_group=smallest,
        elements=lines.elements(edition),
        total=lines.total(groups.counted(found), rules),
        by_tenant=_by_tenant(found, await store.active_tenants(tx), rules),
        plans=[plan for plan in await plans(tx, None) if plan.published],
    )


async def _of_mall(tx: Tx, period: Period) -> list[Bundle]:
    return await bundles(tx, Asked(period=period, tenant_id=None, own=None, weights=Weights.EXACT))


async def _edition(tx: Tx, period: Period) -> Edition:
    """Return the edition of a report: the one in force on its last day that has come."""
    return await law.in_force(tx, Instrument.SURVEY, min(period.last, store.today(tx)))


def _by_tenant(found: Sequence[Bundle], tenants: Any, rules: Rules) -> list[SurveyLine]:
    tallies = groups.grouped(found, lambda one: one.tenant_id)
    known = [Group(row.code, row.name, row.name_en, tallies[row.id]) for row in tenants if row.id in tallies]
    return lines.lines(known, rules)


async def counts(tx: Tx, asked: Asked, found: Sequence[Bundle], edition: Edition) -> CountPart:
    """Count what came in, and how much was needed."""
    done = (tables.Ticket.state == State.DONE) & _within(tables.Ticket, asked)
    finished = await tx.session.scalar(select(func.count(tables.Ticket.id)).where(done)) or 0
    ways = Counter[Way]()
    for one in found:
        ways[one.way] += one.tally.n
    return CountPart(
        finished=finished,
        minimum=sample.minimum(finished, edition),
        invited=await _invited(tx, asked),
        answered=groups.counted(found).n,
        incomplete=groups.number(found, lambda one: one.invited and not one.complete),
        volunteered=groups.number(found, lambda one: not one.invited),
        phone=ways[Way.PHONE],
        kiosk=ways[Way.KIOSK],
        paper=ways[Way.PAPER],
    )


async def _invited(tx: Tx, asked: Asked) -> int:
    """Count the invited of the days that are asked for."""
    rows = (await tx.session.scalars(select(SurveyDay).where(_within(SurveyDay, asked)))).all()
    return sum([sample.invited(store.value(row, Draw), await mine.done_on(tx, row)) for row in rows])


async def _quick(tx: Tx, asked: Asked, rules: Rules) -> QuickPart:
    row = QuickRating
    counted = select(row.mark, func.count(row.id)).where(_within(row, asked)).group_by(row.mark)
    marks = dict((await tx.session.execute(counted)).all())
    n = sum(marks.values())
    return QuickPart(n=n, marks=[marks.get(mark, 0) for mark in range(1, 5)] if n >= rules.smallest else None)


async def _draws(tx: Tx, asked: Asked, tenants: dict[TenantId, tables.Tenant]) -> list[DrawPart]:
    """Return how each tenant's tickets were drawn on the last day that is asked for."""
    newest = select(func.max(SurveyDay.day)).where(_within(SurveyDay, asked)).scalar_subquery()
    rows = await tx.session.scalars(select(SurveyDay).where(_within(SurveyDay, asked), SurveyDay.day == newest))
    return [
        DrawPart(
            tenant=tenants[row.tenant_id].code,
            day=row.day,
            finished=row.finished,
            minimum=row.minimum,
            asked=row.asked,
            every=row.every,
        )
        for row in rows
    ]


async def plans(tx: Tx, tenant_id: TenantId | None) -> list[PlanPart]:
    """Return the follow-up plans, those of one tenant or all, open ones first and then by their day."""
    row = SurveyPlan
    wanted = select(row).order_by(row.done_on.is_not(None), row.due, row.id)
    if tenant_id is not None:
        wanted = wanted.where(row.tenant_id == tenant_id)
    codes = dict((await tx.session.execute(select(tables.Tenant.id, tables.Tenant.code))).all())
    return [_plan(one, codes) for one in await tx.session.scalars(wanted)]


async def plan_view(tx: Tx, row: SurveyPlan) -> PlanPart:
    """Show a follow-up plan that was written just now."""
    tenant = await store.tenant(tx, row.tenant_id) if row.tenant_id is not None else None
    return _plan(row, {tenant.id: tenant.code} if tenant else {})


def _plan(row: SurveyPlan, codes: dict[TenantId, str]) -> PlanPart:
    return PlanPart(
        id=row.id,
        tenant=codes[row.tenant_id] if row.tenant_id is not None else None,
        element=row.element,
        plan=row.plan,
        responsible=row.responsible,
        due=row.due,
        done_on=row.done_on,
        published=row.published,
    )


def period(tx: Tx, first: date | None, last: date | None) -> Period:
    """Return the period that is asked for; the one that runs, where nothing is said."""
    running = periods.period_of(store.today(tx), tx.mall.survey.period_months)
    return Period(first or running.first, last or running.last)
