"""The survey on real databases: who is invited, one answer each, until when; what counts, what is withheld."""

import random
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from mpp.survey import actions, reads, store
from mpp.survey.actions import Plan
from mpp.survey.core.index import Weights
from mpp.survey.core.periods import Period
from mpp.survey.core.questionnaire import Element, Scores, Way
from mpp.survey.core.refused import AnsweredAlready, NothingAnswered, NotServedYet, SurveyOff, SurveyOver
from mpp.survey.core.sample import Draw, is_invited
from mpp.survey.reads import Asked
from mpp.survey.tables import SurveyAnswer, SurveyDay
from mpp.survey.views import SurveyReport, SurveyState
from tests.mpp.survey.crowd import DAY, scores, serve
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, take
from ticketing import store as ground
from ticketing import tables
from ticketing.core.access import Principal, Role
from ticketing.core.ids import MallId, TenantId
from ticketing.core.refused import NotAllowed
from ticketing.core.surveying import Surveying
from ticketing.db import Db, Tx

ONCE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
EXPECTED = {100: (Decimal("85.72"), "B"), 1000: (Decimal("85.88"), "B")}
"""The marks of the seed add up to 3086 and 30918: 3086 x 25 / 900 = 85.722.., 30918 x 25 / 9000 = 85.883.."""
GOOD = scores([4, 4, 3, 4, 3, 4, 4, 3, 4])


async def rule(db: Db, mall: MallId, survey: Surveying) -> None:
    async def change(tx: Tx) -> None:
        tx.mall.survey = survey

    await act(db, mall, change)


async def answer(db: Db, mall: MallId, ticket: tables.Ticket, marks: Scores = GOOD, way: Way = Way.PHONE) -> None:
    await act(db, mall, lambda tx: actions.answer(tx, ticket, marks, way))


async def results(db: Db, mall: MallId, period: Period = YEAR) -> SurveyReport:
    asked = Asked(period=period, tenant_id=None, own=None, weights=Weights.EXACT)
    return await look(db, mall, lambda tx: reads.report(tx, hall_of(db), asked))


async def drawn(tx: Tx) -> list[tuple[date, int, int, int, int | None]]:
    rows = await tx.session.scalars(select(SurveyDay).order_by(SurveyDay.day, SurveyDay.tenant_id))
    return [(row.day, row.finished, row.every, row.carried, row.done) for row in rows]


