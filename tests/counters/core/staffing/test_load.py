"""Counters by formula, against values worked out by hand."""

import pytest

from counters.core.staffing import load
from counters.core.staffing.load import Workload

EFFECTIVE = {
    "nothing but the service": (Workload(service=8), 8.0),
    "and the way": (Workload(service=8, gap=1), 9.0),
    "one in ten does not come and costs two minutes": (Workload(service=8, gap=1, no_show=0.1, in_vain=2), 8.3),
    "and a fifth of the time is paused": (Workload(service=8, gap=1, no_show=0.1, in_vain=2, paused=0.2), 10.375),
    "one who does not come may cost more": (Workload(service=4, no_show=0.5, in_vain=6), 5.0),
}


@pytest.mark.parametrize(("of", "minutes"), EFFECTIVE.values(), ids=EFFECTIVE)
def test_a_visitor_keeps_a_counter_longer_than_the_service(of: Workload, minutes: float) -> None:
    assert load.effective_minutes(of) == pytest.approx(minutes)


WAITING = {
    "one counter: the load itself": (0.5, 1, 0.5),
    "two counters": (1.0, 2, 1 / 3),
    "three counters": (2.0, 3, 4 / 9),
    "no load": (0.0, 2, 0.0),
    "as much load as counters": (2.0, 2, 1.0),
    "more": (3.0, 2, 1.0),
}


@pytest.mark.parametrize(("erlangs", "counters", "chance"), WAITING.values(), ids=WAITING)
def test_the_chance_of_waiting_is_that_of_erlang(erlangs: float, counters: int, chance: float) -> None:
    assert load.chance_of_waiting(erlangs, counters) == pytest.approx(chance)


def test_the_chance_of_a_long_wait_falls_with_time_and_with_regular_services() -> None:
    # 6 an hour, 5 minutes, one counter: load 1/2, rate 1/5 - 1/10; exp(-1) after ten minutes.
    assert load.chance_of_longer(6, 5, 1, 10) == pytest.approx(0.5 * 0.36787944)
    assert load.chance_of_longer(6, 5, 1, 10, variation=0) == pytest.approx(0.5 * 0.13533528)
    assert load.chance_of_longer(6, 5, 1, 10, variation=0, evenly=True) == pytest.approx(0.5 * 0.36787944)
    assert load.chance_of_longer(12, 5, 1, 10) == 1.0


ENOUGH = {
    "nobody comes": (0, 8, 15, 1),
    "a few": (6, 5, 15, 2),
    "a few more patience": (6, 5, 17, 1),
    "an hour of full load": (60, 9, 15, 11),
}


@pytest.mark.parametrize(("visitors", "minutes", "target", "counters"), ENOUGH.values(), ids=ENOUGH)
def test_enough_counters_keep_nine_in_ten_within_the_target(
    visitors: float, minutes: float, target: float, counters: int
) -> None:
    assert load.enough(visitors, minutes, target) == counters
    assert load.chance_of_longer(visitors, minutes, counters, target) <= 0.1


def test_the_square_root_rule() -> None:
    assert [load.square_root(many, 8) for many in (0, 7.5, 30, 120)] == [1, 2, 5, 18]


def test_a_plan_is_made_for_a_busy_day() -> None:
    assert load.plan((10, 40, 0), 9, 15, 0.0) == (3, 8, 1)
    assert load.plan((10, 40, 0), 9, 15, 0.5) == (4, 11, 1)
