"""The claim to be called next: class weight times the time waited."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ticketing.core.sample_events import NOON
from ticketing.core import policy
from ticketing.core.policy import Policy

spans = st.timedeltas(timedelta(0), timedelta(hours=12))


@pytest.mark.parametrize(
    ("is_priority", "waited", "claim"),
    [
        (False, timedelta(minutes=5), 300.0),
        (True, timedelta(minutes=1), 300.0),
        (True, timedelta(0), 0.0),
        (False, timedelta(seconds=-3), 0.0),
    ],
)
def test_a_minute_of_the_favoured_counts_five(is_priority: bool, waited: timedelta, claim: float) -> None:
    assert policy.score(Policy(), is_priority=is_priority, since=NOON - waited, now=NOON) == claim


def test_a_mall_may_weigh_otherwise() -> None:
    rules = Policy(ordinary_weight=2.0, priority_weight=3.0)
    assert (policy.weight(rules, is_priority=False), policy.weight(rules, is_priority=True)) == (2.0, 3.0)


@given(spans, spans, st.booleans())
def test_who_waits_longer_never_has_the_lower_claim(one: timedelta, more: timedelta, is_priority: bool) -> None:
    def claim(waited: timedelta) -> float:
        return policy.score(Policy(), is_priority=is_priority, since=NOON - waited, now=NOON)

    assert claim(one + more) >= claim(one)
