"""One tenant run forward: when each who waits is called."""

import numpy as np
import pytest

from counters.core.forecast import forward
from counters.core.forecast.shapes import (
    ABSENT,
    BREAK,
    CALLING,
    GONE,
    IDLE,
    PAUSED,
    SERVING,
    Desk,
    Floats,
    Habits,
    Line,
    Moment,
)
from tests.counters.core.forecast.halls import NEVER, NOW, QUIET, desk, habits, line, middle, moment

TEN = habits(10.0)
THREE = line((0, 0, 3), (0, 0, 2), (0, 0, 1))


def run(state: Moment, runs: int = 41, seed: int = 1) -> Floats:
    """Run until all are called."""
    return forward.run(state, np.ones(len(state.line.since), np.bool_), runs, seed)


CASES = {
    "a free counter calls at once, the others after a service each": (THREE, desk((0,)), TEN, [0, 10, 20]),
    "two counters share": (THREE, desk((0,), (0,)), TEN, [0, 0, 10]),
    "a service has lasted seven minutes": (THREE, desk((0,), phase=(SERVING,), elapsed=7), TEN, [3, 13, 23]),
    "a visitor is on the way": (THREE, desk((0,), phase=(CALLING,)), TEN, [10, 20, 30]),
    "an officer pauses": (THREE, desk((0,), phase=(PAUSED,), elapsed=5), TEN, [3, 13, 23]),
    "a planned break lasts": (THREE, desk((0,), phase=(BREAK,), ends=NOW + 12), TEN, [12, 22, 32]),
    "a counter opens later": (THREE, desk((0,), phase=(ABSENT,), opens=NOW + 20), TEN, [20, 30, 40]),
    "a counter that was to open has not": (THREE, desk((0,), phase=(ABSENT,), opens=NOW - 20), TEN, [NEVER] * 3),
    "all counters have closed": (THREE, desk((0,), phase=(GONE,)), TEN, [NEVER] * 3),
    "a break comes between": (THREE, desk((0,), break_at=NOW + 15), TEN, [0, 10, 65]),
    "a counter closes before the day ends": (THREE, desk((0,), closes=NOW + 15), TEN, [0, 10, NEVER]),
    "at the day's end counters stay": (THREE, desk((0,)), habits(200.0), [0, 200, 400]),
    "nobody can serve it": (line((1, 0, 1)), desk((0,), services=2), habits(10.0, 10.0), [NEVER]),
    "each waits for the own counter": (
        line((0, 0, 3), (0, 0, 2), (1, 0, 1)),
        desk((0,), (1,), services=2),
        habits(10.0, 4.0),
        [0, 10, 0],
    ),
    "the favoured overtake": (line((0, 0, 8), (0, 0, 7), (0, 1, 3)), desk((0,)), TEN, [10, 20, 0]),
    "one who waited much longer is still before them": (line((0, 0, 30), (0, 1, 3)), desk((0,)), TEN, [0, 10]),
    "a free counter calls who is before the agreed time": (line((0, 1, -15)), desk((0,)), TEN, [0]),
    "who is before the agreed time lets others go first": (
        line((0, 1, -15), (0, 0, 3), (0, 0, 0)),
        desk((0,)),
        TEN,
        [20, 0, 10],
    ),
    "the agreed time comes meanwhile": (line((0, 1, -5), (0, 0, 12), (0, 0, 0)), desk((0,)), TEN, [10, 0, 20]),
    "one who was sent to this counter goes first": (
        line((0, 0, 30), (0, 0, 1), counter=(-1, 0)),
        desk((0,)),
        TEN,
        [10, 0],
    ),
    "one who was sent to another counter waits for it": (
        line((0, 0, 30), counter=(1,)),
        desk((0,), (0,), phase=(IDLE, SERVING), elapsed=6),
        TEN,
        [4],
    ),
    "one who was sent here and is late waits here, but not before all others": (
        line((0, 0, 30), (0, 0, 1), counter=(-1, 0))._replace(late=(1,)),
        desk((0,), (0,), phase=(IDLE, SERVING)),
        TEN,
        [0, 10],
    ),
    "one who is late is as ordinary as others of the class without a head start": (
        line((0, 1, 3), (0, 1, 1))._replace(late=(0,)),
        desk((0,)),
        TEN._replace(rules=TEN.rules._replace(head_start=np.array([0.0, 5.0]))),
        [10, 0],
    ),
    "one who comes back to a counter is not called by it before": (
        line((0, 0, 30), (0, 0, 3))._replace(barred=((0, 0),)),
        desk((0,), (0,), phase=(IDLE, SERVING)),
        TEN,
        [10, 0],
    ),
}


