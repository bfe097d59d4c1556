"""What the hall's own days say of the checks: waits, promises, staffing, workload, fairness, life. Pure.

Each share is held against a rule of the mall (instrument `hall`), for no law names a limit; within `warning.band` below
it is a warning, further below a failure. Where it fails, the worst counters and hours are named, so that one can act.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from mpp.core import figures, frame
from mpp.core.figures import Figures, Group
from mpp.core.frame import By, Columns, Only
from mpp.law.core import Edition, Unit
from mpp.readiness.core.shapes import NOTHING_KNOWN, Fact, Finding, State

MOST_PLACES = 5
"""Places that are named: enough to act on."""


class Planned(NamedTuple):
    """For how many seconds a tenant serves in an hour of a day (ordinal)."""

    day: int
    tenant_id: int
    hour: int
    seconds: int


class Hall(Struct, frozen=True, kw_only=True):
    """A period of the hall: its legs and counter hours, what was planned, who is there, and the rules."""

    of: Columns
    planned: Sequence[Planned]
    counters: Mapping[int, Sequence[int]]
    """Counters of each active tenant."""
    rules: Edition
    smallest: int
    favours: bool
    """Whether priority visitors are called earlier than others at all."""


def share(hall: Hall, key: str) -> float:
    """Return a rule in percent as a share."""
    return float(hall.rules.number(key)) / 100


def judged(hall: Hall, value: float, least: float) -> State:
    """Hold a share against the least that it should be."""
    if value >= least:
        return State.OK
    return State.WARNING if value >= least - share(hall, "warning.band") else State.FAIL


def service_time_kept(hall: Hall) -> Finding:
    """R23: which share was done within the promised minutes at the counter."""
    return _kept(hall, "in_promise", "kept.service_time")


def wait_kept(hall: Hall) -> Finding:
    """R24: which share was called within the promised wait; median and p90 beside it."""
    found = _kept(hall, "in_target", "kept.wait")
    whole = figures.total(hall.of, hall.smallest)
    if whole is None or whole.wait is None:
        return found
    spread = [
        Fact(measure=f"wait_{name}", value=value, unit=Unit.MINUTES, n=whole.wait.n)
        for name, value in (("median", whole.wait.median), ("p90", whole.wait.p90))
    ]
    return Finding(state=found.state, facts=(*found.facts[:1], *spread, *found.facts[1:]))


def _kept(hall: Hall, name: str, rule: str) -> Finding:
    whole, least = figures.total(hall.of, hall.smallest), share(hall, rule)
    value = getattr(whole, name) if whole else None
    if whole is None or value is None:
        return NOTHING_KNOWN
    state = judged(hall, value, least)
    first = Fact(measure=name, value=value, limit=least, unit=Unit.PERCENT, n=_measured(whole, name))
    return Finding(state=state, facts=(first, *([] if state is State.OK else _worst(hall, name, least))))


def _measured(of: Figures, name: str) -> int:
    """Return of how many visitors a share is."""
    spread = of.wait if name == "in_target" else of.service_time
    return spread.n if spread else 0


def _worst(hall: Hall, name: str, least: float) -> list[Fact]:
    """Name the counters that keep a promise least, each with its worst hour."""

    def low(groups: Sequence[Group]) -> list[tuple[float, int, Figures]]:
        known = [(getattr(one.figures, name), one.key, one.figures) for one in groups if one.figures is not None]
        return sorted((item for item in known if item[0] is not None and item[0] < least), key=lambda item: item[:2])

    facts = []
    for value, counter, of in low(figures.grouped(hall.of, By.COUNTER, hall.smallest)):
        if counter == 0:
            continue
        hours = low(figures.grouped(frame.narrowed(hall.of, Only(counter=counter)), By.HOUR, hall.smallest))
        hour = hours[0][1] if hours else None
        n = _measured(of, name)
        facts.append(Fact(measure=f"{name}_at", value=value, unit=Unit.PERCENT, n=n, counter_id=counter, hour=hour))
    return facts[:MOST_PLACES]


def priority(hall: Hall) -> Finding:
    """R18: whether the favoured wait no longer than others, by the median."""
    if not hall.favours:
        return Finding(state=State.FAIL, facts=(Fact(measure="priority_off"),))
    favoured, others = (_median(hall.of, hall.smallest, is_priority) for is_priority in (True, False))
    if favoured is None or others is None:
        return NOTHING_KNOWN
    state = State.OK if favoured[0] <= others[0] else State.FAIL
    first = Fact(measure="priority_median", value=favoured[0], limit=others[0], unit=Unit.MINUTES, n=favoured[1])
    return Finding(state=state, facts=(first, *([] if state is State.OK else _slow_to_the_favoured(hall))))


def _median(of: Columns, smallest: int, is_priority: bool) -> tuple[float, int] | None:
    found = figures.total(frame.narrowed(of, Only(is_priority=is_priority)), smallest)
    return (found.wait.median, found.wait.n) if found and found.wait else None


def _slow_to_the_favoured(hall: Hall) -> list[Fact]:
    """Name the counters at which the favoured wait longer than others, the worst first, each with its worst hour."""
    facts = []
    for counter in (id for mine in hall.counters.values() for id in mine):
        here = frame.narrowed(hall.of, Only(counter=counter))
        favoured, others = (_median(here, hall.smallest, is_priority) for is_priority in (True, False))
        if favoured is None or others is None or favoured[0] <= others[0]:
            continue
        hours = figures.grouped(frame.narrowed(here, Only(is_priority=True)), By.HOUR, hall.smallest)
        waits = [(one.figures.wait.median, one.key) for one in hours if one.figures and one.figures.wait]
        worst = max(waits)[1] if waits else None
        facts.append(
            Fact(
                measure="priority_median_at",
                value=favoured[0],
                limit=others[0],
                unit=Unit.MINUTES,
                n=favoured[1],
                counter_id=counter,
                hour=worst,
            )
        )
    return sorted(facts, key=lambda one: (one.limit or 0) - (one.value or 0))[:MOST_PLACES]


def staffed(hall: Hall) -> Finding:
    """R19: in which share of the service hours each tenant had a counter open, breaks included.

    Within one hour the longest open counter counts, so that two that share an hour are told a little low.
    """
    wanted = dict.fromkeys(((one.tenant_id, one.hour) for one in hall.planned), 0)
    kept = dict(wanted)
    longest = _longest(hall)
    for one in hall.planned:
        wanted[one.tenant_id, one.hour] += one.seconds
        kept[one.tenant_id, one.hour] += min(one.seconds, longest.get((one.day, one.tenant_id, one.hour), 0))
    asked, least = sum(wanted.values()), share(hall, "staffed.hours")
    if not asked:
        return NOTHING_KNOWN
    value = sum(kept.values()) / asked
    state = judged(hall, value, least)
    first = Fact(measure="staffed", value=value, limit=least, unit=Unit.PERCENT)
    empty = sorted((kept[key] / wanted[key], *key) for key in wanted if wanted[key] and kept[key] / wanted[key] < least)
    facts = [
        Fact(
            measure="staffed_at", value=found, unit=Unit.PERCENT, tenant_id=tenant, hour=hour,
            counter_id=_least_open(hall, tenant, hour),
        )
        for found, tenant, hour in empty[:MOST_PLACES]
    ]  # fmt: skip
    return Finding(state=state, facts=(first, *([] if state is State.OK else facts)))


def _longest(hall: Hall) -> dict[tuple[int, int, int], int]:
    """Return for each day, tenant and hour how long the longest open counter was open, whoever sat there."""
    spent: dict[tuple[int, int, int, int], int] = {}
    hours = hall.of.hours
    for day, tenant, counter, hour, opened in zip(
        hall.of.hour_days.tolist(), hall.of.hour_tenants.tolist(), hours["counter"].tolist(), hours["hour"].tolist(),
        hours["open"].tolist(), strict=True,
    ):  # fmt: skip
        spent[day, tenant, hour, counter] = spent.get((day, tenant, hour, counter), 0) + opened
    found: dict[tuple[int, int, int], int] = {}
    for (day, tenant, hour, _), opened in spent.items():
        found[day, tenant, hour] = max(found.get((day, tenant, hour), 0), opened)
    return found


def _least_open(hall: Hall, tenant: int, hour: int) -> int | None:
    """Return the tenant's counter that was open least in an hour of the day."""
    rows = hall.of.hours[(hall.of.hour_tenants == tenant) & (hall.of.hours["hour"] == hour)]
    mine = sorted((int(rows["open"][rows["counter"] == id].sum()), id) for id in hall.counters.get(tenant, ()))
    return mine[0][1] if mine else None


