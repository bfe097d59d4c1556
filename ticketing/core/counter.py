"""The life of a counter: open, paused or closed, and who runs it. Pure."""

from datetime import datetime
from enum import StrEnum
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from ticketing.core.ids import CounterId
from ticketing.core.refused import CounterClosed, CounterPaused


class CounterState(StrEnum):
    """Whether a counter takes visitors."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Desk(Struct, frozen=True, kw_only=True):
    """How a counter runs now: its state, and since when."""

    id: CounterId
    state: CounterState = CounterState.CLOSED
    since: datetime | None = None


class CounterOpened(Struct, frozen=True, tag="counter_opened"):
    """An officer opened the counter, came back from a break, or took it over: the one who acts."""


class CounterPausedEvent(Struct, frozen=True, tag="counter_paused"):
    """The counter is on a break."""


class CounterClosedEvent(Struct, frozen=True, tag="counter_closed"):
    """The counter takes nobody any more."""


CounterEvent = CounterOpened | CounterPausedEvent | CounterClosedEvent


def apply(desk: Desk, event: CounterEvent, at: datetime) -> Desk:
    """Return the desk after `event`.

    Raises: CounterClosed when a closed counter is paused.
    """
    match event:
        case CounterOpened():
            return replace(desk, state=CounterState.OPEN, since=at)
        case CounterPausedEvent():
            if desk.state is CounterState.CLOSED:
                raise CounterClosed
            return replace(desk, state=CounterState.PAUSED, since=at)
        case CounterClosedEvent():
            return replace(desk, state=CounterState.CLOSED, since=at)
        case _:
            assert_never(event)


def must_take_visitors(desk: Desk) -> None:
    """Refuse unless the counter is open.

    Raises: CounterClosed, CounterPaused.
    """
    if desk.state is CounterState.CLOSED:
        raise CounterClosed
    if desk.state is CounterState.PAUSED:
        raise CounterPaused
