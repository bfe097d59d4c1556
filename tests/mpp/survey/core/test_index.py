"""The index by hand: exact ninths, half up, the edges of grades, the trap of the printed weight, the lowest."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpp.law import core, packaged
from mpp.law.core import Instrument
from mpp.survey.core.index import Tally, Weights, grade, index, rounded, together
from mpp.survey.core.questionnaire import ELEMENTS, Element, Scores

EDITION = core.in_force(packaged.editions(), Instrument.SURVEY, date(2026, 11, 23))


def tally(n: int, *sums: int) -> Tally:
    return Tally(n, dict(zip(ELEMENTS, sums, strict=True)))


@pytest.mark.parametrize(
    ("index", "letter"),
    [  # as a performance report of 2024 quotes it: 25.00-64.99, 65.00-76.60, 76.61-88.30, 88.31-100.00
        ("25.00", "d"),
        ("64.99", "d"),
        ("65.00", "c"),
        ("76.60", "c"),
        ("76.61", "b"),
        ("88.30", "b"),
        ("88.31", "a"),
        ("100.00", "a"),
        ("24.75", "d"),  # the least that the weight 0.11 can give
    ],
)
def test_the_grade_follows_the_printed_intervals(index: str, letter: str) -> None:
    assert grade(Decimal(index), EDITION) == letter


@pytest.mark.parametrize(
    ("n", "sums", "weights", "raw", "value", "letter"),
    [
        (1, [4] * 9, Weights.EXACT, Fraction(4), "100.00", "a"),
        (1, [4] * 9, Weights.TWO_DECIMALS, Fraction("3.96"), "99.00", "a"),  # the trap: 0.11 cannot give 100
        (1, [4] * 9, Weights.THREE_DECIMALS, Fraction("3.996"), "99.90", "a"),
        (1, [1] * 9, Weights.EXACT, Fraction(1), "25.00", "d"),
        (1, [1] * 9, Weights.TWO_DECIMALS, Fraction("0.99"), "24.75", "d"),
        (1, [3] * 9, Weights.EXACT, Fraction(3), "75.00", "c"),
        # 3179 of 900: 3.53222.. x 25 = 88.3055.., which is 88.31 when rounded half up, and so an A
        (100, [353] * 7 + [354] * 2, Weights.EXACT, Fraction(3179, 900), "88.31", "a"),
        # 3178 of 900: 3.53111.. x 25 = 88.277.. -> 88.28, a B
        (100, [353] * 8 + [354], Weights.EXACT, Fraction(3178, 900), "88.28", "b"),
        # one and the same answers: an A by exact ninths, and a B by 0.11
        (100, [353] * 7 + [354] * 2, Weights.TWO_DECIMALS, Fraction(3179, 900) * 9 * Fraction(11, 100), "87.42", "b"),
        # 88.305 exactly is rounded up: 88.305 / 25 = 3.5322 = 31789.8 / 9000; with n = 5000 the sum is 158949
        (5000, [17661] * 9, Weights.EXACT, Fraction(17661, 5000), "88.31", "a"),
        (5000, [17661] * 8 + [17660], Weights.EXACT, Fraction(158948, 45000), "88.30", "b"),
        # 64.995 is rounded up to 65.00, just below it is not: a C and a D
        (5000, [12999] * 9, Weights.EXACT, Fraction(12999, 5000), "65.00", "c"),
        (5000, [12999] * 8 + [12998], Weights.EXACT, Fraction(116990, 45000), "64.99", "d"),
        # 76.605 is rounded up to 76.61: a B; just below a C
        (5000, [15321] * 9, Weights.EXACT, Fraction(15321, 5000), "76.61", "b"),
        (5000, [15321] * 8 + [15320], Weights.EXACT, Fraction(137888, 45000), "76.60", "c"),
    ],
)
def test_the_index_by_hand(n: int, sums: list[int], weights: Weights, raw: Fraction, value: str, letter: str) -> None:
    found = index(tally(n, *sums), EDITION, weights)
    assert (found.raw, found.index, found.grade) == (raw, Decimal(value), letter)


@pytest.mark.parametrize(
    ("sums", "lowest"),
    [
        ([4, 4, 1, 3, 4, 4, 4, 2, 4], ["u3", "u8", "u4"]),
        ([4, 4, 1, 3, 3, 4, 4, 2, 4], ["u3", "u8", "u4", "u5"]),  # equal to the third
        ([1, 1, 1, 1, 4, 4, 4, 4, 4], ["u1", "u2", "u3", "u4"]),
        ([3] * 9, [f"u{nth}" for nth in range(1, 10)]),
    ],
)
def test_the_lowest_three_and_all_that_equal_the_third(sums: list[int], lowest: list[str]) -> None:
    assert [*index(tally(1, *sums), EDITION).lowest] == lowest


def test_only_a_complete_questionnaire_is_complete() -> None:
    full = Scores(**dict.fromkeys(ELEMENTS, 3))
    assert full.is_complete
    assert not Scores(u1=4).is_complete
    assert Scores(u1=4).given() == {Element.REQUIREMENTS: 4}
    assert Scores().given() == {}


marks = st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=1, max_size=40)


@given(marks)
def test_the_index_lies_within_its_bounds_and_agrees_with_plain_decimals(answers: list[list[int]]) -> None:
    tallies = [tally(1, *answer) for answer in answers]
    found = index(together(tallies), EDITION)
    assert Decimal(25) <= found.index <= Decimal(100)
    total, ninths = sum(map(sum, answers)), 9 * len(answers)
    by_hand = (Decimal(total) * 25 / Decimal(ninths)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert found.index == by_hand
    assert len(found.lowest) >= 3
    most = max(found.means[element] for element in found.lowest)
    assert all(found.means[element] > most for element in ELEMENTS if element not in found.lowest)
    assert index(together(reversed(tallies)), EDITION) == found


@given(st.fractions(0, 1000), st.integers(0, 4))
def test_rounding_is_half_up_and_never_further_than_half_a_step(value: Fraction, places: int) -> None:
    off = Fraction(rounded(value, places)) - value
    assert -Fraction(1, 2) < off * 10**places <= Fraction(1, 2)