@pytest.mark.parametrize(("waiting", "counters", "learned", "expected"), CASES.values(), ids=CASES)
def test_all_are_called_when(waiting: Line, counters: Desk, learned: Habits, expected: list[float]) -> None:
    for found, wanted in zip(middle(run(moment(waiting, counters, learned))), expected, strict=True):
        assert found == wanted or abs(found - wanted) <= 0.5 + 0.06 * wanted


def test_a_run_can_be_repeated() -> None:
    state = moment(THREE, desk((0,), phase=(SERVING,)), TEN)
    assert (run(state, seed=7) == run(state, seed=7)).all()
    assert (run(state, seed=7) != run(state, seed=8)).any()


def test_a_run_leaves_what_it_was_given_as_it_was() -> None:
    state = moment(
        line((0, 0, 3), (0, 1, 2)), desk((0,), phase=(SERVING,), break_at=NOW + 1), habits(10.0, arrivals=0.1)
    )
    arrays = [array for part in (state.line, state.desk) for array in part if isinstance(array, np.ndarray)]
    before = [array.copy() for array in arrays]
    run(state)
    assert all(
        np.array_equal(old, new, equal_nan=old.dtype.kind == "f") for old, new in zip(before, arrays, strict=True)
    )


def test_who_is_not_wanted_is_not_waited_for() -> None:
    found = forward.run(moment(THREE, desk((0,)), TEN), np.array([True, False, False]), 5, 1)
    assert (found[:, 0] == 0).all()
    assert np.isinf(found[:, 2]).all()


def test_one_who_gives_no_sign_is_given_up() -> None:
    nobody_comes = QUIET._replace(no_show=0.6)
    late = run(moment(THREE, desk((0,)), habits(10.0, odds=nobody_comes)), 400)[:, 1]
    assert 0.5 < (late <= 2).mean() < 0.7


def test_pauses_come_after_services() -> None:
    late = run(moment(THREE, desk((0,)), habits(10.0, odds=QUIET._replace(pause_rate=0.07))), 400)[:, 1]
    assert 0.4 < (late > 14).mean() < 0.6  # 1 - exp(-0.7) = 0.50


def test_the_favoured_who_are_still_to_come_let_others_wait_longer() -> None:
    counters = desk((0,), phase=(SERVING,))
    quiet = run(moment(THREE, counters, TEN), 100).mean(axis=0)
    crowded = run(moment(THREE, counters, habits(10.0, arrivals=0.05)), 100).mean(axis=0)
    alike = run(moment(THREE, counters, habits(10.0, arrivals=0.05, weights=(1.0, 1.0))), 100).mean(axis=0)
    assert crowded[2] > quiet[2] + 3
    assert abs(alike[2] - quiet[2]) < 2


def test_where_the_rule_is_not_kept_the_last_may_be_the_first() -> None:
    first = run(moment(THREE, desk((0,)), habits(10.0, odds=QUIET._replace(disorder=1.0))), 300)
    assert 0.2 < (first[:, 2] == 0).mean() < 0.45


def test_classes_of_which_nobody_comes_change_nothing() -> None:
    two = habits(10.0, weights=(1.0, 5.0), arrivals=0.1)
    four = habits(10.0, weights=(1.0, 5.0, 5.0, 5.0))._replace(
        arrivals=np.repeat([0.1, 0.0], 2)[:, None] + np.zeros(48)
    )
    state = moment(THREE, desk((0,)), two)
    assert (run(state) == run(state._replace(habits=four))).all()
