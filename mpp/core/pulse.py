"""How today goes beside days like it: the waits so far, tenant by tenant, until the same time of day. Pure."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from mpp.core import figures, frame
from mpp.core.packed import Kept
from ticketing.core.ids import TenantId


class Beat(Struct, frozen=True):
    """Of nine visitors in ten the longest wait, in seconds: today so far, and usually by now; None of too few."""

    wait_p90: float | None = None
    usual_p90: float | None = None


def beats(today: Sequence[Kept], before: Sequence[Kept], until: int, smallest: int) -> dict[TenantId, Beat]:
    """Measure the waits of who was called by a time of day.

    Args:
        before: earlier days of the same weekday; their visitors are taken together.
        until: seconds since the mall's midnight.
    """
    now, usual = (_p90(kept, until, smallest) for kept in (today, before))
    return {id: Beat(now.get(id), usual.get(id)) for id in {*now, *usual}}


def _p90(kept: Sequence[Kept], until: int, smallest: int) -> Mapping[TenantId, float]:
    of = frame.columns(kept)
    is_in = (of.legs["called"] >= 0) & (of.legs["called"] <= until)
    tenants, groups = np.unique(of.leg_tenants[is_in], return_inverse=True)
    spreads = figures.spreads(of.legs["wait"][is_in], groups, len(tenants), smallest)
    return {TenantId(int(id)): spread.p90 for id, spread in zip(tenants, spreads, strict=True) if spread is not None}
