"""Days by chance: who comes, who pauses."""

import numpy as np

from counters.core.simulation import drawn
from counters.core.simulation.drawn import Demand
from tests.counters.core.forecast.halls import QUIET, habits

RATES = np.zeros((2, 2, 48))
RATES[0, 0, 16:20], RATES[1, 1, 16:20] = 6.0, 2.0


def chance() -> np.random.Generator:
    return np.random.default_rng(7)


def test_demand_of_rates() -> None:
    one = chance()
    days = [drawn.of_rates(one, RATES) for _ in range(200)]
    assert abs(np.mean([len(day.at) for day in days]) - 32) < 2
    assert all((np.diff(day.at) >= 0).all() and (day.at >= 480).all() and (day.at < 600).all() for day in days)
    assert all((day.service == day.kind).all() for day in days)
    assert not len(drawn.of_rates(one, np.zeros((2, 2, 48))).at)


def test_a_more_and_a_less_crowded_day() -> None:
    past = drawn.of_rates(chance(), RATES * 10)
    for factor in (0.5, 1.0, 1.6):
        day = drawn.scaled(chance(), past, factor)
        assert abs(len(day.at) - factor * len(past.at)) < 30
        assert (np.diff(day.at) >= 0).all()
        assert np.array_equal(np.unique(day.at // 30), np.unique(past.at // 30))
    same = drawn.scaled(chance(), past, 1.0)
    assert all(np.array_equal(one, other) for one, other in zip(same, past, strict=True))
    nobody = Demand(np.empty(0), np.empty(0, np.int64), np.empty(0, np.int64))
    assert not len(drawn.scaled(chance(), nobody, 2.0).at)
    assert all(day is past for day in drawn.again(chance(), [past], 3))


def test_visitors_take_what_was_learned() -> None:
    known = habits(4.0, 9.0)
    coming = drawn.visitors(chance(), drawn.of_rates(chance(), RATES), known)
    assert np.array_equal(coming.minutes, np.array([4.0, 9.0])[coming.service])
    assert (coming.vain >= 1).all()
    assert (coming.vain <= 2).all()
    assert ((coming.chance >= 0) & (coming.chance < 1)).all()


def test_pauses_are_as_many_as_were_seen() -> None:
    known = habits(4.0, odds=QUIET._replace(pause_rate=1 / 60))
    opens, closes = np.full(50, 480.0), np.full(50, 960.0)
    at, minutes = drawn.pauses(chance(), known, opens, closes)
    is_one = np.isfinite(at)
    assert abs(is_one.sum() / 50 - 8) < 1.5
    assert (at[is_one] >= 480).all()
    assert (at[is_one] < 960).all()
    assert (minutes[is_one] == 8).all()
    assert (minutes[~is_one] == 0).all()
    crew = drawn.desk(
        chance(), known, np.ones((50, 1), np.bool_), opens, closes, np.ones(50), np.full((50, 1), 720.0),
        np.full((50, 1), 45.0),
    )  # fmt: skip
    assert crew.break_at.shape == crew.break_minutes.shape
    assert crew.break_at.shape[1] > 1
    never = drawn.pauses(chance(), habits(4.0), opens, closes)
    assert not np.isfinite(never[0]).any()
