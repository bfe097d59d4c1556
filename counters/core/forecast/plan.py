"""What is planned for a mall: services, counters, hours, breaks; and what happens in it, one line of the log at a time.

Minutes since midnight and spans in minutes, as floats (see shapes).
"""

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct


class PlannedBreak(Struct, frozen=True, kw_only=True):
    """A break that a counter has every day."""

    at: float
    minutes: float


class PlannedCounter(Struct, frozen=True, kw_only=True):
    """A counter: the services that it can serve, by their index in the tenant, and its hours."""

    services: tuple[int, ...]
    opens: float
    closes: float
    breaks: tuple[PlannedBreak, ...] = ()


class PlannedTenant(Struct, frozen=True, kw_only=True):
    """A tenant: the configured minutes of each service, and its counters."""

    minutes: tuple[float, ...]
    counters: tuple[PlannedCounter, ...]


class Plan(Struct, frozen=True, kw_only=True):
    """A mall."""

    closes: float
    """End of the day; a counter that closes then stays until nobody waits."""
    tenants: tuple[PlannedTenant, ...]
    weights: tuple[float, ...] = ()
    """How much a minute of waiting counts for each class of visitors, where it was said; else it is learned."""


class Kind(StrEnum):
    """What a line of the log tells."""

    TICKET = "ticket"
    CALL = "call"
    START = "start"
    END = "end"
    NO_SHOW = "noshow"
    OPEN = "open"
    CLOSE = "close"
    LUNCH = "lunch"
    PAUSE = "pause"
    RESUME = "resume"


class Entry(NamedTuple):
    """A line of the log; -1 where a number has no meaning."""

    day: int
    at: float
    kind: Kind
    tenant: int
    counter: int
    ticket: int
    service: int
    who: int
    """Class of the visitor, or the officer when a counter opens or resumes."""
