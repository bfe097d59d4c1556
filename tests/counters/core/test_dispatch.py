"""Whom to call next, as a pure function of who waits."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from counters.core import dispatch
from counters.core.dispatch import Choice
from tests.ticketing.core.queues import NOW, RULES, one, queues
from ticketing.core.ids import TicketId
from ticketing.core.ranking import Waiting


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
