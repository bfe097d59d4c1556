"""What stands in the report of a month: figures of the history put into words and tables, in one language. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct

from mpp.core.figures import Figures
from mpp.core.frame import By
from mpp.history_views import GroupLine, HistoryView
from mpp.report_voices import Voices
from ticketing.texts import say

TABLES = (By.TENANT, By.SERVICE, By.HOUR, By.PRIORITY)
"""By what the month is told; each is one question to the history."""

DASH, MINUS = "\u2013", "\u2212"


class Table(Struct, frozen=True):
    """A table: its heading, what its columns are called, its rows; the first column is what a row is about."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class Sheet(Struct, frozen=True, kw_only=True):
    """The whole report, ready to be set: nothing but words."""

    language: str
    title: str
    mall: str
    mark: str
    period: str
    page: str
    tables: Sequence[Table]
    notes: Sequence[str]


class Named(Protocol):
    """What has a name, and maybe an English one."""

    @property
    def name(self) -> str | None:
        """Return the name in Indonesian."""

    @property
    def name_en(self) -> str | None:
        """Return the English name."""


class Tongue:
    """Words and figures as a language writes them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.say: Callable[..., str] = partial(say, language)

    def number(self, value: float, digits: int = 0) -> str:
        """Write 12345.6 as "12.345,6", or as English does."""
        text = f"{value:,.{digits}f}"
        return text if self.language == "en" else text.translate(str.maketrans(",.", ".,"))

    def minutes(self, seconds: float | None) -> str:
        """Write seconds as minutes and tenths."""
        return DASH if seconds is None else self.number(seconds / 60, 1)

    def share(self, value: float | None) -> str:
        """Write a share as whole percent."""
        return DASH if value is None else f"{self.number(value * 100)}%"

    def more(self, now: float | None, before: float | None) -> str:
        """Write by how many minutes one span is longer than another."""
        if now is None or before is None:
            return DASH
        sign = "+" if now > before else MINUS if now < before else ""
        return f"{sign}{self.minutes(abs(now - before))}"

    def month(self, day: date) -> str:
        """Write "Oktober 2026"."""
        return f"{self.say('report.months').split(', ')[day.month - 1]} {day.year}"

    def named(self, thing: Named) -> str:
        """Return a name in this language."""
        return (thing.name_en if self.language == "en" else None) or thing.name or ""


def sheet(
    views: Mapping[By, HistoryView],
    before: HistoryView,
    said: Sequence[Voices],
    language: str,
    command: str,
    head: str,
) -> Sheet:
    """Put a month into words.

    Args:
        before: the month before by tenant.
        said: what visitors said in the month, and in the one before.
        command: which command makes this report again.
        head: the line by which the log can be verified.
    """
    tongue, of = Tongue(language), views[By.TENANT]
    own = next((tongue.named(one) for one in of.tenants if one.code == of.tenant), None)
    mall = tongue.named(of.mall)
    voices = _voices(tongue, [of, before], said)
    tables = [
        _whole(tongue, of, before),
        voices,
        *(_groups(tongue, views[by], before) for by in TABLES if views[by].groups),
    ]
    return Sheet(
        language=language,
        title=tongue.say("report.title", month=tongue.month(of.first)),
        mall=f"{mall}: {own}" if own else mall,
        mark=of.mall.label or "",
        period=tongue.say("report.period", first=_day(of.first), last=_day(of.last), days=len(of.days)),
        page=tongue.say("report.page"),
        tables=tables,
        notes=[*_notes(tongue, views, command), tongue.say("report.head", head=head)],
    )


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _whole(tongue: Tongue, now: HistoryView, before: HistoryView) -> Table:
    lines: list[tuple[str, Callable[[Figures], str]]] = [
        ("arrivals", lambda of: tongue.number(of.arrivals)),
        ("served", lambda of: tongue.number(of.served)),
        ("cancelled", lambda of: tongue.number(of.cancelled)),
        ("waits", lambda of: tongue.number(of.wait.n) if of.wait else DASH),
        ("median", lambda of: tongue.minutes(of.wait.median if of.wait else None)),
        ("p90", lambda of: tongue.minutes(of.wait.p90 if of.wait else None)),
        ("in_target", lambda of: tongue.share(of.in_target)),
        ("service", lambda of: tongue.minutes(of.service_time.median if of.service_time else None)),
        ("in_promise", lambda of: tongue.share(of.in_promise)),
        ("absent", lambda of: tongue.share(of.absent)),
        ("open", lambda of: tongue.number(of.counters.open / 3600) if of.counters else DASH),
        ("used", lambda of: tongue.share(of.counters.utilisation) if of.counters else DASH),
    ]

    def told(of: Figures | None, write: Callable[[Figures], str]) -> str:
        return tongue.say("report.withheld") if of is None else write(of)

    columns = [tongue.say("report.figure"), tongue.month(now.first), tongue.month(before.first)]
    rows = [[_label(tongue, key, now), told(now.total, write), told(before.total, write)] for key, write in lines]
    return Table(tongue.say("report.whole"), columns, rows)


def _voices(tongue: Tongue, months: Sequence[HistoryView], said: Sequence[Voices]) -> Table:
    """Tell what visitors said, month beside month."""
    lines: list[tuple[str, Callable[[Voices], str]]] = [
        ("answers", lambda of: tongue.number(of.answers)),
        ("index", lambda of: DASH if of.index is None else f"{tongue.number(float(of.index), 2)} ({of.grade})"),
        ("complaints", lambda of: tongue.number(of.complaints)),
        ("answered", lambda of: tongue.share(of.in_time / of.complaints if of.complaints else None)),
    ]
    columns = [tongue.say("report.figure"), *(tongue.month(one.first) for one in months)]
    rows = [[tongue.say(f"report.{key}"), *(write(one) for one in said)] for key, write in lines]
    return Table(tongue.say("report.voices"), columns, rows)


def _label(tongue: Tongue, key: str, view: HistoryView) -> str:
    return tongue.say(f"report.{key}", n=view.target_wait_minutes)


COLUMNS = ("n", "median", "p90", "in_target", "service", "in_promise", "absent")
OF_COUNTERS = ("open", "used")
"""Counters are open for all services and visitors alike."""


def _groups(tongue: Tongue, view: HistoryView, before: HistoryView) -> Table:
    with_counters, with_trend = view.by in (By.TENANT, By.HOUR), view.by is By.TENANT
    then = {line.key: line.figures for line in before.groups} if with_trend else {}
    shown = [*COLUMNS, *(OF_COUNTERS if with_counters else ()), *(("trend",) if with_trend else ())]
    about = tongue.say(f"history_by.{view.by}")
    rows = [[_title(tongue, view, line), *_cells(tongue, shown, line, then)] for line in view.groups]
    return Table(
        tongue.say("report.by", by=about.lower()), [about, *(_label(tongue, key, view) for key in shown)], rows
    )


def _title(tongue: Tongue, view: HistoryView, line: GroupLine) -> str:
    match view.by:
        case By.TENANT:
            return next((one.short_name for one in view.tenants if one.code == line.key), tongue.named(line))
        case By.HOUR:
            return f"{int(line.key):02d}.00"
        case By.PRIORITY:
            return tongue.say(f"history_class.{line.key}")
        case By.SERVICE:
            return f"{line.key} {tongue.named(line)}"
        case _:
            return tongue.named(line)


def _cells(tongue: Tongue, shown: Sequence[str], line: GroupLine, then: Mapping[str, Figures | None]) -> Sequence[str]:
    of = line.figures
    if of is None:
        return [tongue.say("report.withheld"), *([DASH] * (len(shown) - 1))]
    before, wait = then.get(line.key), of.wait
    written = {
        "n": tongue.number(of.n),
        "median": tongue.minutes(wait.median if wait else None),
        "p90": tongue.minutes(wait.p90 if wait else None),
        "in_target": tongue.share(of.in_target),
        "service": tongue.minutes(of.service_time.median if of.service_time else None),
        "in_promise": tongue.share(of.in_promise),
        "absent": tongue.share(of.absent),
        "open": tongue.number(of.counters.open / 3600) if of.counters else DASH,
        "used": tongue.share(of.counters.utilisation) if of.counters else DASH,
        "trend": tongue.more(
            wait.median if wait else None, before.wait.median if before is not None and before.wait else None
        ),
    }
    return [written[key] for key in shown]


def _notes(tongue: Tongue, views: Mapping[By, HistoryView], command: str) -> Sequence[str]:
    of = views[By.TENANT]
    hidden = sum(line.figures is None for view in views.values() for line in view.groups)
    made = of.at.astimezone(ZoneInfo(of.mall.timezone))
    return [
        tongue.say("history.definitions"),
        tongue.say("report.trend_note"),
        tongue.say("report.hidden", n=of.smallest_group, rows=hidden),
        tongue.say("report.made", at=f"{made:%d-%m-%Y %H.%M} {made.tzname()}", command=command),
    ]


def month_of(text: str) -> tuple[date, date]:
    """Return the first and the last day of "2026-10".

    Raises: ValueError.
    """
    first = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month of the calendar, no moment
    return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
