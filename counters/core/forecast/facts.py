"""What was seen in a tenant, day after day, as plain lists: the stuff of the nightly learning."""

from typing import NamedTuple

from msgspec import Struct, field


class Served(NamedTuple):
    """A service that was finished."""

    service: int
    officer: int
    minutes: float


class Arrival(NamedTuple):
    """A number that was taken."""

    at: float
    kind: int
    service: int


class Outcome(NamedTuple):
    """Whether one who was called came, after so many minutes of waiting."""

    waited: float
    came: bool


class Chosen(NamedTuple):
    """A call: who was called, of how many, and the longest wait in each class of those who could have been."""

    kind: int
    waited: float
    able: int
    longest: tuple[tuple[int, float], ...]


class Facts(Struct, kw_only=True):
    """All that is known of a tenant until now. It only grows."""

    days: int = 0
    served: list[Served] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    chosen: list[Chosen] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    reactions: list[float] = field(default_factory=list)
    openings: list[float] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    in_vain: list[float] = field(default_factory=list)
    paused: int = 0
    """How often a counter paused."""
    minutes_open: float = 0.0
    """In how many minutes of all counters."""
    breaks: int = 0
    """How many planned breaks were seen to begin."""
    overtaken: list[int] = field(default_factory=list)
    """Of those who were called, how many later numbers of the same class had been called instead of them."""
    left: list[int] = field(default_factory=list)
    """The same of those who never were called."""
