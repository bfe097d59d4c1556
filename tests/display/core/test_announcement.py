"""When an announcement is still true, when its speaker is taken for dead, and how a call is announced."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from display.core import announcement
from display.core.announcement import GRACE, LATEST, LONGEST_WAIT, Spoken
from hardware.core.call import CallKind
from ticketing.core.ids import CounterId
from ticketing.core.ticket import State

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ONE, TWO = CounterId(1), CounterId(2)
TRUE = Spoken(counter_id=ONE, calls=2, called_at=NOW, ticket_state=State.CALLED, ticket_counter_id=ONE, ticket_calls=2)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("calls", "kind"), [(1, "call"), (2, "recall"), (3, "last"), (4, "last"), (9, "last")])
def test_the_third_call_is_the_last_one(calls: int, kind: str) -> None:
    assert announcement.kind(calls) is CallKind(kind)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("counter", [ONE, TWO, None])
@pytest.mark.parametrize("calls", [1, 2, 3])
@pytest.mark.parametrize("age", [timedelta(0), LONGEST_WAIT, LONGEST_WAIT + SECOND])
def test_an_announcement_is_true_for_the_very_call_it_speaks_of(
    state: State, counter: CounterId | None, calls: int, age: timedelta
) -> None:
    now_so = replace(TRUE, ticket_state=state, ticket_counter_id=counter, ticket_calls=calls)
    is_so = state is State.CALLED and counter == ONE and calls == 2 and age <= LONGEST_WAIT
    assert announcement.is_true(now_so, NOW + age, 1.0) is is_so


@pytest.mark.parametrize(
    ("heard", "age", "is_so"),
    [
        (None, LONGEST_WAIT, True),
        (None, LONGEST_WAIT + SECOND, False),
        (-SECOND, LONGEST_WAIT + SECOND, False),
        (2 * LONGEST_WAIT, 3 * LONGEST_WAIT, True),
        (2 * LONGEST_WAIT, 3 * LONGEST_WAIT + SECOND, False),
        (LATEST, LATEST, True),
        (LATEST, LATEST + SECOND, False),
    ],
)
def test_no_call_lapses_while_the_voice_works_through_a_crowd(
    heard: timedelta | None, age: timedelta, is_so: bool
) -> None:
    busy = replace(TRUE, heard_at=None if heard is None else NOW + heard)
    assert announcement.is_true(busy, NOW + age, 1.0) is is_so


def test_a_minute_is_a_real_one_however_fast_the_hall_lives() -> None:
    assert announcement.is_true(TRUE, NOW + 10 * LONGEST_WAIT, 10.0)
    assert not announcement.is_true(TRUE, NOW + 10 * LONGEST_WAIT + SECOND, 10.0)


@pytest.mark.parametrize("pace", [1.0, 10.0])
def test_a_speaker_is_dead_when_its_sound_should_long_be_over(pace: float) -> None:
    end = NOW + (timedelta(seconds=7) + GRACE) * pace
    assert not announcement.is_overdue(NOW, 7.0, end, pace)
    assert announcement.is_overdue(NOW, 7.0, end + SECOND, pace)
