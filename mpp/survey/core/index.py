"""The index of satisfaction (IKM): elements' means, exact ninths, one rounding at the end, the grade. Pure.

    NRR of an element = sum of its marks / completed questionnaires
    IKM               = sum over the elements of NRR x weight x 25

Source: PermenPANRB 14/2017, as quoted by forms and read in the code of applications. Everything is exact until the
index is rounded half up to two decimals; the grade is told by the rounded index, as the intervals are printed with two.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from mpp.law.core import Edition
from mpp.survey.core.questionnaire import ELEMENTS, Element

LOWEST = 3
"""So many elements are to be improved first; more when several are equal."""


class Weights(StrEnum):
    """What each of nine elements weighs: a ninth, or the printed decimals by which some old reports were made.

    With 0.11 the most is 99.00 and not 100, with 0.111 it is 99.90: for reproducing old reports, and nothing else.
    """

    EXACT = "exact"
    TWO_DECIMALS = "0.11"
    THREE_DECIMALS = "0.111"


def weight(weights: Weights) -> Fraction:
    """Return the weight of one element."""
    return Fraction(1, len(ELEMENTS)) if weights is Weights.EXACT else Fraction(weights.value)


class Tally(Struct, frozen=True):
    """Completed questionnaires: how many, and the sum of the marks of each element."""

    n: int
    sums: Mapping[Element, int]


class Index(Struct, frozen=True, kw_only=True):
    """What a tally comes to; `means` are the elements' NRR, `raw` lies between 1 and 4 with exact ninths."""

    n: int
    means: Mapping[Element, Fraction]
    raw: Fraction
    index: Decimal
    grade: str
    lowest: tuple[Element, ...]


def together(tallies: Iterable[Tally]) -> Tally:
    """Return several tallies as one."""
    known = list(tallies)
    return Tally(sum(one.n for one in known), {e: sum(one.sums[e] for one in known) for e in ELEMENTS})


def rounded(value: Fraction, places: int) -> Decimal:
    """Round half up, exactly."""
    shifted = value * 10**places + Fraction(1, 2)
    return Decimal(shifted.numerator // shifted.denominator).scaleb(-places).quantize(Decimal(1).scaleb(-places))


def index(tally: Tally, edition: Edition, weights: Weights = Weights.EXACT) -> Index:
    """Work out the index of one questionnaire and more."""
    means = {element: Fraction(tally.sums[element], tally.n) for element in ELEMENTS}
    raw = sum(means.values(), Fraction(0)) * weight(weights)
    converted = rounded(raw * Fraction(edition.number("conversion")), 2)
    return Index(
        n=tally.n, means=means, raw=raw, index=converted, grade=grade(converted, edition), lowest=lowest(means)
    )


def grade(value: Decimal, edition: Edition) -> str:
    """Return the letter of an index that is rounded to two decimals: the first bound that it reaches, else the last."""
    bounds = edition.of("grade")
    for rule in bounds:
        if value >= edition.number(rule.key):
            return rule.key.removeprefix("grade.")
    return bounds[-1].key.removeprefix("grade.")


def lowest(means: Mapping[Element, Fraction]) -> tuple[Element, ...]:
    """Return the three lowest elements, lowest first, and all that are equal to the third."""
    order = sorted(ELEMENTS, key=lambda element: (means[element], element))
    last = means[order[LOWEST - 1]]
    return tuple(element for element in order if means[element] <= last)
