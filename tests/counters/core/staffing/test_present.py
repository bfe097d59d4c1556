"""When counters that do not call now will probably do so."""

import numpy as np
import pytest

from counters.core.staffing import present
from counters.core.staffing.shifts import Hours

NOON = Hours(480.0, 960.0, ((720.0, 780.0),), in_turns=False)
IN_TURNS, MORNING = Hours(480.0, 960.0), Hours(480.0, 720.0)
PAUSES = np.array([5.0, 10.0, 15.0])


@pytest.mark.parametrize(
    ("hours", "since", "now", "back"),
    [
        (NOON, 600, 600, 610.0),
        (NOON, 600, 606, 612.5),
        (NOON, 600, 630, 640.0),
        (NOON, 710, 715, 780.0),
        (NOON, 740, 790, 790.0),
        (IN_TURNS, 700, 710, 745.0),
        (IN_TURNS, 700, 750, 760.0),
        (MORNING, 700, 701, 710.0),
    ],
    ids=[
        "a pause that begins",
        "one that was not over so soon",
        "one without equal",
        "a break of all, a little before",
        "a break of all that is over",
        "lunch in turns",
        "a lunch that is over",
        "nobody needs lunch on a short day",
    ],
)
def test_when_a_counter_is_back_from_its_pause(hours: Hours, since: float, now: float, back: float) -> None:
    assert present.back(since, now, hours, PAUSES) == back


@pytest.mark.parametrize(
    ("past", "now", "opens"),
    [
        ([485.0, 490.0, 495.0], 480, 490.0),
        ([485.0, 490.0, 495.0], 486, 492.5),
        ([485.0, 490.0, 495.0], 500, np.inf),
        ([600.0, 610.0, np.inf], 480, 610.0),
        ([485.0, np.inf, np.inf], 480, np.inf),
        ([], 480, np.inf),
    ],
    ids=["as usual", "a little late", "later than ever", "in the course of the day", "hardly ever", "nobody knows"],
)
def test_when_a_counter_opens_that_has_not_yet(past: list[float], now: float, opens: float) -> None:
    assert present.opens(past, now) == opens