def workload(hall: Hall) -> Finding:
    """R21: which share of their open time counters are busy, tenant by tenant; above the most it is too much."""
    most = share(hall, "workload.most")
    known = {
        one.key: one.figures.counters
        for one in figures.grouped(hall.of, By.TENANT, hall.smallest)
        if one.figures and one.figures.counters and one.figures.counters.open
    }
    busy, opened = (sum(getattr(one, name) for one in known.values()) for name in ("busy", "open"))
    if not opened:
        return NOTHING_KNOWN
    over = sorted(
        ((one.utilisation, id) for id, one in known.items() if one.utilisation is not None and one.utilisation > most),
        reverse=True,
    )
    value = min(1.0, busy / opened)
    state = State.FAIL if value > most else State.WARNING if over else State.OK
    facts = [Fact(measure="workload_at", value=found, unit=Unit.PERCENT, tenant_id=id) for found, id in over]
    first = Fact(measure="workload", value=value, limit=most, unit=Unit.PERCENT)
    return Finding(state=state, facts=(first, *facts[:MOST_PLACES]))


def fairness(hall: Hall) -> Finding:
    """R25: how many were passed by a later number of the same service and class, which no rule of calling does."""
    legs = hall.of.legs
    called = int((legs["called"] >= 0).sum())
    if called < hall.smallest:
        return NOTHING_KNOWN
    passed = legs["overtaken_by_same"] > 0
    n = int(passed.sum())
    first = Fact(measure="passed", value=float(n), limit=0.0, unit=Unit.COUNT, n=called)
    services, counts = np.unique(legs["service"][passed], return_counts=True)
    order = np.argsort(-counts, kind="stable")[:MOST_PLACES]
    facts = [
        Fact(measure="passed_at", value=float(counts[at]), unit=Unit.COUNT, service_id=int(services[at]))
        for at in order.tolist()
    ]
    state = State.OK if n == 0 else State.WARNING if n / called <= 1 - share(hall, "fair.calls") else State.FAIL
    return Finding(state=state, facts=(first, *facts))


