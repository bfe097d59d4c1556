"""A day of visitors, made up by chance from a seed: who comes when, for what, how long it takes. Pure.

Figures are assumptions for a demo, not measurements of a real mall: shares and volume follow what public sources
tell of malls of this size, minutes at the counter are those of the demo's service standards.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import log

from msgspec import Struct

from ticketing.core.mall_entries import MallFile, TenantEntry

VISITORS = 110
"""A middling day; the demo's mall is thought to see 60 to 120."""

SHARES: Mapping[str, float] = {
    "DUKCAPIL": 0.46,
    "SAMSAT": 0.10,
    "POLRES": 0.08,
    "BPJSKES": 0.08,
    "BANKNTT": 0.07,
    "DPMPTSP": 0.05,
}
"""Share of a tenant among all visitors; the others share the rest evenly."""

HOURS: Sequence[float] = (0.20, 0.25, 0.19, 0.13, 0.09, 0.08, 0.06)
"""Share of the arrivals in each hour from the opening on: the morning peak, until numbers end."""

PRIORITY_SHARE = 0.15
NO_SHOW_SHARE = 0.06
GOOD_END_SHARE = 0.8
"""Share of the first outcome of a service that has several."""

SPREAD = 0.75
"""Coefficient of variation of the time at the counter."""


class Visitor(Struct, frozen=True, kw_only=True):
    """One who will come: when after opening, for which service, how it will go; `luck`, 0 to 1, chooses the outcome."""

    comes: timedelta
    service: str
    is_priority: bool
    comes_when_called: bool
    walk: timedelta
    takes: timedelta
    luck: float


def plan(mall: MallFile, seed: int) -> list[Visitor]:
    """Return the visitors of a day in the order of their coming."""
    chance = random.Random(seed)
    tenants = list(mall.tenants)
    weights = _weights(tenants)
    visitors = [_visitor(chance, chance.choices(tenants, weights)[0]) for _ in range(VISITORS)]
    return sorted(visitors, key=lambda visitor: visitor.comes)


def outcome(codes: Sequence[str], luck: float) -> str | None:
    """Choose how a visit ends; None when the service knows no outcomes."""
    if not codes:
        return None
    first, *others = codes
    if luck < GOOD_END_SHARE or not others:
        return first
    return others[int((luck - GOOD_END_SHARE) / (1 - GOOD_END_SHARE) * len(others))]


def _weights(tenants: Sequence[TenantEntry]) -> list[float]:
    others = sum(1 for tenant in tenants if tenant.code not in SHARES)
    rest = max(0.0, 1.0 - sum(SHARES.get(tenant.code, 0.0) for tenant in tenants))
    return [SHARES.get(tenant.code, rest / max(1, others)) for tenant in tenants]


def _visitor(chance: random.Random, tenant: TenantEntry) -> Visitor:
    hour = chance.choices(range(len(HOURS)), HOURS)[0]
    service = chance.choice(tenant.services)
    return Visitor(
        comes=timedelta(minutes=60 * hour + chance.uniform(0, 60) * (0.5 if hour == len(HOURS) - 1 else 1)),
        service=service.code,
        is_priority=chance.random() < PRIORITY_SHARE,
        comes_when_called=chance.random() >= NO_SHOW_SHARE,
        walk=timedelta(seconds=chance.uniform(10, 45)),
        takes=timedelta(minutes=_log_normal(chance, service.standard.counter_minutes)),
        luck=chance.random(),
    )


def _log_normal(chance: random.Random, mean: float) -> float:
    """Draw a positive time with this mean and the day's spread."""
    variance = log(1 + SPREAD**2)
    return chance.lognormvariate(log(mean) - variance / 2, variance**0.5)
