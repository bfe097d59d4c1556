"""The figures of simulated days."""

import numpy as np
import pytest

from counters.core.simulation.day import simulate
from counters.core.simulation.outcome import outcome
from counters.core.simulation.shapes import STAYS_AWAY
from tests.counters.core.simulation.days import ALWAYS, day, rules, visitors

TARGETS = np.array([15.0, 8.0])


def test_figures_of_two_days() -> None:
    days = [
        day(visitors((0, 0, 0), (0, 0, 0), (0, 0, 0), (60, 0, 1)), (0,)),
        day(visitors((0, 0, 0), (1, 0, 1)), (0,)),
    ]
    found = outcome(days, simulate(days, rules(1, 5), ALWAYS), TARGETS)
    assert (found.days, found.all.n, found.all.not_called) == (2, 6, 0)
    assert found.all.mean == pytest.approx((0 + 10 + 20 + 0 + 0 + 9) / 6)
    assert found.all.max == 20
    assert [kind.late for kind in found.kinds] == [1 / 4, 1 / 2]
    assert found.longest_a_day == (20 + 9) / 2
    assert found.slowdown == pytest.approx((1 + 2 + 3 + 1 + 1 + 1.9) / 6)
    assert found.busy == 30
    assert found.over == 0
    assert [hour.n for hour in found.hours[8:10]] == [5, 1]


def test_who_is_never_called_is_late_and_has_no_wait() -> None:
    days = [day(visitors((0, 0, 0), (1, 0, 0)), (0,), closes=5)]
    found = outcome(days, simulate(days, rules(1, 5), ALWAYS), TARGETS)
    assert (found.all.not_called, found.all.max, found.all.late) == (1, 0, 0.5)
    nobody = outcome([day(visitors(), (0,))], simulate([day(visitors(), (0,))], rules(1, 5), ALWAYS), TARGETS)
    assert (nobody.all.n, nobody.all.mean, nobody.longest_a_day, nobody.slowdown) == (0, None, None, None)


def test_who_does_not_come_keeps_no_counter_busy() -> None:
    days = [day(visitors((479, 0, 0), (479.5, 0, 0), chance=STAYS_AWAY), (0,))]
    found = outcome(days, simulate(days, rules(1, 1), ALWAYS), TARGETS)
    assert (found.busy, found.slowdown) == (0, None)
    assert found.over == pytest.approx(3)
