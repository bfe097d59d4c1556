"""What people read of a forecast: a range that is rounded outward, or words where a range would be a guess. Pure."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from math import ceil, floor
from typing import NamedTuple

from msgspec import Struct

SOON = 3.0
"""Minutes below which nobody should go for a coffee: "any moment"."""

RARELY = 0.1
"""Share of the runs in which one is not called today although a range still tells the truth: beyond it has no q90."""

HARDLY = 0.9
"""Share of the runs in which nobody calls; beyond it there is no counter for this service today."""

WIDEST = 20.0
"""Minutes by which a range may be wider than its middle: 5 to 90 minutes is no help, 50 to 120 is."""


class Forecast(NamedTuple):
    """How many minutes from now until the call."""

    mean: float
    q10: float
    q25: float
    q50: float
    q75: float
    q90: float


class Chance(NamedTuple):
    """A forecast, and the share of the runs in which the call did not come today."""

    forecast: Forecast
    never: float = 0.0
    raw: Forecast | None = None
    """The forecast before it was corrected by past errors, which are to be measured again."""


class Kind(StrEnum):
    """How it is said: any moment, a range, that it cannot be said, or that no counter serves this today any more."""

    SOON = "soon"
    RANGE = "range"
    UNSURE = "unsure"
    NO_COUNTER = "no_counter"


class Fate(StrEnum):
    """What became of one to whom something was foretold; `open` until the day is over."""

    OPEN = "open"
    CALLED = "called"
    NEVER = "never"


class Outlook(Struct, frozen=True, kw_only=True):
    """How long until the call, in words or as a range from `least` to `most` minutes (None with words)."""

    kind: Kind
    least: int | None = None
    most: int | None = None


def show(chance: Chance, before: Outlook | None = None) -> Outlook:
    """Return what is shown of a forecast; what was shown `before` stays as long as it is as good."""
    forecast, never, _ = chance
    if never > RARELY:
        return Outlook(kind=Kind.NO_COUNTER if never >= HARDLY else Kind.UNSURE)
    if forecast.q90 < SOON:
        return Outlook(kind=Kind.SOON)
    if forecast.q90 - forecast.q10 > forecast.q50 + WIDEST:
        return Outlook(kind=Kind.UNSURE)
    least, most = rounded(forecast)
    if before is not None and _still_holds(before, forecast, least, most):
        return before
    return Outlook(kind=Kind.RANGE, least=least, most=most)


def whichever(outlooks: Iterable[Outlook | None]) -> Outlook | None:
    """Return an outlook that holds for all of these; None when nobody knows of one."""
    found = list(outlooks)
    known = [one for one in found if one is not None]
    if not known or len(known) < len(found):
        return None
    kinds = {one.kind for one in known}
    if len(kinds) == 1 and Kind.RANGE not in kinds:
        return known[0]
    if not kinds <= {Kind.RANGE, Kind.SOON}:
        return Outlook(kind=Kind.UNSURE)
    return Outlook(
        kind=Kind.RANGE, least=min(one.least or 0 for one in known), most=max(one.most or 0 for one in known)
    )


def rounded(forecast: Forecast) -> tuple[int, int]:
    """Return the range, rounded outward: to 2 minutes below 10, to 5 above."""
    return _step(forecast.q10, floor), _step(forecast.q90, ceil)


def _step(minutes: float, outward: Callable[[float], int]) -> int:
    step = _width(minutes)
    return step * outward(minutes / step)


def _width(minutes: float) -> int:
    return 2 if minutes < 10 else 5


def _still_holds(before: Outlook, forecast: Forecast, least: int, most: int) -> bool:
    """Say whether a range that was shown still holds the forecast, and is at most a step too wide on each side.

    So it does not flicker when a quantile goes to and fro over an edge.
    """
    if before.least is None or before.most is None:
        return False
    holds = before.least <= forecast.q10 and forecast.q90 <= before.most
    return holds and least - before.least <= _width(least) and before.most - most <= _width(most)
