"""Crowds that are coming: foretold from the hall as it stands, with the counters that would prevent them."""

import numpy as np
import pytest

from counters.core.staffing.coming import coming
from counters.core.staffing.present import Crowd, Present
from counters.core.staffing.question import Question
from counters.core.staffing.shifts import Hours
from tests.counters.core.staffing.test_trial import ask, demand

DAY = Hours(480, 900)
QUIET = ask(demand(*range(480, 880, 40)), hours=DAY)
"""One in forty minutes, ten minutes each, target 15: one counter is enough."""
RUSH = ask(demand(*range(600, 660, 4)), hours=DAY)
"""From ten to eleven one in four minutes."""


def present(now: float, waiting: int = 0, counters: int = 1, came: int = 0, can: bool = True) -> Present:
    return Present(
        now=now,
        at=np.full(waiting, now - 1.0),
        service=np.zeros(waiting, np.int64),
        kind=np.zeros(waiting, np.int64),
        skills=np.full((counters, 1), can),
        free=np.full(counters, float(now)),
        came=came,
    )


@pytest.mark.parametrize(
    ("of", "stands", "found"),
    [
        (QUIET, present(540, came=2), None),
        (QUIET, present(540, waiting=6, came=8), (540.0, 2)),  # those who wait now are in the way of the next
        (RUSH, present(475), None),  # more than two hours before: not yet
        (RUSH, present(540), (600.0, 1)),  # an hour before: there is time to act
        (RUSH, present(540, counters=3), None),
        (RUSH, present(599, waiting=90, came=90), (600.0, None)),  # nothing helps any more
        (RUSH, present(540, counters=0), None),
        (RUSH, present(540, can=False), None),  # nobody at work serves it: that is seen without looking ahead
    ],
)
def test_a_crowd_is_foretold_while_there_is_time(
    of: Question, stands: Present, found: tuple[float, int | None] | None
) -> None:
    crowd = coming(of, stands)
    assert (crowd and (crowd.at, crowd.more)) == found


def test_a_busier_day_than_usual_becomes_a_bigger_crowd() -> None:
    waits = [_told(coming(RUSH, present(540, came=came))).p90 for came in (0, 10)]
    assert waits[0] < waits[1]


def test_a_break_of_the_tenant_does_not_count_as_waiting() -> None:
    """Who comes at 12.50 waits ten minutes that do not count, and none that do."""
    of = ask(demand(770), hours=Hours(480, 900, ((720.0, 780.0),)))
    assert coming(of, present(700)) is None


def _told(crowd: Crowd | None) -> Crowd:
    assert crowd is not None
    return crowd
