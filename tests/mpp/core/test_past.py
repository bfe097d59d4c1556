"""Kept days as what a simulation needs: who came when, what was learned, how many counters were staffed."""

from datetime import date, timedelta

import numpy as np
import pytest

from counters.core.staffing.shifts import Hours
from mpp.core import frame, packed, past
from mpp.core.frame import Columns
from mpp.core.legs import End
from mpp.core.packed import Kept
from ticketing.core.ids import TenantId

MONDAY = date(2026, 11, 2)
HOURS = Hours(480, 900, (), in_turns=False)
SERVICES = {11: 0, 12: 1}


def leg(at: float, service: int = 11, end: End = End.SERVED, **more: float) -> dict[str, float]:
    """Return a leg: joined so many minutes after eight, called at once, served for five minutes after one of way."""
    joined = 28_800 + round(at * 60)
    known = {
        "service": service,
        "joined": joined,
        "issued": joined,
        "called": joined,
        "started": joined + 60,
        "ended": joined + 360,
        "wait": 0,
        "service_time": 300 if end is End.SERVED else -1,
        "calls": 1,
        "end": packed.ENDS.index(end),
    }
    return {**known, **more}


def day(*legs: dict[str, float], hours: tuple[tuple[int, int, int, int], ...] = (), at: date = MONDAY) -> Kept:
    """Keep a day; `hours` are counter, hour, open and paused seconds."""
    rows = np.zeros(len(legs), packed.LEGS)
    for row, one in zip(rows, legs, strict=True):
        for name, value in one.items():
            row[name] = value
    found = np.zeros(len(hours), packed.HOURS)
    for row, (counter, hour, open_, paused) in zip(found, hours, strict=True):
        row["counter"], row["hour"], row["open"], row["paused"] = counter, hour, open_, paused
    return Kept(at, TenantId(1), packed.Day(rows.tobytes(), found.tobytes()))


def columns(*kept: Kept) -> Columns:
    return frame.columns(kept)


def test_a_day_is_who_came_in_order_and_for_what() -> None:
    of = columns(day(leg(30, 12), leg(5), leg(9, is_priority=1), leg(3, 99), leg(6, end=End.CANCELLED), leg(430)))
    found = past.crowds(of, SERVICES, HOURS, 0)
    assert [one.tolist() for one in found.days[0]] == [[485.0, 489.0, 510.0], [0, 0, 1], [0, 1, 0]]
    assert (found.of_weekday, found.spread) == (1, 0.0)


def test_days_of_other_weekdays_are_made_as_crowded() -> None:
    busy = [day(*[leg(n) for n in range(40)], at=MONDAY + timedelta(weeks=n)) for n in range(3)]
    quiet = [day(*[leg(n) for n in range(10)], at=MONDAY + timedelta(days=1, weeks=n)) for n in range(3)]
    found = past.crowds(columns(*busy, *quiet), SERVICES, HOURS, 0)
    assert [len(one.at) for one in found.days] == [40] * 6
    assert found.of_weekday == 3
    found = past.crowds(columns(*busy, *quiet), SERVICES, HOURS, 4)
    assert (len(found.days), found.of_weekday) == (6, 0), "of a weekday never seen, all days tell as they were"


def test_with_enough_days_of_the_weekday_the_others_are_left_out() -> None:
    mondays = [day(leg(1), leg(2), at=MONDAY + timedelta(weeks=n)) for n in range(past.ENOUGH)]
    found = past.crowds(columns(*mondays, day(leg(1), at=MONDAY + timedelta(days=1))), SERVICES, HOURS, 0)
    assert len(found.days) == past.ENOUGH


def test_what_was_learned_of_services_ways_and_those_who_did_not_come() -> None:
    absent = leg(20, end=End.ABSENT, started=-1, ended=28_800 + 20 * 60 + 600, aside=480)
    sent = leg(30, 12, End.SENT)
    facts = past.facts(columns(day(leg(0), leg(10, calls=2, wait=120), absent, sent)), SERVICES, HOURS)
    assert [(one.service, one.minutes) for one in facts.served] == [(0, 5.0), (0, 5.0), (1, 5.0)]
    assert facts.gaps == [1.0, 1.0]
    assert facts.in_vain == [2.0]
    assert [(one.waited, one.came) for one in facts.outcomes] == [(0.0, True), (2.0, True), (0.0, False), (0.0, True)]
    assert (facts.days, len(facts.arrivals)) == (1, 4)


def test_pauses_in_hours_that_follow_each_other_are_one() -> None:
    of = columns(
        day(hours=((1, 8, 3000, 600), (1, 9, 3300, 300), (1, 11, 3000, 600), (2, 9, 3480, 120))),
        day(hours=((1, 9, 3000, 600),), at=MONDAY + timedelta(days=1)),
    )
    pauses, minutes_open = past.paused(of, HOURS)
    assert pauses == [15.0, 10.0, 2.0, 10.0]
    assert minutes_open == pytest.approx(15_780 / 60)
    in_turns = Hours(480, 900)
    assert past.paused(of, in_turns)[0] == [15.0, 2.0, 10.0], "lunch time is planned, not drawn"


def test_counters_that_were_staffed_pauses_among_them() -> None:
    of = columns(
        day(hours=((1, 8, 3600, 0), (2, 8, 1800, 0), (1, 9, 1800, 1800))),
        day(hours=((1, 8, 3600, 0),), at=MONDAY + timedelta(weeks=1)),
        day(hours=((1, 8, 3600, 0),) * 4, at=MONDAY + timedelta(days=1)),
    )
    assert past.usual(of, Hours(480, 630), 0) == (1.25, 0.5, 0.0)


def test_when_counters_opened_is_told_by_their_first_hour() -> None:
    first = day(hours=((1, 7, 300, 0), (1, 8, 3600, 0), (2, 8, 2400, 600), (2, 9, 3600, 0)))
    second = day(hours=((1, 10, 1800, 0), (1, 10, 600, 0)), at=MONDAY + timedelta(weeks=1))
    tuesday = day(hours=((3, 8, 3600, 0),), at=MONDAY + timedelta(days=1))
    found = past.openings(columns(first, second, tuesday), HOURS, 0)
    assert found == {1: [480.0, 620.0], 2: [490.0, np.inf]}
