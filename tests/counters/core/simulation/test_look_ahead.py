"""Looking ahead: it chooses the kinder call, never among equals, and nobody beyond the guard is passed over."""

import numpy as np
import pytest

from counters.core.forecast.shapes import Floats
from counters.core.simulation.day import one
from counters.core.simulation.look_ahead import Ahead, price
from tests.counters.core.forecast.halls import habits
from tests.counters.core.simulation.days import ALWAYS, OPENS, day, rules, visitors

CALM = ALWAYS._replace(no_show=0.0)
LONG_SHORT = habits(30.0, 2.0, odds=CALM)
TARGETS = np.array([20.0])


def called(
    *who: tuple[float, int, int], guard: float = np.inf, targets: Floats = TARGETS, runs: int = 2
) -> list[float]:
    """Call these (minutes after the opening, service, class) at one counter that looks ahead."""
    coming = visitors(*who)
    coming = coming._replace(minutes=np.array([30.0, 2.0])[coming.service])
    of_day = day(coming, (0, 1), services=2)
    ahead = Ahead(LONG_SHORT, targets, guard, runs=runs)
    weights = rules(*np.arange(1.0, len(targets) + 1), favour=(1, 9))
    found: Floats = one(of_day, weights, CALM, ahead).called - OPENS
    return [float(at) for at in found.round(6)]


BUSY = (0.0, 0, 0)
"""Keeps the counter until half past eight."""

CASES = {
    "the short one first, for it saves both": (called(BUSY, (5, 0, 0), (15, 1, 0)), [0, 32, 30]),
    "a guard lets the overdue go first": (called(BUSY, (5, 0, 0), (15, 1, 0), guard=1.0), [0, 30, 60]),
    "the claims alone": (called(BUSY, (5, 0, 0), (15, 1, 0), runs=0), [0, 32, 30]),
    "the claims, with a guard": (called(BUSY, (5, 0, 0), (15, 1, 0), guard=1.0, runs=0), [0, 30, 60]),
    "equals are served in their order": (called(BUSY, (5, 1, 0), (6, 1, 0), (7, 1, 0)), [0, 30, 32, 34]),
    "a class with a nearer target first": (
        called(BUSY, (5, 1, 0), (20, 1, 1), targets=np.array([60.0, 8.0])),
        [0, 32, 30],
    ),
}


@pytest.mark.parametrize(("found", "when"), CASES.values(), ids=CASES)
def test_when_each_is_called(found: list[float], when: list[float]) -> None:
    assert found == when


def test_what_a_wait_costs() -> None:
    assert (price(-1, 10), price(10, 10), price(20, 10)) == (0, 1, 8)
