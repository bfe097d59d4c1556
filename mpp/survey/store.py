"""Load and save for the survey: draws of days, answers, ratings, plans."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import exists, func, select

from mpp.survey.core import sample
from mpp.survey.core.periods import Period
from mpp.survey.core.questionnaire import Scores, Way
from mpp.survey.core.refused import UnknownPlan
from mpp.survey.core.sample import Draw
from mpp.survey.tables import Kind, QuickRating, SurveyAnswer, SurveyDay, SurveyPlan, SurveyTurn
from ticketing import store, tables
from ticketing.core import numbering
from ticketing.core.ids import TenantId, TicketId
from ticketing.core.refused import UnknownTicket
from ticketing.core.ticket import State
from ticketing.db import Tx

ID_BITS = 62
"""Of ids drawn by lot: both databases hold so much, and no two will ever be alike."""


async def undrawn(tx: Tx) -> Sequence[TenantId]:
    """Return the tenants of whom nobody has said yet how their tickets of today are drawn."""
    tenant, day = tables.Tenant, SurveyDay
    drawn = exists().where(day.tenant_id == tenant.id, day.day == store.today(tx))
    found = await tx.session.scalars(select(tenant.id).where(tenant.is_active.is_(True), ~drawn).order_by(tenant.id))
    return found.all()


async def last_draw(tx: Tx, tenant_id: TenantId) -> SurveyDay | None:
    """Return how a tenant's tickets were drawn last before today."""
    mine = select(SurveyDay).where(SurveyDay.tenant_id == tenant_id, SurveyDay.day < store.today(tx))
    return await tx.session.scalar(mine.order_by(SurveyDay.day.desc()).limit(1))


async def draw_of(tx: Tx, day: date, tenant_id: TenantId) -> SurveyDay | None:
    """Return how a tenant's tickets of a day are drawn."""
    return await tx.session.scalar(select(SurveyDay).where(SurveyDay.day == day, SurveyDay.tenant_id == tenant_id))


def add_draw(tx: Tx, tenant_id: TenantId, since: date, draw: Draw) -> None:
    """Keep how a tenant's tickets of today are drawn."""
    row = SurveyDay(day=store.today(tx), tenant_id=tenant_id, since=since)
    store.put(row, draw)
    tx.session.add(row)


async def finished(tx: Tx, of: Period, tenant_id: TenantId) -> int:
    """Count a tenant's tickets whose service was done within a period."""
    mine = tables.Ticket
    done = (mine.state == State.DONE) & (mine.tenant_id == tenant_id) & mine.day.between(of.first, of.last)
    return await tx.session.scalar(select(func.count(mine.id)).where(done)) or 0


async def done_on(tx: Tx, row: SurveyDay) -> int:
    """Count the tickets that were done on a drawn day; once it is over, the number stands in its row."""
    return await finished(tx, Period(row.day, row.day), row.tenant_id) if row.done is None else row.done


async def nth(tx: Tx, ticket: tables.Ticket) -> int:
    """Return the place of a finished ticket among those that its tenant finished on its day."""
    mine = tables.Ticket
    before = (mine.ended_at < ticket.ended_at) | ((mine.ended_at == ticket.ended_at) & (mine.id <= ticket.id))
    same = (mine.day == ticket.day) & (mine.tenant_id == ticket.tenant_id) & (mine.state == State.DONE)
    return await tx.session.scalar(select(func.count(mine.id)).where(same, before)) or 0


def last_day(tx: Tx, ticket: tables.Ticket, way: Way) -> date:
    """Return until when one may answer for a ticket."""
    rules = tx.mall.survey
    return ticket.day + timedelta(days=rules.paper_days if way is Way.PAPER else rules.open_days)


async def place_of(tx: Tx, ticket: tables.Ticket) -> tuple[int, bool]:
    """Return the place of a finished ticket on its day, and whether it is invited."""
    place, drawn = await nth(tx, ticket), await draw_of(tx, ticket.day, ticket.tenant_id)
    return place, drawn is not None and sample.is_invited(store.value(drawn, Draw), place)


async def ticket_of(tx: Tx, number: str, day: date | None) -> tables.Ticket:
    """Load the ticket of a number and a day of the mall; None is today.

    Raises: UnknownTicket.
    """
    if day is None:
        return await store.ticket_by_number(tx, number)
    series, serial = numbering.parse(number)
    mine = tables.Ticket
    same = (mine.day == day) & (mine.series == series) & (mine.serial == serial)
    found = await tx.session.scalar(select(mine).where(same))
    if found is None:
        raise UnknownTicket(f"There is no ticket {number} on {day}; check the number and the day.")
    return found


async def has_turned(tx: Tx, ticket_id: TicketId) -> frozenset[Kind]:
    """Say what has been answered for a ticket."""
    return frozenset(await tx.session.scalars(select(SurveyTurn.kind).where(SurveyTurn.ticket_id == ticket_id)))


def add_answer(
    tx: Tx, ticket: tables.Ticket, scores: Scores, way: Way, *, invited: bool, entered_by: str | None
) -> None:
    """Keep a questionnaire, and apart from it that the ticket has been answered for."""
    row = SurveyAnswer(
        id=secrets.randbits(ID_BITS),
        day=ticket.day,
        tenant_id=ticket.tenant_id,
        service_id=ticket.service_id,
        way=way,
        invited=invited,
        complete=scores.is_complete,
        entered_by=entered_by,
    )
    store.put(row, scores)
    tx.session.add_all([row, SurveyTurn(ticket_id=ticket.id, kind=Kind.SURVEY)])


def add_rating(tx: Tx, ticket: tables.Ticket, mark: int, way: Way) -> None:
    """Keep a face, and apart from it that one was chosen for the ticket."""
    row = QuickRating(
        id=secrets.randbits(ID_BITS),
        day=ticket.day,
        tenant_id=ticket.tenant_id,
        service_id=ticket.service_id,
        way=way,
        mark=mark,
    )
    tx.session.add_all([row, SurveyTurn(ticket_id=ticket.id, kind=Kind.QUICK)])


async def plan(tx: Tx, plan_id: int) -> SurveyPlan:
    """Load a follow-up plan.

    Raises: UnknownPlan.
    """
    found = await tx.session.get(SurveyPlan, plan_id)
    if found is None:
        raise UnknownPlan
    return found
