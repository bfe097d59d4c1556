"""What comes of trying something out: frozen values, the source of the page's types. Small groups are withheld."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from counters.core.simulation.outcome import Outcome, Waits
from mpp.core import disclosure
from ticketing.views import Shown, TenantPart


class Lived(Struct, frozen=True, kw_only=True):
    """Days as they were, or as they would have been. Minutes and shares from 0 to 1; None is withheld.

    `slowdown` is (wait + service) / service, `overtaken` how many of the same service who came later were called before
    an ordinary visitor, both on average; `hours` are those in which visitors came, 0 to 23.
    """

    all: Waits
    ordinary: Waits | None
    priority: Waits | None
    hours: list[Waits | None]
    slowdown: float | None
    overtaken: float
    longest_a_day: float | None
    busy_minutes: float


class SimulationView(Shown, frozen=True, kw_only=True):
    """What happened, its simulation, and that of what was tried; None when nobody came, or too few."""

    tenant: TenantPart
    first: date
    last: date
    days: int
    target_wait_minutes: int
    smallest_group: int
    happened: Lived | None
    as_it_was: Lived | None
    tried: Lived | None


def lived(of: Outcome, smallest: int) -> Lived | None:
    """Show the figures of days; None when they are of too few."""
    if of.all.n < smallest:
        return None
    ordinary, priority = _shown(of.kinds, smallest)
    return Lived(
        all=_rounded(of.all),
        ordinary=ordinary,
        priority=priority,
        hours=_shown(of.hours, smallest),
        slowdown=_tenth(of.slowdown, 2),
        overtaken=round(of.overtaken, 3),
        longest_a_day=_tenth(of.longest_a_day),
        busy_minutes=round(of.busy, 1),
    )


def _shown(groups: Sequence[Waits], smallest: int) -> list[Waits | None]:
    hidden = disclosure.withheld([one.n for one in groups], smallest)
    return [None if at in hidden else _rounded(one) for at, one in enumerate(groups)]


def _rounded(one: Waits) -> Waits:
    found = {name: _tenth(getattr(one, name)) for name in ("mean", "median", "p90", "p95", "p99", "max")}
    return replace(one, late=round(one.late, 4), **found)


def _tenth(value: float | None, digits: int = 1) -> float | None:
    return None if value is None else round(value, digits)
