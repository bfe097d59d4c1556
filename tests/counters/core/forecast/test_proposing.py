"""Whom counters of a followed hall would call by looking ahead."""

import pytest
from msgspec.structs import replace

from counters.core.forecast.hall_day import Line
from tests.counters.core.forecast.malls import DUKCAPIL, KK, KTP, issued, line, minute
from tests.counters.core.forecast.test_followed import BUSY, ask, begun
from ticketing.core.counter import CounterClosedEvent, CounterOpened, CounterPausedEvent
from ticketing.core.ids import CounterId
from ticketing.core.policy import Mode, Policy
from ticketing.core.ticket import Cancelled, Deferred, Issued, Transferred

LOOKING = Policy(priority_weight=3.0, mode=Mode.LOOK_AHEAD)
QUEUE = (
    *BUSY,
    line(502, CounterOpened(), 2),
    line(503, issued(KK), 2),
    line(504, issued(priority="lansia"), 3),
    line(505, issued(), 4),
    line(505, issued(), 5),
)
BOTH = {1: {2, 3, 4}, 2: {3, 4}}
"""The first of each service and class that each counter can call; the second serves one service only."""

TO_FIRST = Transferred(tenant_id=DUKCAPIL, service_id=KTP, for_counter_id=CounterId(1))
AND_BACK = Transferred(tenant_id=DUKCAPIL, service_id=KTP, back_to=CounterId(2))
LATE = Deferred(waiting_since=minute(505.5), places=1)


def agreed(minutes: float) -> Issued:
    return replace(issued(), agreed_at=minute(minutes))


CASES = {
    "the firsts": ((), BOTH),
    "claims decide": ((), {}),
    "a counter in a pause is at work": ((line(505, CounterPausedEvent(), 2),), BOTH),
    "one that has closed is not": ((line(505, CounterClosedEvent(), 2),), {1: {2, 3, 4}}),
    "who was sent to a counter is called there, and nowhere else": ((line(506, TO_FIRST, 3),), {}),
    "who comes back to a counter is called by others": ((line(506, AND_BACK, 3),), {1: {2, 3, 4}}),
    "who is late is called when the claims say so": ((line(506, LATE, 4),), {1: {2, 3, 5}, 2: {3, 5}}),
    "whose agreed time is still to come": ((line(506, agreed(520), 6),), BOTH),
    "whose agreed time has come": ((line(506, agreed(506), 6),), {1: {2, 3, 4, 6}, 2: {3, 4, 6}}),
    "one is no choice": ((line(506, Cancelled(), 3), line(506, Cancelled(), 2)), {}),
}


@pytest.mark.parametrize(("more", "expected"), CASES.values(), ids=CASES)
def test_among_whom_a_counter_chooses(more: tuple[Line, ...], expected: dict[int, set[int]]) -> None:
    rules = LOOKING if expected or more else Policy()
    found = ask(begun(*QUEUE, *more), 507, rules=rules).proposals
    assert {one.counter_id: set(one.among) for one in found} == expected
    assert all({one.ticket_id, one.runner_up} < one.among or len(one.among) == 2 for one in found)
    assert all(0 < one.cost <= one.runner_up_cost for one in found)
    assert {(one.rules, one.target_minutes, one.seq) for one in found} <= {(rules, 15, 7)}


def test_the_shorter_of_two_services_is_called_first_and_the_same_question_has_the_same_answer() -> None:
    queue = (*BUSY, line(503, issued(KK), 2), line(503.5, issued(), 3))
    mall = begun(*queue)
    (found,) = ask(mall, 507, rules=LOOKING).proposals
    assert (found.ticket_id, found.runner_up) == (3, 2)
    assert ask(mall, 507, rules=LOOKING).proposals == [found]


def test_nothing_is_proposed_where_the_guard_chooses() -> None:
    rules = Policy(priority_weight=3.0, mode=Mode.LOOK_AHEAD, guard=1)
    mall = begun(*QUEUE)
    assert {one.counter_id for one in ask(mall, 507, rules=rules).proposals} == {1, 2}
    assert {one.counter_id for one in ask(mall, 510, rules=rules).proposals} == set()
