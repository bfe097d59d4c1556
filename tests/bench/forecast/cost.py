"""What one forecast costs: a tenant's whole line, run forward as often as the hall does."""

from collections.abc import Callable
from time import perf_counter, thread_time

import numpy as np

from counters.core.forecast import forward, quantiles
from counters.core.forecast.foresee import RUNS
from counters.core.forecast.shapes import SERVING, Desk, Habits, Line, Moment, Odds, Rules
from counters.core.simulation.proposed import Choosing, propose

TIMES = 60


def crowd(waiting: int, counters: int = 6, services: int = 8) -> Moment:
    """Return a busy tenant: so many who wait, an eighth of them favoured; half of the counters do not serve all."""
    chance = np.random.default_rng(1)
    skills = np.ones((counters, services), np.bool_)
    skills[counters // 2 :, : services // 3] = False
    durations = np.sort(chance.lognormal(2.0, 0.6, (services, 400)), axis=1)
    return Moment(
        now=600.0,
        day_end=960.0,
        line=Line(
            service=chance.integers(0, services, waiting),
            kind=(np.arange(waiting) % 8 == 0).astype(np.int64),
            since=np.sort(chance.uniform(500, 600, waiting)),
            counter=np.full(waiting, -1),
        ),
        desk=Desk(
            skills=skills,
            phase=np.full(counters, SERVING),
            since=chance.uniform(590, 600, counters),
            service=np.full(counters, services - 1),
            waited=np.zeros(counters),
            pace=np.ones(counters),
            ends=np.full(counters, np.nan),
            checked=np.full(counters, 590.0),
            opens=np.full(counters, 480.0),
            closes=np.full(counters, 960.0),
            break_at=np.full((counters, 1), 690.0),
            break_minutes=np.full((counters, 1), 45.0),
        ),
        habits=Habits(
            durations=durations.ravel(),
            begins=np.arange(services + 1) * 400,
            gap=np.sort(chance.lognormal(-0.5, 0.5, 400)),
            reaction=np.zeros(1),
            opening=np.zeros(1),
            pause=np.sort(chance.lognormal(2.0, 0.6, 400)),
            arrivals=np.full((2, 48), 0.03),
            mix=np.cumsum(np.full(services, 1 / services)),
            rules=Rules(weights=np.array([1.0, 5.0]), head_start=np.zeros(2), favour=np.ones(services)),
            odds=Odds(1 / 120, 0.03, 0.0012, 0.9, 1.8, 0.0),
        ),
    )


def refresh(waiting: int) -> tuple[float, float]:
    """Return the CPU time of one refresh in milliseconds: the middle, and the least, of many."""
    state = crowd(waiting)
    wanted = np.ones(waiting, np.bool_)
    return _measured(lambda seed: quantiles.summary(forward.run(state, wanted, RUNS, seed), state.day_end - state.now))


def looks(waiting: int) -> tuple[float, float]:
    """Return the CPU time of asking whom each counter would call by looking ahead, likewise."""
    state = crowd(waiting)
    line = state.line
    firsts = np.unique(np.stack((line.service, line.kind), axis=1), axis=0, return_index=True)[1]
    skills = state.desk.skills
    choosing = [
        Choosing(counter, [who for who in firsts.tolist() if skills[counter, line.service[who]]])
        for counter in range(len(skills))
    ]
    return _measured(lambda _: propose(state, np.array([15.0, 3.0]), choosing))


def _measured(what: Callable[[int], object]) -> tuple[float, float]:
    took = []
    for seed in range(TIMES):
        began = thread_time()
        what(seed)
        took.append((thread_time() - began) * 1000)
    took = sorted(took[1:])
    return took[len(took) // 2], took[0]


def first() -> float:
    """Return how many seconds the first forecast of this process takes: compiling, or loading what was compiled."""
    began = perf_counter()
    refresh(3)
    took = perf_counter() - began
    looks(3)  # compiled for the first tenant that looks ahead, and so not part of it
    return took
