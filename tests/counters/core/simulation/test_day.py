"""A whole day of a tenant: who is called when, and what is counted."""

import numpy as np
import pytest

from counters.core.forecast import beginning, forward
from counters.core.forecast.shapes import Line, Moment, Rules
from counters.core.simulation.day import one, simulate
from counters.core.simulation.shapes import STAYS_AWAY, Day
from tests.counters.core.forecast import halls
from tests.counters.core.simulation.days import ALWAYS, ENDS, NEVER, OPENS, called, day, rules, visitors

FIFO, FIVE = rules(1, 1), rules(1, 5)
THREE = ((0.0, 0, 0), (1.0, 0, 0), (2.0, 0, 1))

CASES = {
    "nobody comes": (day(visitors(), (0,)), FIFO, []),
    "first come, first served": (day(visitors(*THREE), (0,)), FIFO, [0, 10, 20]),
    "the favoured go first": (day(visitors(*THREE), (0,)), FIVE, [0, 20, 10]),
    "a head start of ten minutes": (day(visitors(*THREE), (0,)), rules(1, 1, head_start=10), [0, 20, 10]),
    "two counters share": (day(visitors(*THREE), (0,), (0,)), FIFO, [0, 1, 10]),
    "early visitors wait for the opening": (day(visitors((-20, 0, 0)), (0,)), FIFO, [0]),
    "a counter that opens late": (day(visitors((0, 0, 0)), (0,), opens=30), FIFO, [30]),
    "a counter that never opens": (day(visitors((0, 0, 0)), (0,), opens=NEVER), FIFO, [NEVER]),
    "a free counter calls who comes": (day(visitors((0, 0, 0), (60, 0, 0)), (0,)), FIFO, [0, 60]),
    "an officer takes a minute to press": (day(visitors(*THREE, turn=1), (0,)), FIFO, [0, 11, 22]),
    "a minute to press for who comes to a free counter": (day(visitors((5, 0, 0), turn=1), (0,)), FIFO, [6]),
    "who does not come costs two minutes": (day(visitors(*THREE, chance=STAYS_AWAY), (0,)), FIFO, [0, 2, 4]),
    "the way to the counter keeps it too": (day(visitors(*THREE, gap=1), (0,)), FIFO, [0, 11, 22]),
    "a break that is due waits for the service": (day(visitors(*THREE), (0,), break_at=5), FIFO, [0, 55, 65]),
    "who comes in a break waits": (day(visitors((0, 0, 0), (30, 0, 0)), (0,), break_at=20), FIFO, [0, 65]),
    "a break when nobody came was had": (
        day(visitors((0, 0, 0), (80, 0, 0), (81, 0, 0)), (0,), break_at=20),
        FIFO,
        [0, 80, 90],
    ),
    "a counter that closes before the end goes": (day(visitors(*THREE), (0,), closes=15), FIFO, [0, 10, NEVER]),
    "at the day's end it stays": (day(visitors((475, 0, 0), (476, 0, 0)), (0,)), FIFO, [475, 485]),
    "each has a counter of the own": (
        day(visitors((0, 0, 0), (1, 0, 0), (2, 1, 0)), (0,), (1,), services=2),
        rules(1, favour=(1, 1)),
        [0, 10, 2],
    ),
    "a short service counts more": (
        day(visitors((0, 0, 0), (1, 0, 0), (2, 1, 0)), (0, 1), services=2),
        rules(1, favour=(1, 4)),
        [0, 20, 10],
    ),
    "who can do least takes the arrival": (
        day(visitors((0, 0, 0), (1, 1, 0)), (0, 1), (0,), services=2),
        rules(1, favour=(1, 1)),
        [0, 1],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("of_day", "policy", "when"), CASES.values(), ids=CASES)
def test_when_each_is_called(of_day: Day, policy: Rules, when: list[float]) -> None:
    assert called(of_day, policy) == when


def test_overtakes_are_those_of_the_same_service() -> None:
    coming = ((0, 0, 0), (1, 0, 0), (1, 1, 0), (2, 0, 1), (3, 0, 1))
    course = one(day(visitors(*coming), (0, 1), services=2), rules(1, 9, favour=(1, 1)), ALWAYS)
    assert course.called.tolist() == [OPENS, OPENS + 30, OPENS + 40, OPENS + 10, OPENS + 20]
    assert course.overtaken.tolist() == [0, 2, 0, 0, 0]
    assert course.overtaken_by_same.tolist() == [0] * 5
    assert course.counter.tolist() == [0] * 5


def test_an_earlier_clock_goes_first_in_its_lane() -> None:
    coming = visitors((0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 0, 0), (4, 0, 0))
    clocks = coming._replace(since=OPENS + np.array([0.0, 9.0, 5.0, 1.0, 6.0]))
    course = one(day(clocks, (0,)), rules(1), ALWAYS)
    assert (course.called - OPENS).tolist() == [0, 40, 20, 10, 30]
    assert course.overtaken.tolist() == course.overtaken_by_same.tolist() == [0] * 5


def test_days_lived_twice_are_the_same() -> None:
    days = [day(visitors(*THREE), (0,), (0,))] * 2
    first, second = simulate(days, FIVE, ALWAYS)
    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))


def test_a_day_and_a_run_forward_call_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all come before the opening, and look ahead from there with nothing left to chance."""
    monkeypatch.setattr(beginning, "SPREAD", 0.0)
    monkeypatch.setattr(beginning, "SPREAD_COUNTER", 0.0)
    chance = np.random.default_rng(4)
    for _ in range(5):
        services, kinds, many = 3, 2, 12
        who = [(-float(20 - n), int(chance.integers(services)), int(chance.integers(kinds))) for n in range(many)]
        policy = rules(1, 3, favour=(1, 2, 0.5))
        of_day = day(visitors(*who, minutes=7.0), (0, 1), (2,), (1, 2), services=services)
        of_day = Day(of_day.visitors, of_day.desk._replace(phase=np.full(3, 1), since=np.full(3, OPENS)), ENDS)
        coming = of_day.visitors
        line = Line(coming.service, coming.kind, coming.since, np.full(many, -1))
        calm = halls.habits(7.0, 7.0, 7.0, odds=halls.QUIET)._replace(rules=policy)
        state = Moment(now=OPENS, day_end=ENDS, line=line, desk=of_day.desk, habits=calm)
        runs = forward.run(state, np.ones(many, np.bool_), 1, seed=1)
        course = one(of_day, policy, ALWAYS._replace(no_show=0.0))
        assert runs[0].round(6).tolist() == (course.called - OPENS).round(6).tolist()
