"""The results of the survey as files: CSV for programs, a workbook for people."""

import asyncio

from litestar import Response

from mpp import exports
from mpp.exports import TYPES, Value
from mpp.survey.core.questionnaire import ELEMENTS
from mpp.survey.views import SurveyLine, SurveyReport

COLUMNS = ("n", "shown", *(f"nrr_{element}" for element in ELEMENTS), "ikm_raw", "ikm", "grade", "lowest")
"""Means with three decimals, the index with two, as they are shown."""


def answer(view: SurveyReport, kind: str, body: bytes) -> Response[bytes]:
    """Hand out a file under a name that says what is in it."""
    name = f"{view.mall.code}-skm-{view.tenant or 'all'}-{view.first}-{view.last}.{kind}".lower()
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(body, media_type=TYPES[kind], headers=headers)


def _row(view: SurveyReport, line: SurveyLine) -> list[Value]:
    if line.n is None:
        return [None, f"withheld: groups under {view.smallest_group}", *([None] * (len(COLUMNS) - 2))]
    score = line.score
    if score is None:
        return [line.n, "yes", *([None] * (len(COLUMNS) - 2))]
    means = {mean.key: float(mean.mean) for mean in score.elements}
    marks = [means[element] for element in ELEMENTS]
    return [line.n, "yes", *marks, float(score.raw), float(score.index), score.grade, " ".join(score.lowest)]


def _table(view: SurveyReport, by: str, lines: list[SurveyLine]) -> list[list[Value]]:
    return [[by, "name", *COLUMNS], *([line.key, line.name, *_row(view, line)] for line in lines)]


def csv(view: SurveyReport) -> bytes:
    """Write tenants, services, months and the total as CSV, with what each line is a group by."""
    groups = {"tenant": view.by_tenant, "service": view.by_service, "month": view.by_month, "total": [view.total]}
    heading: list[Value] = ["by", "key", "name", *COLUMNS]
    body = [[by, line.key, line.name, *_row(view, line)] for by, lines in groups.items() for line in lines]
    return exports.written([heading, *body])


async def xlsx(view: SurveyReport) -> bytes:
    """Write a workbook: the total, tenants, services, months, what came in, follow-up."""
    return await asyncio.to_thread(exports.book, _sheets(view))


def _sheets(view: SurveyReport) -> dict[str, list[list[Value]]]:
    counts: list[list[Value]] = [[name, getattr(view.counts, name)] for name in view.counts.__struct_fields__]
    about: list[list[Value]] = [
        ["from", str(view.first)],
        ["to", str(view.last)],
        ["edition", view.edition.name],
        ["mark", view.edition.mark],
        ["weights", view.weights],
        ["status", "self-assessment"],
    ]
    plans: list[list[Value]] = [
        [one.tenant or "", one.element, one.plan, one.responsible, str(one.due), str(one.done_on or ""), one.published]
        for one in view.plans
    ]
    elements: list[list[Value]] = [[one.key, one.name, one.name_en] for one in view.elements]
    return {
        "total": _table(view, "total", [view.total]),
        "tenants": _table(view, "tenant", view.by_tenant),
        "services": _table(view, "service", view.by_service),
        "months": _table(view, "month", view.by_month),
        "elements": [["element", "name", "name_en"], *elements],
        "counts": [["what", "value"], *about, *counts],
        "follow-up": [["tenant", "element", "plan", "responsible", "due", "done", "published"], *plans],
    }
