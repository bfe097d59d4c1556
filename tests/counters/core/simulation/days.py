"""Small days as arrays, for the tests of the simulation: 08:00 to 16:00, nothing by chance unless said."""

import numpy as np

from counters.core.forecast.shapes import Floats, Ints, Odds, Rules
from counters.core.simulation import shapes
from counters.core.simulation.day import one
from counters.core.simulation.shapes import COMES, Day, Visitors

NEVER = np.inf
OPENS, ENDS = 480.0, 960.0
ALWAYS = Odds(pause_rate=0, no_show=0.1, no_show_slope=0, no_show_least=1, no_show_most=2, disorder=0)


def rules(*weights: float, head_start: float = 0.0, favour: tuple[float, ...] = (1.0,)) -> Rules:
    """Weigh classes like this; all but the first have the head start."""
    heads = np.array([0.0] + [head_start] * (len(weights) - 1))
    return Rules(np.array(weights, np.float64), heads, np.array(favour, np.float64))


def visitors(
    *who: tuple[float, int, int], minutes: float = 10.0, chance: float = COMES, turn: float = 0.0, gap: float = 0.0
) -> Visitors:
    """Let these come: minutes after the opening, service, class."""
    at, many = np.array([one[0] for one in who], np.float64) + OPENS, len(who)
    return Visitors(
        at=at,
        since=at,
        service=np.array([one[1] for one in who], np.int64),
        kind=np.array([one[2] for one in who], np.int64),
        minutes=np.full(many, minutes),
        gap=np.full(many, gap),
        chance=np.full(many, chance),
        vain=np.full(many, 2.0),
        turn=np.full(many, turn),
    )


def day(
    visitors: Visitors,
    *skills: tuple[int, ...],
    services: int = 1,
    opens: float = 0.0,
    closes: float = 480.0,
    break_at: float = NEVER,
) -> Day:
    """Make a day of counters that are all alike but for their skills; times in minutes after the opening."""
    able = np.array([[service in own for service in range(services)] for own in skills])
    many = len(skills)
    desk = shapes.desk(
        able,
        np.full(many, OPENS + opens),
        np.full(many, OPENS + closes),
        np.ones(many),
        np.full((many, 1), OPENS + break_at),
        np.full((many, 1), 45.0),
    )
    return Day(visitors, desk, ENDS)


def called(day: Day, rules: Rules) -> list[float]:
    """Return when each is called, in minutes after the opening."""
    found: Floats | Ints = one(day, rules, ALWAYS).called - OPENS
    return [float(at) for at in found.round(6)]
