"""Whom to call next, as a pure function of who waits."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counters.core import dispatch
from counters.core.dispatch import Choice, Waiting
from ticketing.core.ids import TicketId
from ticketing.core.policy import Policy

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
RULES = Policy()


def one(id: int, minutes: float, *, priority: bool = False, sent: bool = False) -> Waiting:
    """One who has waited so many minutes."""
    since = NOW - timedelta(minutes=minutes)
    return Waiting(ticket_id=TicketId(id), since=since, is_priority=priority, is_for_this_counter=sent)


@pytest.mark.parametrize(
    ("waiting", "order"),
    [
        ([], []),
        ([one(1, 3)], [1]),
        ([one(1, 3), one(2, 5)], [2, 1]),
        ([one(2, 5), one(1, 5)], [1, 2]),
        ([one(1, 5), one(2, 1, priority=True)], [1, 2]),
        ([one(1, 4.9), one(2, 1, priority=True)], [2, 1]),
        ([one(1, 4), one(2, 1, priority=True)], [2, 1]),
        ([one(1, 60), one(2, 20, priority=True), one(3, 0, sent=True)], [3, 2, 1]),
        ([one(1, 60), one(2, 1, sent=True), one(3, 1, priority=True, sent=True)], [3, 2, 1]),
        ([one(2, -1), one(1, 0)], [1, 2]),
    ],
    ids=[
        "nobody",
        "one",
        "who waited longer",
        "the lower number of two alike",
        "five minutes are as much as one of the favoured",
        "a little less is less",
        "the favoured before those who waited four times as long",
        "whoever was sent to this counter before all others",
        "of those who were sent, the higher claim",
        "a clock that went back is no waiting",
    ],
)
def test_those_who_wait_are_called_in_this_order(waiting: list[Waiting], order: list[int]) -> None:
    assert [who.ticket_id for _, who in dispatch.rank(waiting, NOW, RULES)] == order


def test_nobody_is_chosen_when_nobody_waits() -> None:
    assert dispatch.choose([], NOW, RULES) is None


def test_a_choice_tells_why_it_was_made() -> None:
    both = [one(1, 4), one(2, 1, priority=True)]
    assert dispatch.choose(both, NOW, RULES) == Choice(
        ticket_id=TicketId(2), score=300.0, runner_up=TicketId(1), runner_up_score=240.0
    )
    assert dispatch.choose(both[:1], NOW, RULES) == Choice(
        ticket_id=TicketId(1), score=240.0, runner_up=None, runner_up_score=None
    )


queues = st.lists(
    st.builds(
        one,
        st.integers(1, 10_000),
        st.integers(0, 300),
        priority=st.booleans(),
        sent=st.booleans(),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda who: who.ticket_id,
)


@given(queues, st.randoms(use_true_random=False))
def test_the_choice_does_not_depend_on_the_order_of_the_list(queue: list[Waiting], chance: Random) -> None:
    shuffled = list(queue)
    chance.shuffle(shuffled)
    assert dispatch.choose(shuffled, NOW, RULES) == dispatch.choose(queue, NOW, RULES)


@given(queues, st.integers(0, 300))
def test_to_have_waited_longer_never_puts_anybody_back(queue: list[Waiting], minutes: int) -> None:
    first = queue[0]
    earlier = [replace(first, since=first.since - timedelta(minutes=minutes)), *queue[1:]]
    assert place(earlier, first.ticket_id) <= place(queue, first.ticket_id)


@given(queues)
def test_to_be_favoured_never_puts_anybody_back(queue: list[Waiting]) -> None:
    first = queue[0]
    ordinary = [replace(first, is_priority=False), *queue[1:]]
    favoured = [replace(first, is_priority=True), *queue[1:]]
    assert place(favoured, first.ticket_id) <= place(ordinary, first.ticket_id)


@given(queues)
def test_among_the_same_kind_the_first_to_come_is_the_first_to_be_called(queue: list[Waiting]) -> None:
    ranked = [who for _, who in dispatch.rank(queue, NOW, RULES)]
    for kind in {(who.is_priority, who.is_for_this_counter) for who in queue}:
        alike = [who for who in ranked if (who.is_priority, who.is_for_this_counter) == kind]
        assert alike == sorted(alike, key=lambda who: (who.since, who.ticket_id))


@given(queues)
def test_everybody_is_called_in_the_end(queue: list[Waiting]) -> None:
    left = list(queue)
    while (choice := dispatch.choose(left, NOW, RULES)) is not None:
        left = [who for who in left if who.ticket_id != choice.ticket_id]
    assert left == []


def place(queue: list[Waiting], ticket_id: TicketId) -> int:
    """Return how many go before this one."""
    return [who.ticket_id for _, who in dispatch.rank(queue, NOW, RULES)].index(ticket_id)
