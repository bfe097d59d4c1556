"""The life of a slip on its way to paper. A ticket is valid whatever becomes of its slip. Pure."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from ticketing.core.ids import DeviceId, SlipId, TicketId
from ticketing.core.refused import SlipLapsed, SlipTaken


class SlipState(StrEnum):
    """What is known of the paper."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    LAPSED = "lapsed"


class Trouble(StrEnum):
    """Why a slip is not, or perhaps not, on paper."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    MUTE = "mute"
    NO_ANSWER = "no_answer"
    FAULTY = "faulty"


class Condition(StrEnum):
    """What a printer says of itself."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    MUTE = "mute"
    FAULTY = "faulty"


class SlipJob(Struct, frozen=True, kw_only=True):
    """One slip for one printer; `copy` marks every print after the first. Without a ticket it has a text of its own."""

    id: SlipId
    ticket_id: TicketId | None
    printer_id: DeviceId
    copy: bool
    state: SlipState
    asked_at: datetime
    expires_at: datetime
    reason: str = ""
    ended_at: datetime | None = None


class SlipAsked(Struct, frozen=True, kw_only=True, tag="slip_asked"):
    """A slip shall be printed before `expires_at`; what stands on one without a ticket is not kept here."""

    slip_id: SlipId
    ticket_id: TicketId | None
    printer_id: DeviceId
    copy: bool
    expires_at: datetime


class SlipClaimed(Struct, frozen=True, kw_only=True, tag="slip_claimed"):
    """The printer's agent is about to send it."""

    slip_id: SlipId


class SlipPrinted(Struct, frozen=True, kw_only=True, tag="slip_printed"):
    """The printer said after the job that all is well."""

    slip_id: SlipId


class SlipFailed(Struct, frozen=True, kw_only=True, tag="slip_failed"):
    """It is certain that nothing is on paper."""

    slip_id: SlipId
    reason: Trouble


class SlipUnknown(Struct, frozen=True, kw_only=True, tag="slip_unknown"):
    """It may or may not be on paper: a person has to look."""

    slip_id: SlipId
    reason: Trouble


class SlipLapsedEvent(Struct, frozen=True, kw_only=True, tag="slip_lapsed"):
    """Nobody printed it in time; it will not be printed any more."""

    slip_id: SlipId


SlipEvent = SlipAsked | SlipClaimed | SlipPrinted | SlipFailed | SlipUnknown | SlipLapsedEvent

OPEN = frozenset({SlipState.WAITING, SlipState.CLAIMED})

SLIP_MOVES: dict[type[SlipEvent], tuple[frozenset[SlipState], SlipState]] = {
    SlipAsked: (frozenset(), SlipState.WAITING),
    SlipClaimed: (frozenset({SlipState.WAITING}), SlipState.CLAIMED),
    SlipPrinted: (frozenset({SlipState.CLAIMED}), SlipState.PRINTED),
    SlipFailed: (OPEN, SlipState.FAILED),
    SlipUnknown: (frozenset({SlipState.CLAIMED}), SlipState.UNKNOWN),
    SlipLapsedEvent: (frozenset({SlipState.WAITING}), SlipState.LAPSED),
}


def ask(event: SlipAsked, at: datetime) -> SlipJob:
    """Make the slip that `event` asks for."""
    return SlipJob(
        id=event.slip_id,
        ticket_id=event.ticket_id,
        printer_id=event.printer_id,
        copy=event.copy,
        state=SlipState.WAITING,
        asked_at=at,
        expires_at=event.expires_at,
    )


def apply(slip: SlipJob, event: SlipEvent, at: datetime) -> SlipJob:
    """Return the slip after `event`.

    Raises: SlipLapsed when it is too late, SlipTaken when its state does not allow the event.
    """
    allowed, state = SLIP_MOVES[type(event)]
    if slip.state not in allowed:
        raise SlipLapsed if slip.state is SlipState.LAPSED else SlipTaken
    if isinstance(event, SlipClaimed) and at >= slip.expires_at:
        raise SlipLapsed
    moved = replace(slip, state=state, ended_at=None if state in OPEN else at)
    return replace(moved, reason=event.reason) if isinstance(event, SlipFailed | SlipUnknown) else moved
