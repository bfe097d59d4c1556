"""The question of how many counters are needed, from days and the mall file."""

from datetime import timedelta

import pytest

from counters.core.staffing import load
from counters.core.staffing.shifts import Hours
from mpp.core import staffing
from mpp.core.staffing import Desks
from tests.mpp.core.test_past import MONDAY, columns, day, leg
from ticketing.core.policy import Policy

HOURS = Hours(480, 600)
DESKS = Desks(
    minutes={11: 5, 12: 10},
    counters=(frozenset({11}), frozenset({11, 12}), frozenset({12})),
    rules=Policy(head_start=10, favour_short=1.0),
)
OPEN = ((1, 8, 3600, 0), (1, 9, 3600, 0), (2, 9, 3600, 0))


@pytest.mark.parametrize(
    ("counters", "ordered", "covering"),
    [
        ([{11}, {11, 12}], [{0, 1}, {0}], 1),
        ([{11}, {12}, {11}], [{0}, {1}, {0}], 2),
        ([{12}, set(), {99}], [{1}], 1),
        ([], [], 0),
    ],
)
def test_counters_open_so_that_few_serve_all(counters: list[set[int]], ordered: list[set[int]], covering: int) -> None:
    desks = Desks(minutes={11: 5, 12: 10}, counters=tuple(map(frozenset, counters)), rules=Policy())
    found = staffing.order(desks, {11: 0, 12: 1})
    assert [set(one) for one in found] == ordered
    assert staffing.cover(found) == covering


def test_a_week_of_days_makes_a_question() -> None:
    of = columns(*[day(leg(5), leg(15, 12), hours=OPEN, at=MONDAY + timedelta(days=n)) for n in range(5)])
    asked = staffing.question(of, DESKS, HOURS, 0, 15)
    assert asked is not None
    assert (len(asked.past), asked.usual, asked.target) == (5, (1, 2), 15.0)
    assert asked.skills.tolist() == [[True, True], [True, False], [False, True], *[[True, True]] * 3]
    assert (asked.bounds.least, asked.bounds.most) == ((2, 2), (6, 6))
    assert asked.habits.rules.weights.tolist() == [1.0, 5.0]
    assert asked.habits.rules.head_start.tolist() == [0.0, 10.0]
    assert asked.habits.rules.favour.tolist() == [1.5, 0.75]
    assert 5 < load.effective_minutes(asked.workload) < 10


def test_too_few_days_or_no_counter_make_none() -> None:
    few = columns(*[day(leg(5), at=MONDAY + timedelta(days=n)) for n in range(4)])
    assert staffing.question(few, DESKS, HOURS, 0, 15) is None
    many = columns(*[day(leg(5), at=MONDAY + timedelta(days=n)) for n in range(6)])
    assert staffing.question(many, Desks(minutes={11: 5}, counters=(), rules=Policy()), HOURS, 0, 15) is None
    unknown = staffing.question(many, DESKS, HOURS, 0, 15)
    assert unknown is not None
    assert unknown.usual == ()
