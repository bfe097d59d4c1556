"""How a counter opens, pauses and closes, and when it takes visitors."""

from datetime import timedelta

import pytest

from tests.ticketing.core.sample_events import NOON
from ticketing.core import counter
from ticketing.core.counter import (
    CounterClosedEvent,
    CounterEvent,
    CounterOpened,
    CounterPausedEvent,
    CounterState,
    Desk,
)
from ticketing.core.ids import CounterId
from ticketing.core.refused import CounterClosed, CounterPaused, Refused

LATER = NOON + timedelta(minutes=5)
OPENED, PAUSED, CLOSED = CounterOpened(), CounterPausedEvent(), CounterClosedEvent()


def desk(state: CounterState) -> Desk:
    return Desk(id=CounterId(1), state=state, since=NOON)


@pytest.mark.parametrize(
    ("before", "event", "after"),
    [
        (CounterState.CLOSED, OPENED, CounterState.OPEN),
        (CounterState.OPEN, OPENED, CounterState.OPEN),
        (CounterState.PAUSED, OPENED, CounterState.OPEN),
        (CounterState.OPEN, PAUSED, CounterState.PAUSED),
        (CounterState.PAUSED, PAUSED, CounterState.PAUSED),
        (CounterState.OPEN, CLOSED, CounterState.CLOSED),
        (CounterState.PAUSED, CLOSED, CounterState.CLOSED),
        (CounterState.CLOSED, CLOSED, CounterState.CLOSED),
    ],
)
def test_a_counter_becomes_what_the_event_says(before: CounterState, event: CounterEvent, after: CounterState) -> None:
    moved = counter.apply(desk(before), event, LATER)
    assert (moved.state, moved.since) == (after, LATER)


def test_a_closed_counter_has_no_break() -> None:
    with pytest.raises(CounterClosed):
        counter.apply(desk(CounterState.CLOSED), PAUSED, LATER)


def test_an_open_counter_takes_visitors() -> None:
    counter.must_take_visitors(desk(CounterState.OPEN))


@pytest.mark.parametrize(("state", "no"), [(CounterState.CLOSED, CounterClosed), (CounterState.PAUSED, CounterPaused)])
def test_a_counter_that_is_not_open_takes_nobody(state: CounterState, no: type[Refused]) -> None:
    with pytest.raises(no):
        counter.must_take_visitors(desk(state))
