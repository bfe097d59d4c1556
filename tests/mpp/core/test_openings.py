"""How counters spent a day."""

from datetime import timedelta

from mpp.core import legs, openings
from mpp.core.legs import Line
from mpp.core.openings import Doing
from tests.mpp.core.days import BEGINS, L1, L2, clock, desk, log, steps, together
from ticketing.core.access import Role

ENDS = BEGINS + timedelta(days=1)


def told(*lines: list[Line], now: float = 2000) -> dict[tuple[int, Doing], float]:
    """Return the minutes of each counter with each doing."""
    day = together(*lines)
    spent: dict[tuple[int, Doing], float] = {}
    for span in openings.spans(day, legs.fold(day, {}), BEGINS, ENDS, clock(now)):
        key = (span.counter_id, span.doing)
        spent[key] = spent.get(key, 0) + (span.ends - span.begins).total_seconds() / 60
    return spent


def test_open_paused_and_busy_are_told_apart() -> None:
    served = log(*steps("0 issue, 10 call, 11 start, 20 finish"))
    assert told(desk(L1, *steps("0 open, 60 pause, 75 open, 120 close")), served) == {
        (L1, Doing.OPEN): 105,
        (L1, Doing.PAUSED): 15,
        (L1, Doing.BUSY): 9,
    }


def test_a_counter_left_open_counts_until_its_last_deed() -> None:
    assert told(desk(L1, *steps("0 open, 30 open"))) == {(L1, Doing.OPEN): 30}


def test_the_day_under_way_counts_until_now() -> None:
    serving = log(*steps("0 issue, 10 call, 11 start"))
    assert told(desk(L1, *steps("0 open")), serving, now=40) == {(L1, Doing.OPEN): 40, (L1, Doing.BUSY): 29}


def test_nothing_counts_beyond_midnight() -> None:
    serving = log(*steps("900 issue, 950 call, 955 start, 970 expire"))
    assert told(desk(L1, *steps("950 open, 970 close")), serving) == {(L1, Doing.OPEN): 5, (L1, Doing.BUSY): 5}


def test_time_is_shared_out_among_the_hours() -> None:
    day = together(desk(L1, *steps("30 open, 150 close")), desk(L2, *steps("0 open, 10 close"), role=Role.MANAGER))
    found = openings.by_hour(openings.spans(day, [], BEGINS, ENDS, ENDS), BEGINS)
    assert [(one.counter_id, one.hour, one.role, one.open // timedelta(minutes=1)) for one in found] == [
        (L1, 8, Role.OFFICER, 30),
        (L1, 9, Role.OFFICER, 60),
        (L1, 10, Role.OFFICER, 30),
        (L2, 8, Role.MANAGER, 10),
    ]
