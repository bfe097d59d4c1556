"""The report of readiness as a PDF: every check with its state, the evidence behind it, and what to do next."""

import asyncio
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from mpp.press import setting
from mpp.privacy import chain
from mpp.readiness import assess
from mpp.readiness.core.shapes import Stage, State
from mpp.readiness.views import CheckPart, ReadinessView, RecordPart
from ticketing.core.ids import MallId
from ticketing.core.refused import BadRequest
from ticketing.hall import Hall
from ticketing.texts import LANGUAGES, say


class Line(Struct, frozen=True, kw_only=True):
    """A check in words."""

    id: str
    name: str
    state: str
    mark: State
    facts: Sequence[str]
    records: Sequence[str]
    todo: str
    source: str


class Part(Struct, frozen=True):
    """The checks of a stage."""

    title: str
    checks: Sequence[Line]


class Sheet(Struct, frozen=True, kw_only=True):
    """The whole report, ready to be set: nothing but words."""

    language: str
    title: str
    mall: str
    mark: str
    period: str
    self: str
    counts: Sequence[tuple[str, str]]
    todo: str
    parts: Sequence[Part]
    notes: Sequence[str]
    page: str


async def report(hall: Hall, mall_id: MallId, language: str) -> bytes:
    """Return the report of today as a PDF.

    Raises: BadRequest.
    """
    if language not in LANGUAGES:
        raise BadRequest(f"The report is written in one of these languages: {', '.join(LANGUAGES)}.")
    view = await assess.view(hall, mall_id)
    return await asyncio.to_thread(
        setting, "mpp.readiness", "paper.typ", sheet(view, language, await chain.stamp(hall.db, mall_id))
    )


def sheet(view: ReadinessView, language: str, head: str) -> Sheet:
    """Put the checks into words; `head` is the line by which the log can be verified."""
    counts = assess.counted(view.checks)
    made = view.at.astimezone(ZoneInfo(view.mall.timezone))
    return Sheet(
        language=language,
        title=say(language, "readiness.report"),
        mall=(view.mall.name_en if language == "en" else None) or view.mall.name,
        mark=view.mall.label or "",
        period=say(language, "readiness.report_period", first=_day(view.first), last=_day(view.last)),
        self=say(language, "readiness.self"),
        counts=[(say(language, f"readiness_state.{state}"), str(n)) for state, n in counts.items()],
        todo=say(language, "readiness.todo"),
        parts=[
            Part(say(language, f"readiness_stage.{stage}"), [_line(one, language) for one in mine])
            for stage in Stage
            if (mine := [one for one in view.checks if one.stage is stage])
        ],
        notes=[
            say(language, "readiness.report_notes"),
            say(language, "readiness.report_made", at=f"{made:%d-%m-%Y %H.%M} {made.tzname()}"),
            say(language, "report.head", head=head),
        ],
        page=say(language, "report.page"),
    )


def _line(one: CheckPart, language: str) -> Line:
    is_english = language == "en"
    return Line(
        id=one.id,
        name=one.name_en if is_english else one.name,
        state=say(language, f"readiness_state.{one.state}"),
        mark=one.state,
        facts=[fact.text_en if is_english else fact.text for fact in one.evidence],
        records=[_record(part, language) for part in one.records],
        todo=(one.next_en if is_english else one.next) or "",
        source=say(language, "readiness.source", source=one.source),
    )


def _record(part: RecordPart, language: str) -> str:
    until = say(language, "readiness.until", day=_day(part.expires)) if part.expires else ""
    tenant = part.tenant.name if part.tenant else ""
    return " · ".join(filter(None, [tenant, part.note, part.responsible, _day(part.dated), until]))


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"
