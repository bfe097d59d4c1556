"""What is shown of a forecast: rounded outward, steady, and words where a range would be a guess."""

import pytest

from ticketing.core import outlook
from ticketing.core.outlook import Chance, Forecast, Kind, Outlook

SOON, UNSURE, NO_COUNTER = (Outlook(kind=kind) for kind in (Kind.SOON, Kind.UNSURE, Kind.NO_COUNTER))


def minutes(least: int, most: int) -> Outlook:
    return Outlook(kind=Kind.RANGE, least=least, most=most)


def chance(low: float, middle: float, high: float, never: float = 0.0) -> Chance:
    return Chance(Forecast(middle, low, low, middle, high, high), never)


ROUNDED = [
    (0.4, 3.9, (0, 4)),
    (3.9, 9.9, (2, 10)),
    (9.9, 10.1, (8, 15)),
    (14.9, 36.0, (10, 40)),
    (20.0, 40.0, (20, 40)),
]


@pytest.mark.parametrize(("low", "high", "range_"), ROUNDED)
def test_a_range_is_rounded_outward(low: float, high: float, range_: tuple[int, int]) -> None:
    assert outlook.show(chance(low, (low + high) / 2, high)) == minutes(*range_)


WORDS = {
    "any moment": (chance(0, 1, 2.9), SOON),
    "nobody serves it today": (chance(0, 300, 300, never=0.95), NO_COUNTER),
    "it may be that nobody serves it today": (chance(5, 20, 30, never=0.3), UNSURE),
    "some runs do not reach": (chance(5, 20, 30, never=0.05), minutes(4, 30)),
    "too wide to be of use": (chance(2, 20, 60), UNSURE),
    "as wide, but far off": (chance(40, 70, 100), minutes(40, 100)),
}


@pytest.mark.parametrize(("told", "expected"), WORDS.values(), ids=WORDS)
def test_words_take_the_place_of_a_guess(told: Chance, expected: Outlook) -> None:
    assert outlook.show(told) == expected


STEADY = {
    "it went over an edge and came back": (minutes(10, 20), chance(10.1, 12, 14.9), minutes(10, 20)),
    "the range has become much narrower": (minutes(10, 30), chance(10.1, 12, 14.9), minutes(10, 15)),
    "it may be sooner than was said": (minutes(10, 20), chance(9.9, 12, 19.0), minutes(8, 20)),
    "it may be later than was said": (minutes(10, 20), chance(10.1, 15, 20.1), minutes(10, 25)),
    "there were words before": (SOON, chance(0.1, 2, 3.1), minutes(0, 4)),
    "it is any moment now": (minutes(0, 4), chance(0, 1, 2), SOON),
}


@pytest.mark.parametrize(("before", "told", "expected"), STEADY.values(), ids=STEADY)
def test_what_was_shown_stays_as_long_as_it_is_as_good(before: Outlook, told: Chance, expected: Outlook) -> None:
    assert outlook.show(told, before) == expected


WHICHEVER = {
    "nothing is offered": ([], None),
    "of one nobody knows": ([minutes(2, 8), None], None),
    "all alike": ([minutes(2, 8), minutes(2, 8)], minutes(2, 8)),
    "one sooner, one later": ([minutes(2, 8), minutes(10, 20)], minutes(2, 20)),
    "any moment or a little later": ([SOON, minutes(2, 8)], minutes(0, 8)),
    "any moment for all": ([SOON, SOON], SOON),
    "no counter for any": ([NO_COUNTER, NO_COUNTER], NO_COUNTER),
    "no counter for one of them": ([NO_COUNTER, SOON], UNSURE),
    "one is a guess": ([UNSURE, minutes(2, 8)], UNSURE),
}


@pytest.mark.parametrize(("known", "expected"), WHICHEVER.values(), ids=WHICHEVER)
def test_what_is_said_of_a_tenant_holds_for_each_of_its_services(
    known: list[Outlook | None], expected: Outlook | None
) -> None:
    assert outlook.whichever(known) == expected
