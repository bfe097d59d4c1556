"""Small halls as arrays, for the tests of the forward run."""

import numpy as np

from counters.core.forecast.shapes import IDLE, SERVING, Desk, Floats, Habits, Line, Moment, Odds, Rules

NOW = 600.0
NEVER = np.inf

QUIET = Odds(pause_rate=0, no_show=0, no_show_slope=0, no_show_least=1, no_show_most=2, disorder=0)
"""Nobody pauses, everybody comes, the rule is kept."""


def habits(*minutes: float, weights: tuple[float, ...] = (1.0, 3.0), odds: Odds = QUIET, arrivals: float = 0) -> Habits:
    """Services that always take so long; calls without delay."""
    return Habits(
        durations=np.repeat(np.array(minutes), 4),
        begins=np.arange(len(minutes) + 1) * 4,
        gap=np.zeros(1),
        reaction=np.zeros(1),
        opening=np.zeros(1),
        pause=np.full(4, 8.0),
        arrivals=np.full((len(weights), 48), arrivals),
        mix=np.cumsum(np.full(len(minutes), 1 / len(minutes))),
        rules=Rules(np.array(weights), np.zeros(len(weights)), np.ones(len(minutes))),
        odds=odds,
    )


def line(*who: tuple[int, int, float], counter: tuple[int, ...] = ()) -> Line:
    """Those who wait: service, class, minutes waited."""
    return Line(
        service=np.array([one[0] for one in who], np.int64),
        kind=np.array([one[1] for one in who], np.int64),
        since=NOW - np.array([one[2] for one in who], np.float64),
        counter=np.array(counter or [-1] * len(who), np.int64),
    )


def desk(
    *skills: tuple[int, ...],
    services: int = 1,
    phase: tuple[int, ...] = (),
    elapsed: float = 0.0,
    ends: float = np.nan,
    opens: float = 480.0,
    closes: float = 960.0,
    break_at: float = NEVER,
) -> Desk:
    """Counters with these skills; all alike else, and free unless said otherwise."""
    count = len(skills)
    able = np.zeros((count, services), np.bool_)
    for counter, own in enumerate(skills):
        able[counter, list(own)] = True
    return Desk(
        skills=able,
        phase=np.array(phase or [IDLE] * count, np.int64),
        since=np.full(count, NOW - elapsed),
        service=np.array([0 if one >= SERVING - 1 else -1 for one in phase or [IDLE] * count], np.int64),
        waited=np.zeros(count),
        pace=np.ones(count),
        ends=np.full(count, ends),
        checked=np.full(count, NOW),
        opens=np.full(count, opens),
        closes=np.full(count, closes),
        break_at=np.full((count, 1), break_at),
        break_minutes=np.full((count, 1), 45.0),
    )


def moment(line: Line, desk: Desk, habits: Habits) -> Moment:
    """Return the state now, in a hall that closes at 16:00."""
    return Moment(now=NOW, day_end=960.0, line=line, desk=desk, habits=habits)


def middle(runs: Floats) -> list[float]:
    """Return the median minutes of each who waits, in whole minutes."""
    return [round(float(minutes)) if np.isfinite(minutes) else NEVER for minutes in np.median(runs, axis=0)]
