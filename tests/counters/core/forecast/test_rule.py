"""Which rule the calls of a log follow."""

import numpy as np
import pytest

from counters.core.forecast import rule
from counters.core.forecast.facts import Chosen


def calls(*weights: float, disorder: float = 0.0, count: int = 300) -> list[Chosen]:
    """Make calls by these weights of the classes; now and then somebody else is called."""
    chance = np.random.default_rng(5)
    made = []
    for _ in range(count):
        waits = chance.uniform(0, 60, len(weights))
        kind = int(np.argmax(waits * weights))
        if chance.random() < disorder:
            kind = int(chance.integers(len(weights)))
        made.append(Chosen(kind, float(waits[kind]), len(weights), tuple(enumerate(waits.tolist()))))
    return made


@pytest.mark.parametrize("declared", [(), (1.0, 8.0)])
@pytest.mark.parametrize("true", [(1.0, 1.0), (1.0, 3.0), (1.0, 8.0), (1.0, 2.0, 6.0)])
def test_the_log_tells_the_weights_whatever_was_declared(true: tuple[float, ...], declared: tuple[float, ...]) -> None:
    weights, disorder = rule.infer(calls(*true), declared, len(true))
    assert weights == pytest.approx(np.array(true), rel=0.25)
    assert disorder < 0.05


def test_the_declared_weights_are_kept_when_they_explain_the_calls() -> None:
    assert rule.infer(calls(1.0, 3.0), (1.0, 3.0), 2)[0].tolist() == [1.0, 3.0]
    assert rule.infer([], (1.0, 3.0), 3)[0].tolist() == [1.0, 3.0, 1.0]


def test_calls_that_no_rule_explains_are_counted() -> None:
    weights, disorder = rule.infer(calls(1.0, 3.0, disorder=0.15, count=1200), (), 2)
    assert weights == pytest.approx(np.array([1.0, 3.0]), rel=0.2)
    assert disorder == pytest.approx(0.15, abs=0.04)


def test_a_call_of_the_only_one_tells_nothing() -> None:
    assert rule.infer([Chosen(1, 5.0, 1, ((1, 5.0),))] * 9, (), 2)[1] == 0.0
