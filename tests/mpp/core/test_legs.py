"""A day's log as legs: each case is a short log and what must be told of it, in minutes."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mpp.core import legs
from mpp.core.legs import End, Leg, Line
from tests.mpp.core.days import KK, KTP, OTHER, SKCK, STEPS, TENANT, clock, issued, log, steps, together
from ticketing.core.ids import TicketId
from ticketing.core.refused import WrongState
from ticketing.core.ticket import Called, Finished, Issued, Returned, Started, Transferred, apply, issue

Row = tuple[End, float | None, float | None, float | None]
"""How it ended; wait to the first call, to the start, service time."""


def minutes(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds() / 60


def row(leg: Leg) -> Row:
    return leg.end, minutes(leg.wait), minutes(leg.wait_to_start), minutes(leg.service_time)


CASES: Sequence[tuple[str, str, list[Row]]] = [
    ("served", "0 issue, 10 call, 11 start, 19 finish", [(End.SERVED, 10, 11, 8)]),
    ("called twice", "0 issue, 10 call, 12 recall, 13 start, 20 finish", [(End.SERVED, 10, 13, 7)]),
    ("waits still", "0 issue", [(End.OPEN, None, None, None)]),
    ("is served still", "0 issue, 5 call, 6 start", [(End.OPEN, 5, 6, None)]),
    ("cancelled before the call", "0 issue, 9 cancel", [(End.CANCELLED, None, None, None)]),
    ("cancelled after the call", "0 issue, 9 call, 10 cancel", [(End.CANCELLED, 9, None, None)]),
    ("never called", "0 issue, 960 expire", [(End.EXPIRED, None, None, None)]),
    ("forgotten at the counter", "0 issue, 5 call, 6 start, 960 expire", [(End.EXPIRED, 5, 6, None)]),
    ("called and forgotten", "0 issue, 5 call, 960 expire", [(End.EXPIRED, 5, None, None)]),
    ("absent", "0 issue, 5 call, 7 miss, 960 expire", [(End.ABSENT, 5, None, None)]),
    (
        "missed and restored",
        "0 issue, 5 call, 7 miss, 27 restore, 30 call2, 31 start, 36 finish",
        [(End.SERVED, 5, 11, 5)],
    ),
    (
        "missed, and called by number",
        "0 issue, 5 call, 7 miss, 17 call, 18 start, 20 finish",
        [(End.SERVED, 5, 8, 2)],
    ),
    (
        "held while waiting",
        "0 issue, 4 hold, 14 resume, 20 call, 20 start, 25 finish",
        [(End.SERVED, 10, 10, 5)],
    ),
    (
        "held in the middle of the service",
        "0 issue, 5 call, 5 start, 8 hold, 28 resume, 30 call2, 31 start, 33 finish",
        [(End.SERVED, 5, 5, 5)],
    ),
    (
        "sent on",
        "0 issue, 5 call, 6 start, 9 to KK, 960 expire",
        [(End.SENT, 5, 6, None), (End.EXPIRED, None, None, None)],
    ),
    (
        "sent away and back",
        "0 issue, 5 call, 6 start, 9 to SKCK, 12 call2, 13 start, 20 back, 25 call, 25 start, 30 finish",
        [(End.SENT, 5, 6, None), (End.SERVED, 3, 4, 7), (End.SERVED, 5, 5, 5)],
    ),
    (
        "the counter that was waited for closes",
        "0 issue, 3 any counter, 9 call, 9 start, 10 finish",
        [(End.SERVED, 9, 9, 1)],
    ),
    (
        "late",
        "0 issue, 5 call, 6 late, 15 call, 16 start, 20 finish",
        [(End.SERVED, 5, 16, 4)],
    ),
]


@pytest.mark.parametrize(("story", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_log_is_told_as(story: str, told: list[Row]) -> None:
    assert [row(leg) for leg in legs.fold(log(*steps(story)), {})] == told


def test_the_first_issue_is_kept_through_transfer_and_return() -> None:
    told = steps("0 issue, 5 call, 6 start, 9 to SKCK, 12 call2, 13 start, 20 back")
    found = legs.fold(log(*told, *steps("25 call, 25 start, 30 finish")), {})
    assert [(leg.service_id, leg.tenant_id, leg.is_first) for leg in found] == [
        (KTP, TENANT, True),
        (SKCK, OTHER, False),
        (KTP, TENANT, False),
    ]
    assert {leg.issued for leg in found} == {clock(0)}
    assert [leg.joined for leg in found] == [clock(0), clock(9), clock(20)]
    assert [minutes(leg.in_all) for leg in found] == [None, None, 30]


def test_time_put_aside_is_no_service_and_every_sitting_is_known() -> None:
    told = steps("0 issue, 5 call, 5 start, 8 hold, 28 call2, 31 start, 33 finish")
    [leg] = legs.fold(log(*told), {})
    assert minutes(leg.aside) == 20
    assert [(sat.counter_id, sat.begins, sat.ends) for sat in leg.sittings] == [
        (1, clock(5), clock(8)),
        (2, clock(31), clock(33)),
    ]
    assert (leg.holds, leg.calls, leg.counter_id) == (1, 2, 2)


def test_an_offline_ticket_waits_since_its_true_time() -> None:
    lines = log(*steps("60 issue, 70 call, 71 start, 80 finish"), first=issued(at=20))
    [leg] = legs.fold(lines, {})
    assert (leg.is_offline, minutes(leg.wait), minutes(leg.in_all)) == (True, 50, 60)


@pytest.mark.parametrize(
    ("agreed", "called", "wait"),
    [(30, 45, 15), (-10, 45, 45), (30, 20, 0)],
    ids=["from the agreed time", "from coming, which was later", "called before the agreed time"],
)
def test_one_with_an_agreed_time_waits_since_then(agreed: int, called: int, wait: int) -> None:
    lines = log(
        *steps(f"0 issue, {called} call, 46 start, 50 finish"), first=replace(issued(), agreed_at=clock(agreed))
    )
    [leg] = legs.fold(lines, {})
    assert (minutes(leg.wait), leg.issued, minutes(leg.in_all)) == (wait, clock(0), 50)


def test_one_with_an_agreed_time_is_not_overtaken_by_who_came_before_it() -> None:
    early = log(*steps("0 issue, 40 call"), first=replace(issued(), agreed_at=clock(30)), ticket=1)
    other = log(*steps("20 issue, 25 call2"), ticket=2)
    assert [leg.overtaken for leg in legs.fold(together(early, other), {})] == [0, 0]


def test_breaks_and_the_time_before_opening_are_no_wait() -> None:
    told = steps("-30 issue, -20 hold, 5 resume, 60 call, 60 start, 70 finish")
    shut = {TENANT: [(clock(-480), clock(0)), (clock(20), clock(50))]}
    [leg] = legs.fold(log(*told), shut)
    assert row(leg) == (End.SERVED, 25, 25, 10)  # 5-20 and 50-60: held until 5, break from 20 to 50


def test_who_came_later_and_was_called_earlier_has_overtaken() -> None:
    found = legs.fold(
        together(
            log(*steps("0 issue, 30 call"), ticket=1),
            log(*steps("1 issue, 10 call"), ticket=2),
            log(*steps("2 favoured, 9 call2"), ticket=3),
            log(*steps("3 issue, 5 call"), ticket=4, first=issued(KK)),
            log(*steps("4 issue, 6 call, 7 late"), ticket=5),
            log(*steps("5 issue, 960 expire"), ticket=6),
        ),
        {},
    )
    assert {leg.ticket_id: leg.overtaken for leg in found} == {1: 3, 2: 2, 3: 1, 4: 0, 5: 0, 6: 0}
    assert {leg.ticket_id: leg.overtaken_by_same for leg in found} == {1: 2, 2: 1, 3: 0, 4: 0, 5: 0, 6: 0}
    assert {leg.ticket_id for leg in found if leg.is_priority} == {3}


@pytest.mark.parametrize(
    "story", ["0 issue, 2 hold, 4 resume, 30 call", "0 favoured, 30 call", "0 issue, 5 late, 30 call"]
)
def test_whom_a_rule_lets_pass_is_no_jump(story: str) -> None:
    found = legs.fold(together(log(*steps(story), ticket=1), log(*steps("1 issue, 10 call"), ticket=2)), {})
    assert [leg.overtaken_by_same for leg in found] == [0, 0]


def test_who_was_called_before_one_had_joined_has_not_overtaken() -> None:
    found = legs.fold(
        together(
            log(*steps("0 issue, 5 call, 6 start, 20 to KK, 40 call2"), ticket=1),
            log(*steps("1 issue, 10 call"), ticket=2, first=issued(KK)),  # the first one was elsewhere then
            log(*steps("2 issue, 30 call"), ticket=3, first=issued(KK)),
        ),
        {},
    )
    assert {(leg.ticket_id, leg.service_id): leg.overtaken for leg in found} == {
        (1, KTP): 0,
        (1, KK): 1,
        (2, KK): 0,
        (3, KK): 0,
    }


def test_a_log_that_does_not_begin_with_an_issue_is_no_log() -> None:
    with pytest.raises(ValueError, match="does not begin with its issue"):
        legs.fold(log((0, "call")), {})


@st.composite
def lives(draw: st.DrawFn) -> list[Line]:
    """Draw logs of tickets that are true to MOVES, mixed as they would stand in the log of a day."""
    logs = []
    for id in range(1, draw(st.integers(1, 4)) + 1):
        at = draw(st.integers(0, 60))
        first = issued(draw(st.sampled_from([KTP, KK])))
        life = [(float(at), "issue")]
        ticket = issue(first, clock(at), TicketId(id))
        for name in draw(st.lists(st.sampled_from(sorted(set(STEPS) - {"issue", "favoured"})), max_size=14)):
            try:
                ticket = apply(ticket, STEPS[name], clock(at))
            except WrongState:
                continue
            at += draw(st.integers(0, 30))
            life.append((float(at), name))
        logs.append(log(*life, ticket=id, first=first))
    return together(*logs)


@settings(max_examples=150, deadline=None)
@given(lives())
def test_every_ticket_and_every_step_is_told_once(lines: list[Line]) -> None:
    found = legs.fold(lines, {})

    def told(*of: type) -> int:
        return sum(isinstance(line.event, of) for line in lines)

    tickets = {line.ticket_id for line in lines}
    assert {leg.ticket_id for leg in found} == tickets
    assert sum(leg.is_first for leg in found) == told(Issued) == len(tickets)
    assert sum(leg.calls for leg in found) == told(Called) + sum(line.event == STEPS["recall"] for line in lines)
    assert sum(leg.end is End.SERVED for leg in found) == told(Finished, Returned)
    assert sum(leg.end is End.SENT for leg in found) <= told(Transferred)
    assert sum(len(leg.sittings) for leg in found) == told(Started)
    for leg in found:
        for earlier, later in ((leg.wait, leg.wait_to_start), (leg.service_time, leg.in_all)):
            assert earlier is None or earlier >= timedelta()
            assert earlier is None or later is None or earlier <= later
        assert (leg.service_time is not None) == (leg.end is End.SERVED)
        assert leg.called is not None or leg.wait is None
