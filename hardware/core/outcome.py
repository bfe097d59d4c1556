"""What became of a slip, decided from what the printer said before and after, and how far the bytes went.

A pure table: the one place that decides whether a number counts as printed, not printed, or unknown.
"""

from enum import StrEnum

import msgspec

from hardware.core.status import CAN_PRINT, Condition


class Verdict(StrEnum):
    """What is told to the server; the name of the command that tells it."""

    PRINTED = "printed"
    NOT_PRINTED = "not-printed"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a slip is not, or perhaps not, on paper."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    MUTE = "mute"
    NO_ANSWER = "no_answer"
    FAULTY = "faulty"


class Proof(StrEnum):
    """What the printer said when it came to the end of the job in its buffer (GS r behind the cut)."""

    PAPER_THERE = "paper_there"
    PAPER_END = "paper_end"
    NONE = "none"
    NOT_ASKED = "not_asked"


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try to print a slip.

    Args:
        before: the condition before any byte was sent.
        sent: bytes that the printer's line took.
        total: bytes of the job.
        proof: what came back from behind the job.
        after: the condition afterwards, None when it could not be asked.
    """

    before: Condition
    sent: int = 0
    total: int = 0
    proof: Proof = Proof.NONE
    after: Condition | None = None


class Report(msgspec.Struct, frozen=True):
    """What is told to the server; a printed slip has no reason."""

    verdict: Verdict
    reason: Reason | None = None


PRINTED = Report(Verdict.PRINTED)


def judge(attempt: Attempt) -> Report:
    """Decide what became of a slip."""
    if attempt.before not in CAN_PRINT:
        return Report(Verdict.NOT_PRINTED, Reason(attempt.before))
    why = _why(attempt.after)
    if attempt.sent == 0:
        return Report(Verdict.NOT_PRINTED, why)
    if attempt.sent < attempt.total:
        return Report(Verdict.UNKNOWN, why)
    match attempt.proof:
        case Proof.PAPER_THERE:
            return PRINTED
        case Proof.NOT_ASKED if attempt.after in CAN_PRINT:
            return PRINTED
        case Proof.PAPER_END:
            return Report(Verdict.UNKNOWN, Reason.PAPER_OUT)
        case _:
            return Report(Verdict.UNKNOWN, why)


def _why(after: Condition | None) -> Reason:
    """Name the reason; a printer that says it is fine but took no job, or was not reached, gave no answer."""
    return Reason.NO_ANSWER if after is None or after in CAN_PRINT else Reason(after)
