"""What is tried out on days gone by, and what comes of it. Plain values: they go to another process and back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from counters.core.simulation.outcome import Outcome
from mpp.core.packed import Kept
from mpp.core.records import Place
from ticketing.core.mall_entries import PolicyEntry
from ticketing.core.policy import Mode, Policy

Minutes = Annotated[int, Meta(ge=-240, le=240)]


class Way(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is tried; what is left out is as it was, or as `policy` says.

    `guard`: whoever waits longer than so many targets is not passed over (0: no guard); here it may stand beside the
    claims, too.
    """

    policy: PolicyEntry | None = None
    mode: Mode | None = None
    guard: Annotated[int, Meta(ge=0, le=10)] | None = None
    open_earlier: Minutes = 0
    close_later: Minutes = 0
    more_counters: Annotated[int, Meta(ge=-20, le=20)] = 0


class Asked(Struct, frozen=True, kw_only=True):
    """Days of one tenant, the policies that held, when it opened (minutes since midnight), and what is tried."""

    kept: Sequence[Kept]
    place: Place
    openings: Mapping[date, float]
    policies: Mapping[date, Policy]
    target_minutes: int
    way: Way


class Compared(Struct, frozen=True, kw_only=True):
    """What happened, the same days simulated as they were, and with what is tried."""

    happened: Outcome
    as_it_was: Outcome
    tried: Outcome
