"""Who can still be served today: the chance to be called before closing, and what a kiosk makes of it. Pure."""

from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct

from ticketing.core.outlook import HARDLY, Chance


class Mode(StrEnum):
    """What a kiosk does when those who take a number now may not be served today."""

    OFF = "off"
    WARN = "warn"
    STOP = "stop"


class Closing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number is late when the chance to be called before closing is less than `percent`.

    No law says what a mall owes those who come late. At one half it is as likely as not that they come in vain.
    """

    mode: Mode = Mode.WARN
    percent: Annotated[int, Meta(ge=1, le=99)] = 50


def chance_within(chance: Chance, minutes: float) -> float:
    """Return the chance to be called within so many minutes: straight between the quantiles, and as far beyond them.

    One who is not called in a run waits until the day's end there, so `never` is among the quantiles too.
    """
    of = chance.forecast
    ends = 2 * of.q90 - of.q50
    marks = ((0.0, 0.0), (of.q10, 0.1), (of.q25, 0.25), (of.q50, 0.5), (of.q75, 0.75), (of.q90, 0.9), (ends, 1.0))
    share = 0.0
    for (since, low), (until, high) in pairwise(marks):
        if minutes >= until:
            share = high
        elif minutes > since:
            share = low + (high - low) * (minutes - since) / (until - since)
    return min(share, 1.0 - chance.never)


def is_late(rules: Closing, chance: Chance | None, minutes: float) -> bool:
    """Say whether one who takes a number now may not be called in the minutes that are left.

    Nobody knows that as long as no counter serves: it is said in other words, and in the morning one will open.
    """
    if rules.mode is Mode.OFF or chance is None or chance.never >= HARDLY:
        return False
    return chance_within(chance, minutes) * 100 < rules.percent
