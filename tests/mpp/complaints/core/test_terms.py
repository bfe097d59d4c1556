"""Working days and deadlines: weekends, holidays, collective leave, the year's end."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from mpp.complaints.core import calendar, terms
from mpp.complaints.core.calendar import OFFICE_WEEK, Calendar
from mpp.law import core, packaged
from mpp.law.core import Edition, Instrument
from ticketing.core.complaint_events import Kind, Term
from ticketing.core.hours import Interval, OpeningHours

NATAL, BERSAMA, TAHUN_BARU = date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)
HOLIDAYS = frozenset({NATAL, BERSAMA, TAHUN_BARU})
PLAIN, YEAR_END = Calendar(OFFICE_WEEK, frozenset()), Calendar(OFFICE_WEEK, HOLIDAYS)
EDITION = core.in_force(packaged.editions(), Instrument.COMPLAINTS, date(2026, 11, 23))
TERMS = terms.of(EDITION)


@pytest.mark.parametrize(
    ("held", "day", "days", "due"),
    [
        (PLAIN, date(2026, 11, 23), 0, date(2026, 11, 23)),
        (PLAIN, date(2026, 11, 23), 1, date(2026, 11, 24)),  # Monday
        (PLAIN, date(2026, 11, 23), 5, date(2026, 11, 30)),  # over a weekend
        (PLAIN, date(2026, 11, 27), 1, date(2026, 11, 30)),  # Friday
        (PLAIN, date(2026, 11, 28), 1, date(2026, 11, 30)),  # from home on a Saturday
        (PLAIN, date(2026, 11, 29), 3, date(2026, 12, 2)),  # Sunday
        (PLAIN, date(2026, 11, 23), 14, date(2026, 12, 11)),
        (PLAIN, date(2026, 11, 23), 60, date(2027, 2, 15)),
        (YEAR_END, date(2026, 12, 24), 1, date(2026, 12, 29)),  # Christmas, weekend, collective leave
        (YEAR_END, date(2026, 12, 24), 5, date(2027, 1, 5)),  # and New Year
        (YEAR_END, NATAL, 3, date(2026, 12, 31)),  # came in on a holiday
        (YEAR_END, date(2026, 12, 31), 1, date(2027, 1, 4)),
        (YEAR_END, date(2026, 11, 23), 60, date(2027, 2, 18)),
    ],
)
def test_only_working_days_count(held: Calendar, day: date, days: int, due: date) -> None:
    assert held.after(day, days) == due
    assert held.between(day, due) == days
    assert held.between(due, day) == -days


def test_before_goes_back_over_what_is_closed() -> None:
    assert YEAR_END.before(date(2027, 1, 4), 1) == date(2026, 12, 31)
    assert YEAR_END.before(date(2026, 12, 29), 1) == date(2026, 12, 24)


def test_the_week_is_that_of_the_opening_hours() -> None:
    open_ = Interval(open=time(8), close=time(12))
    assert calendar.of(OpeningHours(sat=open_), frozenset()).after(date(2026, 11, 23), 2) == date(2026, 12, 5)
    assert calendar.of(OpeningHours(), frozenset()).weekdays == OFFICE_WEEK, "no day at all: a deadline must come"


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(1, 80), st.integers(1, 80))
def test_more_days_are_later_and_always_working_days(day: date, some: int, more: int) -> None:
    due = YEAR_END.after(day, some)
    assert YEAR_END.is_working(due)
    assert YEAR_END.after(due, more) == YEAR_END.after(day, some + more)


@pytest.mark.parametrize(
    ("kind", "due", "near"),
    [  # received on Thursday, 24 December 2026
        (None, date(2027, 1, 5), date(2027, 1, 4)),  # unknown: as strict as the strictest
        (Kind.INFORMATION, date(2027, 1, 5), date(2027, 1, 4)),
        (Kind.SIMPLE, date(2027, 1, 5), date(2027, 1, 4)),
        (Kind.DISPUTE, date(2027, 1, 18), date(2027, 1, 13)),  # a fifth of 14, rounded up, is 3
        (Kind.INSPECTION, date(2027, 3, 23), date(2027, 3, 5)),  # 12 of 60
    ],
)
def test_an_answer_is_due_by_its_kind(kind: Kind | None, due: date, near: date) -> None:
    assert terms.answer(TERMS, YEAR_END, date(2026, 12, 24), kind) == Term(due=due, near=near)


def test_a_first_reaction_is_due_in_three_working_days() -> None:
    assert terms.first(TERMS, YEAR_END, date(2026, 12, 24)) == Term(due=date(2026, 12, 31), near=date(2026, 12, 30))


def test_silence_is_counted_in_plain_days_and_texts_in_years() -> None:
    assert terms.respond_by(TERMS, date(2026, 12, 24)) == date(2027, 1, 3)
    assert terms.keep_until(TERMS, date(2026, 12, 24)) == date(2031, 12, 24)
    assert terms.keep_until(TERMS, date(2028, 2, 29)) == date(2033, 2, 28)


def test_the_numbers_are_those_of_the_edition() -> None:
    longer = {"settle.simple": "7", "settle.information": "10", "escalate.left": "50"}
    rules = tuple(replace(r, value=Decimal(longer.get(r.key, str(r.value)))) if r.value else r for r in EDITION.rules)
    own = terms.of(Edition(instrument=EDITION.instrument, name="own", valid_from=date(2026, 1, 1), rules=rules))
    assert terms.settle_days(own, None) == 7
    assert terms.answer(own, PLAIN, date(2026, 11, 23), Kind.INFORMATION).near == date(2026, 11, 30)
