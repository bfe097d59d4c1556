"""A tenant's day, followed line by line."""

import numpy as np
import pytest

from counters.core.forecast.facts import Chosen, Facts, Outcome
from counters.core.forecast.plan import Entry, Kind, PlannedBreak, PlannedCounter, PlannedTenant
from counters.core.forecast.shapes import ABSENT, BREAK, CALLING, GONE, IDLE, PAUSED, SERVING, Desk
from counters.core.forecast.watch import Watch

PLAN = PlannedTenant(
    minutes=(10.0,),
    counters=(
        PlannedCounter(services=(0,), opens=480, closes=960, breaks=(PlannedBreak(at=690, minutes=45),)),
        PlannedCounter(services=(0,), opens=540, closes=870),
    ),
)


def entry(at: float, kind: Kind, ticket: int = -1, counter: int = 0, who: int = 0) -> Entry:
    """Make a line of the log."""
    return Entry(0, at, kind, 0, counter, ticket, 0, who)


def lived(*entries: Entry, opens_unseen: bool = False, breaks_unseen: bool = False) -> Watch:
    """Live through lines of a first day."""
    watch = Watch(PLAN, Facts(), lambda *_: 10.0, opens_unseen=opens_unseen, breaks_unseen=breaks_unseen)
    for one in entries:
        watch.see(one)
    return watch


def desk(watch: Watch) -> Desk:
    """Return the counters as arrays."""
    return watch.desk(np.ones((2, 1), np.bool_), 1.0, lambda _: 1.0)


OPEN = entry(480, Kind.OPEN, who=3)
TICKET = entry(500, Kind.TICKET, 1)
CALL = entry(505, Kind.CALL, 1)
START = entry(506, Kind.START, 1)


@pytest.mark.parametrize(
    ("entries", "phase"),
    [
        ((), ABSENT),
        ((OPEN,), IDLE),
        ((OPEN, TICKET, CALL), CALLING),
        ((OPEN, TICKET, CALL, START), SERVING),
        ((OPEN, TICKET, CALL, START, entry(516, Kind.END, 1)), IDLE),
        ((OPEN, TICKET, CALL, entry(507, Kind.NO_SHOW, 1)), IDLE),
        ((OPEN, entry(600, Kind.PAUSE)), PAUSED),
        ((OPEN, entry(600, Kind.PAUSE), entry(609, Kind.RESUME)), IDLE),
        ((OPEN, entry(700, Kind.LUNCH)), BREAK),
        ((OPEN, entry(900, Kind.CLOSE)), GONE),
        ((TICKET, CALL), CALLING),
    ],
)
def test_each_line_tells_what_a_counter_does(entries: tuple[Entry, ...], phase: int) -> None:
    assert desk(lived(*entries)).phase[0] == phase


def test_a_visit_tells_its_times() -> None:
    facts = lived(OPEN, TICKET, CALL, START, entry(516, Kind.END, 1)).facts
    assert (facts.gaps, facts.reactions, facts.outcomes) == ([1.0], [5.0], [Outcome(5.0, came=True)])
    assert [(one.officer, one.minutes) for one in facts.served] == [(3, 10.0)]
    assert facts.minutes_open == 36.0


def test_a_call_ends_what_the_log_left_open() -> None:
    begun = (OPEN, entry(500, Kind.TICKET, 1), entry(501, Kind.TICKET, 2), entry(502, Kind.CALL, 1))
    served = lived(*begun, entry(503, Kind.START, 1), entry(512, Kind.CALL, 2)).facts
    assert [one.minutes for one in served.served] == [9.0]
    had_time = lived(*begun, entry(503, Kind.START, 1), entry(512, Kind.TICKET, 3), entry(512, Kind.CALL, 3)).facts
    assert had_time.served == []
    without_starts = lived(*begun, entry(512, Kind.CALL, 2)).facts
    assert [one.minutes for one in without_starts.served] == [10.0]
    lost = lived(
        OPEN, TICKET, CALL, START, entry(510, Kind.TICKET, 2), entry(512, Kind.CALL, 2), entry(513, Kind.CALL, 9)
    )
    assert lost.facts.in_vain == [1.0]
    paused = lived(OPEN, TICKET, entry(500, Kind.PAUSE), entry(509, Kind.CALL, 1)).facts
    assert paused.pauses == [9.0]


def test_a_counter_that_opens_later_has_not_been_able_to_pause_before() -> None:
    assert desk(lived()).checked.tolist() == [480.0, 540.0]


def test_a_break_lasts_from_when_it_truly_began() -> None:
    late = desk(lived(OPEN, entry(720, Kind.LUNCH)))
    assert late.ends[0] == 765.0
    assert np.isinf(late.break_at).all()
    assert desk(lived(OPEN, entry(600, Kind.LUNCH), entry(640, Kind.RESUME), entry(900, Kind.LUNCH))).ends[0] == 945.0


@pytest.mark.parametrize(
    ("called", "free_since", "is_over"), [(700, 690, False), (725, 690, True), (725, 724, False), (790, 789, True)]
)
def test_a_break_that_no_log_tells_is_over_when_there_was_time_for_it(
    called: float, free_since: float, is_over: bool
) -> None:
    before = (OPEN, TICKET, CALL, START, entry(free_since, Kind.END, 1), entry(called, Kind.TICKET, 2))
    found = desk(lived(*before, entry(called, Kind.CALL, 2), breaks_unseen=True)).break_at[0, 0]
    assert np.isinf(found) == is_over


def test_counters_that_no_log_opens_are_open_as_planned() -> None:
    found = desk(lived(opens_unseen=True))
    assert found.phase.tolist() == [IDLE, IDLE]
    assert found.since.tolist() == [480.0, 540.0]


def test_a_counter_that_never_opened_is_remembered_where_others_did() -> None:
    watch = lived(OPEN)
    watch.end_day()
    assert watch.facts.openings == [0.0, float("inf")]
    nothing = lived()
    nothing.end_day()
    assert nothing.facts.openings == []


def test_those_who_wait_stand_in_the_order_of_their_numbers() -> None:
    line = lived(TICKET, entry(501, Kind.TICKET, 2, who=1), entry(502, Kind.TICKET, 3), CALL).line()
    assert line.since.tolist() == [501.0, 502.0]
    assert line.kind.tolist() == [1, 0]


def test_one_who_is_overtaken_again_and_again_has_left() -> None:
    tickets = [entry(500 + number, Kind.TICKET, number) for number in range(6)]
    calls = [entry(510 + number, Kind.CALL, number) for number in range(1, 4)]
    watch = lived(OPEN, *tickets, *calls)
    assert watch.line().since.tolist() == [504.0, 505.0]
    watch.see(entry(520, Kind.CALL, 0))
    watch.end_day()
    assert (watch.facts.overtaken, watch.facts.left) == ([3], [])
    never = lived(OPEN, *tickets, *calls)
    never.end_day()
    assert (never.facts.overtaken, never.facts.left) == ([], [3])


def test_who_never_is_called_does_not_count_among_those_who_could_have_been() -> None:
    tickets = [entry(500 + number, Kind.TICKET, number, who=number % 2) for number in range(4)]
    watch = lived(OPEN, *tickets, entry(510, Kind.CALL, 2), entry(520, Kind.CALL, 1))
    watch.end_day()
    assert watch.facts.chosen == [Chosen(0, 8.0, 2, ((1, 9.0), (0, 8.0))), Chosen(1, 19.0, 1, ((1, 19.0),))]
