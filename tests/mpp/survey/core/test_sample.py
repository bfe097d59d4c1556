"""Whom the survey invites: the table of least samples, every k-th ticket, the count carried on; periods."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpp.survey.core.periods import Period, before, period_of
from mpp.survey.core.sample import Draw, carry, draw, invited, is_invited, minimum
from tests.mpp.survey.core.test_index import EDITION


@pytest.mark.parametrize(
    ("recipients", "least"),
    [  # Krejcie and Morgan 1970; 100 000 by their formula, where the printed table says 384
        *[(0, 0), (1, 1), (10, 10), (20, 19), (50, 44), (100, 80), (150, 108), (200, 132), (300, 169), (400, 196)],
        *[(500, 217), (800, 260), (1000, 278), (1500, 306), (2000, 322), (3000, 341), (5000, 357), (10000, 370)],
        *[(50000, 381), (100000, 383)],
    ],
)
def test_the_least_sample_is_that_of_the_table(recipients: int, least: int) -> None:
    assert minimum(recipients, EDITION) == least


@pytest.mark.parametrize(
    ("finished", "percent", "asked", "every"),
    [
        (0, 50, 0, 1),  # nothing is known of the period before: everybody is invited
        (10, 100, 10, 1),
        (1000, 100, 278, 3),  # 1000 / 278 = 3.6
        (1000, 50, 556, 1),
        (10000, 100, 370, 27),
        (10000, 50, 740, 13),
        (10000, 33, 1122, 8),
        (10, 1, 10, 1),  # never more than there are
    ],
)
def test_every_kth_is_invited(finished: int, percent: int, asked: int, every: int) -> None:
    found = draw(finished, percent, EDITION)
    assert (found.asked, found.every) == (asked, every)


def test_the_first_invitation_stands_half_way() -> None:
    first = draw(10000, 100, EDITION)
    assert [nth for nth in range(1, 60) if is_invited(first, nth)] == [14, 41]


@given(st.integers(1, 60), st.integers(0, 59), st.lists(st.integers(0, 200), min_size=1, max_size=8))
def test_days_together_are_one_long_row_of_tickets(every: int, carried: int, days: list[int]) -> None:
    start = carried % every
    of = Draw(finished=0, minimum=0, asked=0, every=every, carried=start)
    told: list[bool] = []
    for done in days:
        today = [is_invited(of, nth) for nth in range(1, done + 1)]
        assert invited(of, done) == sum(today)
        told += today
        of = Draw(finished=0, minimum=0, asked=0, every=every, carried=carry(of, done))
    assert told == [(start + nth) % every == 0 for nth in range(1, sum(days) + 1)]


@given(st.integers(0, 30000), st.integers(1, 100), st.none() | st.integers(0, 300))
def test_a_draw_always_invites_enough(finished: int, percent: int, carried: int | None) -> None:
    found = draw(finished, percent, EDITION, carried)
    assert found.every >= 1
    assert 0 <= found.carried < found.every
    assert finished // found.every >= found.asked  # as many as before would give as many invited as asked


@pytest.mark.parametrize(
    ("day", "months", "first", "last"),
    [
        (date(2026, 11, 23), 6, date(2026, 7, 1), date(2026, 12, 31)),
        (date(2026, 6, 30), 6, date(2026, 1, 1), date(2026, 6, 30)),
        (date(2028, 2, 29), 1, date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 5, 1), 3, date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 1, 1), 12, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_are_counted_from_january(day: date, months: int, first: date, last: date) -> None:
    assert period_of(day, months) == Period(first, last)


def test_the_period_before_january_is_of_last_year() -> None:
    assert before(period_of(date(2026, 3, 1), 6), 6) == Period(date(2025, 7, 1), date(2025, 12, 31))
