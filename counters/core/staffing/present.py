"""A tenant's hall as it stands, and the crowd that is foretold from there: plain values for another process. Pure."""

from msgspec import Struct

from counters.core.forecast.shapes import Bools, Floats, Ints


class Present(Struct, frozen=True, kw_only=True):
    """A tenant's hall as it stands; minutes since midnight, n who wait, C counters at work, S services."""

    now: float
    at: Floats
    """(n,) since when each waits, the first to come first."""
    service: Ints
    kind: Ints
    skills: Bools
    """(C, S)"""
    free: Floats
    """(C,) when each will have finished whom it serves."""
    came: int
    """Who has taken a number so far today."""


class Crowd(Struct, frozen=True, kw_only=True):
    """When nine in ten will wait beyond the target: from when on (minutes since midnight), and how long."""

    at: float
    p90: float
    median: float
    service: int
    """Of those who come then, those for this service wait longest."""
    more: int | None
    """Counters to be opened now so that it does not come to that; None: as many as are tried are not enough."""