async def test_a_day_is_drawn_once_from_the_period_before(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await rule(db, mall, Surveying(period_months=1, answer_percent=100))
    now = clock.at
    clock.at = now - timedelta(days=30)  # in October
    await serve(db, mall, "KTP", 60)
    clock.at = now
    assert await look(db, mall, actions.is_anything_due)
    assert await act(db, mall, actions.begin_day) == 2
    assert not await look(db, mall, actions.is_anything_due)
    assert await act(db, mall, actions.begin_day) == 0
    # 60 were served: at least 52 must answer, so all are asked; nobody came to the police
    assert await look(db, mall, drawn) == [(now.date(), 60, 1, 0, None), (now.date(), 0, 1, 0, None)]
    await rule(db, mall, Surveying(offered=False))
    clock.forward(DAY)
    assert not await look(db, mall, actions.is_anything_due)
    assert await act(db, mall, actions.begin_day) == 0


async def test_the_count_goes_on_the_next_day(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await act(db, mall, actions.begin_day)
    await act(db, mall, lambda tx: every(tx, 4))
    today = await serve(db, mall, "KTP", 7)
    invited = [(await look(db, mall, partial(store.place_of, ticket=one)))[1] for one in today]
    assert [nth for nth, is_so in enumerate(invited, 1) if is_so] == [4]
    clock.forward(DAY)
    await act(db, mall, actions.begin_day)
    rows = await look(db, mall, drawn)
    assert [(row[2], row[3], row[4]) for row in rows] == [(4, 0, 7), (4, 0, 0), (1, 0, None), (1, 0, None)]
    assert (await results(db, mall)).counts.invited == 1


async def every(tx: Tx, k: int) -> None:
    for row in await tx.session.scalars(select(SurveyDay).where(SurveyDay.day == ground.today(tx))):
        row.every, row.carried = k, 0


async def test_one_answer_for_a_ticket_until_the_day_after(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await act(db, mall, actions.begin_day)
    first, second, third, fourth = await serve(db, mall, "KTP", 4)
    waiting = await take(db, mall, "KTP")
    with pytest.raises(NotServedYet):
        await answer(db, mall, waiting)
    with pytest.raises(NothingAnswered):
        await answer(db, mall, first, Scores())
    await answer(db, mall, first)
    with pytest.raises(AnsweredAlready):
        await answer(db, mall, first, way=Way.PAPER)
    await act(db, mall, lambda tx: actions.rate(tx, first, 4, Way.PHONE))
    with pytest.raises(AnsweredAlready):
        await act(db, mall, lambda tx: actions.rate(tx, first, 1, Way.KIOSK))
    clock.forward(DAY)
    await answer(db, mall, second)
    clock.forward(DAY)
    with pytest.raises(SurveyOver):
        await answer(db, mall, third)
    await answer(db, mall, third, way=Way.PAPER)
    clock.forward(13 * DAY)
    with pytest.raises(SurveyOver):
        await answer(db, mall, fourth, way=Way.PAPER)
    await rule(db, mall, Surveying(offered=False))
    with pytest.raises(SurveyOff):
        await answer(db, mall, fourth)
    seen = await look(db, mall, lambda tx: reads.survey_view(tx, hall_of(db), fourth, Way.PHONE))
    assert (seen.state, seen.quick) == (SurveyState.OFF, SurveyState.OFF)


async def test_what_a_holder_is_shown(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await act(db, mall, actions.begin_day)
    ticket, other = await serve(db, mall, "KTP", 2)
    seen = await look(db, mall, lambda tx: reads.survey_view(tx, hall_of(db), ticket, Way.PHONE))
    assert (seen.state, seen.quick, seen.invited, seen.until) == (
        SurveyState.OPEN,
        SurveyState.OPEN,
        True,
        date(2026, 11, 24),
    )
    assert [part.key for part in seen.elements] == [f"u{nth}" for nth in range(1, 10)]
    assert (seen.edition.name, seen.edition.mark) == ("PermenPANRB 14/2017", "verified")
    await answer(db, mall, ticket)
    seen = await look(db, mall, lambda tx: reads.survey_view(tx, hall_of(db), ticket, Way.PHONE))
    assert (seen.state, seen.quick) == (SurveyState.ANSWERED, SurveyState.OPEN)
    clock.forward(2 * DAY)
    seen = await look(db, mall, lambda tx: reads.survey_view(tx, hall_of(db), other, Way.PHONE))
    assert seen.state is SurveyState.OVER
    waiting = await take(db, mall, "KTP")
    seen = await look(db, mall, lambda tx: reads.survey_view(tx, hall_of(db), waiting, Way.PHONE))
    assert (seen.state, seen.invited) == (SurveyState.NOT_YET, False)


async def test_only_complete_answers_of_the_invited_count(db: Db, mall: MallId) -> None:
    volunteers = await serve(db, mall, "KTP", 3)
    for ticket in volunteers:  # nobody was drawn: these were not invited
        await answer(db, mall, ticket, scores([1] * 9))
    await act(db, mall, actions.begin_day)
    invited = await serve(db, mall, "KTP", 6)
    for ticket in invited[:5]:
        await answer(db, mall, ticket, GOOD, Way.KIOSK)
    await answer(db, mall, invited[5], replace(GOOD, u4=None), Way.PAPER)
    shown = await results(db, mall)
    counts = shown.counts
    assert (counts.finished, counts.minimum, counts.invited) == (9, 9, 9)
    assert (counts.answered, counts.incomplete, counts.volunteered) == (5, 1, 3)
    assert (counts.phone, counts.kiosk, counts.paper) == (3, 5, 1)
    assert shown.total.score is not None
    assert (shown.total.n, shown.total.score.index, shown.total.score.grade) == (5, Decimal("91.67"), "A")
    assert [*shown.total.score.lowest] == ["u3", "u5", "u8"]
    assert [(line.key, line.n) for line in shown.by_service] == [("KTP", 5)]
    assert [(line.key, line.n) for line in shown.by_month] == [("2026-11", 5)]
    assert (await results(db, mall, Period(date(2026, 1, 1), date(2026, 11, 22)))).total.n == 0


async def test_small_groups_are_withheld_and_cannot_be_subtracted(db: Db, mall: MallId) -> None:
    await act(db, mall, actions.begin_day)
    for ticket in [*await serve(db, mall, "KTP", 7), *await serve(db, mall, "SKCK", 2, "L03")]:
        await answer(db, mall, ticket)
    shown = await results(db, mall)
    assert shown.total.n == 9
    assert [(line.key, line.n, line.score) for line in shown.by_tenant] == [
        ("DUKCAPIL", None, None),
        ("POLRES", None, None),
    ]
    public = await look(db, mall, lambda tx: reads.public(tx, hall_of(db)))
    assert (public.is_running, public.total.n, [line.n for line in public.by_tenant]) == (True, 9, [None, None])


async def test_an_answer_says_nothing_of_whose_it_is(db: Db, mall: MallId) -> None:
    await act(db, mall, actions.begin_day)
    for ticket in await serve(db, mall, "KTP", 6):
        await answer(db, mall, ticket)
    held = set(SurveyAnswer.__table__.columns.keys())
    assert held == {
        *("id", "mall_id", "day", "tenant_id", "service_id", "way", "invited", "complete", "entered_by"),
        *Element,
    }

    async def ids(tx: Tx) -> list[int]:
        return list(await tx.session.scalars(select(SurveyAnswer.id)))

    found = await look(db, mall, ids)
    assert len(set(found)) == 6
    assert max(found) - min(found) > 2**40  # by lot, and not one after another
    log = await look(db, mall, lambda tx: _bodies(tx))
    assert all("u1" not in body and "4" not in body.replace('"nth":4', "") for body in log)


async def _bodies(tx: Tx) -> list[str]:
    rows = await tx.session.scalars(select(tables.Event.body).where(tables.Event.kind == "survey_answered"))
    return list(rows)


@ONCE
@pytest.mark.parametrize("number", [100, pytest.param(1000, marks=pytest.mark.long)])
async def test_so_many_answers_come_to_what_is_worked_out_by_hand(db: Db, mall: MallId, number: int) -> None:
    lot = random.Random(20261123)
    await rule(db, mall, Surveying(period_months=1, answer_percent=100))
    await act(db, mall, actions.begin_day)
    await act(db, mall, lambda tx: every(tx, 3))
    tickets = await serve(db, mall, "KTP", 3 * number)
    draw = (await look(db, mall, lambda tx: store.draw_of(tx, tickets[0].day, tickets[0].tenant_id))) or SurveyDay()
    invited = [one for nth, one in enumerate(tickets, 1) if is_invited(ground.value(draw, Draw), nth)]
    assert invited == tickets[2::3]
    for one in lot.sample(invited, 5):
        assert (await look(db, mall, partial(store.place_of, ticket=one)))[1]
    answers = [[lot.choices([1, 2, 3, 4], [1, 4, 45, 50])[0] for _ in range(9)] for _ in invited]

    async def all_answer(tx: Tx) -> None:
        for ticket, marks in zip(invited, answers, strict=True):
            await actions.answer(tx, ticket, scores(marks), Way.PHONE)
        for volunteer in tickets[:2]:
            await actions.answer(tx, volunteer, scores([1] * 9), Way.PHONE)

    await act(db, mall, all_answer)
    shown = (await results(db, mall)).total
    assert shown.score is not None
    sums = [sum(marks[at] for marks in answers) for at in range(9)]
    by_hand = (Decimal(sum(sums)) * 25 / (9 * number)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert (shown.n, shown.score.index) == (number, by_hand)
    assert [mean.mean for mean in shown.score.elements] == [
        (Decimal(total) / number).quantize(Decimal("0.001"), ROUND_HALF_UP) for total in sums
    ]
    assert (shown.score.index, shown.score.grade) == EXPECTED[number]


async def test_a_period_is_published_when_enough_answered(db: Db, mall: MallId, clock: StoppedClock) -> None:
    await rule(db, mall, Surveying(period_months=1))
    await act(db, mall, actions.begin_day)
    for ticket in await serve(db, mall, "KTP", 5):
        await answer(db, mall, ticket)
    for published in (True, False):
        plan = Plan(
            tenant="DUKCAPIL",
            element=Element.TIME,
            plan="Satu loket lagi",
            responsible="Supervisor Dukcapil",
            due=date(2026, 12, 31),
            published=published,
        )
        await act(db, mall, partial(actions.write_plan, who=manager(mall), plan=plan))
    clock.forward(30 * DAY)
    shown = await look(db, mall, lambda tx: reads.public(tx, hall_of(db)))
    assert (shown.first, shown.last, shown.is_running) == (date(2026, 11, 1), date(2026, 11, 30), False)
    assert shown.total.score is not None
    assert (shown.total.n, shown.total.score.grade) == (5, "A")
    assert [plan.published for plan in shown.plans] == [True]


def manager(mall: MallId, tenant_id: TenantId | None = None) -> Principal:
    role = Role.SUPERVISOR if tenant_id else Role.MANAGER
    return Principal(mall_id=mall, role=role, actor="person:1", name="X", token_id=1, tenant_id=tenant_id)


async def test_a_supervisor_plans_for_the_own_tenant_only(db: Db, mall: MallId) -> None:
    police = await look(db, mall, lambda tx: ground.tenant_by_code(tx, "POLRES"))
    who = manager(mall, police.id)
    plan = Plan(tenant="POLRES", element=Element.TIME, plan="X", responsible="X", due=date(2026, 12, 31))
    row = await act(db, mall, lambda tx: actions.write_plan(tx, who, plan))
    done = replace(plan, done_on=date(2026, 11, 23))
    await act(db, mall, lambda tx: actions.change_plan(tx, who, row.id, done))
    assert [one.done_on for one in await look(db, mall, lambda tx: reads.plans(tx, police.id))] == [date(2026, 11, 23)]
    for tenant in ("DUKCAPIL", None):
        with pytest.raises(NotAllowed):
            await act(db, mall, partial(actions.write_plan, who=who, plan=replace(plan, tenant=tenant)))
        with pytest.raises(NotAllowed):
            await act(
                db, mall, partial(actions.change_plan, who=who, plan_id=row.id, plan=replace(plan, tenant=tenant))
            )
    other = await act(db, mall, lambda tx: actions.write_plan(tx, manager(mall), replace(plan, tenant=None)))
    with pytest.raises(NotAllowed):
        await act(db, mall, lambda tx: actions.change_plan(tx, who, other.id, plan))
