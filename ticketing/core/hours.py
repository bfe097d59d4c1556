"""When tickets are issued: opening hours, named breaks, the last ticket, holidays.

Wall-clock times belong to the mall's own time zone; moments are compared in UTC, so that a change of
the clocks cannot open or close a mall twice.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from ticketing.core.lines import Name

ClockTime = Annotated[dt.time, Meta(tz=False)]
"""What the clock on the wall of the mall shows."""

LOOK_AHEAD = dt.timedelta(days=31)
"""A month: beyond it "we open again on ..." is no help to a visitor, and the search has an end."""


class Break(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pause inside a day's hours; its name is shown at the kiosk."""

    start: ClockTime
    end: ClockTime
    name: Name


class Interval(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One day's opening, from the first ticket to closing time."""

    open: ClockTime
    close: ClockTime
    breaks: tuple[Break, ...] = ()


class OpeningHours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A week; a day without an interval is closed."""

    mon: Interval | None = None
    tue: Interval | None = None
    wed: Interval | None = None
    thu: Interval | None = None
    fri: Interval | None = None
    sat: Interval | None = None
    sun: Interval | None = None


class Holiday(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A date on which the mall is closed, whatever the weekday."""

    date: dt.date
    name: Name


class HoursState(StrEnum):
    """What the kiosk may say about the present moment."""

    OPEN = "open"
    BEFORE_OPENING = "before_opening"
    BREAK = "break"
    LAST_TICKET_PASSED = "last_ticket_passed"
    CLOSED_TODAY = "closed_today"
    AFTER_CLOSING = "after_closing"
    HOLIDAY = "holiday"


class OpenStatus(Struct, frozen=True, kw_only=True):
    """Whether tickets are issued now, why not, and when that changes.

    `reason` is the name of the break or holiday, else empty. `until` is the end of the present state if it
    ends today. `next_open` is the next moment at which issuing begins; None while open, and None when
    nothing opens within LOOK_AHEAD.
    """

    state: HoursState
    reason: str
    until: dt.datetime | None
    next_open: dt.datetime | None


class _Span(Struct, frozen=True):
    start: dt.datetime
    end: dt.datetime
    name: str = ""

    def holds(self, moment: dt.datetime) -> bool:
        return self.start <= moment < self.end


def week(hours: OpeningHours) -> tuple[Interval | None, ...]:
    """List the days from Monday to Sunday, as date.weekday() counts them."""
    return (hours.mon, hours.tue, hours.wed, hours.thu, hours.fri, hours.sat, hours.sun)


def status(
    now_local: dt.datetime,
    hours: OpeningHours,
    holidays: Mapping[dt.date, str],
    last_ticket: dt.timedelta,
) -> OpenStatus:
    """Say whether tickets are issued now, and when that changes.

    Args:
        now_local: aware, in the mall's time zone; answers are given in the same zone.
        hours: the week that holds here, the tenant's own or the mall's.
        holidays: date to name.
        last_ticket: how long before closing the last ticket is issued.
    """
    zone = now_local.tzinfo
    if zone is None:
        raise ValueError("now_local must be aware, in the time zone of the mall")
    now = now_local.astimezone(dt.UTC)
    today = now_local.date()
    state, reason, until = _state(now, today, zone, hours, holidays, last_ticket)
    reopens = None if state is HoursState.OPEN else _next_open(now, today, zone, hours, holidays, last_ticket)
    return OpenStatus(
        state=state,
        reason=reason,
        until=until and until.astimezone(zone),
        next_open=reopens and reopens.astimezone(zone),
    )


def turns(
    date: dt.date,
    zone: dt.tzinfo,
    hours: OpeningHours,
    holidays: Mapping[dt.date, str],
    last_ticket: dt.timedelta,
) -> list[tuple[dt.datetime, OpenStatus]]:
    """Tell a whole day beforehand: each moment at which the status changes, and the status from then on."""
    marks = {dt.datetime.combine(date, dt.time.min, zone).astimezone(dt.UTC)}
    day = week(hours)[date.weekday()]
    if day is not None and date not in holidays:
        opening = _span(date, zone, day.open, day.close)
        windows = _windows(date, zone, day, last_ticket)
        marks |= {opening.start, opening.end}
        marks |= {mark for window in windows for mark in (window.start, window.end)}
        marks |= {pause.end for pause in _breaks(date, zone, day)}
    told = [(mark, status(mark.astimezone(zone), hours, holidays, last_ticket)) for mark in sorted(marks)]
    return [one for before, one in zip([None, *told], told, strict=False) if before is None or before[1] != one[1]]


def closing(date: dt.date, zone: dt.tzinfo, hours: OpeningHours) -> dt.datetime | None:
    """Return when it closes on a day; None when it does not open."""
    day = week(hours)[date.weekday()]
    return _span(date, zone, day.open, day.close).end if day else None


def shut(date: dt.date, zone: dt.tzinfo, hours: OpeningHours) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return when nobody is served on a day though visitors may wait: before the opening, and in breaks.

    After closing is not among it: who has a number then is still served, and waits.
    """
    day = week(hours)[date.weekday()]
    if day is None:
        return []
    midnight = dt.datetime.combine(date, dt.time.min, zone).astimezone(dt.UTC)
    opening = _span(date, zone, day.open, day.close)
    return [(midnight, opening.start), *((pause.start, pause.end) for pause in _breaks(date, zone, day))]


def serving(date: dt.date, zone: dt.tzinfo, hours: OpeningHours) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return the spans of a day in which visitors are served: from opening to closing, less the breaks."""
    day = week(hours)[date.weekday()]
    if day is None:
        return []
    opening = _span(date, zone, day.open, day.close)
    marks = [opening.start, *(mark for pause in _breaks(date, zone, day) for mark in (pause.start, pause.end))]
    return list(zip(marks[::2], [*marks[1::2], opening.end], strict=True))


def _state(
    now: dt.datetime,
    today: dt.date,
    zone: dt.tzinfo,
    hours: OpeningHours,
    holidays: Mapping[dt.date, str],
    last_ticket: dt.timedelta,
) -> tuple[HoursState, str, dt.datetime | None]:
    if today in holidays:
        return HoursState.HOLIDAY, holidays[today], None
    day = week(hours)[today.weekday()]
    if day is None:
        return HoursState.CLOSED_TODAY, "", None
    opening = _span(today, zone, day.open, day.close)
    if now < opening.start:
        return HoursState.BEFORE_OPENING, "", opening.start
    if now >= opening.end:
        return HoursState.AFTER_CLOSING, "", None
    windows = [window for window in _windows(today, zone, day, last_ticket) if window.end > now]
    if not windows:
        return HoursState.LAST_TICKET_PASSED, "", opening.end
    if windows[0].holds(now):
        return HoursState.OPEN, "", windows[0].end
    pause = next(pause for pause in _breaks(today, zone, day) if pause.holds(now))
    return HoursState.BREAK, pause.name, pause.end


def _next_open(
    now: dt.datetime,
    today: dt.date,
    zone: dt.tzinfo,
    hours: OpeningHours,
    holidays: Mapping[dt.date, str],
    last_ticket: dt.timedelta,
) -> dt.datetime | None:
    for ahead in range(LOOK_AHEAD.days + 1):
        date = today + dt.timedelta(days=ahead)
        day = week(hours)[date.weekday()]
        if day is None or date in holidays:
            continue
        for window in _windows(date, zone, day, last_ticket):
            if window.start > now:
                return window.start
    return None


def _windows(date: dt.date, zone: dt.tzinfo, day: Interval, last_ticket: dt.timedelta) -> Iterator[_Span]:
    """Yield the spans in which tickets are issued: the opening less its breaks and its last minutes."""
    opening = _span(date, zone, day.open, day.close)
    cut_off = opening.end - last_ticket
    start = opening.start
    for pause in _breaks(date, zone, day):
        if start < min(pause.start, cut_off):
            yield _Span(start, min(pause.start, cut_off))
        start = max(start, pause.end)
    if start < cut_off:
        yield _Span(start, cut_off)


def _breaks(date: dt.date, zone: dt.tzinfo, day: Interval) -> list[_Span]:
    spans = (_span(date, zone, pause.start, pause.end, pause.name) for pause in day.breaks)
    return sorted((span for span in spans if span.start < span.end), key=lambda span: span.start)


def _span(date: dt.date, zone: dt.tzinfo, start: dt.time, end: dt.time, name: str = "") -> _Span:
    first, last = (dt.datetime.combine(date, time, zone).astimezone(dt.UTC) for time in (start, end))
    return _Span(first, last, name)
