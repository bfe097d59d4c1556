"""The report of a month as a PDF: asked of the history, put into words, set beside the event loop."""

import asyncio
import re
from datetime import date, timedelta

from mpp import report_sheet, report_voices, store
from mpp.core.frame import By
from mpp.history import Ask, History
from mpp.history_views import HistoryView
from mpp.press import setting
from mpp.privacy import chain
from mpp.report_sheet import TABLES
from mpp.report_voices import Voices
from ticketing.core.access import Principal
from ticketing.core.ids import TenantId
from ticketing.core.refused import BadRequest
from ticketing.hall import Hall
from ticketing.texts import LANGUAGES

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


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
    own_id = await _tenant_id(hall, who, own)
    said = [await _voices(hall, who, own_id, start, end) for start, end in ((first, last), (before.first, before.last))]
    head = await chain.stamp(hall.db, who.mall_id)
    words = report_sheet.sheet(views, before, said, language, command, head)
    paper = await asyncio.to_thread(setting, "mpp", "report.typ", words)
    if own_id is None:
        async with hall.db.write(who.mall_id, who.actor) as tx:
            await report_voices.note(tx, text, last)
    return paper


async def _tenant_id(hall: Hall, who: Principal, code: str | None) -> TenantId | None:
    async with hall.db.read(who.mall_id) as tx:
        return None if code is None else (await store.tenant(tx, code)).id


async def _voices(hall: Hall, who: Principal, tenant_id: TenantId | None, first: date, last: date) -> Voices:
    async with hall.db.read(who.mall_id) as tx:
        return await report_voices.voices(tx, tenant_id, first, last)


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
