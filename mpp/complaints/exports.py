"""The register of complaints as files, and the hand-over file for SP4N-LAPOR!: no names, no contacts in either."""

import asyncio
import csv as plain
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO

import msgspec
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from litestar import Response
from msgspec import Struct

from mpp.complaints import reads, store
from mpp.complaints.reads import Known
from mpp.complaints.tables import Complaint
from mpp.exports import TYPES, Value, safe
from ticketing import store as ground
from ticketing.core.complaint_events import Kind
from ticketing.core.ids import ComplaintId, TenantId
from ticketing.db import Tx

COLUMNS = (
    *("number", "received", "channel", "identity", "kind", "state", "tenant", "service", "handler"),
    *("first_reaction_due", "first_reaction", "answer_due", "answered", "ended"),
    *("working_days_until_answer", "answered_in_time", "reopened"),
)
"""Days are the mall's own; in time is yes or no once it is answered."""

LAPOR_COLUMNS = ("reference", "date", "class", "agency", "service", "place", "identity", "report")


class LaporReport(Struct, frozen=True, kw_only=True):
    """One complaint as a clerk enters it into SP4N-LAPOR!; `class` and `identity` are its words.

    Source: the form of lapor.go.id asks for a class (pengaduan, permintaan informasi), an agency, a date, a place and
    the report, and offers to be anonymous or secret; no interface for programs is public.
    """

    reference: str
    date: date
    class_: str = msgspec.field(name="class")
    agency: str
    service: str
    place: str
    identity: str
    report: str


class LaporFile(Struct, frozen=True, kw_only=True):
    """The hand-over file; `version` counts changes of its shape."""

    version: int = 1
    mall: str
    made: date
    reports: list[LaporReport]


LAPOR_IDENTITIES = {"anonymous": "anonim", "confidential": "rahasia", "open": "terbuka"}


async def register(tx: Tx, tenant_id: TenantId | None, first: date | None, last: date | None) -> list[list[Value]]:
    """Return the register of a period with its heading, oldest first; a tenant sees what it was asked to handle."""
    names = await reads.known(tx)
    rows = await reads.received(tx, tenant_id, first, last)
    return [list(COLUMNS), *(_row(tx, row, names) for row in rows)]


def _row(tx: Tx, row: Complaint, names: Known) -> list[Value]:
    reacted, answered, ended = (
        ground.day_of(tx, at) if at else None for at in (row.reacted_at, row.answered_at, row.ended_at)
    )
    tenant, handler = names.tenant(row.tenant_id), names.tenant(row.handler_id)
    return [
        row.number,
        str(row.day),
        row.channel,
        row.identity,
        row.kind or "",
        row.state,
        tenant.name if tenant else "",
        names.services[row.service_id].name if row.service_id else "",
        handler.name if handler else "",
        *(str(row.due_first), str(reacted or ""), str(row.due), str(answered or ""), str(ended or "")),
        names.calendar.between(row.since, answered) if answered else None,
        ("yes" if answered <= row.due else "no") if answered else "",
        "yes" if row.reopened else "no",
    ]


async def lapor(tx: Tx, id: ComplaintId | None) -> LaporFile:
    """Return the hand-over file of one complaint, or of all that were handed over.

    Raises: UnknownComplaint.
    """
    names = await reads.known(tx)
    rows = [await store.by_id(tx, id)] if id is not None else await reads.handed_over(tx)
    return LaporFile(
        mall=tx.mall.name,
        made=ground.today(tx),
        reports=[await _report(tx, row, names) for row in rows if row.has_text],
    )


async def _report(tx: Tx, row: Complaint, names: Known) -> LaporReport:
    tenant = names.tenant(row.handler_id or row.tenant_id)
    return LaporReport(
        reference=row.number,
        date=row.day,
        class_="permintaan informasi" if row.kind is Kind.INFORMATION else "pengaduan",
        agency=tenant.name if tenant else tx.mall.name,
        service=names.services[row.service_id].name if row.service_id else "",
        place=tx.mall.place,
        identity=LAPOR_IDENTITIES[row.identity],
        report=await reads.text_of(tx, row),
    )


def lapor_rows(file: LaporFile) -> list[list[Value]]:
    """Return the hand-over file as a table with its heading."""
    reports = [msgspec.to_builtins(report) for report in file.reports]
    return [list(LAPOR_COLUMNS), *([report[name] for name in LAPOR_COLUMNS] for report in reports)]


def csv(rows: Sequence[Sequence[Value]]) -> bytes:
    """Write a table as CSV, with a mark by which spreadsheets know UTF-8."""
    text = StringIO()
    plain.writer(text).writerows([[safe(value) for value in line] for line in rows])
    return text.getvalue().encode("utf-8-sig")


async def xlsx(rows: Sequence[Sequence[Value]]) -> bytes:
    """Write a table as a workbook."""
    return await asyncio.to_thread(_workbook, rows)


def _workbook(rows: Sequence[Sequence[Value]]) -> bytes:
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, sheet = book.add_format({"bold": True}), book.add_worksheet("complaints")
    for at, line in enumerate(rows):
        sheet.write_row(at, 0, line, bold if at == 0 else None)
    sheet.freeze_panes(1, 1)
    sheet.autofit()
    book.close()
    return file.getvalue()


def answer(name: str, kind: str, body: bytes) -> Response[bytes]:
    """Hand out a file."""
    headers = {"content-disposition": f'attachment; filename="{name}.{kind}"', "cache-control": "no-store"}
    return Response(body, media_type={**TYPES, "json": "application/json"}[kind], headers=headers)
