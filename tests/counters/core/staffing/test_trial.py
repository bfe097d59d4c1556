"""Plans tried on simulated days: what counts as waiting, what fails, and that more counters help."""

import numpy as np
import pytest

from counters.core.forecast.shapes import Habits, Odds, Rules
from counters.core.simulation.drawn import Demand
from counters.core.staffing import crowd, trial
from counters.core.staffing.load import Workload
from counters.core.staffing.question import Question
from counters.core.staffing.search import Bounds
from counters.core.staffing.shifts import Hours
from counters.core.staffing.trial import NEVER, Trials

NOON = ((720.0, 780.0),)


def demand(*at: float) -> Demand:
    return Demand(np.array(at, np.float64), np.zeros(len(at), np.int64), np.zeros(len(at), np.int64))


def ask(*past: Demand, hours: Hours, minutes: float = 10.0, counters: int = 3) -> Question:
    slots = len(hours.slots())
    return Question(
        past=past,
        habits=Habits(
            durations=np.array([minutes]),
            begins=np.array([0, 1]),
            gap=np.zeros(1),
            reaction=np.zeros(1),
            opening=np.zeros(1),
            pause=np.ones(1),
            arrivals=np.zeros((1, 48)),
            mix=np.ones(1),
            rules=Rules(np.ones(1), np.zeros(1), np.ones(1)),
            odds=Odds(0.0, 0.0, 0.0, 1.0, 1.0, 0.0),
        ),
        skills=np.ones((counters, 1), np.bool_),
        hours=hours,
        bounds=Bounds((1,) * slots, (counters,) * slots),
        workload=Workload(service=minutes),
        spread=0.0,
        variation=0.0,
        pace_spread=0.0,
        target=15.0,
        usual=(1,) * slots,
    )


def trials(of: Question) -> Trials:
    return Trials(of, of.past, np.random.default_rng(1))


def test_a_wait_begins_with_the_opening_and_stops_in_breaks() -> None:
    of = ask(demand(470, 715, 716, 730), hours=Hours(480, 840, NOON))
    told = trials(of).run((1, 1, 1, 1, 1))
    # 7.50 waits for nothing that counts; 11.56 is called at 13.00 after 4 minutes; 12.10 counts from 13.00.
    assert told.p90[:3] == (0.0, None, None)
    assert told.p90[3] == pytest.approx(3.6)
    assert told.p90[4] == 10.0


def test_who_is_never_called_has_waited_for_a_day() -> None:
    of = ask(demand(485, 490), hours=Hours(480, 600))
    told = trials(of).run((1, 0))
    assert (told.p90[0], told.late, told.day_breaks) == (4.5, 0.0, 0.0)
    told = trials(ask(demand(475, 545), hours=Hours(480, 600))).run((1, 0))
    assert (told.p90[1], told.late, told.day_breaks) == (NEVER, 0.5, 1.0)


def test_days_fail_by_themselves() -> None:
    of = ask(demand(480), demand(480, 480, 480), hours=Hours(480, 540))
    told = trials(of).run((1,))
    assert (told.breaks, told.day_breaks, told.late) == ((0.5,), 0.5, 0.25)


def test_the_search_adds_counters_until_the_days_pass() -> None:
    hours = Hours(480, 660)
    of = ask(demand(*np.arange(480, 540, 4), 600), demand(*np.arange(481, 541, 4)), hours=hours)
    found = trial.answer(of, days=20)
    assert found.found.plan == (3, 1, 1)
    assert found.fresh.p90[0] == 0.0
    assert found.usual is not None
    assert (found.usual.p90[0] or 0) > 60
    assert found.found.is_whole


def test_a_busy_hour_that_is_half_shut_is_dense() -> None:
    of = ask(demand(*[500.0] * 6, *[670.0] * 6), hours=Hours(480, 720, ((690, 720),)))
    assert crowd.density(of.past, of.hours) == (6.0, 0.0, 0.0, 12.0)
