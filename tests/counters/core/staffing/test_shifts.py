"""From counters per hour to the times at which each opens, has lunch and closes."""

import pytest

from counters.core.staffing.search import Plan
from counters.core.staffing.shifts import Hours, Shift, least, shifts

MORNING = Hours(480, 720)
DAY = Hours(480, 960)
FRIDAY = Hours(480, 870, ((690, 780),))

CASES = {
    "one counter all morning": (MORNING, (1, 1, 1, 1), [(0, 480, 720)]),
    "a second for the rush": (MORNING, (1, 2, 2, 1), [(0, 480, 720), (1, 540, 660)]),
    "one that comes back": (MORNING, (2, 1, 2, 1), [(0, 480, 720), (1, 480, 540), (1, 600, 660)]),
    "nobody": (MORNING, (0, 0, 0, 0), []),
    "a break for all, no lunch": (FRIDAY, (1, 1, 1, 1, 1, 1), [(0, 480, 690), (0, 780, 870)]),
    "lunch in turns": (
        DAY,
        (2,) * 8,
        [(0, 480, 690), (0, 735, 960), (1, 480, 735), (1, 780, 960)],
    ),
    "no lunch for a short shift": (DAY, (0, 0, 0, 1, 1, 1, 1, 0), [(0, 660, 900)]),
    "no lunches where they are not planned": (Hours(480, 960, (), False), (1,) * 8, [(0, 480, 960)]),
}


@pytest.mark.parametrize(("hours", "plan", "expected"), CASES.values(), ids=CASES)
def test_counters_open_for_the_hours_of_the_plan(
    hours: Hours, plan: Plan, expected: list[tuple[int, float, float]]
) -> None:
    assert shifts(plan, hours) == [Shift(*one) for one in expected]


@pytest.mark.parametrize("counters", [2, 3, 4])
def test_of_a_few_counters_never_two_are_at_lunch(counters: int) -> None:
    rows = shifts((counters,) * 8, DAY)
    for minute in range(480, 960, 5):
        assert sum(row.opens <= minute < row.closes for row in rows) >= counters - 1


def test_the_hours_of_a_plan_are_those_in_which_it_is_open() -> None:
    assert Hours(450, 870, ((720, 780),)).slots() == (7, 8, 9, 10, 11, 13, 14)
    assert FRIDAY.minutes(660, 720) == 30


def test_a_tenant_with_a_few_counters_keeps_two_open() -> None:
    assert [least(counters, 1, 1) for counters in (1, 2, 4, 5)] == [(1,), (2,), (2,), (1,)]
    assert least(4, 3, 2) == (3, 3)
