"""A tenant's kept days as what a simulation needs: demand day by day, and what the nightly learning is made of. Pure.

The kept days name nobody, so officers are not told apart, and a pause is what a counter paused in hours that follow
each other. Planned lunches are left out of the pauses where officers go in turns: they are planned, not drawn.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from counters.core.forecast.facts import Arrival, Facts, Outcome, Served
from counters.core.simulation import drawn
from counters.core.simulation.drawn import Demand
from counters.core.staffing.shifts import LUNCH, LUNCHES, Hours
from mpp.core import frame, packed
from mpp.core.frame import Columns
from mpp.core.legs import End

ENOUGH = 12
"""Days of one weekday that are a history of their own; with fewer, those of other weekdays are made like them."""

LONGEST_IN_VAIN = 30.0
"""Minutes: who was called and is still not dealt with was forgotten, not waited for."""

SERVED, SENT, ABSENT, CANCELLED = (packed.ENDS.index(end) for end in (End.SERVED, End.SENT, End.ABSENT, End.CANCELLED))


class Crowds(Struct, frozen=True, kw_only=True):
    """Past days of demand, and how much they differ (sd / mean of visitors)."""

    days: tuple[Demand, ...]
    of_weekday: int
    """How many of them were of the weekday that is meant; the others were made like them."""
    spread: float


def crowds(of: Columns, services: Mapping[int, int], hours: Hours, weekday: int) -> Crowds:
    """Return the demand of a tenant's days, as days of a weekday; of any, when nobody ever came on that weekday.

    Args:
        services: the number of each service in the simulation, by its id; visitors for others are left out.
    """
    found = _days(of, services, hours)
    own = {day: demand for day, demand in found.items() if (day - 1) % 7 == weekday}
    if len(own) < ENOUGH and len(found) > len(own) > 0:
        demand = _made_alike(found, own)
    else:
        demand = list((own or found).values())
    counts = np.array([len(one.at) for one in demand], np.float64)
    spread = float(counts.std() / counts.mean()) if len(counts) else 0.0
    return Crowds(days=tuple(demand), of_weekday=len(own), spread=spread)


def _days(of: Columns, services: Mapping[int, int], hours: Hours) -> dict[int, Demand]:
    number = _numbers(of.legs["service"], services)
    at = of.legs["joined"] / 60.0
    meant = (number >= 0) & (at < hours.closes) & (of.legs["end"] != CANCELLED)
    days, at, number, kind = of.leg_days[meant], at[meant], number[meant], of.legs["is_priority"][meant]
    order = np.lexsort((at, days))
    marks = np.flatnonzero(np.diff(days[order])) + 1
    parts = [part for part in np.split(order, marks) if len(part)]
    return {int(days[part[0]]): Demand(at[part], number[part], kind[part].astype(np.int64)) for part in parts}


def _made_alike(found: Mapping[int, Demand], own: Mapping[int, Demand]) -> list[Demand]:
    """Make each day as crowded as the weekday that is meant: by its share of what its own weekday usually brings."""
    chance = np.random.default_rng(1)
    wanted = np.mean([len(one.at) for one in own.values()])
    usual = {
        weekday: np.mean([len(one.at) for day, one in found.items() if (day - 1) % 7 == weekday])
        for weekday in {(day - 1) % 7 for day in found}
    }
    return [
        one if day in own else drawn.scaled(chance, one, float(wanted / usual[(day - 1) % 7]))
        for day, one in found.items()
    ]


def _numbers(ids: frame.Ints, services: Mapping[int, int]) -> frame.Ints:
    number = np.full(max([0, *services, *ids.tolist()]) + 1, -1)
    for id, at in services.items():
        number[id] = at
    found: frame.Ints = number[ids]
    return found


def facts(of: Columns, services: Mapping[int, int], hours: Hours) -> Facts:
    """Return what was seen, as the nightly learning takes it (`counters.core.forecast.learn`)."""
    legs, number = of.legs, _numbers(of.legs["service"], services)
    known = number >= 0
    was_sent = known & (legs["end"] == SENT) & (legs["started"] >= 0) & (legs["aside"] == 0)
    lasted = np.where(was_sent, legs["ended"] - legs["started"], legs["service_time"])
    served = known & (was_sent | (legs["end"] == SERVED)) & (lasted > 0)
    at_once = known & (legs["calls"] == 1) & (legs["restored"] == 0) & (legs["holds"] == 0)
    came = at_once & (legs["started"] >= legs["called"]) & (legs["called"] >= 0)
    absent = at_once & (legs["end"] == ABSENT)
    called = known & (legs["called"] >= 0) & (legs["wait"] >= 0)
    in_vain = (legs["ended"] - legs["called"] - legs["aside"])[absent] / 60.0
    pauses, minutes_open = paused(of, hours)
    return Facts(
        days=len(np.unique(of.leg_days)),
        served=[Served(int(n), -1, m) for n, m in zip(number[served], (lasted[served] / 60.0).tolist(), strict=True)],
        arrivals=[Arrival(at, int(kind), int(n)) for at, kind, n in _arrivals(legs[known], number[known])],
        outcomes=[
            Outcome(waited, bool(there))
            for waited, there in zip((legs["wait"][called] / 60.0).tolist(), legs["end"][called] != ABSENT, strict=True)
        ],
        gaps=((legs["started"] - legs["called"])[came] / 60.0).tolist(),
        in_vain=[one for one in in_vain.tolist() if 0 < one <= LONGEST_IN_VAIN],
        pauses=pauses,
        paused=len(pauses),
        minutes_open=minutes_open,
    )


def _arrivals(legs: packed.Table, number: frame.Ints) -> Sequence[tuple[float, int, int]]:
    return list(zip((legs["joined"] / 60.0).tolist(), legs["is_priority"].tolist(), number.tolist(), strict=True))


def paused(of: Columns, hours: Hours) -> tuple[list[float], float]:
    """Return the minutes of each unplanned pause, and how many minutes the counters were open beside them."""
    rows, days = of.hours, of.hour_days
    whole = np.array([hours.minutes(hour * 60.0, hour * 60.0 + 60) == 60 for hour in range(24)])
    if hours.in_turns:
        whole[int(LUNCHES[0] // 60) : int((LUNCHES[-1] + LUNCH) // 60) + 1] = False
    meant = whole[rows["hour"]]
    rows, days = rows[meant], days[meant]
    order = np.lexsort((rows["hour"], rows["counter"], days))
    found: list[float] = []
    last = (-1, -1, -1)
    for at in order[rows["paused"][order] > 0]:
        row, mine = rows[at], (int(days[at]), int(rows["counter"][at]), int(rows["hour"][at]))
        minutes = float(row["paused"]) / 60
        if mine[:2] == last[:2] and mine[2] <= last[2] + 1:
            found[-1] += minutes
        else:
            found.append(minutes)
        last = mine
    return found, float(rows["open"].sum()) / 60


def usual(of: Columns, hours: Hours, weekday: int) -> tuple[float, ...]:
    """Return how many counters were staffed in each hour of the plan, on average; pauses and lunches count."""
    rows, days = of.hours, of.hour_days
    meant = frame.weekday(days) == weekday
    rows, days = rows[meant], days[meant]
    many = max(1, len(np.unique(days)))
    spent = np.bincount(rows["hour"], rows["open"].astype(np.float64) + rows["paused"], minlength=24) / 60 / many
    return tuple(float(spent[hour] / hours.minutes(hour * 60.0, hour * 60.0 + 60)) for hour in hours.slots())


def openings(of: Columns, hours: Hours, weekday: int) -> dict[int, list[float]]:
    """Return when each counter opened (minutes since midnight) on every day of a weekday; inf: not on that day.

    Kept is how long it was open in each hour: it is taken to have stayed until the end of its first one.
    """
    rows, days = of.hours, of.hour_days
    spent: dict[tuple[int, int], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    meant = (frame.weekday(days) == weekday) & (rows["open"] + rows["paused"] > 0)
    for day, row in zip(days[meant].tolist(), rows[meant], strict=True):
        spent[int(row["counter"]), day][int(row["hour"])] += (float(row["open"]) + float(row["paused"])) / 60
    first = {who: min(by_hour.items()) for who, by_hour in spent.items()}
    known = {who: max(hours.opens, hour * 60.0 + 60.0 - minutes) for who, (hour, minutes) in first.items()}
    counters, every = {counter for counter, _ in known}, sorted({day for _, day in known})
    return {counter: [known.get((counter, day), np.inf) for day in every] for counter in sorted(counters)}
