"""Whom to call next, as a pure function of who waits."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counters.core import dispatch
from counters.core.dispatch import Choice, Proposed
from tests.ticketing.core.queues import NOW, RULES, agreed, one, queues
from ticketing.core import ranking
from ticketing.core.ids import CounterId, ServiceId, TicketId
from ticketing.core.policy import ChosenBy, Mode, Policy
from ticketing.core.proposal import Proposal
from ticketing.core.ranking import Waiting
from ticketing.core.ticket import Foreseen


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


TARGET = 20
LOOKING = Policy(priority_weight=5.0, mode=Mode.LOOK_AHEAD, guard=2)
SHORT, LONG = ServiceId(1), ServiceId(2)


def of(id: int, minutes: float, service: ServiceId = LONG, **facts: bool) -> Waiting:
    return replace(one(id, minutes, **facts), service_id=service)


LINE = [of(1, 30), of(2, 20, SHORT), of(3, 10), of(4, 5, SHORT)]


def proposal(call: int, *among: int, rules: Policy = LOOKING, target: int = TARGET) -> Proposal:
    return Proposal(
        counter_id=CounterId(1),
        ticket_id=TicketId(call),
        cost=2.0,
        runner_up=TicketId(next(one for one in among if one != call)),
        runner_up_cost=3.0,
        among=frozenset(TicketId(one) for one in among),
        rules=rules,
        target_minutes=target,
        seq=9,
        at=NOW,
    )


CALLS = {
    "the claims, for nothing is proposed": (LINE, None, 1, ChosenBy.CLAIM),
    "whom a proposal names": (LINE, proposal(2, 1, 2), 2, ChosenBy.LOOK_AHEAD),
    "the claims, for one has gone": (LINE[1:], proposal(2, 1, 2), 2, ChosenBy.CLAIM),
    "the claims, for one has come": ([*LINE, of(5, 0, LONG, priority=True)], proposal(2, 1, 2), 1, ChosenBy.CLAIM),
    "a proposal, for only those behind are others": ([*LINE, of(5, 1)], proposal(2, 1, 2), 2, ChosenBy.LOOK_AHEAD),
    "the claims, for the rules were others": (LINE, proposal(2, 1, 2, rules=Policy()), 1, ChosenBy.CLAIM),
    "the claims, for the target was another": (LINE, proposal(2, 1, 2, target=15), 1, ChosenBy.CLAIM),
    "who is beyond the guard": ([*LINE, of(6, 9, LONG, priority=True)], proposal(2, 1, 2, 6), 6, ChosenBy.GUARD),
    "a proposal, for an agreed time is still to come": (
        [*LINE, replace(agreed(5, -1, priority=True), service_id=LONG)],
        proposal(2, 1, 2),
        2,
        ChosenBy.LOOK_AHEAD,
    ),
    "whose agreed time is long past": (
        [*LINE, replace(agreed(5, 9), service_id=LONG)],
        proposal(2, 1, 2, 5),
        5,
        ChosenBy.GUARD,
    ),
    "who was sent here": ([*LINE, of(7, 1, SHORT, sent=True)], proposal(2, 1, 2), 7, ChosenBy.CLAIM),
    "the one who waits": (LINE[:1], proposal(1, 1, 2), 1, ChosenBy.CLAIM),
}


@pytest.mark.parametrize(("waiting", "found", "called", "reason"), CALLS.values(), ids=CALLS)
def test_who_is_called_by_a_counter_that_looks_ahead(
    waiting: list[Waiting], found: Proposal | None, called: int, reason: ChosenBy
) -> None:
    choice = dispatch.choose(waiting, NOW, LOOKING, Proposed(target_minutes=TARGET, proposal=found))
    assert choice is not None
    assert (choice.ticket_id, choice.reason) == (called, reason)
    assert (choice.foreseen is not None) == (reason is ChosenBy.LOOK_AHEAD)
    by_claim = dispatch.choose(
        waiting, NOW, replace(LOOKING, mode=Mode.CLAIM), Proposed(target_minutes=1, proposal=found)
    )
    assert by_claim == dispatch.choose(waiting, NOW, Policy())


def test_a_broken_promise_goes_before_proposal_and_guard_and_tells_after_how_many_times() -> None:
    rules = replace(LOOKING, cap=3)
    overdue = replace(of(4, 5, SHORT), since=NOW - timedelta(minutes=21), due=NOW - timedelta(minutes=1))
    guarded = of(6, 9, LONG, priority=True)
    found = proposal(1, 1, 4, 6, rules=rules)
    choice = dispatch.choose([LINE[0], overdue, guarded], NOW, rules, Proposed(target_minutes=TARGET, proposal=found))
    assert choice is not None
    assert (choice.ticket_id, choice.reason, choice.cap, choice.foreseen) == (4, ChosenBy.PROMISE, 3, None)
    assert (choice.runner_up, choice.score) == (6, 21 * 60.0)


def test_a_call_by_looking_ahead_tells_what_it_found() -> None:
    choice = dispatch.choose(LINE, NOW, LOOKING, Proposed(target_minutes=TARGET, proposal=proposal(2, 1, 2)))
    assert choice == Choice(
        ticket_id=TicketId(2),
        score=1200.0,
        runner_up=TicketId(1),
        runner_up_score=1800.0,
        reason=ChosenBy.LOOK_AHEAD,
        foreseen=Foreseen(cost=2.0, runner_up_cost=3.0, seq=9, at=NOW),
    )


def test_one_who_is_late_is_called_when_the_claims_say_so() -> None:
    late = replace(of(5, 1, SHORT), is_late=True)
    ranked = ranking.rank([*LINE, late], NOW, LOOKING)
    assert [who.ticket_id for who in dispatch.firsts(ranked)] == [1, 2]
    assert dispatch.firsts(ranking.rank([late, of(6, 0)], NOW, LOOKING)) == [late]


@given(queues, st.randoms(use_true_random=False))
def test_the_choice_does_not_depend_on_the_order_of_the_list(queue: list[Waiting], chance: Random) -> None:
    shuffled = list(queue)
    chance.shuffle(shuffled)
    assert dispatch.choose(shuffled, NOW, RULES) == dispatch.choose(queue, NOW, RULES)


@given(queues)
def test_everybody_is_called_in_the_end(queue: list[Waiting]) -> None:
    left = list(queue)
    while (choice := dispatch.choose(left, NOW, RULES)) is not None:
        left = [who for who in left if who.ticket_id != choice.ticket_id]
    assert left == []
