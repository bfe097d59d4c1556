"""The report of a month as a PDF: asked of the history, put into words, set by typst beside the event loop.

The PDF follows PDF/UA: headings, tables and language are tagged, so that it can be read aloud. Fonts are typst's own,
within the program; nothing is loaded from anywhere.
"""

import asyncio
import re
import threading
from datetime import date, timedelta
from importlib.resources import files
from typing import Literal

import msgspec

from mpp import report_sheet
from mpp.core.frame import By
from mpp.history import Ask, History
from mpp.history_views import HistoryView
from mpp.report_sheet import TABLES, Sheet
from ticketing.core.access import Principal
from ticketing.core.refused import BadRequest
from ticketing.hall import Hall
from ticketing.texts import LANGUAGES

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")

PROOF: Literal["ua-1"] = "ua-1"
"""PDF for universal access. Source: ISO 14289-1."""

_PRESS = threading.Lock()
"""One report is set at a time, however many ask: it takes a processor."""


async def month(hall: Hall, history: History, who: Principal, text: str, language: str, tenant: str | None) -> bytes:
    """Return the report of a month such as "2026-10" as a PDF.

    Raises: BadRequest, NotAllowed, Unknown.
    """
    if not MONTH.fullmatch(text):
        raise BadRequest("Name a month as year and month, such as 2026-10.")
    if language not in LANGUAGES:
        raise BadRequest(f"The report is written in one of these languages: {', '.join(LANGUAGES)}.")
    first, last = report_sheet.month_of(text)
    views = {by: await _asked(hall, history, who, first, last, by, tenant) for by in TABLES}
    then = first - timedelta(days=1)
    before = await _asked(hall, history, who, then.replace(day=1), then, By.TENANT, tenant)
    own = views[By.TENANT].tenant
    command = " ".join(
        ["mpp report month", text, *(["--tenant", own] if own else []), "--language", language, "--out", "FILE"]
    )
    return await asyncio.to_thread(setting, report_sheet.sheet(views, before, language, command))


async def _asked(
    hall: Hall, history: History, who: Principal, first: date, last: date, by: By, tenant: str | None
) -> HistoryView:
    ask = Ask(
        first=first,
        last=last,
        by=by,
        tenant=tenant,
        service=None,
        counter=None,
        zone=None,
        hour=None,
        weekday=None,
        priority=None,
    )
    return await history.view(hall, who, ask)


def setting(sheet: Sheet) -> bytes:
    """Set a report; takes a moment, so not on the event loop."""
    import typst  # thirty megabytes that only reports need

    template = files("mpp").joinpath("report.typ").read_bytes()
    words = {"sheet": msgspec.json.encode(sheet).decode()}
    with _PRESS:
        pdf: bytes = typst.compile(template, sys_inputs=words, ignore_system_fonts=True, pdf_standards=[PROOF])
    return pdf
