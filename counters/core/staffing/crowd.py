"""When visitors count: from when one waits, in which hour of a plan, and how many there are. Pure."""

from collections.abc import Sequence

import numpy as np

from counters.core.forecast.shapes import Floats, Ints
from counters.core.simulation.drawn import Demand
from counters.core.staffing.shifts import Hours


def counts_from(at: Floats, hours: Hours) -> Floats:
    """Return from when each wait counts: not before the opening, and not within a break."""
    begins = np.maximum(at, hours.opens)
    for since, until in sorted(hours.shut):
        begins = np.where((begins >= since) & (begins < until), until, begins)
    return begins


def slot(begins: Floats, slots: tuple[int, ...]) -> Ints:
    """Return the place in the plan of each moment; who comes when it is closed counts for the hour before."""
    return np.clip(np.searchsorted(np.array(slots), begins // 60, side="right") - 1, 0, len(slots) - 1)


def visitors(past: Sequence[Demand], hours: Hours) -> tuple[float, ...]:
    """Return how many come in each hour of a middling day."""
    slots = hours.slots()
    sums = np.zeros(len(slots))
    for demand in past:
        sums += np.bincount(slot(counts_from(demand.at, hours), slots), minlength=len(slots))
    return tuple((sums / max(1, len(past))).tolist())


def density(past: Sequence[Demand], hours: Hours) -> tuple[float, ...]:
    """Return how many would come in each hour if it were open for the whole of it: one that is half shut is dense."""
    slots = hours.slots()
    lasting = (hours.minutes(hour * 60.0, hour * 60.0 + 60) / 60 for hour in slots)
    return tuple(many / share for many, share in zip(visitors(past, hours), lasting, strict=True))
