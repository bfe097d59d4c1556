"""How a visit may end, what a note may say, and an officer's day, as pure functions."""

from datetime import UTC, datetime, timedelta

import pytest

from counters.core import note, outcome, shift
from counters.core.refused import OutcomeNeeded, UnknownOutcome
from counters.core.shift import Step, Tally
from ticketing.core.ids import TicketId
from ticketing.core.mall_entries import Outcome
from ticketing.core.refused import Refused

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TWO = [Outcome(code=code, name=code, name_en=code) for code in ("selesai", "dirujuk")]


@pytest.mark.parametrize(
    ("offered", "code", "no"),
    [
        ([], None, None),
        ([], "selesai", UnknownOutcome),
        (TWO, None, OutcomeNeeded),
        (TWO, "dirujuk", None),
        (TWO, "hilang", UnknownOutcome),
    ],
)
def test_a_visit_ends_as_its_service_knows(offered: list[Outcome], code: str | None, no: type[Refused] | None) -> None:
    if no is None:
        outcome.must_fit(offered, code)
    else:
        with pytest.raises(no):
            outcome.must_fit(offered, code)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("kurang fotokopi KK", "kurang fotokopi KK"),
        ("  dua\n baris \t ini ", "dua baris ini"),
        ("nol\x00di\u200btengah", "nol di tengah"),
        (" \n ", ""),
    ],
)
def test_a_note_is_one_tidy_line(typed: str, kept: str) -> None:
    assert note.tidy(typed) == kept


def step(kind: str, ticket: int, minute: int, *, own: bool = True) -> Step:
    """One line of a log that begins at nine."""
    return Step(kind, TicketId(ticket), NINE + timedelta(minutes=minute), own)


DAYS: list[tuple[list[Step], Tally]] = [
    ([], Tally(served=0, average=None, absent=0)),
    ([step("missed", 1, 2), step("missed", 1, 9)], Tally(served=0, average=None, absent=2)),
    (
        [step("started", 1, 0), step("finished", 1, 4), step("started", 2, 5), step("returned", 2, 13)],
        Tally(served=2, average=timedelta(minutes=6), absent=0),
    ),
    (
        [step("started", 1, 0, own=False), step("finished", 1, 4), step("finished", 2, 5, own=False)],
        Tally(served=1, average=timedelta(minutes=4), absent=0),
    ),
    ([step("finished", 1, 4)], Tally(served=1, average=None, absent=0)),
    (
        [step("started", 1, 0), step("returned", 1, 2), step("started", 1, 20), step("finished", 1, 30)],
        Tally(served=2, average=timedelta(minutes=6), absent=0),
    ),
]


@pytest.mark.parametrize(("log", "told"), DAYS)
def test_an_officers_day_is_told_from_the_log(log: list[Step], told: Tally) -> None:
    assert shift.tally(log) == told


@pytest.mark.parametrize(("served", "is_small"), [(0, True), (9, True), (10, False)])
def test_an_average_of_few_visitors_is_called_so(served: int, is_small: bool) -> None:
    assert Tally(served=served, average=None, absent=0).is_small is is_small
