"""The figures of a period as files: CSV for programs, a workbook for people."""

import asyncio
import csv as plain
from collections.abc import Mapping
from io import BytesIO, StringIO

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from litestar import Response

from mpp.core.figures import Figures, Spread
from mpp.history_views import HistoryView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}

Value = str | int | float | None

SPANS = ("wait", "wait_to_start", "service_time", "in_all")
COUNTS = ("n", "arrivals", "called", "served", "cancelled")
SHARES = ("absent", "held", "sent", "restored", "in_target", "in_promise", "overtaken")
MEASURES = ("median", "p90", "p95", "max", "mean")

COLUMNS = (
    *COUNTS,
    *(f"{span}_{measure}_minutes" for span in SPANS for measure in ("n", *MEASURES)),
    *SHARES,
    "open_hours",
    "utilisation",
)
"""In the order of the figures; spans in minutes, shares from 0 to 1."""


def answer(view: HistoryView, kind: str, body: bytes) -> Response[bytes]:
    """Hand out a file under a name that says what is in it."""
    name = f"{view.mall.code}-{view.tenant or 'all'}-{view.first}-{view.last}-{view.by}.{kind}".lower()
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(body, media_type=TYPES[kind], headers=headers)


def row(figures: Figures | None) -> list[Value]:
    """Write figures as one row of COLUMNS; withheld ones are empty."""
    if figures is None:
        return [None] * len(COLUMNS)
    spans = [_spread(getattr(figures, span)) for span in SPANS]
    counters = figures.counters
    return [
        *(getattr(figures, name) for name in COUNTS),
        *(value for spread in spans for value in spread),
        *(_rounded(getattr(figures, name)) for name in SHARES),
        round(counters.open / 3600, 2) if counters else None,
        _rounded(counters.utilisation) if counters else None,
    ]


def _spread(spread: Spread | None) -> list[Value]:
    if spread is None:
        return [0, *([None] * len(MEASURES))]
    return [spread.n, *(round(getattr(spread, measure) / 60, 2) for measure in MEASURES)]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def rows(view: HistoryView) -> list[list[Value]]:
    """Return the table of the groups with its heading, the total at its end; `shown` says what is withheld."""
    heading: list[Value] = [view.by, "name", "shown", *COLUMNS]
    lines = [(line.key, line.name or "", line.figures) for line in view.groups]
    body = [[key, name, _shown(view, of), *row(of)] for key, name, of in [*lines, ("total", "", view.total)]]
    return [heading, *body]


def _shown(view: HistoryView, figures: Figures | None) -> str:
    return f"withheld: groups under {view.smallest_group}" if figures is None else "yes"


def safe(value: Value) -> Value:
    """Keep a spreadsheet from taking a name for a formula. Source: OWASP, CSV injection."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value not in {"", "-"} else value


async def csv(view: HistoryView) -> bytes:
    """Write the groups as CSV."""
    return written(rows(view))


def written(table: list[list[Value]]) -> bytes:
    """Write a table as CSV, with a mark by which spreadsheets know UTF-8."""
    text = StringIO()
    plain.writer(text).writerows([[safe(value) for value in line] for line in table])
    return text.getvalue().encode("utf-8-sig")


async def xlsx(view: HistoryView) -> bytes:
    """Write a workbook: groups, days, arrivals by weekday and hour, waits."""
    return await asyncio.to_thread(_workbook, view)


def _workbook(view: HistoryView) -> bytes:
    return book(_sheets(view))


def book(sheets: Mapping[str, list[list[Value]]]) -> bytes:
    """Write tables as the sheets of a workbook, each with its heading in the first row."""
    file = BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = made.add_format({"bold": True})
    for name, table in sheets.items():
        sheet = made.add_worksheet(name)
        for at, line in enumerate(table):
            sheet.write_row(at, 0, line, bold if at == 0 else None)
        sheet.freeze_panes(1, 1)
        sheet.autofit()
    made.close()
    return file.getvalue()


def _sheets(view: HistoryView) -> dict[str, list[list[Value]]]:
    def minutes(seconds: float | None) -> float | None:
        return None if seconds is None else round(seconds / 60, 2)

    ends = [*(f"<= {end}" for end in view.bins), f"> {view.bins[-1]}"]
    days: list[list[Value]] = [[str(one.day), one.arrivals, minutes(one.median), minutes(one.p90)] for one in view.days]
    arrivals: list[list[Value]] = [[cell.weekday, cell.hour, cell.arrivals] for cell in view.arrivals]
    waits: list[list[Value]] = [[name, n] for name, n in zip(ends, view.waits, strict=True)]
    return {
        view.by: rows(view),
        "days": [["day", "arrivals", "wait_median_minutes", "wait_p90_minutes"], *days],
        "arrivals": [["weekday (0 = Monday)", "hour", "arrivals"], *arrivals],
        "waits": [["minutes", "visitors"], *waits],
    }
