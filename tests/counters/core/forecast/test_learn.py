"""What a night learns from the days so far."""

import numpy as np
import pytest

from counters.core.forecast import learn
from counters.core.forecast.facts import Arrival, Facts, Outcome, Served
from counters.core.forecast.plan import PlannedCounter, PlannedTenant

PLAN = PlannedTenant(minutes=(5.0, 20.0), counters=(PlannedCounter(services=(0, 1), opens=480, closes=960),))
WEIGHTS = np.array([1.0, 3.0])
CHANCE = np.random.default_rng(1)


def learned(facts: Facts) -> learn.Learned:
    """Learn in a mall that keeps its rule."""
    return learn.learn(PLAN, facts, WEIGHTS, 0.0)


def test_before_the_first_day_the_configured_minutes_hold() -> None:
    found = learned(Facts())
    assert found.means.tolist() == [5.0, 20.0]
    samples = np.split(found.habits.durations, found.habits.begins[1:-1])
    assert [round(float(sample.mean()), 6) for sample in samples] == [5.0, 20.0]
    assert found.expected(1, officer=4) == 20.0
    assert learn.pace_today(found, 0, 0) == learn.crowd_today(found, 0, 600) == 1.0


def test_a_tenant_that_takes_twice_as_long_is_believed_for_the_unseen_service_too() -> None:
    found = learned(Facts(served=[Served(0, 1, 10.0)] * 200))
    assert found.means[0] == pytest.approx(10.0, rel=0.05)
    assert found.means[1] == pytest.approx(40.0, rel=0.1)


def test_quick_and_slow_officers_are_told_apart() -> None:
    times = CHANCE.lognormal(0, 0.4, 400)
    served = [Served(0, n % 2, float(time) * (4.0 if n % 2 else 8.0)) for n, time in enumerate(times)]
    found = learned(Facts(served=served))
    assert found.factor(1) / found.factor(0) == pytest.approx(0.5, rel=0.2)
    assert found.factor(99) == 1.0


def test_little_is_learned_of_an_officer_from_one_service() -> None:
    served = [Served(0, 0, 5.0)] * 100 + [Served(0, 1, 50.0)]
    assert learned(Facts(served=served)).factor(1) < 2.5


def test_a_day_of_long_services_tells_little_of_its_rest() -> None:
    found = learned(Facts(served=[Served(0, 0, float(time)) for time in CHANCE.lognormal(1.6, 0.6, 300)]))
    usual = found.means.mean()
    assert 1.0 < learn.pace_today(found, 20 * usual, 10 * usual) < 1.3
    assert learn.pace_today(found, 2000 * usual, 1000 * usual) > 1.8


def test_who_waits_longer_comes_less_often() -> None:
    outcomes = [Outcome(float(waited), came=CHANCE.random() > 0.03 + 0.003 * waited) for waited in range(100)] * 10
    found = learned(Facts(outcomes=outcomes)).habits.odds
    assert found.no_show_slope == pytest.approx(0.003, abs=0.0015)
    assert 0.0 <= found.no_show + found.no_show_slope * 50 < 0.3


def test_the_crowd_is_known_by_half_hours_and_classes() -> None:
    arrivals = [Arrival(485.0, 0, 0)] * 30 + [Arrival(520.0, 1, 1)] * 10
    found = learned(Facts(days=10, arrivals=arrivals))
    assert found.profile[16] == 3.0
    assert found.habits.arrivals[1, 17] == pytest.approx(0.25 * 1.0 / 30)
    assert found.habits.mix[-1] == pytest.approx(1.0)
    assert learn.crowd_today(found, 100, 510.0) == pytest.approx(160 / 63)


def test_samples_are_sorted_and_never_empty() -> None:
    habits = learned(Facts(served=[Served(0, 0, float(time)) for time in (9, 2, 5)], pauses=[7.0, 3.0])).habits
    for sample in (habits.gap, habits.reaction, habits.opening, habits.pause):
        assert len(sample) >= 1
        assert (np.diff(sample) >= 0).all()
    for begin, end in zip(habits.begins, habits.begins[1:], strict=False):
        assert end - begin >= learn.ENOUGH
        assert (np.diff(habits.durations[begin:end]) >= 0).all()


def test_how_often_one_must_be_overtaken_to_have_left_is_learned() -> None:
    assert learn.patience([Facts()]) == 3
    assert learn.patience([Facts(left=[4, 9]), Facts()]) == 1
    assert learn.patience([Facts(left=[8, 9, 9], overtaken=[1, 1, 2, 3])]) == 2
    assert learn.patience([Facts(overtaken=[1, 2, 50])]) == 50
