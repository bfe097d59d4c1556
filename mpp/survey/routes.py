"""Doors of the survey: to answer, at home, at a kiosk or from paper; the results, the follow-up, what is published."""

from datetime import date, timedelta
from typing import Annotated

from litestar import Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import Struct

from mpp import store as people
from mpp.exports import XLSX
from mpp.routes import MANAGERS, Asker_, Hall_, Web
from mpp.survey import actions, exports, reads
from mpp.survey import store as mine
from mpp.survey.actions import Plan
from mpp.survey.core.index import Weights
from mpp.survey.core.questionnaire import Mark4, Scores, Way
from mpp.survey.reads import Asked
from mpp.survey.views import PlanPart, PublicSurvey, SurveyReport, SurveyView
from ticketing import holders, requests, store, tables
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import LEADERS, Asker, Principal, Role
from ticketing.core.refused import BadRequest, NotAllowed
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.routes import RequestId, address

ENTRANTS = LEADERS | {Role.GREETER}
"""Who enters what visitors wrote on paper: nobody who is judged by it."""

IN_THE_HALL = ENTRANTS | {Role.KIOSK}

LOOKS_A_MINUTE = 30
"""A person at a kiosk, or with a pile of paper, does not type more numbers."""

LONGEST = timedelta(days=1096)
"""Three years, a leap year among them: an end to what one question may cost."""

First = Annotated[date | None, QueryParameter(name="from", description="First day; that of the running period.")]
Last = Annotated[date | None, QueryParameter(name="to", description="Last day; that of the running period.")]


class Question(Struct, frozen=True, kw_only=True):
    """Which results somebody wants to see; a tenant by its code, None is all."""

    first: date | None
    last: date | None
    tenant: str | None
    weights: Weights


Question_ = NamedDependency[Question]


class AnswerBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The marks from 1 to 4; with all nine the index counts them. `day` is the ticket's, for paper; today."""

    scores: Scores
    request: RequestId
    day: date | None = None


class RatingBody(Struct, frozen=True, forbid_unknown_fields=True):
    """One face from 1 to 4."""

    mark: Mark4
    request: RequestId


@get("/api/tickets/{code:str}/survey", operation_id="show_survey", responses=REFUSALS, response_headers=holders.PRIVATE)
async def show(code: FromPath[str], hall: Hall_, asker: Asker_, request: Web) -> SurveyView:
    """Show a ticket's holder what is asked, and whether the ticket is invited."""
    async with hall.db.read(await holders.mall_of(hall, code, address(request))) as tx:
        return await reads.survey_view(tx, hall, await store.ticket_by_code(tx, code), _way(asker))


@post("/api/tickets/{code:str}/survey", status_code=200, operation_id="answer_survey", responses=REFUSALS)
async def answer(
    code: FromPath[str], data: JSONBody[AnswerBody], hall: Hall_, asker: Asker_, request: Web
) -> SurveyView:
    """Answer for the own ticket, once."""
    async with hall.db.write(await holders.mall_of(hall, code, address(request)), f"holder:{code[:4]}") as tx:
        return await _answer(tx, hall, await store.ticket_by_code(tx, code), _way(asker), data)


@post("/api/tickets/{code:str}/rating", status_code=200, operation_id="rate_quickly", responses=REFUSALS)
async def rate(code: FromPath[str], data: JSONBody[RatingBody], hall: Hall_, asker: Asker_, request: Web) -> SurveyView:
    """Choose a face for the own ticket, once; this is no part of the survey."""
    async with hall.db.write(await holders.mall_of(hall, code, address(request)), f"holder:{code[:4]}") as tx:
        return await _rate(tx, hall, await store.ticket_by_code(tx, code), _way(asker), data)


@get("/api/survey/tickets/{number:str}", operation_id="find_survey", responses=REFUSALS)
async def find(number: FromPath[str], hall: Hall_, asker: Asker_, day: FromQuery[date | None] = None) -> SurveyView:
    """Show what is asked for a number, at a kiosk or for paper; people may name another day than today."""
    who, way = _in_the_hall(hall, asker, day)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.survey_view(tx, hall, await mine.ticket_of(tx, number, day), way)


@post("/api/survey/tickets/{number:str}", status_code=200, operation_id="answer_in_hall", responses=REFUSALS)
async def answer_in_hall(number: FromPath[str], data: JSONBody[AnswerBody], hall: Hall_, asker: Asker_) -> SurveyView:
    """Answer at a kiosk, or enter what was written on paper."""
    who, way = _in_the_hall(hall, asker, data.day)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        return await _answer(tx, hall, await mine.ticket_of(tx, number, data.day), way, data)


@post("/api/survey/tickets/{number:str}/rating", status_code=200, operation_id="rate_in_hall", responses=REFUSALS)
async def rate_in_hall(number: FromPath[str], data: JSONBody[RatingBody], hall: Hall_, asker: Asker_) -> SurveyView:
    """Choose a face at a kiosk."""
    who, way = _in_the_hall(hall, (access.allow(asker, {Role.KIOSK}),), None)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        return await _rate(tx, hall, await mine.ticket_of(tx, number, None), way, data)


