"""The hall and the forward run call by one implementation of the policy."""

import numpy as np
from hypothesis import example, given

from counters.core import dispatch
from counters.core.forecast import followed, queue
from counters.core.forecast.hall_day import CLASSES
from counters.core.forecast.shapes import Line, Rules
from tests.ticketing.core.queues import NOW, agreed, one, policies, promised_queues
from ticketing.core import policy
from ticketing.core.policy import Policy
from ticketing.core.ranking import Waiting


def called_in_a_run(waiting: list[Waiting], rules: Policy) -> list[int]:
    """Call all in the way of the forward run, at one counter."""
    waiting = sorted(waiting, key=lambda one: one.ticket_id)
    line = Line(
        service=np.zeros(len(waiting), np.int64),
        kind=np.array([CLASSES.index((one.is_priority, one.has_appointment)) for one in waiting], np.int64),
        since=np.array([-(NOW - one.since).total_seconds() for one in waiting]),
        counter=np.array([0 if one.is_for_this_counter else -1 for one in waiting], np.int64),
        late=tuple(at for at, one in enumerate(waiting) if one.is_late),
        due=tuple(-(NOW - one.due).total_seconds() if one.due else np.inf for one in waiting),
    )
    favours = sorted({one.favour for one in waiting})
    line = line._replace(service=np.array([favours.index(one.favour) for one in waiting], np.int64))
    told = Rules(
        weights=followed.weights(rules), head_start=followed.head_starts(rules) * 60.0, favour=np.array(favours)
    )
    lanes = queue.prepare(line, told, np.ones((1, len(favours)), np.bool_))
    order: list[int] = []
    able, sent = lanes.able[0], lanes.sent[0]
    weight, head_start, since, due = lanes.weight, lanes.head_start, lanes.since, lanes.due
    while (lane := queue.choose(weight, head_start, since, due, lanes.first, able, sent, 0.0)) >= 0:
        who = int(lanes.first[lane])
        queue.leave(lanes.first, lanes.last, lanes.after, lane, who)
        order.append(waiting[who].ticket_id)
    return order


@given(promised_queues, policies)
@example([agreed(1, -10, priority=True), one(2, 1)], Policy(head_start=25))
def test_the_hall_and_the_run_call_in_the_same_order(waiting: list[Waiting], rules: Policy) -> None:
    order: list[int] = []
    left = list(waiting)
    while (choice := dispatch.choose(left, NOW, rules)) is not None:
        order.append(choice.ticket_id)
        left = [one for one in left if one.ticket_id != choice.ticket_id]
    assert called_in_a_run(waiting, rules) == order


def test_both_use_the_very_same_functions() -> None:
    assert getattr(queue.claim, "py_func", queue.claim) is policy.claim
    assert getattr(queue.place, "py_func", queue.place) is policy.place
