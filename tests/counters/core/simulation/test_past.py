"""Days that were, lived again: what happened is told from the records, and happens again."""

import numpy as np

from counters.core.forecast.shapes import Rules
from counters.core.simulation.day import one
from counters.core.simulation.past import Record, Then, again
from counters.core.simulation.shapes import Course, Day
from tests.counters.core.simulation.days import ALWAYS, OPENS, day, rules, visitors

USUAL = [np.array([7.0]), np.array([9.0])]
FIVE = rules(1, 5, favour=(1, 1))
CHANCE = np.random.default_rng(1)
NAN = np.nan


def nan(part: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.where(np.isfinite(part), part, NAN)


def record(of: Day, course: Course) -> Record:
    """Tell of a day that was simulated as the log would."""
    called = nan(course.called)
    counters = len(of.desk.opens)
    return Record(
        joined=of.visitors.at,
        service=of.visitors.service,
        kind=of.visitors.kind,
        called=called,
        wait=called - np.maximum(of.visitors.at, OPENS),
        started=nan(course.started),
        ended=nan(course.ended),
        minutes=nan(course.ended) - nan(course.started),
        counter=course.counter,
        skills=of.desk.skills,
        opened=of.desk.opens,
        closed=np.full(counters, NAN),
        paused=np.ones((counters, 24), np.bool_),
        opening=OPENS,
    )


def lived_again(of: Day, policy: Rules = FIVE) -> tuple[Course, Then]:
    course = one(of, policy, ALWAYS)
    return course, again(record(of, course), USUAL, CHANCE)


def test_a_day_is_told_and_happens_again() -> None:
    chance = np.random.default_rng(3)
    at = np.sort(chance.uniform(-30, 470, 60))
    coming = visitors(*((float(t), int(chance.integers(2)), int(chance.random() < 0.2)) for t in at), gap=0.5, turn=0.5)
    coming = coming._replace(minutes=chance.uniform(2, 18, 60))
    of = day(coming, (0, 1), (0,), (1,), services=2, break_at=180.0)
    course, then = lived_again(of)
    assert np.allclose(then.course.called, course.called)
    assert np.abs(then.course.overtaken - course.overtaken).sum() <= 1  # two were called at the same moment
    found = one(then.day, FIVE, ALWAYS)
    assert np.abs(found.called - course.called).mean() < 2.0
    assert (found.counter == course.counter).mean() > 0.6
    assert np.isfinite(found.called).all()


def test_who_did_not_come_does_not_come_again() -> None:
    of = day(visitors((0, 0, 0), (1, 0, 0), chance=-1.0), (0, 1), services=2)
    course, then = lived_again(of)
    assert not np.isfinite(one(then.day, FIVE, ALWAYS).started).any()
    assert then.course.called.tolist() == course.called.tolist()


def test_who_was_never_called_waits_again_and_takes_what_others_took() -> None:
    of = day(visitors((0, 0, 0), (1, 1, 0)), (0, 1), services=2, closes=5)
    _, then = lived_again(of)
    assert then.day.visitors.minutes.tolist() == [10, 9]
    assert one(then.day, FIVE, ALWAYS).called.tolist() == [OPENS, np.inf]


def test_an_officer_who_was_away_is_away_again() -> None:
    """A counter called its second visitor twenty minutes after it was free."""
    of = day(visitors((0, 0, 0), (1, 0, 0)), (0, 1), services=2)
    course = one(of, FIVE, ALWAYS)
    course.called[1] = OPENS + 30
    course.started[1], course.ended[1] = OPENS + 30, OPENS + 40
    then = again(record(of, course), USUAL, CHANCE)
    assert one(then.day, FIVE, ALWAYS).called.tolist() == [OPENS, OPENS + 30]


def test_who_was_put_aside_keeps_the_counter_only_while_served() -> None:
    """The first visitor sat twice, five minutes each, and the second in between."""
    of = day(visitors((0, 0, 0), (1, 0, 0), (2, 0, 0)), (0, 1), services=2)
    told = record(of, one(of, FIVE, ALWAYS))._replace(
        called=OPENS + np.array([0.0, 5.0, 20.0]),
        started=OPENS + np.array([0.0, 5.0, 20.0]),
        ended=OPENS + np.array([20.0, 15.0, 30.0]),
    )
    told = told._replace(wait=told.called - told.joined)
    then = again(told, USUAL, CHANCE)
    assert not np.isfinite(then.day.desk.break_at).any()
    assert one(then.day, FIVE, ALWAYS).called.tolist() == [OPENS, OPENS + 10, OPENS + 20]
