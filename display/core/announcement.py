"""The hall's voice: one announcement at a time in a zone, in the order of the calls, while it is true. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from hardware.core.call import CallKind
from ticketing.core.ids import CounterId
from ticketing.core.ticket import State

LONGEST_WAIT = timedelta(minutes=3)
"""A zone whose voice was not heard for so long was cut off: what was called before is history, the board shows it."""

LATEST = timedelta(minutes=15)
"""As long as the voice works through a crowd of calls none of them lapses; but nobody stands and waits for so long."""

GRACE = timedelta(seconds=10)
"""How much longer than its sound an announcement may take before its speaker is taken for dead."""

LAST_CALL = 3
"""The third call is announced as the last one."""


class Speech(StrEnum):
    """Where an announcement is."""

    WAITING = "waiting"
    SPEAKING = "speaking"
    SPOKEN = "spoken"
    LAPSED = "lapsed"


class Spoken(Struct, frozen=True, kw_only=True):
    """What decides whether an announcement is still true: the call it speaks of, and the ticket as it is now.

    `heard_at` is when the zone's voice last began or ended a sound, None before its first.
    """

    counter_id: CounterId
    calls: int
    called_at: datetime
    ticket_state: State
    ticket_counter_id: CounterId | None
    ticket_calls: int
    heard_at: datetime | None = None


def kind(calls: int) -> CallKind:
    """Say what the n-th call of a ticket is announced as."""
    if calls >= LAST_CALL:
        return CallKind.LAST
    return CallKind.RECALL if calls > 1 else CallKind.CALL


def is_true(spoken: Spoken, now: datetime, pace: float) -> bool:
    """Say whether a waiting announcement may still be spoken: the visitor is still called there, by this very call."""
    return (
        spoken.ticket_state is State.CALLED
        and spoken.ticket_counter_id == spoken.counter_id
        and spoken.ticket_calls == spoken.calls
        and now <= expires_at(spoken, pace)
    )


def expires_at(spoken: Spoken, pace: float) -> datetime:
    """Say until when an announcement may begin: its wait counts from the last word of the voice it waited for."""
    waits_since = max(spoken.called_at, spoken.heard_at or spoken.called_at)
    return min(waits_since + LONGEST_WAIT * pace, spoken.called_at + LATEST * pace)


def is_overdue(started_at: datetime, seconds: float, now: datetime, pace: float) -> bool:
    """Say whether a speaking announcement takes so long that its speaker must be dead.

    `seconds` is the length of the sound in real seconds, `pace` hall seconds in a real second.
    """
    return now - started_at > (timedelta(seconds=seconds) + GRACE) * pace
