"""Figures against hand calculations and the standard library, and what is withheld."""

import statistics
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mpp.core import disclosure, figures, frame, packed, trends
from mpp.core.frame import By, Columns, Only
from mpp.core.legs import Line
from mpp.core.packed import Facts, Kept
from tests.mpp.core.days import (
    BEGINS,
    DAY,
    KK,
    KTP,
    L1,
    L2,
    L3,
    OTHER,
    SKCK,
    TENANT,
    desk,
    issued,
    log,
    steps,
    together,
)
from ticketing.core.ids import ZoneId

FACTS = Facts(
    begins=BEGINS,
    ends=BEGINS + timedelta(days=1),
    now=BEGINS + timedelta(days=2),
    zones={L1: ZoneId(1), L2: ZoneId(1), L3: ZoneId(2)},
    tenants={L1: TENANT, L2: TENANT, L3: OTHER},
    promised_minutes={KTP: 8, KK: 10, SKCK: 5},
    target_minutes=15,
    shut={},
)


def days(*logs: list[Line], day: date = DAY) -> Columns:
    """Tell a day and put its tenants together."""
    told = packed.tell(together(*logs), FACTS)
    return frame.columns([Kept(day, id, of) for id, of in told.items()])


def served(waits: Sequence[float], takes: float = 8) -> list[list[Line]]:
    """Write visitors who wait so long for KTP and are served so long."""
    return [
        log(
            (0, "issue"),
            (wait, "call"),
            (wait, "start"),
            (wait + takes, "finish"),
            ticket=at + 1,
            first=issued(),
        )
        for at, wait in enumerate(waits)
    ]


def test_a_group_of_seven_by_hand() -> None:
    found = figures.total(days(*served([2, 4, 6, 8, 10, 20, 40])), 5)
    assert found is not None
    assert found.wait is not None
    assert found.wait == figures.Spread(n=7, mean=771.4, median=8 * 60, p90=28 * 60, p95=34 * 60, max=40 * 60)
    assert (found.n, found.arrivals, found.called, found.served, found.cancelled) == (7, 7, 7, 7, 0)
    assert found.in_target == pytest.approx(5 / 7)
    assert found.in_promise == 1
    assert (found.absent, found.held, found.sent, found.overtaken) == (0, 0, 0, 0)


def test_shares_are_of_those_who_were_called() -> None:
    found = figures.total(
        days(
            *served([1, 2]),
            log(*steps("0 issue, 5 call, 6 miss, 960 expire"), ticket=11),
            log(*steps("0 issue, 5 call, 6 hold, 7 resume, 960 expire"), ticket=12),
            log(*steps("0 issue, 5 call, 6 start, 20 to KK, 30 cancel"), ticket=13),
            log(*steps("0 issue, 30 cancel"), ticket=14),
        ),
        5,
    )
    assert found is not None
    assert (found.n, found.arrivals, found.called, found.cancelled) == (7, 6, 5, 2)
    assert (found.absent, found.held, found.sent) == (0.2, 0.2, 0.2)


def test_a_figure_of_too_few_in_a_large_group_is_withheld() -> None:
    of = days(*served([7]), *(log(*steps("0 issue, 30 cancel"), ticket=10 + at) for at in range(6)))
    found = figures.total(of, 5)
    assert found is not None
    assert (found.n, found.called) == (7, 1)
    assert (found.wait, found.service_time, found.absent, found.in_target, found.overtaken) == (None,) * 5
    assert trends.daily(of, 5) == [trends.Point(day=DAY, arrivals=7, median=None, p90=None)]
    assert figures.total(of, 1).wait is not None  # type: ignore[union-attr]  # it has visitors


def test_counters_are_told_with_what_they_stand_for_only() -> None:
    of = days(*served([5] * 6), desk(L1, *steps("0 open, 60 close")), desk(L3, *steps("0 open, 30 pause, 40 close")))
    by_tenant = figures.grouped(of, By.TENANT, 5)
    assert [(group.key, group.figures.counters) for group in by_tenant if group.figures] == [
        (TENANT, figures.Open(open=3600, paused=0, busy=6 * 480, utilisation=0.8)),
        (OTHER, figures.Open(open=1800, paused=600, busy=0, utilisation=0.0)),
    ]
    assert all(group.figures and group.figures.counters is None for group in figures.grouped(of, By.SERVICE, 5))


