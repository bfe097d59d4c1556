"""When somebody is told that a wait is coming: what is foretold to those who come now, held against the target.

So there is time to act before anybody has waited for so long. Pure.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct

from ticketing.core.ids import ServiceId, TenantId
from ticketing.core.outlook import Kind, Outlook

HOLD = timedelta(minutes=2)
"""So long it must stay beyond the target, or within it, before anybody is told: one long service is no crowd."""


class Foretold(Struct, frozen=True):
    """The longest that is foretold to one who takes a tenant's number: minutes that are shown, and the median.

    `at` None: to one who comes now; else to those who come from then on, of whom nine in ten wait `most` at most, and
    `more` counters would prevent it (None: more than were tried).
    """

    service_id: ServiceId
    least: int
    most: int
    middle: float
    at: datetime | None = None
    more: int | None = None


class State(NamedTuple):
    """Whether an alert is on, and since when the opposite has been foretold without a break."""

    is_on: bool
    since: datetime | None = None


def worst(offers: Iterable[tuple[ServiceId, Outlook | None, float]]) -> Foretold | None:
    """Return the longest of the ranges, each with its median; None when there is none."""
    ranges = [
        Foretold(id, one.least, one.most, middle)
        for id, one, middle in offers
        if one is not None and one.kind is Kind.RANGE and one.least is not None and one.most is not None
    ]
    return max(ranges, key=lambda one: one.middle, default=None)


def still_to_come(found: Mapping[TenantId, Foretold], now: datetime, lasts: timedelta) -> dict[TenantId, Foretold]:
    """Return what is foretold, less what was foretold for a time of such a length that is over."""
    return {id: one for id, one in found.items() if one.at is None or now < one.at + lasts}


def is_too_long(foretold: Foretold | None, target_minutes: int) -> bool:
    """Say whether one who comes now is more likely than not to wait beyond the target.

    The upper end would say so of every long service with one counter, also when nobody waits.
    """
    return foretold is not None and foretold.middle > target_minutes


def step(state: State, is_long: bool, now: datetime) -> State:
    """Return the state after one more look; it turns when the opposite has been foretold for HOLD."""
    if is_long == state.is_on:
        return State(state.is_on)
    since = state.since or now
    return State(is_long) if now - since >= HOLD else State(state.is_on, since)
