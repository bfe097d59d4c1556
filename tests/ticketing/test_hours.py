"""Opening hours: tables of cases in a zone without summer time, and properties in one that has it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.core.hours import (
    LOOK_AHEAD,
    Break,
    HoursState,
    Interval,
    OpeningHours,
    OpenStatus,
    status,
    turns,
    week,
)

WITA = ZoneInfo("Asia/Makassar")
BERLIN = ZoneInfo("Europe/Berlin")
HALF_HOUR = dt.timedelta(minutes=30)
TICK = dt.timedelta(microseconds=1)

LUNCH = Break(start=dt.time(12), end=dt.time(13), name="Istirahat siang")
PRAYER = Break(start=dt.time(11, 30), end=dt.time(13), name="Istirahat Jumat")
DAY = Interval(open=dt.time(8), close=dt.time(15), breaks=(LUNCH,))
WEEK = OpeningHours(
    mon=DAY,
    tue=DAY,
    wed=DAY,
    thu=DAY,
    fri=Interval(open=dt.time(8), close=dt.time(14, 30), breaks=(PRAYER,)),
)
HOLIDAYS = {dt.date(2026, 8, 17): "Proklamasi Kemerdekaan"}


def at(text: str, zone: ZoneInfo = WITA) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


# 2026-08-13 is a Thursday; Monday the 17th is a holiday.
CASES = [
    ("2026-08-13 00:00", "before_opening", "", "2026-08-13 08:00", "2026-08-13 08:00"),
    ("2026-08-13 07:59:59", "before_opening", "", "2026-08-13 08:00", "2026-08-13 08:00"),
    ("2026-08-13 08:00", "open", "", "2026-08-13 12:00", None),
    ("2026-08-13 11:59:59", "open", "", "2026-08-13 12:00", None),
    ("2026-08-13 12:00", "break", "Istirahat siang", "2026-08-13 13:00", "2026-08-13 13:00"),
    ("2026-08-13 13:00", "open", "", "2026-08-13 14:30", None),
    ("2026-08-13 14:29:59", "open", "", "2026-08-13 14:30", None),
    ("2026-08-13 14:30", "last_ticket_passed", "", "2026-08-13 15:00", "2026-08-14 08:00"),
    ("2026-08-13 15:00", "after_closing", "", None, "2026-08-14 08:00"),
    ("2026-08-14 11:45", "break", "Istirahat Jumat", "2026-08-14 13:00", "2026-08-14 13:00"),
    ("2026-08-14 16:00", "after_closing", "", None, "2026-08-18 08:00"),
    ("2026-08-15 10:00", "closed_today", "", None, "2026-08-18 08:00"),
    ("2026-08-17 10:00", "holiday", "Proklamasi Kemerdekaan", None, "2026-08-18 08:00"),
]


@pytest.mark.parametrize(("now", "state", "reason", "until", "next_open"), CASES, ids=[case[0] for case in CASES])
def test_the_clock_decides_whether_tickets_are_issued(
    now: str, state: str, reason: str, until: str | None, next_open: str | None
) -> None:
    assert status(at(now), WEEK, HOLIDAYS, HALF_HOUR) == OpenStatus(
        state=HoursState(state),
        reason=reason,
        until=at(until) if until else None,
        next_open=at(next_open) if next_open else None,
    )


def test_answers_are_in_the_zone_of_the_question() -> None:
    answer = status(at("2026-08-13 07:00"), WEEK, HOLIDAYS, HALF_HOUR)
    assert answer.until is not None
    assert answer.until.isoformat() == "2026-08-13T08:00:00+08:00"


def test_a_time_without_a_zone_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="aware"):
        status(at("2026-08-13 07:00").replace(tzinfo=None), WEEK, HOLIDAYS, HALF_HOUR)


def test_a_break_that_leads_into_the_last_minutes_ends_the_day() -> None:
    late = Break(start=dt.time(14), end=dt.time(14, 45), name="Rapat")
    hours = OpeningHours(thu=Interval(open=dt.time(8), close=dt.time(15), breaks=(late,)))
    answer = status(at("2026-08-13 14:10"), hours, {}, HALF_HOUR)
    assert (answer.state, answer.next_open) == (HoursState.LAST_TICKET_PASSED, at("2026-08-20 08:00"))


def test_breaks_may_be_given_in_any_order_and_touch() -> None:
    tea = Break(start=dt.time(13), end=dt.time(13, 15), name="Teh")
    hours = OpeningHours(thu=Interval(open=dt.time(8), close=dt.time(15), breaks=(tea, LUNCH)))
    answer = status(at("2026-08-13 12:30"), hours, {}, HALF_HOUR)
    assert (answer.reason, answer.until, answer.next_open) == (
        "Istirahat siang",
        at("2026-08-13 13:00"),
        at("2026-08-13 13:15"),
    )


def test_a_day_shorter_than_the_last_minutes_issues_no_ticket() -> None:
    hours = OpeningHours(thu=Interval(open=dt.time(8), close=dt.time(8, 30)), fri=DAY)
    answer = status(at("2026-08-13 08:10"), hours, {}, HALF_HOUR)
    assert (answer.state, answer.next_open) == (HoursState.LAST_TICKET_PASSED, at("2026-08-14 08:00"))


def test_the_search_for_the_next_opening_looks_a_month_ahead_and_then_ends() -> None:
    today = dt.date(2026, 8, 13)
    shut = {today + dt.timedelta(days=days): "Renovasi" for days in range(1, LOOK_AHEAD.days)}
    evening = at("2026-08-13 20:00")
    last = OpeningHours(**{("mon", "tue", "wed", "thu", "fri", "sat", "sun")[(today + LOOK_AHEAD).weekday()]: DAY})
    assert status(evening, last, shut, HALF_HOUR).next_open == at("2026-09-13 08:00")
    assert status(evening, last, {**shut, today + LOOK_AHEAD: "Renovasi"}, HALF_HOUR).next_open is None
    assert status(evening, OpeningHours(), {}, HALF_HOUR).next_open is None


def test_opening_is_at_the_same_time_on_the_wall_after_the_clocks_change() -> None:
    saturday_night = at("2026-03-28 20:00", BERLIN)
    hours = OpeningHours(sat=DAY, sun=DAY)
    answer = status(saturday_night, hours, {}, HALF_HOUR).next_open
    assert answer is not None
    assert answer.isoformat() == "2026-03-29T08:00:00+02:00"


def test_an_hour_that_comes_twice_is_open_twice() -> None:
    hours = OpeningHours(sun=Interval(open=dt.time(1), close=dt.time(4)))
    first, second = (at("2026-10-25 02:30", BERLIN).replace(fold=fold) for fold in (0, 1))
    ends = [status(now, hours, {}, dt.timedelta()).until for now in (first, second)]
    assert ends == [at("2026-10-25 04:00", BERLIN)] * 2
    shut = OpeningHours(sun=Interval(open=dt.time(1), close=dt.time(2, 30)))
    assert status(second.replace(minute=10), shut, {}, dt.timedelta()).state is HoursState.AFTER_CLOSING


def test_an_opening_in_the_hour_that_is_left_out_comes_when_the_clock_has_jumped() -> None:
    hours = OpeningHours(sun=Interval(open=dt.time(2, 30), close=dt.time(6)))
    answer = status(at("2026-03-29 01:50", BERLIN), hours, {}, HALF_HOUR)
    assert answer.until is not None
    assert answer.until.isoformat() == "2026-03-29T03:30:00+02:00"


def test_a_break_that_the_jump_of_the_clock_swallows_is_no_break() -> None:
    swallowed = Break(start=dt.time(2, 30), end=dt.time(3, 10), name="Teh")
    hours = OpeningHours(sun=Interval(open=dt.time(1), close=dt.time(6), breaks=(swallowed,)))
    answer = status(at("2026-03-29 03:15", BERLIN), hours, {}, HALF_HOUR)
    assert (answer.state, answer.until) == (HoursState.OPEN, at("2026-03-29 05:30", BERLIN))


# --- any week, any moment


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    minutes = sorted(draw(st.sets(st.integers(0, 24 * 60 - 1), min_size=6, max_size=6)))
    first, a, b, c, d, last = (dt.time(minute // 60, minute % 60) for minute in minutes)
    pauses = (Break(start=a, end=b, name="Satu"), Break(start=c, end=d, name="Dua"))
    return Interval(open=first, close=last, breaks=pauses[: draw(st.integers(0, 2))])


days = st.none() | intervals()
weeks = st.builds(OpeningHours, mon=days, tue=days, wed=days, thu=days, fri=days, sat=days, sun=days)
zones = st.sampled_from([WITA, BERLIN])
dates = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)) | st.sampled_from(
    [dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2026, 10, 24)]
)
holiday_maps = st.dictionaries(dates, st.just("Libur"), max_size=3)
spans = st.integers(0, 90).map(lambda minutes: dt.timedelta(minutes=minutes))


@st.composite
def moments(draw: st.DrawFn) -> dt.datetime:
    zone = draw(zones)
    naive = dt.datetime.combine(draw(dates), draw(st.times()))
    return naive.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone)


def move(moment: dt.datetime, by: dt.timedelta) -> dt.datetime:
    return (moment.astimezone(dt.UTC) + by).astimezone(moment.tzinfo)


@given(moments(), weeks, holiday_maps, spans)
def test_a_state_lasts_exactly_until_it_says(
    now: dt.datetime, hours: OpeningHours, holidays: dict[dt.date, str], last: dt.timedelta
) -> None:
    answer = status(now, hours, holidays, last)
    if answer.until is None:
        assert answer.state in {HoursState.HOLIDAY, HoursState.CLOSED_TODAY, HoursState.AFTER_CLOSING}
        return
    assert answer.until.astimezone(dt.UTC) > now.astimezone(dt.UTC)
    before, after = (status(move(answer.until, by), hours, holidays, last) for by in (-TICK, dt.timedelta()))
    assert (before.state, before.reason) == (answer.state, answer.reason)
    assert (after.state, after.reason) != (answer.state, answer.reason)


@given(moments(), weeks, holiday_maps, spans)
def test_tickets_are_issued_at_the_next_opening_and_not_before(
    now: dt.datetime, hours: OpeningHours, holidays: dict[dt.date, str], last: dt.timedelta
) -> None:
    answer = status(now, hours, holidays, last)
    if answer.state is HoursState.OPEN or answer.next_open is None:
        assert answer.next_open is None
        return
    wait = answer.next_open.astimezone(dt.UTC) - now.astimezone(dt.UTC)
    assert wait > dt.timedelta()
    assert status(answer.next_open, hours, holidays, last).state is HoursState.OPEN
    between = [status(move(now, wait * share / 20), hours, holidays, last) for share in range(20)]
    assert {other.next_open for other in between} == {answer.next_open}


@given(moments(), weeks, holiday_maps, spans)
def test_open_means_inside_the_hours_of_the_day_and_in_no_break(
    now: dt.datetime, hours: OpeningHours, holidays: dict[dt.date, str], last: dt.timedelta
) -> None:
    if now.utcoffset() != move(now, dt.timedelta(days=-1)).utcoffset():
        return
    day = week(hours)[now.weekday()]
    clock = now.time()
    from_now = dt.datetime.combine(now.date(), clock) + last
    inside = day is not None and day.open <= clock and from_now < dt.datetime.combine(now.date(), day.close)
    pausing = day is not None and any(pause.start <= clock < pause.end for pause in day.breaks)
    expected = inside and not pausing and now.date() not in holidays
    assert (status(now, hours, holidays, last).state is HoursState.OPEN) == expected


@pytest.mark.parametrize(
    ("date", "told"),
    [
        (
            "2026-11-23",
            [
                ("00:00", HoursState.BEFORE_OPENING),
                ("08:00", HoursState.OPEN),
                ("12:00", HoursState.BREAK),
                ("13:00", HoursState.OPEN),
                ("14:30", HoursState.LAST_TICKET_PASSED),
                ("15:00", HoursState.AFTER_CLOSING),
            ],
        ),
        ("2026-11-22", [("00:00", HoursState.CLOSED_TODAY)]),
        ("2026-08-17", [("00:00", HoursState.HOLIDAY)]),
    ],
)
def test_a_day_is_told_turn_by_turn(date: str, told: list[tuple[str, HoursState]]) -> None:
    found = turns(dt.date.fromisoformat(date), WITA, WEEK, HOLIDAYS, HALF_HOUR)
    assert [(f"{mark.astimezone(WITA):%H:%M}", now.state) for mark, now in found] == told


@given(st.integers(0, 24 * 60 - 1))
def test_the_turns_of_a_day_say_at_every_minute_what_is_asked_at_that_minute(minute: int) -> None:
    now = at("2026-11-27T00:00") + dt.timedelta(minutes=minute)  # a Friday with a break
    told = [status for mark, status in turns(now.date(), WITA, WEEK, HOLIDAYS, HALF_HOUR) if mark <= now]
    assert told[-1] == status(now, WEEK, HOLIDAYS, HALF_HOUR)
