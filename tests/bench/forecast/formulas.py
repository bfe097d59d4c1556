"""What other systems and textbooks would have foretold, from the same log: our own code, after their sources.

Their means are measured over the days of learning, which is generous: real ones are typed in.
Sources: ZMS (it-at-m/eappointment, QueueList), Whitt 1999 and Ibrahim & Whitt 2009 (QL, LES, HOL).
"""

from collections import defaultdict, deque
from collections.abc import Iterable

import numpy as np

from counters.core.forecast.facts import Facts
from counters.core.forecast.plan import Entry, Kind, Plan
from counters.core.forecast.shapes import CALLING, IDLE, PAUSED, SERVING
from counters.core.forecast.watch import Watch

Key = tuple[int, int]

DEFAULT_MINUTES = 12.0
"""ZMS's time for a visitor where nobody has typed one in."""

NAMES = (
    "people ahead x 10 min",
    "ahead in service x measured mean",
    "the same / open counters",
    "mean wait of the service so far",
    "ZMS, its default of 12 min",
    "ZMS, measured minutes typed in per tenant",
    "QL: (ahead + 1) x measured mean / open counters",
    "QL with the last 10 intervals between calls",
    "LES: the last one's wait, same service and class",
    "HOL: how long the first in line has waited, same class",
)


class Tenant:
    """What the formulas know of a tenant."""

    def __init__(self) -> None:
        self.facts = Facts()
        self.waits: dict[int, list[float]] = defaultdict(list)
        self.last: dict[Key, float] = {}
        self.calls: deque[float] = deque(maxlen=11)

    def minutes(self, configured: tuple[float, ...]) -> list[float]:
        """Return the measured mean of each service."""
        sums, counts = list(configured), [1] * len(configured)
        for one in self.facts.served:
            sums[one.service] += one.minutes
            counts[one.service] += 1
        return [total / count for total, count in zip(sums, counts, strict=True)]


def foretell(plan: Plan, entries: Iterable[Entry], first_day: int) -> dict[Key, tuple[float, ...]]:
    """Return what each formula foretells to each ticket from the first day on, in the order of NAMES."""
    tenants = [Tenant() for _ in plan.tenants]
    found: dict[Key, tuple[float, ...]] = {}
    day, watches, means = -1, [], []
    for entry in entries:
        if entry.day != day:
            day = entry.day
            watches = [
                Watch(own, tenant.facts, lambda *_: 1.0) for own, tenant in zip(plan.tenants, tenants, strict=True)
            ]
            if day <= first_day:
                means = [tenant.minutes(own.minutes) for own, tenant in zip(plan.tenants, tenants, strict=True)]
            for tenant in tenants:
                tenant.calls.clear()
                tenant.last.clear()
        tenant, watch = tenants[entry.tenant], watches[entry.tenant]
        if entry.kind is Kind.TICKET and day >= first_day:
            found[day, entry.ticket] = formulas(entry, watch, tenant, means[entry.tenant])
        waited = watch.see(entry)
        if waited is not None:
            tenant.calls.append(entry.at)
            tenant.last[entry.service, entry.who] = waited
            tenant.waits[entry.service].append(waited)
    return found


def formulas(entry: Entry, watch: Watch, tenant: Tenant, means: list[float]) -> tuple[float, ...]:
    """Return all formulas for one who takes a number now."""
    waiting = list(watch.waiting.values())
    same = [one for one in waiting if one.service == entry.service]
    before = [one for one in waiting if one.kind >= entry.who]
    working = {IDLE, CALLING, SERVING, PAUSED}
    open_ = max(1, sum(post.phase in working for post in watch.posts))
    able = max(
        1,
        sum(
            post.phase in working and entry.service in counter.services
            for post, counter in zip(watch.posts, watch.plan.counters, strict=True)
        ),
    )
    served = tenant.facts.served
    usual = sum(one.minutes for one in served) / len(served) if served else DEFAULT_MINUTES
    calls = list(tenant.calls)
    interval = (calls[-1] - calls[0]) / (len(calls) - 1) if len(calls) > 1 else usual / open_
    past = tenant.waits[entry.service]
    return (
        len(waiting) * 10.0,
        len(same) * means[entry.service],
        len(same) * means[entry.service] / able,
        float(np.mean(past)) if past else 0.0,
        (len(before) + 1) * DEFAULT_MINUTES / open_,
        (len(before) + 1) * round(usual) / open_,
        (len(waiting) + 1) * usual / open_,
        (len(waiting) + 1) * interval,
        tenant.last.get((entry.service, entry.who), 0.0),
        max((entry.at - one.since for one in waiting if one.kind == entry.who), default=0.0),
    )
