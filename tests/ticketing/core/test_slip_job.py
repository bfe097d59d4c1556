"""The slip's machine: every pair of state and event, and the time after which nothing is printed."""

from datetime import timedelta
from itertools import product

import pytest
from msgspec.structs import replace

from tests.ticketing.core.sample_events import NOON, SLIP_EVENTS
from ticketing.core import slip_job
from ticketing.core.refused import SlipLapsed, SlipTaken
from ticketing.core.slip_job import OPEN, SLIP_MOVES, SlipAsked, SlipEvent, SlipJob, SlipState, Trouble

PAIRS = list(product(SlipState, SLIP_EVENTS.values()))
BEFORE = NOON - timedelta(seconds=1)


def named(pair: object) -> str:
    return str(pair) if isinstance(pair, SlipState) else type(pair).__name__


def slip(state: SlipState = SlipState.WAITING) -> SlipJob:
    asked = SLIP_EVENTS["slip_asked"]
    assert isinstance(asked, SlipAsked)
    return replace(slip_job.ask(asked, BEFORE), state=state)


def test_every_event_has_a_move_and_every_move_an_example() -> None:
    assert set(SLIP_MOVES) == {type(event) for event in SLIP_EVENTS.values()}


@pytest.mark.parametrize(("state", "event"), [p for p in PAIRS if p[0] in SLIP_MOVES[type(p[1])][0]], ids=named)
def test_an_allowed_event_leads_where_the_table_says(state: SlipState, event: SlipEvent) -> None:
    moved = slip_job.apply(slip(state), event, BEFORE)
    assert moved.state is SLIP_MOVES[type(event)][1]
    assert moved.ended_at == (None if moved.state in OPEN else BEFORE)


@pytest.mark.parametrize(("state", "event"), [p for p in PAIRS if p[0] not in SLIP_MOVES[type(p[1])][0]], ids=named)
def test_an_event_that_is_not_allowed_is_refused(state: SlipState, event: SlipEvent) -> None:
    with pytest.raises(SlipLapsed if state is SlipState.LAPSED else SlipTaken):
        slip_job.apply(slip(state), event, BEFORE)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(days=1)])
def test_a_slip_is_not_begun_once_its_time_is_over(late: timedelta) -> None:
    with pytest.raises(SlipLapsed):
        slip_job.apply(slip(), SLIP_EVENTS["slip_claimed"], NOON + late)


def test_a_slip_that_was_begun_in_time_may_end_later() -> None:
    printed = slip_job.apply(slip(SlipState.CLAIMED), SLIP_EVENTS["slip_printed"], NOON + timedelta(minutes=1))
    assert printed.state is SlipState.PRINTED


def test_the_reason_is_kept_when_a_slip_fails_or_nobody_knows() -> None:
    assert slip_job.apply(slip(), SLIP_EVENTS["slip_failed"], BEFORE).reason == Trouble.PAPER_OUT
    claimed = slip(SlipState.CLAIMED)
    assert slip_job.apply(claimed, SLIP_EVENTS["slip_unknown"], BEFORE).reason == Trouble.MUTE
    assert slip_job.apply(claimed, SLIP_EVENTS["slip_printed"], BEFORE).reason == ""
