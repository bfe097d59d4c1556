"""The ticket's machine: every pair of state and event, and random walks through a life."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.ticketing.core.sample_events import ISSUED, NOON, TICKET_EVENTS, in_state
from ticketing.core import ticket
from ticketing.core.ids import CounterId, ServiceId, TenantId, TicketId
from ticketing.core.refused import WrongState
from ticketing.core.ticket import (
    ALIVE,
    AT_COUNTER,
    MOVES,
    Called,
    Cancelled,
    Deferred,
    Expired,
    Finished,
    Held,
    Missed,
    Recalled,
    Restored,
    Resumed,
    Returned,
    Started,
    State,
    Ticket,
    TicketEvent,
    Transferred,
)

PAIRS = [(state, event) for state, event in product(State, TICKET_EVENTS.values())]
LATER = NOON + timedelta(minutes=5)


def named(pair: object) -> str:
    return str(pair) if isinstance(pair, State) else type(pair).__name__


def test_every_event_has_a_move_and_every_move_an_example() -> None:
    assert set(MOVES) == {type(event) for event in TICKET_EVENTS.values()}


@pytest.mark.parametrize(("state", "event"), [p for p in PAIRS if p[0] in MOVES[type(p[1])][0]], ids=named)
def test_an_allowed_event_leads_where_the_table_says(state: State, event: TicketEvent) -> None:
    assert ticket.apply(in_state(state), event, LATER).state is MOVES[type(event)][1]


@pytest.mark.parametrize(("state", "event"), [p for p in PAIRS if p[0] not in MOVES[type(p[1])][0]], ids=named)
def test_an_event_that_is_not_allowed_is_refused_with_its_reason(state: State, event: TicketEvent) -> None:
    with pytest.raises(WrongState, match=rf"B-012 is {state}; it cannot be "):
        ticket.apply(in_state(state), event, LATER)


def test_every_living_ticket_ends_with_its_day_and_no_ended_one_moves_again() -> None:
    assert MOVES[Expired][0] == ALIVE
    ended = set(State) - ALIVE
    assert not any(allowed & ended for allowed, _ in MOVES.values())


def test_a_new_ticket_waits_since_its_issue() -> None:
    fresh = ticket.issue(ISSUED, NOON, TicketId(1))
    assert (fresh.state, fresh.issued_at, fresh.waiting_since, fresh.calls) == (State.WAITING, NOON, NOON, 0)


def test_a_held_ticket_leaves_the_counter_and_knows_when_it_comes_back() -> None:
    called = ticket.apply(in_state(State.WAITING), TICKET_EVENTS["called"], LATER)
    held = ticket.apply(called, Held(until=LATER), LATER)
    assert (held.counter_id, held.held_until) == (None, LATER)
    back = ticket.apply(held, TICKET_EVENTS["resumed"], LATER)
    assert (back.state, back.held_until, back.waiting_since) == (State.WAITING, None, NOON)


def test_a_ticket_sent_to_a_counter_may_be_called_by_another_and_forgets_it() -> None:
    sent = ticket.apply(in_state(State.SERVING), TICKET_EVENTS["transferred"], LATER)
    assert (sent.for_counter_id, sent.tenant_id, sent.service_id) == (8, 3, 4)
    assert ticket.apply(sent, Called(counter_id=CounterId(7)), LATER).for_counter_id is None


def test_a_late_ticket_waits_as_the_event_says_and_is_late_no_more_when_it_is_sent_on() -> None:
    called = ticket.apply(in_state(State.WAITING), TICKET_EVENTS["called"], LATER)
    late = ticket.apply(called, Deferred(waiting_since=LATER, places=5), LATER)
    assert (late.state, late.counter_id, late.waiting_since, late.deferred) == (State.WAITING, None, LATER, True)
    assert late.issued_at == NOON
    sent = ticket.apply(late, TICKET_EVENTS["transferred"], LATER)
    assert (sent.deferred, sent.transferred_at, sent.waiting_since) == (False, LATER, LATER)


CALLED = Called(counter_id=CounterId(7))


@pytest.mark.parametrize(
    ("events", "promised"),
    [
        ([], 20),
        ([Held(until=LATER), Resumed()], 20),
        ([CALLED], None),
        ([CALLED, Missed(), Restored()], None),
        ([CALLED, Held(), Resumed()], None),
        ([Deferred(waiting_since=LATER, places=5)], None),
        ([Transferred(tenant_id=TenantId(3), service_id=ServiceId(4))], None),
    ],
    ids=["waiting", "held", "called", "not here, and back", "held after the call", "late", "sent on"],
)
def test_what_was_promised_holds_until_the_first_call_in_the_first_queue(
    events: list[TicketEvent], promised: int | None
) -> None:
    issued = replace(ISSUED, promised=20)
    moved = ticket.replay(TicketId(1), [(NOON, issued), *((LATER, event) for event in events)])
    assert moved.promised == promised


AWAY = Transferred(tenant_id=TenantId(3), service_id=ServiceId(4), back_to=CounterId(7))
ON = Transferred(tenant_id=TenantId(5), service_id=ServiceId(6), for_counter_id=CounterId(9))
HOME = Transferred(tenant_id=TenantId(1), service_id=ServiceId(2), for_counter_id=CounterId(7))


@pytest.mark.parametrize(
    ("events", "way_back"),
    [
        ([AWAY], (7, 2)),
        ([AWAY, Called(counter_id=CounterId(8)), Started(), ON], (7, 2)),
        ([AWAY, HOME], (None, None)),
        ([AWAY, Called(counter_id=CounterId(8)), Started(), Finished()], (None, None)),
        ([AWAY, Cancelled()], (None, None)),
        ([AWAY, Expired()], (None, None)),
        ([ON], (None, None)),
    ],
    ids=[
        "sent away with the service in hand",
        "sent on, still comes back to the first counter",
        "sent to that very counter, is back",
        "done for good",
        "given up",
        "the day is over",
        "a plain transfer has no way back",
    ],
)
def test_a_ticket_remembers_where_it_comes_back_to(
    events: list[TicketEvent], way_back: tuple[int | None, int | None]
) -> None:
    moved = ticket.replay(TicketId(1), [(NOON, ISSUED), *((LATER, event) for event in events)])
    assert (moved.back_to_counter_id, moved.back_to_service_id) == way_back


def test_a_ticket_that_returns_waits_for_the_counter_that_sent_it_and_keeps_its_time() -> None:
    log: list[TicketEvent] = [AWAY, Called(counter_id=CounterId(8)), Started(), TICKET_EVENTS["returned"]]
    back = ticket.replay(TicketId(1), [(NOON, ISSUED), *((LATER, event) for event in log)])
    assert (back.state, back.service_id, back.for_counter_id, back.counter_id) == (State.WAITING, 2, 7, None)
    assert (back.waiting_since, back.back_to_counter_id, back.outcome) == (NOON, None, None)


def test_a_ticket_that_is_done_knows_how_it_ended() -> None:
    assert ticket.apply(in_state(State.SERVING), Finished(outcome="dirujuk"), LATER).outcome == "dirujuk"


def test_a_log_that_does_not_begin_with_the_issue_tells_no_ticket() -> None:
    with pytest.raises(ValueError, match="does not begin with its issue"):
        ticket.replay(TicketId(1), [(NOON, Recalled())])


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[tuple[datetime, TicketEvent]], list[Ticket]]:
    """Walk at random over what is allowed; return the log, and the ticket after each event."""
    log: list[tuple[datetime, TicketEvent]] = [(NOON, ISSUED)]
    seen = [ticket.issue(ISSUED, NOON, TicketId(1))]
    for _ in range(draw(st.integers(0, 25))):
        state = seen[-1].state
        steps = [e for e in TICKET_EVENTS.values() if state in MOVES[type(e)][0] and not isinstance(e, Expired)]
        if not steps:
            break
        event = draw(st.sampled_from(steps))
        log.append((log[-1][0] + timedelta(seconds=draw(st.integers(0, 900))), event))
        seen.append(ticket.apply(seen[-1], event, log[-1][0]))
    return log, seen


@given(lives())
def test_the_time_of_waiting_is_never_lost(life: tuple[list[tuple[datetime, TicketEvent]], list[Ticket]]) -> None:
    assert {moment.waiting_since for moment in life[1]} == {NOON}


@given(lives())
def test_calls_are_counted(life: tuple[list[tuple[datetime, TicketEvent]], list[Ticket]]) -> None:
    log, seen = life
    calls = [at for at, event in log if isinstance(event, Called | Recalled)]
    assert seen[-1].calls == len(calls)
    assert seen[-1].called_at == (calls[-1] if calls else None)


@given(lives())
def test_the_replay_of_a_log_is_the_fold_of_its_steps(
    life: tuple[list[tuple[datetime, TicketEvent]], list[Ticket]],
) -> None:
    log, seen = life
    assert [ticket.replay(TicketId(1), log[: n + 1]) for n in range(len(log))] == seen


@given(lives())
def test_a_ticket_at_a_counter_names_it_and_a_waiting_one_does_not(
    life: tuple[list[tuple[datetime, TicketEvent]], list[Ticket]],
) -> None:
    for moment in life[1]:
        assert (moment.counter_id is not None) >= (moment.state in AT_COUNTER)
        if moment.state in {State.WAITING, State.HELD}:
            assert moment.counter_id is None
        assert (moment.held_until is not None) <= (moment.state is State.HELD)
        assert (moment.ended_at is None) == (moment.state in ALIVE)


@given(lives())
def test_only_a_transfer_or_a_return_changes_the_service(
    life: tuple[list[tuple[datetime, TicketEvent]], list[Ticket]],
) -> None:
    log, seen = life
    moves = [event.service_id for _, event in log if isinstance(event, Transferred | Returned)]
    assert seen[-1].service_id == (moves[-1] if moves else ISSUED.service_id)
