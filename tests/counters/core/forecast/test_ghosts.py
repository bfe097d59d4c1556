"""Ghosts: what one who took a number now would wait, without standing in anybody's way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counters.core.forecast import forward
from counters.core.forecast.shapes import ABSENT, BREAK, GONE, IDLE, SERVING, Desk, Floats, Habits, Line, Odds
from tests.counters.core.forecast.halls import NEVER, NOW, QUIET, desk, habits, line, middle, moment

TEN = habits(10.0)
TWO = habits(10.0, 10.0)
THREE = line((0, 0, 3), (0, 0, 2), (0, 0, 1))
ORDINARY, FAVOURED = 0, 1
"""Lanes of the two classes where there is one service."""


def haunt(waiting: Line, counters: Desk, learned: Habits, ghosts: tuple[int, ...], runs: int = 41) -> Floats:
    """Run until all are called, ghosts too; return when the ghosts are."""
    wanted = np.ones(len(waiting.since), np.bool_)
    found = forward.run(moment(waiting, counters, learned), wanted, runs, 1, np.array(ghosts, np.int64))
    return found[:, len(wanted) :]


CASES = {
    "nobody waits and a counter is free": (line(), desk((0,)), TEN, (ORDINARY, FAVOURED), [0, 0]),
    "nobody waits and the counter serves": (line(), desk((0,), phase=(SERVING,), elapsed=6), TEN, (ORDINARY,), [4]),
    "the last of all": (THREE, desk((0,)), TEN, (ORDINARY,), [30]),
    "the favoured overtake": (THREE, desk((0,), phase=(SERVING,), elapsed=5), TEN, (ORDINARY, FAVOURED), [35, 5]),
    "a free counter of another service is no help": (
        line(), desk((0,), (1,), services=2, phase=(IDLE, SERVING), elapsed=2), TWO, (0, 1), [0, 8],
    ),
    "nobody serves it": (line(), desk((0,), services=2), TWO, (0, 1), [0, NEVER]),
    "one who was sent there goes first": (line((0, 0, 0), counter=(0,)), desk((0,)), TEN, (FAVOURED,), [10]),
    "a break lasts": (line(), desk((0,), phase=(BREAK,), ends=NOW + 12), TEN, (ORDINARY,), [12]),
    "a counter opens later": (line(), desk((0,), phase=(ABSENT,), opens=NOW + 20), TEN, (ORDINARY,), [20]),
    "all counters have closed": (line(), desk((0,), phase=(GONE,)), TEN, (ORDINARY,), [NEVER]),
    "a counter that closes at the day's end stays": (
        line((0, 0, 1)), desk((0,)), habits(400.0), (ORDINARY,), [400],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("waiting", "counters", "learned", "ghosts", "expected"), CASES.values(), ids=CASES)
def test_who_takes_a_number_now_is_called_when(
    waiting: Line, counters: Desk, learned: Habits, ghosts: tuple[int, ...], expected: list[float]
) -> None:
    for found, wanted in zip(middle(haunt(waiting, counters, learned, ghosts)), expected, strict=True):
        assert found == wanted or abs(found - wanted) <= 0.5 + 0.06 * wanted


def test_a_slow_officer_lets_a_ghost_wait_as_long_as_anybody() -> None:
    slow = TEN._replace(reaction=np.full(4, 2.0))
    assert middle(haunt(line(), desk((0,)), slow, (ORDINARY,))) == [2]


def test_of_the_favoured_still_to_come_ghosts_are_afraid_too() -> None:
    busy = desk((0,), phase=(SERVING,))
    quiet = haunt(THREE, busy, TEN, (ORDINARY,), 100).mean()
    assert haunt(THREE, busy, habits(10.0, arrivals=0.05), (ORDINARY,), 100).mean() > quiet + 3


@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 60)), max_size=8),
    st.lists(st.integers(0, 3), min_size=1, max_size=6),
    st.sampled_from([QUIET, QUIET._replace(disorder=0.3, no_show=0.2, pause_rate=0.02)]),
)
def test_a_ghost_disturbs_neither_those_who_wait_nor_another_ghost(
    who: list[tuple[int, int, int]], ghosts: list[int], odds: Odds
) -> None:
    hall = TWO._replace(odds=odds)
    waiting, counters = line(*who), desk((0, 1), (1,), services=2, phase=(SERVING, SERVING), elapsed=3)
    together = haunt(waiting, counters, hall, tuple(ghosts), 8)
    for place, ghost in enumerate(ghosts):
        assert (haunt(waiting, counters, hall, (ghost, *ghosts), 8)[:, 0] == together[:, place]).all()
    everyone = np.ones(len(who), np.bool_)
    state = moment(waiting, counters, hall)
    alone = forward.run(state, everyone, 1, 5)
    assert (forward.run(state, everyone, 1, 5, np.array(ghosts, np.int64))[:, : len(who)] == alone).all()
