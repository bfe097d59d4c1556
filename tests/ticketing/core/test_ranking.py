"""The order of those who wait, and how one who is late steps back in it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.ticketing.core.queues import NOW, RULES, agreed, one, promised_queues, queues
from ticketing.core import policy, ranking
from ticketing.core.ids import TicketId
from ticketing.core.policy import Policy
from ticketing.core.ranking import StepBack, Waiting


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
        ([agreed(1, -10), one(2, 0)], [2, 1]),
        ([agreed(1, -10), agreed(2, -5), agreed(3, -7, priority=True)], [2, 3, 1]),
        ([one(1, 9), agreed(2, 2)], [2, 1]),
        ([one(1, 10), agreed(2, 2)], [1, 2]),
        ([agreed(2, 5), agreed(1, 5)], [1, 2]),
        ([one(1, 2, priority=True), agreed(2, 3)], [2, 1]),
        ([one(1, 1), agreed(2, -5), one(3, 0, sent=True)], [3, 1, 2]),
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
        "who is before the agreed time lets all others go first",
        "of those who are, the one whose time comes first, whoever the law favours",
        "from the agreed time on each minute counts more",
        "as many as it counts are as much",
        "of two with the same time the lower number",
        "as much as a priority, and then who waited longer",
        "between who was sent here and who came early",
    ],
)
def test_those_who_wait_are_called_in_this_order(waiting: list[Waiting], order: list[int]) -> None:
    assert [who.ticket_id for _, who in ranking.rank(waiting, NOW, RULES)] == order


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
    ranked = [who for _, who in ranking.rank(queue, NOW, RULES)]
    for kind in {kind_of(who) for who in queue}:
        alike = [who for who in ranked if kind_of(who) == kind]
        assert alike == sorted(alike, key=lambda who: (who.since, who.ticket_id))


def kind_of(who: Waiting) -> tuple[bool, bool, bool, float]:
    """Return what sets one apart, besides the time waited and the number."""
    return who.is_priority, who.has_appointment, who.is_for_this_counter, who.favour


def due(id: int, waited: float, due: float | None, **facts: bool) -> Waiting:
    """One who has waited so many minutes, and was due so many minutes ago."""
    return replace(one(id, waited, **facts), due=None if due is None else NOW - timedelta(minutes=due))


PROMISES = {
    "who is overdue goes before a greater claim": ([due(1, 20, 1), one(2, 15, priority=True)], [1, 2]),
    "not in the very moment": ([due(1, 20, 0), one(2, 15, priority=True)], [2, 1]),
    "not before whoever was sent here": ([due(1, 20, 1), one(2, 0, sent=True)], [2, 1]),
    "of several the greater claim": ([due(1, 20, 9), due(2, 10, 1, priority=True), agreed(3, 19)], [2, 1, 3]),
    "an equal in front who was promised more keeps the place": (
        [due(1, 30, -5), due(2, 20, 5), one(3, 15, priority=True)],
        [3, 1, 2],
    ),
    "an equal in front who was promised nothing, too": (
        [one(1, 30), due(2, 20, 5), one(3, 15, priority=True)],
        [3, 1, 2],
    ),
    "who is late holds nobody up": (
        [replace(one(1, 30), is_late=True), due(2, 20, 5), one(3, 15, priority=True)],
        [2, 3, 1],
    ),
    "who was sent here neither": ([one(1, 30, sent=True), due(2, 20, 5), one(3, 15, priority=True)], [1, 2, 3]),
    "nor does one of another class": ([one(1, 30, priority=True), due(2, 20, 5)], [2, 1]),
}


@pytest.mark.parametrize(("waiting", "order"), PROMISES.values(), ids=PROMISES)
def test_who_waits_longer_than_was_promised_goes_first(waiting: list[Waiting], order: list[int]) -> None:
    assert ids(ranking.rank(waiting, NOW, RULES)) == order


@given(promised_queues)
def test_promises_move_the_overdue_to_the_front_and_nobody_else(queue: list[Waiting]) -> None:
    plain = [who for _, who in ranking.rank([replace(who, due=None) for who in queue], NOW, RULES)]
    ripe = ranking.overdue(queue, NOW)
    assert ripe <= {who.ticket_id for who in queue if who.due is not None and not who.is_late}
    expected = sorted(plain, key=lambda who: (not who.is_for_this_counter, who.ticket_id not in ripe))
    assert ids(ranking.rank(queue, NOW, RULES)) == [who.ticket_id for who in expected]


@given(promised_queues)
def test_promises_let_nobody_pass_an_equal(queue: list[Waiting]) -> None:
    ranked = [who for _, who in ranking.rank(queue, NOW, RULES) if not who.is_late]
    for kind in {kind_of(who) for who in ranked}:
        alike = [who for who in ranked if kind_of(who) == kind]
        assert alike == sorted(alike, key=lambda who: (who.since, who.ticket_id))


@given(promised_queues, st.integers(1, 12))
def test_as_many_pass_one_who_is_late_as_are_told_with_promises_too(queue: list[Waiting], places: int) -> None:
    rules = Policy(late_places=places)
    one = replace(queue[0], has_appointment=False, is_late=False)
    others = [who for who in queue[1:] if who.since < NOW]
    before, after = ranking.split(one, others, NOW, rules)
    back = ranking.step_back(one, (before, after), NOW, rules)
    if not after:
        assert back == StepBack(places=0, since=one.since)
        return
    late = replace(stepped(one, back), is_late=True, due=None)
    passed = set(ids(ranking.split(late, others, NOW, rules)[0]))
    assert passed >= set(ids(before)), "who was before stays before"
    assert len(passed) - len(before) == back.places >= min(places, len(after))


@given(queues)
def test_nobody_is_called_before_an_agreed_time_while_others_wait(queue: list[Waiting]) -> None:
    ranked = [(claim, who) for claim, who in ranking.rank(queue, NOW, RULES) if not who.is_for_this_counter]
    is_early = [who.has_appointment and who.since > NOW for _, who in ranked]
    assert is_early == sorted(is_early)


def place(queue: list[Waiting], ticket_id: TicketId) -> int:
    """Return how many go before this one."""
    return [who.ticket_id for _, who in ranking.rank(queue, NOW, RULES)].index(ticket_id)


@pytest.mark.parametrize(
    ("late", "others", "places", "order"),
    [
        (one(1, 30), [one(n, 30 - n) for n in range(2, 10)], 5, [2, 3, 4, 5, 6, 1, 7, 8, 9]),
        (one(1, 30), [one(2, 20), one(3, 10)], 2, [2, 3, 1]),
        (one(1, 30), [], 0, [1]),
        (one(9, 1), [one(2, 20)], 0, [2, 9]),
        (one(4, 27), [one(2, 40), *(one(n, 30 - n) for n in range(5, 12))], 5, [2, 5, 6, 7, 8, 9, 4, 10, 11]),
        (one(1, 30), [one(n, 5, priority=True) for n in (2, 3)] + [one(4, 20)], 3, [2, 3, 4, 1]),
        (one(1, 10, priority=True), [one(n, 50 - n) for n in range(2, 9)], 5, [2, 3, 4, 5, 6, 1, 7, 8]),
        (one(1, 2, sent=True), [one(n, 40 - n) for n in range(2, 9)], 5, [2, 3, 4, 5, 6, 1, 7, 8]),
        (
            one(1, 39, sent=True),
            [one(2, 9, sent=True), *(one(n, 40 - n) for n in range(3, 9))],
            5,
            [2, 3, 4, 5, 6, 1, 7, 8],
        ),
        (one(1, 9), [one(2, 0), one(3, 0)], 2, [2, 3, 1]),
        (one(1, 9), [one(n, 5) for n in range(2, 9)], 7, [2, 3, 4, 5, 6, 7, 8, 1]),
        (one(1, 9), [one(2, 5), agreed(3, -20), agreed(4, -30)], 1, [2, 1, 3, 4]),
        (agreed(1, -5), [one(2, 5), agreed(3, -20)], 0, [2, 1, 3]),
        (agreed(1, 3), [one(n, 9 - n) for n in range(2, 9)], 5, [2, 3, 4, 5, 6, 1, 7, 8]),
    ],
    ids=[
        "five others go first",
        "all, where there are fewer",
        "nobody else waits",
        "nobody is behind",
        "those before stay before",
        "the favoured are others too",
        "one of the favoured",
        "one who was sent here, and gives that up",
        "another who was sent here stays before all",
        "behind those who have just come, a moment later",
        "those who came in the same moment cannot be told apart",
        "nobody waits for those whose time is still to come",
        "who is early has nobody to let pass",
        "one with an agreed time, as everybody else",
    ],
)
def test_one_who_is_late_lets_others_go_first(
    late: Waiting, others: list[Waiting], places: int, order: list[int]
) -> None:
    back = ranking.step_back(late, ranking.split(late, others, NOW, RULES), NOW, RULES)
    moment = max(NOW, back.since + timedelta(milliseconds=1))
    after = ranking.rank([stepped(late, back) if back.places else late, *others], moment, RULES)
    assert (back.places, [who.ticket_id for _, who in after]) == (places, order)


def test_equals_pass_together_though_the_late_one_loses_a_head_start() -> None:
    rules = Policy(head_start=60, late_places=2)
    late, others = one(1, 1, priority=True), [one(n, 30) for n in range(2, 8)]
    back = ranking.step_back(late, ranking.split(late, others, NOW, rules), NOW, rules)
    now = replace(stepped(late, back), is_late=True)
    assert (back.places, ids(ranking.rank([now, *others], NOW, rules))) == (6, [2, 3, 4, 5, 6, 7, 1])


def test_a_head_start_helps_nobody_before_the_agreed_time() -> None:
    waiting = [agreed(1, -10, priority=True), one(2, 0)]
    assert ids(ranking.rank(waiting, NOW, Policy(head_start=25))) == [2, 1]


@given(queues, st.integers(0, 12))
def test_as_many_go_first_as_the_mall_says_or_all_and_nobody_else_moves(queue: list[Waiting], places: int) -> None:
    rules = Policy(late_places=places)
    late = replace(queue[0], has_appointment=False)
    others = [who for who in queue[1:] if who.since < NOW]
    before, after = ranking.split(late, others, NOW, rules)
    back = ranking.step_back(late, (before, after), NOW, rules)
    now_before, now_after = ranking.split(stepped(late, back) if back.places else late, others, NOW, rules)
    assert ids(before + after) == ids(now_before + now_after), "the others keep their order"
    assert ids(now_before)[: len(before)] == ids(before), "who was before stays before"
    passed = now_before[len(before) :]
    assert len(passed) == back.places
    promised = min(places, len(after))
    if not promised:
        assert back == StepBack(places=0, since=late.since)
    elif len(passed) != promised:
        assert len(passed) > promised
        weight = policy.weight(rules, is_priority=late.is_priority)
        last, *more = passed[promised - 1 :]
        assert all(who.is_for_this_counter or claim >= last[0] - 2e-6 * weight for claim, who in more), (
            "further back only behind those who cannot be told apart, or who were sent here"
        )


@given(queues)
def test_a_late_visitor_who_was_not_sent_here_never_gains_a_moment(queue: list[Waiting]) -> None:
    late = replace(queue[0], is_for_this_counter=False)
    around = ranking.split(late, queue[1:], NOW, RULES)
    assert ranking.step_back(late, around, NOW, RULES).since >= late.since


def stepped(late: Waiting, back: StepBack) -> Waiting:
    """Return the visitor after stepping back."""
    return replace(late, since=back.since, is_for_this_counter=False)


def ids(ranked: list[tuple[float, Waiting]]) -> list[TicketId]:
    """Name those in a ranking."""
    return [who.ticket_id for _, who in ranked]
