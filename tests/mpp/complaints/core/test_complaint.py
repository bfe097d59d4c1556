"""The life of a complaint: which step may follow which, what is owed when, and that the table is whole."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest
from msgspec.structs import replace

from mpp.complaints.core import complaint, writing
from mpp.complaints.core.complaint import MOVES, OPEN, OVER, Complaint, ComplaintState
from mpp.complaints.core.paper import spaced
from mpp.complaints.core.refused import ComplaintMovedOn
from tests.ticketing.core.sample_events import COMPLAINT_EVENTS, TERM
from ticketing.core.complaint_events import Alarm, ComplaintEvent, ComplaintReceived, Kind

S = ComplaintState
AT, LATER = datetime(2026, 11, 23, 1, tzinfo=UTC), datetime(2026, 11, 24, 1, tzinfo=UTC)
EVENTS: dict[str, ComplaintEvent] = {
    name.removeprefix("complaint_"): event
    for name, event in COMPLAINT_EVENTS.items()
    if isinstance(event, ComplaintEvent)
}
RECEIVED = EVENTS["received"]
assert isinstance(RECEIVED, ComplaintReceived)
FRESH = complaint.receive(RECEIVED, AT)

STEPS = {
    S.RECEIVED: {"verified": S.VERIFIED, "rejected": S.REJECTED, "handed_over": S.HANDED_OVER, "escalated": S.RECEIVED},
    S.VERIFIED: {
        **{"verified": S.VERIFIED, "forwarded": S.FORWARDED, "started": S.IN_PROGRESS, "answered": S.ANSWERED},
        **{"rejected": S.REJECTED, "handed_over": S.HANDED_OVER, "escalated": S.VERIFIED},
    },
    S.FORWARDED: {
        **{"verified": S.VERIFIED, "forwarded": S.FORWARDED, "started": S.IN_PROGRESS, "answered": S.ANSWERED},
        **{"rejected": S.REJECTED, "handed_over": S.HANDED_OVER, "escalated": S.FORWARDED},
    },
    S.IN_PROGRESS: {
        **{"verified": S.VERIFIED, "forwarded": S.FORWARDED, "answered": S.ANSWERED},
        **{"rejected": S.REJECTED, "handed_over": S.HANDED_OVER, "escalated": S.IN_PROGRESS},
    },
    S.ANSWERED: {"closed": S.CLOSED, "reopened": S.REOPENED},
    S.CLOSED: {"reopened": S.REOPENED, "text_erased": S.CLOSED},
    S.REJECTED: {"reopened": S.REOPENED, "text_erased": S.REJECTED},
    S.HANDED_OVER: {"text_erased": S.HANDED_OVER},
    S.REOPENED: {"verified": S.VERIFIED, "rejected": S.REJECTED, "handed_over": S.HANDED_OVER, "escalated": S.REOPENED},
}
"""Written once more, by hand: what may follow what."""


def test_the_table_knows_every_event_and_every_state() -> None:
    assert set(MOVES) == set(get_args(ComplaintEvent))
    assert set(STEPS) == set(S) == OPEN | OVER | {S.ANSWERED}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("name", EVENTS)
def test_a_step_leads_where_the_table_says_or_is_refused(state: ComplaintState, name: str) -> None:
    here = replace(FRESH, state=state)
    if name == "contact_erased":
        assert complaint.apply(here, EVENTS[name], LATER) == replace(here, has_contact=False)
    elif name in STEPS[state]:
        assert complaint.apply(here, EVENTS[name], LATER).state is STEPS[state][name]
    else:
        with pytest.raises(ComplaintMovedOn, match=rf"2026-0006 is {state}"):
            complaint.apply(here, EVENTS[name], LATER)


def after(*names: str) -> Complaint:
    return complaint.replay([(AT, EVENTS["received"]), *((LATER, EVENTS[name]) for name in names)])


def test_a_log_that_does_not_begin_with_a_receipt_is_none() -> None:
    with pytest.raises(ValueError, match="does not begin"):
        complaint.replay([(AT, EVENTS["started"])])


def test_the_first_reaction_is_when_somebody_read_it() -> None:
    assert after().reacted_at is None
    for name in ("verified", "rejected", "handed_over"):
        assert after(name).reacted_at == LATER
    assert after("verified").kind is Kind.SIMPLE


def test_what_is_answered_or_over_is_watched_no_more() -> None:
    for names in (("verified", "answered"), ("rejected",), ("handed_over",)):
        assert (after("escalated", *names).alarm, after(*names).alarm_on) == (None, None)
        assert complaint.next_alarm(after(*names), date(2030, 1, 1)) is None


@pytest.mark.parametrize(
    ("names", "today", "alarm"),
    [
        ((), date(2026, 11, 26), None),
        ((), date(2026, 11, 27), Alarm.NEAR),
        ((), date(2026, 11, 30), Alarm.NEAR),
        ((), date(2026, 12, 1), Alarm.LATE),  # nobody looked meanwhile
        (("escalated",), date(2026, 11, 30), None),
        (("escalated",), date(2026, 12, 1), Alarm.LATE),
        (("escalated", "verified"), date(2026, 11, 27), Alarm.NEAR),  # read in time; now the answer is near
    ],
)
def test_it_becomes_more_urgent_once_near_and_once_late(
    names: tuple[str, ...], today: date, alarm: Alarm | None
) -> None:
    assert complaint.next_alarm(after(*names), today) is alarm


def test_reopened_it_is_owed_anew_and_cannot_be_reopened_again() -> None:
    again = after("verified", "answered", "closed", "reopened")
    assert (again.reopened, again.since, again.reacted_at, again.ended_at) == (True, date(2026, 11, 24), None, None)
    assert complaint.owed(again) == TERM.due
    ended = after("verified", "answered", "closed")
    assert complaint.reopen_by(ended, date(2026, 11, 24), 10) == date(2026, 12, 4)
    assert complaint.reopen_by(after("verified", "answered", "reopened", "rejected"), date(2026, 11, 24), 10) is None
    assert complaint.reopen_by(after("handed_over"), date(2026, 11, 24), 10) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lama  sekali ", "Lama  sekali"),
        ("satu\r\ndua\r\rtiga", "satu\ndua\n\ntiga"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a\x00\x1b[2Jb\tc", "a[2Jb c"),
        (" \n\t ", ""),
        ("ibu — 🙂", "ibu — 🙂"),
    ],
)
def test_what_is_written_is_kept_without_what_keyboards_add(typed: str, kept: str) -> None:
    assert writing.tidy(typed) == kept
    assert "\n" not in writing.one_line(typed)


def test_a_code_is_written_in_groups() -> None:
    assert spaced("abcdefghjkmn") == "abcd efgh jkmn"
