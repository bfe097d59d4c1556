"""Other hours, more and fewer counters, on a day that was."""

import numpy as np
import pytest

from counters.core.simulation.day import one
from counters.core.simulation.past import Then
from counters.core.simulation.shapes import Day
from counters.core.simulation.tried import Tried, changed
from tests.counters.core.simulation.days import ALWAYS, ENDS, OPENS, day, rules, visitors

NEVER = np.inf
FOUR = ((-30.0, 0, 0), (-20.0, 0, 0), (0.0, 0, 0), (10.0, 0, 0))
PLAIN = rules(1)


def then(of: Day) -> Then:
    return Then(of, one(of, PLAIN, ALWAYS))


CASES = {
    "nothing": (day(visitors(*FOUR), (0,)), Tried(), [0, 10, 20, 30]),
    "a counter more": (day(visitors(*FOUR), (0,)), Tried(more_counters=1), [0, 0, 10, 10]),
    "a counter less": (day(visitors(*FOUR), (0,), (0,)), Tried(more_counters=-1), [0, 10, 20, 30]),
    "one stays at least": (day(visitors(*FOUR), (0,), (0,)), Tried(more_counters=-5), [0, 10, 20, 30]),
    "half an hour earlier": (day(visitors(*FOUR), (0,)), Tried(open_earlier=30), [-30, -20, 0, 10]),
    "later": (day(visitors(*FOUR), (0,)), Tried(open_earlier=-15), [15, 25, 35, 45]),
    "closing with people waiting": (day(visitors(*FOUR), (0,)), Tried(close_later=-455), [0, 10, 20, NEVER]),
    "closing later is nothing to those who came": (day(visitors(*FOUR), (0,)), Tried(close_later=60), [0, 10, 20, 30]),
}  # fmt: skip


@pytest.mark.parametrize(("of", "tried", "when"), CASES.values(), ids=CASES)
def test_when_each_is_called(of: Day, tried: Tried, when: list[float]) -> None:
    assert (one(changed(then(of), tried), PLAIN, ALWAYS).called - OPENS).tolist() == when


def test_a_counter_that_closed_on_waiting_people_may_stay_longer() -> None:
    of = day(visitors(*FOUR), (0,), closes=15)._replace(ends=NEVER)
    assert (one(changed(then(of), Tried(close_later=10)), PLAIN, ALWAYS).called - OPENS).tolist() == [0, 10, 20, NEVER]


def test_waiting_before_the_opening_does_not_count_and_moves_with_it() -> None:
    of = day(visitors(*FOUR), (0,))._replace(begins=OPENS)
    assert changed(then(of), Tried(open_earlier=30)).begins == OPENS - 30
    assert changed(then(of), Tried()).ends == ENDS
