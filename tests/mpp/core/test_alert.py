"""When somebody is told that a wait is coming."""

from datetime import UTC, datetime, timedelta

import pytest

from mpp.core import alert
from mpp.core.alert import Foretold, State
from ticketing.core.ids import ServiceId, TenantId
from ticketing.core.outlook import Kind, Outlook

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KTP, KK = ServiceId(1), ServiceId(2)


def between(least: int, most: int) -> Outlook:
    return Outlook(kind=Kind.RANGE, least=least, most=most)


@pytest.mark.parametrize(
    ("offers", "found"),
    [
        ([], None),
        ([(KTP, None, 0), (KK, Outlook(kind=Kind.SOON), 1)], None),
        ([(KTP, Outlook(kind=Kind.UNSURE), 40), (KK, between(5, 15), 9)], Foretold(KK, 5, 15, 9)),
        ([(KTP, between(10, 45), 30), (KK, between(5, 50), 20)], Foretold(KTP, 10, 45, 30)),
    ],
)
def test_the_longest_range_counts(
    offers: list[tuple[ServiceId, Outlook | None, float]], found: Foretold | None
) -> None:
    assert alert.worst(offers) == found


def test_a_crowd_whose_half_hour_is_over_is_not_coming_any_more() -> None:
    half_hour = timedelta(minutes=30)
    found = {
        TenantId(1): Foretold(KTP, 5, 50, 20),
        TenantId(2): Foretold(KK, 5, 50, 20, at=NOW - timedelta(minutes=29)),
        TenantId(3): Foretold(KK, 5, 50, 20, at=NOW - half_hour),
    }
    assert list(alert.still_to_come(found, NOW, half_hour)) == [1, 2]


@pytest.mark.parametrize(
    ("foretold", "is_long"), [(None, False), (Foretold(KTP, 5, 50, 15), False), (Foretold(KTP, 5, 50, 15.1), True)]
)
def test_the_median_is_held_against_the_target(foretold: Foretold | None, is_long: bool) -> None:
    assert alert.is_too_long(foretold, 15) is is_long


def walk(*looks: bool, every: int = 1) -> list[bool]:
    """Look every so many minutes; return whether the alert was on after each look."""
    state, told = State(is_on=False), []
    for nth, is_long in enumerate(looks):
        state = alert.step(state, is_long, NOW + timedelta(minutes=nth * every))
        told.append(state.is_on)
    return told


@pytest.mark.parametrize(
    ("looks", "told"),
    [
        ([True, True], [False, False]),
        ([True, True, True], [False, False, True]),  # two minutes without a break
        ([True, False, True, True], [False] * 4),
        ([True, False, True, True, True], [False] * 4 + [True]),
        ([True, True, True, False, True, False, False, False], [False, False, True, True, True, True, True, False]),
    ],
)
def test_it_turns_when_it_has_held(looks: list[bool], told: list[bool]) -> None:
    assert walk(*looks) == told