async def question(
    first: First = None,
    last: Last = None,
    tenant: FromQuery[str | None] = None,
    weights: FromQuery[Weights] = Weights.EXACT,
) -> Question:
    """Read from the address which results are wanted."""
    return Question(first=first, last=last, tenant=tenant, weights=weights)


@get("/api/survey", operation_id="show_survey_results", responses=REFUSALS)
async def show_results(hall: Hall_, asker: Asker_, wanted: Question_) -> SurveyReport:
    """Show the results of a period; a supervisor of a tenant sees that tenant only."""
    return await _results(hall, access.allow(asker, MANAGERS), wanted)


@get("/api/survey.csv", operation_id="export_survey_csv", responses=REFUSALS, media_type="text/csv")
async def csv(hall: Hall_, asker: Asker_, wanted: Question_) -> Response[bytes]:
    """Hand out the same results as CSV, one line for each group."""
    view = await _results(hall, access.allow(asker, MANAGERS), wanted)
    return exports.answer(view, "csv", exports.csv(view))


@get("/api/survey.xlsx", operation_id="export_survey_xlsx", responses=REFUSALS, media_type=XLSX)
async def xlsx(hall: Hall_, asker: Asker_, wanted: Question_) -> Response[bytes]:
    """Hand out the same results as a workbook."""
    view = await _results(hall, access.allow(asker, MANAGERS), wanted)
    return exports.answer(view, "xlsx", await exports.xlsx(view))


@post("/api/survey/plans", status_code=201, operation_id="write_survey_plan", responses=REFUSALS)
async def write_plan(data: JSONBody[Plan], hall: Hall_, asker: Asker_) -> PlanPart:
    """Write a follow-up plan; a supervisor of a tenant writes for that tenant."""
    who = access.allow(asker, MANAGERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        return await reads.plan_view(tx, await actions.write_plan(tx, who, data))


@post("/api/survey/plans/{plan_id:int}", status_code=200, operation_id="change_survey_plan", responses=REFUSALS)
async def change_plan(plan_id: FromPath[int], data: JSONBody[Plan], hall: Hall_, asker: Asker_) -> PlanPart:
    """Change a follow-up plan, publish it, or note that it is done."""
    who = access.allow(asker, MANAGERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        return await reads.plan_view(tx, await actions.change_plan(tx, who, plan_id, data))


@get("/api/survey/public", operation_id="show_public_survey", responses=REFUSALS)
async def show_public(hall: Hall_, asker: Asker_) -> PublicSurvey:
    """Show the published results, to anybody."""
    mall_id = asker[0].mall_id if asker else await people.the_mall(hall.db, None)
    async with hall.db.read(mall_id) as tx:
        return await reads.public(tx, hall)


def _way(asker: Asker) -> Way:
    """Say where somebody with a ticket's code answers."""
    return Way.KIOSK if any(who.role is Role.KIOSK for who in asker) else Way.PHONE


def _in_the_hall(hall: Hall, asker: Asker, day: date | None) -> tuple[Principal, Way]:
    """Return who asks by a number, and whether that is a kiosk (today's tickets) or paper."""
    who = access.allow(asker, IN_THE_HALL)
    if who.role is Role.KIOSK and day is not None:
        raise NotAllowed("A kiosk asks for the tickets of today only.")
    hall.limits.count(f"survey {who.mall_id} {who.actor}", LOOKS_A_MINUTE)
    return who, Way.KIOSK if who.role is Role.KIOSK else Way.PAPER


async def _answer(tx: Tx, hall: Hall, ticket: tables.Ticket, way: Way, data: AnswerBody) -> SurveyView:
    async def act() -> SurveyView:
        await actions.answer(tx, ticket, data.scores, way)
        return await reads.survey_view(tx, hall, ticket, way)

    return await requests.once(tx, data.request, "survey", SurveyView, act)


async def _rate(tx: Tx, hall: Hall, ticket: tables.Ticket, way: Way, data: RatingBody) -> SurveyView:
    async def act() -> SurveyView:
        await actions.rate(tx, ticket, data.mark, way)
        return await reads.survey_view(tx, hall, ticket, way)

    return await requests.once(tx, data.request, "rating", SurveyView, act)


async def _results(hall: Hall, who: Principal, wanted: Question) -> SurveyReport:
    async with hall.db.read(who.mall_id) as tx:
        period = reads.period(tx, wanted.first, wanted.last)
        if not timedelta(0) <= period.last - period.first <= LONGEST:
            raise BadRequest("The last day must not be before the first, nor more than three years after it.")
        tenant_id = who.tenant_id
        if wanted.tenant is not None:
            tenant_id = (await store.tenant_by_code(tx, wanted.tenant)).id
            access.allow_tenant(who, tenant_id)
        asked = Asked(period=period, tenant_id=tenant_id, own=who.tenant_id, weights=wanted.weights)
        return await reads.report(tx, hall, asked)


router = Router(
    "",
    route_handlers=[
        show,
        answer,
        rate,
        find,
        answer_in_hall,
        rate_in_hall,
        show_results,
        csv,
        xlsx,
        write_plan,
        change_plan,
        show_public,
    ],
    dependencies={"wanted": Provide(question)},
)
