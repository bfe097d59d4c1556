"""The search for counters, on halls that follow a rule one can work out by hand."""

from collections.abc import Callable, Sequence

import pytest

from counters.core.staffing.search import Bounds, Plan, Trial, search


def hall(work: Sequence[float], seen: list[Plan] | None = None) -> Callable[[Plan], Trial]:
    """Run an hour's work by its counters, and leave the rest to the next hour; waits grow with what is left."""

    def run(plan: Plan) -> Trial:
        if seen is not None:
            seen.append(plan)
        waits, left = [], 0.0
        for needed, counters in zip(work, plan, strict=True):
            left = max(0.0, left + needed - counters)
            waits.append(20 * left)
        return Trial(p90=tuple(waits), breaks=tuple(0.0 for _ in waits), day_p90=0, day_breaks=0, late=0)

    return run


CASES = {
    "nothing to do": ((0, 0), (3, 3), 1, 12, (1, 1)),
    "what is missing is added": ((2, 4, 1), (1, 1, 1), 1, 12, (2, 4, 1)),
    "what is too much is taken away": ((2, 4, 1), (6, 6, 6), 1, 12, (2, 4, 1)),
    "a little work may wait for the next hour": ((3, 3), (3, 3), 1, 25, (2, 3)),
    "a tenth of the target is kept free": ((3, 3), (3, 3), 1, 21, (3, 3)),
    "no fewer than allowed": ((0, 3), (1, 1), 2, 12, (2, 3)),
}


@pytest.mark.parametrize(("work", "start", "least", "target", "expected"), CASES.values(), ids=CASES)
def test_the_search_finds_what_is_needed(
    work: Sequence[float], start: Plan, least: int, target: float, expected: Plan
) -> None:
    bounds = Bounds((least,) * len(work), (8,) * len(work))
    found = search(start, bounds, hall(work), target)
    assert (found.plan, found.is_whole) == (expected, True)


def test_what_is_out_of_reach_is_got_as_near_as_can_be() -> None:
    found = search((1, 1, 1), Bounds((1, 1, 1), (3, 3, 3)), hall((2, 9, 1)), target=15)
    assert found.plan == (2, 3, 3)
    assert found.trial.p90 == (0.0, 120.0, 80.0)


def test_an_hour_before_helps_where_its_own_is_full() -> None:
    found = search((1, 1), Bounds((1, 1), (9, 2)), hall((4, 2)), target=5)
    assert found.plan == (4, 2)


def test_no_plan_is_tried_twice() -> None:
    seen: list[Plan] = []
    found = search((5, 5, 5), Bounds((1,) * 3, (9,) * 3), hall((2, 4, 1), seen), target=12)
    assert len(seen) == len(set(seen)) == found.tried


def test_a_search_without_time_returns_what_it_has() -> None:
    found = search((1, 1), Bounds((1, 1), (9, 9)), hall((4, 4)), 12, is_over=lambda: True)
    assert (found.plan, found.is_whole) == ((1, 1), False)


def test_hours_without_visitors_never_fail() -> None:
    def run(plan: Plan) -> Trial:
        return Trial(p90=(None,) * len(plan), breaks=(0.0,) * len(plan), day_p90=0, day_breaks=0, late=0)

    assert search((4, 4), Bounds((1, 2), (9, 9)), run, 15).plan == (1, 2)
