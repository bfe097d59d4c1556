"""The life of a complaint: its states, which step may follow which, what is due when. Pure.

As with tickets a step is an event, `MOVES` is the whole table, and a row is nothing but the fold of its events.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from mpp.complaints.core.refused import ComplaintMovedOn
from ticketing.core.complaint_events import (
    Alarm,
    Channel,
    ComplaintAnswered,
    ComplaintClosed,
    ComplaintContactErased,
    ComplaintEscalated,
    ComplaintEvent,
    ComplaintForwarded,
    ComplaintHandedOver,
    ComplaintReceived,
    ComplaintRejected,
    ComplaintReopened,
    ComplaintStarted,
    ComplaintTextErased,
    ComplaintVerified,
    Identity,
    Kind,
    Term,
)
from ticketing.core.ids import ComplaintId, ServiceId, TenantId

DAY = timedelta(days=1)


class ComplaintState(StrEnum):
    """Where a complaint is in its life."""

    RECEIVED = "received"
    VERIFIED = "verified"
    FORWARDED = "forwarded"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"
    REJECTED = "rejected"
    HANDED_OVER = "handed_over"
    REOPENED = "reopened"


S = ComplaintState
UNREAD = frozenset({S.RECEIVED, S.REOPENED})
WORK = frozenset({S.VERIFIED, S.FORWARDED, S.IN_PROGRESS})
OPEN = UNREAD | WORK
OVER = frozenset({S.CLOSED, S.REJECTED, S.HANDED_OVER})
REOPENABLE = frozenset({S.ANSWERED, S.CLOSED, S.REJECTED})

MOVES: Mapping[type[ComplaintEvent], tuple[frozenset[ComplaintState], ComplaintState | None]] = {
    ComplaintReceived: (frozenset(), S.RECEIVED),
    ComplaintVerified: (UNREAD | WORK, S.VERIFIED),
    ComplaintForwarded: (WORK, S.FORWARDED),
    ComplaintStarted: (frozenset({S.VERIFIED, S.FORWARDED}), S.IN_PROGRESS),
    ComplaintAnswered: (WORK, S.ANSWERED),
    ComplaintClosed: (frozenset({S.ANSWERED}), S.CLOSED),
    ComplaintRejected: (OPEN, S.REJECTED),
    ComplaintHandedOver: (OPEN, S.HANDED_OVER),
    ComplaintReopened: (REOPENABLE, S.REOPENED),
    ComplaintEscalated: (OPEN, None),
    ComplaintContactErased: (frozenset(S), None),
    ComplaintTextErased: (OVER, None),
}
"""From which states an event may happen, and the state it leads to; None leaves it as it is."""


class Complaint(Struct, frozen=True, kw_only=True):
    """One complaint. Days are the mall's own; `due` is the last day in time for the next thing that is owed.

    `due_first`: for the first reaction; `due`: for the answer. `alarm_on`: the day on which it becomes more urgent.
    `tenant_id` is whom it concerns as the complainant said, `handler_id` the tenant that was asked to handle it.
    """

    id: ComplaintId
    number: str
    day: date
    channel: Channel
    identity: Identity
    state: ComplaintState
    kind: Kind | None = None
    tenant_id: TenantId | None
    service_id: ServiceId | None
    handler_id: TenantId | None = None
    received_at: datetime
    since: date
    due_first: date
    due: date
    alarm: Alarm | None = None
    alarm_on: date | None
    reacted_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    respond_by: date | None = None
    keep_until: date | None = None
    reopened: bool = False
    has_contact: bool
    has_text: bool = True


def receive(event: ComplaintReceived, at: datetime) -> Complaint:
    """Make the complaint that came in."""
    return Complaint(
        id=event.complaint_id,
        number=event.number,
        day=event.day,
        channel=event.channel,
        identity=event.identity,
        state=S.RECEIVED,
        tenant_id=event.tenant_id,
        service_id=event.service_id,
        received_at=at,
        since=event.day,
        due_first=event.first.due,
        due=event.term.due,
        alarm_on=event.first.near,
        has_contact=event.has_contact,
    )


def apply(complaint: Complaint, event: ComplaintEvent, at: datetime) -> Complaint:
    """Return the complaint after `event`.

    Raises: ComplaintMovedOn when its state does not allow the event.
    """
    allowed, state = MOVES[type(event)]
    if complaint.state not in allowed:
        raise ComplaintMovedOn(f"Complaint {complaint.number} is {complaint.state}; look at it as it is now.")
    moved = replace(complaint, state=state or complaint.state)
    match event:
        case ComplaintVerified():
            calm = _watched(moved, event.term)
            return replace(calm, kind=event.kind, due=event.term.due, reacted_at=complaint.reacted_at or at)
        case ComplaintForwarded():
            return replace(moved, handler_id=event.tenant_id)
        case ComplaintAnswered():
            return replace(_unwatched(moved), answered_at=at, respond_by=event.respond_by)
        case ComplaintClosed():
            return replace(moved, ended_at=at, keep_until=event.keep_until)
        case ComplaintRejected() | ComplaintHandedOver():
            ended = replace(_unwatched(moved), ended_at=at, keep_until=event.keep_until)
            return replace(ended, reacted_at=complaint.reacted_at or at)
        case ComplaintReopened():
            return _anew(moved, event)
        case ComplaintEscalated():
            then = None if event.alarm is Alarm.LATE else owed(complaint) + DAY
            return replace(moved, alarm=event.alarm, alarm_on=then)
        case ComplaintContactErased():
            return replace(moved, has_contact=False)
        case ComplaintTextErased():
            return replace(moved, has_text=False, keep_until=None)
        case ComplaintStarted() | ComplaintReceived():
            return moved
        case _:
            assert_never(event)


def owed(complaint: Complaint) -> date:
    """Return the last day in time for what is owed next: a reaction, or, once somebody reacted, the answer."""
    return complaint.due_first if complaint.state in UNREAD else complaint.due


def next_alarm(complaint: Complaint, today: date) -> Alarm | None:
    """Return how urgent a complaint has become and was not before."""
    if complaint.alarm_on is None or complaint.alarm_on > today or complaint.state not in OPEN:
        return None
    return Alarm.LATE if today > owed(complaint) else Alarm.NEAR


def reopen_by(complaint: Complaint, last: date, days: int) -> date | None:
    """Return the last day on which it can be reopened, None when it cannot; `last` is the day of its last answer."""
    if complaint.state not in REOPENABLE or complaint.reopened:
        return None
    return last + timedelta(days=days)


def _watched(complaint: Complaint, term: Term) -> Complaint:
    return replace(complaint, alarm=None, alarm_on=term.near)


def _unwatched(complaint: Complaint) -> Complaint:
    return replace(complaint, alarm=None, alarm_on=None)


def _anew(complaint: Complaint, event: ComplaintReopened) -> Complaint:
    return replace(
        _watched(complaint, event.first),
        since=event.day,
        due_first=event.first.due,
        due=event.term.due,
        reacted_at=None,
        answered_at=None,
        ended_at=None,
        respond_by=None,
        keep_until=None,
        reopened=True,
    )


def replay(log: Sequence[tuple[datetime, ComplaintEvent]]) -> Complaint:
    """Return the complaint that this log tells of, oldest event first."""
    (at, first), *later = log
    if not isinstance(first, ComplaintReceived):
        raise ValueError("the log of a complaint does not begin with its receipt")
    complaint = receive(first, at)
    for at, event in later:
        complaint = apply(complaint, event, at)
    return complaint
