"""Numbers as they are printed, as they are typed, and codes nobody guesses."""

import re
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.core import written
from ticketing.core import numbering
from ticketing.core.mall_entries import PREFIX
from ticketing.core.refused import UnknownTicket

prefixes = st.text(st.sampled_from(ascii_uppercase), min_size=1, max_size=2).filter(lambda p: bool(re.match(PREFIX, p)))
serials = st.integers(1, 999_999)
blanks = st.sampled_from(["", " ", "-", " - ", ".", "--"])


@pytest.mark.parametrize(
    ("typed", "series", "serial"),
    [
        ("B-012", "B", 12),
        ("b12", "B", 12),
        ("B 012", "B", 12),
        (" b - 0012 ", "B", 12),
        ("B.12", "B", 12),
        ("pb-003", "PB", 3),
        ("PAB1000", "PAB", 1000),
        ("B-1234", "B", 1234),
        ("B000", "B", 0),
    ],
)
def test_a_number_is_understood_as_people_type_it(typed: str, series: str, serial: int) -> None:
    assert numbering.parse(typed) == (series, serial)


@pytest.mark.parametrize("typed", ["", "B", "12", "ABCD-1", "B-", "B-1x", "B-1234567", "B_12", "B-012\nx", "Ä-1"])
def test_what_cannot_be_a_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UnknownTicket, match="a number looks like B-012"):
        numbering.parse(typed)


@given(prefixes, st.booleans(), serials, blanks, st.integers(0, 3))
def test_a_printed_number_is_read_back(prefix: str, is_priority: bool, serial: int, blank: str, zeros: int) -> None:
    series = numbering.series(prefix, is_priority=is_priority)
    assert numbering.parse(written.number(series, serial)) == (series, serial)
    assert numbering.parse(f"{series.lower()}{blank}{'0' * zeros}{serial}") == (series, serial)


@given(prefixes, prefixes, st.booleans(), st.booleans())
def test_no_two_groups_share_a_series(first: str, second: str, is_first: bool, is_second: bool) -> None:
    same = numbering.series(first, is_priority=is_first) == numbering.series(second, is_priority=is_second)
    assert same == ((first, is_first) == (second, is_second))


def test_a_number_has_three_digits_until_it_needs_four() -> None:
    assert [written.number("B", n) for n in (1, 999, 1000)] == ["B-001", "B-999", "B-1000"]


@given(st.binary(min_size=written.CODE_LENGTH, max_size=40))
def test_a_code_is_twelve_signs_that_look_different(randoms: bytes) -> None:
    code = written.code(randoms)
    assert len(code) == written.CODE_LENGTH
    assert not set(code) - set(written.ALPHABET)
    assert not set("il1o0") & set(written.ALPHABET)
