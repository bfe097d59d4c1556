"""`make bench-staffing`: counters per hour by formula and by search, tried on fresh days; put into docs/measured.md.

The tenant is a design of ours: one pool, services of 8 minutes (sd 6, lognormal), 0.7 minutes from call to service, one
in twenty does not come and costs 2 minutes, a pause of 9.5 minutes in every 130, days that differ by 15 %.
"""

import os
import sys
from math import log, sqrt
from pathlib import Path
from time import perf_counter

import numpy as np

from counters import machine_code

machine_code.keep()

from counters.core.forecast.shapes import Habits, Odds, Rules  # noqa: E402 - the compiler's folder is told first
from counters.core.simulation import drawn  # noqa: E402
from counters.core.simulation.drawn import Demand  # noqa: E402
from counters.core.staffing import crowd, load, trial  # noqa: E402
from counters.core.staffing.load import Workload  # noqa: E402
from counters.core.staffing.question import Question  # noqa: E402
from counters.core.staffing.search import Bounds, Plan, Trial, search  # noqa: E402
from counters.core.staffing.shifts import Hours  # noqa: E402
from counters.core.staffing.trial import Trials  # noqa: E402
from tests.bench.report import machine, write  # noqa: E402

MINUTES, VARIATION, GAP, NO_SHOW, IN_VAIN = 8.0, 0.75, 0.7, 0.05, 2.0
PAUSE, EVERY, DAYS_DIFFER, TARGET = 9.5, 130.0, 0.15, 15.0
PROFILE = (0.75, 1.2, 1.45, 1.55, 1.5, 1.35, 1.2, 0.95, 0.75, 0.85, 1.0, 1.05, 1.0, 0.85, 0.6, 0.0)
"""Half-hours from 8.00, times the mean: those of the benchmark of forecasts, rounded."""

PAGE = Path(__file__).parents[2] / "docs/measured.md"
PARTS = ("numba", "numpy")

FRESH, PAST, MOST = 3000, 400, 30
"""Days; with 600 fresh ones the p90 of a last hour moved by 2 minutes from one draw to the next."""

WORKLOAD = Workload(service=MINUTES, gap=GAP, no_show=NO_SHOW, in_vain=IN_VAIN, paused=PAUSE / (PAUSE + EVERY))


def demand(visits: int, days: int, seed: int) -> list[Demand]:
    """Draw days of a tenant with so many visitors on a middling day."""
    chance = np.random.default_rng(seed)
    rates = np.zeros((1, 1, 48))
    rates[0, 0, 16:32] = visits * np.array(PROFILE) / sum(PROFILE)
    spread = sqrt(log(1 + DAYS_DIFFER**2))
    factors = np.exp(chance.normal(-(spread**2) / 2, spread, days))
    return [drawn.of_rates(chance, rates * factor) for factor in factors]


def question(past: list[Demand]) -> Question:
    """Return what is asked for the tenant."""
    chance = np.random.default_rng(1)
    log_sd = sqrt(log(1 + VARIATION**2))
    durations = chance.lognormal(log(MINUTES) - log_sd**2 / 2, log_sd, 4000)
    hours = Hours(480.0, 960.0, in_turns=False)
    slots = len(hours.slots())
    return Question(
        past=tuple(past),
        habits=Habits(
            durations=np.sort(durations * (MINUTES / durations.mean())),
            begins=np.array([0, len(durations)]),
            gap=np.array([GAP]),
            reaction=np.zeros(1),
            opening=np.zeros(1),
            pause=np.array([PAUSE]),
            arrivals=np.zeros((1, 48)),
            mix=np.ones(1),
            rules=Rules(np.ones(1), np.zeros(1), np.ones(1)),
            odds=Odds(1 / EVERY, NO_SHOW, 0.0, IN_VAIN, IN_VAIN, 0.0),
        ),
        skills=np.ones((MOST, 1), np.bool_),
        hours=hours,
        bounds=Bounds((1,) * slots, (MOST,) * slots),
        workload=WORKLOAD,
        spread=DAYS_DIFFER,
        variation=VARIATION,
        pace_spread=0.0,
        target=TARGET,
        usual=(),
    )


def methods(of: Question) -> dict[str, Plan]:
    """Return the counters by formulas."""
    visitors, minutes = crowd.density(of.past, of.hours), load.effective_minutes(WORKLOAD)
    return {
        f"Erlang-C, {MINUTES:g} min": load.plan(visitors, MINUTES, TARGET, 0.0, evenly=True),
        "Erlang-C, effective time": load.plan(visitors, minutes, TARGET, 0.0, evenly=True),
        "square root, beta 0.5": tuple(load.square_root(many, minutes) for many in visitors),
        "Erlang-C, effective time, mean + 1 sd": load.plan(visitors, minutes, TARGET, DAYS_DIFFER, evenly=True),
    }


def tenant(visits: int) -> list[str]:
    """Try all methods for a tenant, and return the lines of the table."""
    of = question(demand(visits, PAST, seed=visits))
    trials = Trials(of, of.past, np.random.default_rng(2))
    began = perf_counter()
    found = search(trial.formula(of), of.bounds, trials.run, TARGET)
    took = perf_counter() - began
    say(f"{visits} visits a day: {found.tried} plans tried in {took:.1f} s")
    fresh = Trials(of, demand(visits, FRESH, seed=visits + 1), np.random.default_rng(3))
    plans = {**methods(of), f"**search by simulation** ({found.tried} plans, {took:.1f} s)": found.plan}
    return [line(visits, name, plan, fresh.run(plan)) for name, plan in plans.items()]


def line(visits: int, name: str, plan: Plan, told: Trial) -> str:
    """Write what a plan did on fresh days."""
    waits = [p90 for p90 in told.p90 if p90 is not None]
    failing = sum(p90 > TARGET for p90 in waits)
    cells = [f"{visits}", name, f"{sum(plan)}", f"{failing}", f"{max(waits):.0f}"]
    return f"| {' | '.join([*cells, f'{told.late:.3f}', f'{told.day_breaks:.2f}', ' '.join(map(str, plan))])} |"


def say(what: str) -> None:
    """Tell whoever waits how far it is."""
    print(what, file=sys.stderr, flush=True)


def main() -> None:
    """Measure, print, and write the page."""
    before, began = os.getloadavg()[0], perf_counter()
    rows = [
        "| visits a day | method | counter-hours | hours failing, of 8 | worst hour's p90, min | waits over 15 min "
        "| days failing | counters from 8 to 15 o'clock |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for visits in (60, 150, 300, 600):
        rows += tenant(visits)
    rows += ["", f"The run took {perf_counter() - began:.0f} s."]
    found = f"{machine(before, 'bench-staffing', PARTS)}\n\n" + "\n".join(rows)
    print(found)
    write(PAGE, found, "bench-staffing")


if __name__ == "__main__":
    main()
