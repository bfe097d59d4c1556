"""The tenant on which policies are compared: six counters, six services in three groups, 200 days by chance."""

import numpy as np

from counters.core.forecast.shapes import Bools, Floats, Habits, Ints, Odds, Rules
from counters.core.simulation import drawn
from counters.core.simulation.shapes import Day

OPENS, ENDS, DAYS = 480.0, 960.0, 200
MINUTES = np.array([4.0, 6.0, 8.0, 10.0, 14.0, 20.0])
MIX = np.array([0.23, 0.2, 0.2, 0.15, 0.13, 0.09])
VARIES = 0.75
"""Of service times, sd / mean; lognormal."""

GROUPS = ((0, 1), (2, 3), (4, 5))
COUNTERS = ((0, 1, 2), (0, 1, 2), (0,), (2,), (0, 1), (1, 2))
"""Groups that each counter serves: two can do all, the others two to four services."""

PRIORITY, BOOKED = 0.12, 0.15
"""Shares of visitors. Those with an appointment come about four minutes early; their clock starts at the slot."""

TARGETS = np.array([20.0, 8.0, 8.0])
PROFILE = np.array([0.9, 1.2, 1.4, 1.5, 1.5, 1.4, 1.2, 1.0, 0.8, 0.7, 0.8, 0.9, 0.9, 0.8, 0.6, 0.4])
"""Visitors of each half-hour, times the mean."""

DAYS_VARY, OFFICERS_VARY, PACES_VARY = 0.15, 0.18, 0.10
GAP, PAUSES_EVERY, PAUSE = 0.6, 130.0, 9.5
LOADS = {0.9: 190, 1.0: 211}
"""Load of the peak half-hour: visitors a day."""


def habits() -> Habits:
    """Return what is known of the tenant: long samples of the true distributions."""
    log_sd = np.sqrt(np.log(1 + VARIES**2))
    ranks = (np.arange(400) + 0.5) / 400
    normal = np.sort(np.random.default_rng(0).standard_normal(200_000))[(ranks * 200_000).astype(int)]
    ratios = np.exp(log_sd * normal - log_sd**2 / 2)
    pauses = -np.log(1 - ranks) * PAUSE
    return Habits(
        durations=np.concatenate([minutes * ratios / ratios.mean() for minutes in MINUTES]),
        begins=np.arange(len(MINUTES) + 1) * len(ranks),
        gap=np.full(1, GAP),
        reaction=np.zeros(1),
        opening=np.zeros(1),
        pause=pauses,
        arrivals=np.zeros((3, 48)),
        mix=np.cumsum(MIX),
        rules=Rules(np.ones(3), np.zeros(3), np.ones(len(MINUTES))),
        odds=Odds(1 / PAUSES_EVERY, 0.03, 0.0012, 1.0, 3.0, 0.0),
    )


def skills() -> Bools:
    """Return (C, S) who serves what."""
    able = np.zeros((len(COUNTERS), len(MINUTES)), np.bool_)
    for counter, groups in enumerate(COUNTERS):
        for group in groups:
            able[counter, list(GROUPS[group])] = True
    return able


def days(visits: int, known: Habits, many: int = DAYS, seed: int = 7) -> list[Day]:
    """Draw days of so many visits on average."""
    return [_day(np.random.default_rng((seed, number)), visits, known) for number in range(many)]


def _day(chance: np.random.Generator, visits: int, known: Habits) -> Day:
    crowd = max(0.3, chance.normal(1.0, DAYS_VARY))
    rates = np.zeros((3, len(MINUTES), 48))
    classes = np.array([1 - PRIORITY - BOOKED, PRIORITY, BOOKED])
    rates[:, :, 16:32] = crowd * visits / 16 * classes[:, None, None] * MIX[None, :, None] * PROFILE
    demand, clocks = _arrive(chance, drawn.of_rates(chance, rates))
    coming = drawn.visitors(chance, demand, known)._replace(since=clocks)
    count = len(COUNTERS)
    pace = max(0.5, chance.normal(1.0, PACES_VARY)) * np.maximum(0.5, chance.normal(1.0, OFFICERS_VARY, count))
    no_lunch = np.full((count, 1), np.inf)
    opens, closes = np.full(count, OPENS), np.full(count, ENDS)
    desk = drawn.desk(chance, known, skills(), opens, closes, pace, no_lunch, np.zeros((count, 1)))
    return Day(coming, desk, ENDS)


def _arrive(chance: np.random.Generator, demand: drawn.Demand) -> tuple[drawn.Demand, Floats]:
    """Let those with an appointment come four minutes early, give or take; their clock starts at the slot."""
    booked = demand.kind == 2
    at = np.where(booked, demand.at + chance.normal(-4.0, 5.0, len(demand.at)), demand.at)
    clocks = np.where(booked, np.maximum(at, demand.at), at)
    order: Ints = np.argsort(at, kind="stable")
    return drawn.Demand(at[order], demand.service[order], demand.kind[order]), clocks[order]
