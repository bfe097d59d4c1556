"""Draws of a forward run: rests of what goes on, new service times, no-shows, arrivals. Compiled.

Source: Whitt 1999 (what has lasted so far tells how long it will last when times are not exponential).
"""

import numpy as np

from counters.core.forecast.compiled import compiled, inlined
from counters.core.forecast.shapes import (
    ABSENT,
    BREAK,
    CALLING,
    GONE,
    PAUSED,
    SERVING,
    Desk,
    Floats,
    Habits,
    Ints,
    Odds,
)


@compiled
def above(sample: Floats, least: float) -> int:
    """Return where the values greater than `least` begin in a sorted sample."""
    low, high = 0, len(sample)
    while low < high:
        middle = (low + high) // 2
        if sample[middle] <= least:
            low = middle + 1
        else:
            high = middle
    return low


@inlined
def draw(sample: Floats) -> float:
    """Draw one of a sample."""
    return float(sample[int(np.random.random() * len(sample))])


@compiled
def rest(sample: Floats, elapsed: float) -> float:
    """Draw how much is left of something that has taken `elapsed` so far; the sample is sorted."""
    at = above(sample, elapsed)
    left = len(sample) - at
    if left > 2 or (left > 0 and len(sample) < 4):
        return float(sample[at + int(np.random.random() * left)] - elapsed)
    return float(np.random.exponential(0.6 * sample[len(sample) // 2] + 0.01))


@inlined
def will_not_come(odds: Odds, waited: float) -> float:
    """Return the chance that one who is called does not come."""
    return min(0.6, max(0.0, odds.no_show + odds.no_show_slope * waited))


@inlined
def service_time(durations: Floats, begins: Ints, service: int, pace: float) -> float:
    """Draw a service time."""
    count = begins[service + 1] - begins[service]
    return float(pace * durations[begins[service] + int(np.random.random() * count)])


@inlined
def engagement(
    durations: Floats, begins: Ints, gap: Floats, odds: Odds, service: int, pace: float, waited: float
) -> float:
    """Draw how long a call keeps the counter: the visitor's way and the service, or waiting in vain."""
    if np.random.random() < will_not_come(odds, waited):
        return odds.no_show_least + np.random.random() * (odds.no_show_most - odds.no_show_least)
    return draw(gap) + service_time(durations, begins, service, pace)


@compiled
def rest_of_call(habits: Habits, service: int, pace: float, waited: float, elapsed: float) -> float:
    """Draw how long a counter stays engaged whose visitor has not come yet, `elapsed` after the call."""
    odds = habits.odds
    gives_up = will_not_come(odds, waited)
    span = odds.no_show_most - odds.no_show_least
    in_vain = min(1.0, max(0.0, (odds.no_show_most - elapsed) / span)) if span > 0 else 0.0
    late = 1.0 - above(habits.gap, elapsed) / len(habits.gap)
    weight = gives_up * in_vain
    total = weight + (1.0 - gives_up) * late
    if total > 0 and np.random.random() * total < weight:
        least = max(elapsed, odds.no_show_least)
        return least + np.random.random() * (odds.no_show_most - least) - elapsed
    return rest(habits.gap, elapsed) + service_time(habits.durations, habits.begins, service, pace)


@compiled
def free_at(now: float, desk: Desk, habits: Habits, counter: int, pace: float, stalled: float) -> float:
    """Draw when a counter can call again; inf: it is free, and nobody waits for it.

    `stalled` is for how long someone that it could call has waited while it was free; negative: nobody.
    """
    phase, service, elapsed = desk.phase[counter], desk.service[counter], now - desk.since[counter]
    if phase == SERVING:
        known = habits.durations[habits.begins[service] : habits.begins[service + 1]]
        return now + pace * rest(known, elapsed / pace)
    if phase == CALLING:
        return now + rest_of_call(habits, service, pace, desk.waited[counter], elapsed)
    if phase == PAUSED:
        return now + rest(habits.pause, elapsed)
    if phase == BREAK:
        return float(max(now, desk.ends[counter]))
    if phase == ABSENT:
        return opening(now, desk.opens[counter], habits.opening)
    if phase == GONE or stalled < 0:
        return np.inf
    if stalled > habits.reaction[-1]:
        return now + rest(habits.pause, stalled)
    return now + (draw(habits.reaction) if stalled <= 0 else rest(habits.reaction, stalled))


@compiled
def opening(now: float, planned: float, lateness: Floats) -> float:
    """Draw when a counter opens that has not yet; inf: not today."""
    if now <= planned:
        return planned + draw(lateness)
    at = above(lateness, now - planned)
    if at == len(lateness):
        return np.inf
    return planned + draw(lateness[at:])


@compiled
def rate_at(arrivals: Floats, feeds: Floats, slot: int) -> float:
    """Return how many of the classes that feed arrive in a minute."""
    rate = 0.0
    for kind in range(len(feeds)):
        rate += feeds[kind] * arrivals[kind, slot]
    return rate


@compiled
def next_arrival(arrivals: Floats, feeds: Floats, after: float) -> float:
    """Draw when the next favoured visitor takes a number, half-hour by half-hour; inf when none comes today."""
    at = after
    while at < 1440.0:
        slot = int(at // 30.0)
        rate = rate_at(arrivals, feeds, slot)
        if rate > 0:
            step = np.random.exponential(1.0 / rate)
            if at + step < (slot + 1) * 30.0:
                return at + step
        at = (slot + 1) * 30.0
    return np.inf


@compiled
def arriving(arrivals: Floats, mix: Floats, feeds: Floats, at: float) -> tuple[int, int]:
    """Draw class and service of one who arrives."""
    slot = int(at // 30.0)
    mark, who = np.random.random() * rate_at(arrivals, feeds, slot), 0
    for kind in range(len(feeds)):
        if feeds[kind] > 0:
            who = kind
            mark -= arrivals[kind, slot]
            if mark < 0:
                break
    service = 0
    chance = np.random.random()
    while service < len(mix) - 1 and mix[service] <= chance:
        service += 1
    return who, service