def alive(hall: Hall) -> Finding:
    """R27: which share of the tenants took at least one visitor in the period."""
    if not hall.counters or not hall.planned:
        return NOTHING_KNOWN
    seen = {int(id) for id in np.unique(hall.of.leg_tenants)}
    silent = [id for id in hall.counters if id not in seen]
    value, least = 1 - len(silent) / len(hall.counters), share(hall, "alive.weekly")
    first = Fact(measure="alive", value=value, limit=least, unit=Unit.PERCENT, n=len(hall.counters))
    facts = [Fact(measure="silent", tenant_id=id) for id in silent]
    return Finding(state=judged(hall, value, least), facts=(first, *facts))


def connected(hall: Hall) -> Finding:
    """R04: which share of the tenants had a counter open in the system in the period."""
    if not hall.counters or not hall.planned:
        return NOTHING_KNOWN
    there = {int(id) for id in np.unique(hall.of.hour_tenants[hall.of.hours["open"] > 0])}
    away = [id for id in hall.counters if id not in there]
    value, least = 1 - len(away) / len(hall.counters), share(hall, "alive.weekly")
    first = Fact(measure="connected", value=value, limit=least, unit=Unit.PERCENT, n=len(hall.counters))
    facts = [Fact(measure="not_connected", tenant_id=id) for id in away]
    return Finding(state=judged(hall, value, least), facts=(first, *facts))


CHECKS = {
    "R04": connected,
    "R18": priority,
    "R19": staffed,
    "R21": workload,
    "R23": service_time_kept,
    "R24": wait_kept,
    "R25": fairness,
    "R27": alive,
}
"""Which function answers which check."""