def test_every_way_to_group_keeps_everybody() -> None:
    of = days(
        *served([5, 30, 61, 90, 120, 150]),
        log(*steps("0 favoured, 5 call2, 6 start, 9 finish"), ticket=20),
        log(*steps("70 issue, 75 call, 76 start, 79 to SKCK"), ticket=21),
        log(*steps("80 issue"), ticket=22),
    )
    for by in By:
        groups = figures.grouped(of, by, 1)
        assert sum(group.figures.n for group in groups if group.figures) == 10, by
    assert {group.key for group in figures.grouped(of, By.WEEKDAY, 1)} == {DAY.weekday()}
    assert {group.key for group in figures.grouped(of, By.HOUR, 1)} == {8, 9, 10}  # busy at ten
    assert {group.key for group in figures.grouped(of, By.COUNTER, 1)} == {0, L1, L2}


@pytest.mark.parametrize(
    ("only", "n"),
    [
        (Only(service=KTP), 7),
        (Only(service=SKCK), 1),
        (Only(counter=L2), 1),
        (Only(zone=1), 7),
        (Only(hour=9), 1),
        (Only(weekday=0), 8),
        (Only(weekday=1), 0),
        (Only(is_priority=True), 1),
        (Only(service=KTP, is_priority=False), 6),
    ],
)
def test_only_what_is_meant_is_counted(only: Only, n: int) -> None:
    of = days(
        *served([5, 30, 60, 70, 80]),
        log(*steps("0 favoured, 5 call2, 6 start, 9 finish"), ticket=20),
        log(*steps("50 issue, 75 call, 76 start, 79 to SKCK"), ticket=21),
    )
    found = figures.total(frame.narrowed(of, only), 1)
    assert found is not None
    assert found.n == n


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ([10, 20, 30], set()),
        ([], set()),
        ([0, 10, 20], set()),
        ([4], {0}),
        ([4, 10, 20], {0, 1}),  # one alone could be had by subtraction from the total
        ([2, 2, 10, 20], {0, 1, 2}),  # two together are still too few
        ([3, 3, 10, 20], {0, 1}),
        ([20, 1, 6, 7], {1, 2}),
        ([0, 1, 9], {1, 2}),
    ],
)
def test_small_groups_are_withheld_and_cannot_be_had_by_subtraction(sizes: list[int], hidden: set[int]) -> None:
    assert disclosure.withheld(sizes, 5) == hidden


def test_a_total_of_too_few_is_withheld_and_of_nobody_is_not() -> None:
    assert figures.total(days(*served([1, 2, 3])), 5) is None
    nobody = figures.total(frame.columns([]), 5)
    assert nobody is not None
    assert (nobody.n, nobody.wait, nobody.absent, nobody.counters) == (0, None, None, None)
    assert figures.grouped(frame.columns([]), By.TENANT, 5) == []
    assert trends.daily(frame.columns([]), 5) == []
    assert trends.arrivals(frame.columns([]), 5) == []


def test_charts_by_hand() -> None:
    of = days(*served([3, 4, 5, 6, 12, 13, 14, 14, 15, 16, 200, 201, 202, 203, 204]))
    assert trends.distribution(of, 1) == [3, 1, 5, 1, 0, 0, 0, 0, 0, 5]
    assert trends.distribution(of, 4) == [None, None, 5, None, 0, 0, 0, 0, 0, 5]
    assert trends.arrivals(of, 5) == [trends.Cell(0, 8, 15)]
    assert trends.daily(of, 5) == [trends.Point(day=DAY, arrivals=15, median=14 * 60, p90=202.6 * 60)]
    assert trends.daily(of, 16) == [trends.Point(day=DAY, arrivals=None, median=None, p90=None)]


def test_what_a_small_column_cannot_hold_is_its_most() -> None:
    calls = [(0.0, "issue"), (1.0, "call"), *((2.0, "recall") for _ in range(300)), (3.0, "start"), (4.0, "finish")]
    assert days(log(*calls)).legs["calls"].tolist() == [255]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9000)), min_size=1, max_size=60))
def test_spreads_are_what_the_standard_library_says(pairs: list[tuple[int, int]]) -> None:
    groups, values = np.array([g for g, _ in pairs]), np.array([v for _, v in pairs], dtype=np.int32)
    for key, spread in enumerate(figures.spreads(values, groups, 4, 1)):
        mine = [value for group, value in pairs if group == key]
        if not mine:
            assert spread is None
            continue
        assert spread is not None
        cuts = statistics.quantiles(mine, n=20, method="inclusive") if len(mine) > 1 else mine * 19
        told = (spread.n, spread.mean, spread.median, spread.p90, spread.p95, spread.max)
        right = (len(mine), statistics.mean(mine), cuts[9], cuts[17], cuts[18], max(mine))
        assert told == pytest.approx(right, abs=0.06)
