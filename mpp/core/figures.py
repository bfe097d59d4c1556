"""Figures of many legs: grouped, counted, measured; small groups are withheld. Pure.

Quantiles interpolate between the two nearest values (as `statistics.quantiles(..., method="inclusive")` does). A figure
of fewer than `smallest` visitors is not told, also in a large group of which few were called; which groups are not
shown at all is chosen in `mpp.core.disclosure`.
"""

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from mpp.core import frame, packed
from mpp.core.disclosure import withheld
from mpp.core.frame import Bools, By, Columns, Ints
from mpp.core.legs import End
from mpp.core.packed import Table

WITHOUT_COUNTERS = frozenset({By.SERVICE, By.PRIORITY})
"""A counter is open for all its services and visitors alike."""


class Spread(Struct, frozen=True, kw_only=True):
    """How so many spans are spread, in seconds and tenths."""

    n: int
    mean: float
    median: float
    p90: float
    p95: float
    max: float


class Open(Struct, frozen=True, kw_only=True):
    """How long counters were open, on a break, and busy, in seconds; which share of the open time was busy."""

    open: int
    paused: int
    busy: int
    utilisation: float | None


class Figures(Struct, frozen=True, kw_only=True):
    """What is known of a group of legs: shares of those who were called, and of those measured who were in time.

    `overtaken` is how many who came later were called before one, on average.
    """

    n: int
    arrivals: int
    called: int
    served: int
    cancelled: int
    wait: Spread | None
    wait_to_start: Spread | None
    service_time: Spread | None
    in_all: Spread | None
    absent: float | None
    held: float | None
    sent: float | None
    restored: float | None
    in_target: float | None
    in_promise: float | None
    overtaken: float | None
    counters: Open | None


class Group(Struct, frozen=True):
    """One row of a table; `figures` None are withheld."""

    key: int
    figures: Figures | None


def total(of: Columns, smallest: int) -> Figures | None:
    """Return the figures of all together; None when they are too few to be shown."""
    none = np.zeros(len(of.legs), np.int64)
    found = _figures(of, none, 1, np.zeros(len(of.hours), np.int64), smallest)[0]
    return found if found.n >= smallest or found.n == 0 else None


def grouped(of: Columns, by: By, smallest: int) -> list[Group]:
    """Return the figures of each group, in the order of their keys; small groups are withheld."""
    leg_keys = frame.keys(of.legs, of.leg_days, of.leg_tenants, frame.hour(of.legs), by)
    if by in WITHOUT_COUNTERS:
        hour_keys: Ints = np.empty(0, np.int64)
    else:
        hour_keys = frame.keys(of.hours, of.hour_days, of.hour_tenants, of.hours["hour"].astype(np.int64), by)
    keys = np.unique(np.concatenate([leg_keys, hour_keys]))
    found = _figures(of, np.searchsorted(keys, leg_keys), len(keys), np.searchsorted(keys, hour_keys), smallest)
    hidden = withheld([one.n for one in found], smallest)
    return [Group(int(key), None if at in hidden else found[at]) for at, key in enumerate(keys)]


def _figures(of: Columns, groups: Ints, count: int, hour_groups: Ints, smallest: int) -> list[Figures]:
    legs = of.legs

    def share(part: Any, whole: Any) -> float | None:
        return float(part) / float(whole) if whole >= max(1, smallest) else None

    def counted(which: Any) -> Ints:
        return np.bincount(groups[which], minlength=count)

    def ended(how: End) -> Bools:
        found: Bools = legs["end"] == packed.ENDS.index(how)
        return found

    called, waited, timed = legs["called"] >= 0, legs["wait"] >= 0, legs["service_time"] >= 0
    measured = {
        name: spreads(legs[name], groups, count, smallest)
        for name in ("wait", "wait_to_start", "service_time", "in_all")
    }
    n, n_called, n_waited, n_timed = (counted(which) for which in (slice(None), called, waited, timed))
    arrivals, served, cancelled = (
        counted(legs["is_first"] == 1),
        counted(ended(End.SERVED)),
        counted(ended(End.CANCELLED)),
    )
    absent, held, sent = (
        counted(ended(End.ABSENT)),
        counted((legs["holds"] > 0) & called),
        counted(ended(End.SENT) & called),
    )
    restored = counted((legs["restored"] > 0) & called)
    in_target = counted(waited & (legs["wait"] <= legs["target_minutes"].astype(np.int32) * 60))
    in_promise = counted(timed & (legs["service_time"] <= legs["promised_minutes"].astype(np.int32) * 60))
    overtaken = np.bincount(groups, weights=legs["overtaken"], minlength=count)
    counters = _open(of.hours, hour_groups, count)
    return [
        Figures(
            n=int(n[at]),
            arrivals=int(arrivals[at]),
            called=int(n_called[at]),
            served=int(served[at]),
            cancelled=int(cancelled[at]),
            **{name: spreads[at] for name, spreads in measured.items()},
            absent=share(absent[at], n_called[at]),
            held=share(held[at], n_called[at]),
            sent=share(sent[at], n_called[at]),
            restored=share(restored[at], n_called[at]),
            in_target=share(in_target[at], n_waited[at]),
            in_promise=share(in_promise[at], n_timed[at]),
            overtaken=share(overtaken[at], n_called[at]),
            counters=counters[at],
        )
        for at in range(count)
    ]


def spreads(values: NDArray[np.int32], groups: Ints, count: int, smallest: int) -> list[Spread | None]:
    """Measure the values of each group; negative ones are none, and fewer than `smallest` are not told."""
    known = values >= 0
    # Group and value in one number: to sort it is several times as fast as to sort one by the other.
    both = np.sort((groups[known] << 32) | values[known].astype(np.int64))
    found, of = both & 0xFFFFFFFF, both >> 32
    ends = np.searchsorted(of, np.arange(count), side="right")
    begins = np.concatenate([[0], ends[:-1]]).astype(np.int64) if count else ends
    sums = np.bincount(of, weights=found, minlength=count)
    return [
        None
        if end - begin < max(1, smallest)
        else Spread(
            n=int(end - begin),
            mean=round(float(sums[at] / (end - begin)), 1),
            median=_quantile(found, begin, end, 0.5),
            p90=_quantile(found, begin, end, 0.9),
            p95=_quantile(found, begin, end, 0.95),
            max=float(found[end - 1]),
        )
        for at, (begin, end) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True))
    ]


def _quantile(found: Ints, begin: int, end: int, q: float) -> float:
    place = begin + q * (end - begin - 1)
    low = int(place)
    high = min(low + 1, end - 1)
    return round(float(found[low] + (found[high] - found[low]) * (place - low)), 1)


def _open(hours: Table, groups: Ints, count: int) -> list[Open | None]:
    if len(groups) == 0:
        return [None] * count
    there = np.bincount(groups, minlength=count)
    sums = [np.bincount(groups, weights=hours[name], minlength=count) for name in ("open", "paused", "busy")]
    return [_spent(*(int(spent[at]) for spent in sums)) if there[at] else None for at in range(count)]


def _spent(opened: int, paused: int, busy: int) -> Open:
    return Open(open=opened, paused=paused, busy=busy, utilisation=min(1.0, busy / opened) if opened else None)
