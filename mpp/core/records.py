"""Kept days as records that the simulation lives again. Pure."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from counters.core.forecast.facts import Facts, Served
from counters.core.forecast.learn import learn
from counters.core.forecast.plan import PlannedTenant
from counters.core.forecast.shapes import Bools, Floats, Habits, Ints, Rules
from counters.core.simulation.past import Record
from mpp.core import packed
from mpp.core.legs import End
from mpp.core.packed import Table
from ticketing.core import policy
from ticketing.core.ids import CounterId, ServiceId
from ticketing.core.policy import Policy

NAN = float("nan")
KINDS = (False, True)
"""Classes of visitors: ordinary, and those whom the law favours."""


class Place(Struct, frozen=True, kw_only=True):
    """A tenant as it is described: the promised minutes of each service, and what each counter serves."""

    services: Mapping[ServiceId, int]
    counters: Mapping[CounterId, frozenset[ServiceId]]

    def minutes(self) -> list[int]:
        """Return the promised minutes of the services, in their order."""
        return list(self.services.values())


def rules(one: Policy, minutes: Sequence[int]) -> Rules:
    """Return a policy as the simulation takes it, for services of so many promised minutes."""
    usual = sum(minutes) / max(1, len(minutes))
    return Rules(
        weights=np.array([policy.weight(one, is_priority=kind) for kind in KINDS]),
        head_start=np.array([policy.head_start(one, is_priority=kind).total_seconds() / 60 for kind in KINDS]),
        favour=np.array([policy.favour(one, own, usual) for own in minutes]),
    )


def record(of_day: packed.Day, place: Place, opening: float) -> Record | None:
    """Return what is known of a tenant's day; None when nobody came whom a counter could have served."""
    legs = packed.read_legs([of_day.legs])
    cancelled = (legs["end"] == packed.ENDS.index(End.CANCELLED)) & (legs["called"] < 0)
    legs = legs[~cancelled & np.isin(legs["service"], list(place.services))]
    hours = packed.read_hours([of_day.hours])
    present = np.unique(np.concatenate((legs["counter"][legs["counter"] > 0], hours["counter"][hours["open"] > 0])))
    if not len(legs) or not len(present):
        return None
    service = _places(legs["service"], list(place.services))
    counter = _places(legs["counter"], present.tolist())
    opened, closed, paused = _hours(hours, present)
    called = _minutes(legs["called"])
    return Record(
        joined=_minutes(legs["joined"]),
        service=service,
        kind=legs["is_priority"].astype(np.int64),
        called=called,
        wait=_minutes(legs["wait"]),
        started=_minutes(legs["started"]),
        ended=_minutes(legs["ended"]),
        minutes=_served(legs),
        counter=np.where(np.isnan(called), -1, counter),
        skills=_skills(place, present, service, counter),
        opened=opened,
        closed=closed,
        paused=paused,
        opening=opening,
    )


def known(records: Sequence[Record], place: Place) -> Habits:
    """Return what those days tell of the tenant: how long its services last."""
    served = [
        Served(int(service), -1, float(minutes))
        for one in records
        for service, minutes in zip(one.service, one.minutes, strict=True)
        if np.isfinite(minutes) and minutes > 0
    ]
    plan = PlannedTenant(minutes=tuple(float(minutes) for minutes in place.minutes()), counters=())
    return learn(plan, Facts(days=len(records), served=served), np.ones(len(KINDS)), 0.0).habits


def _minutes(seconds: Ints) -> Floats:
    return np.where(seconds >= 0, seconds / 60.0, NAN)


def _places(ids: Ints, order: Sequence[int]) -> Ints:
    """Return the place of each id in the order; -1 of those that are not in it."""
    place = {id: number for number, id in enumerate(order)}
    return np.array([place.get(id, -1) for id in ids.tolist()], np.int64)


def _served(legs: Table) -> Floats:
    """Return how long each was served; nan of those who did not come, were never called, or whose end is not told."""
    told = _minutes(legs["service_time"])
    since = np.where(legs["started"] >= 0, legs["started"], legs["called"])
    was_served = np.isin(legs["end"], [packed.ENDS.index(End.SERVED), packed.ENDS.index(End.SENT)])
    taken = np.where(was_served & (legs["ended"] > since), legs["ended"] - since, -1)
    found = np.where(np.isfinite(told), told, _minutes(taken))
    return np.where(legs["called"] >= 0, found, NAN)


def _hours(hours: Table, present: Ints) -> tuple[Floats, Floats, Bools]:
    """Return from when to when each counter was open (nan: not told), and in which hours it paused.

    The first hour was open to its end, the last one from its beginning.
    """
    opened, closed = np.full(len(present), NAN), np.full(len(present), NAN)
    paused = np.zeros((len(present), 24), np.bool_)
    for row, counter in enumerate(present.tolist()):
        mine = hours[hours["counter"] == counter]
        there = np.bincount(mine["hour"], mine["open"].astype(np.float64) + mine["paused"], minlength=24)[:24] / 60
        paused[row] = np.bincount(mine["hour"], mine["paused"], minlength=24)[:24] > 0
        which = np.flatnonzero(there > 0)
        if len(which):
            opened[row] = (which[0] + 1) * 60 - min(60.0, there[which[0]])
            closed[row] = which[-1] * 60 + min(60.0, there[which[-1]])
    return opened, closed, paused


def _skills(place: Place, present: Ints, service: Ints, counter: Ints) -> Bools:
    """Return what each counter serves: as described, and what it did."""
    order = list(place.services)
    skills = np.array([[one in place.counters.get(CounterId(id), ()) for one in order] for id in present.tolist()])
    skills[counter[counter >= 0], service[counter >= 0]] = True
    return skills
