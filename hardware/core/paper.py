"""What the server tells a printer's agent, and what the agent does next about it.

Unknown fields are let pass here: an agent may be older than its server.
"""

from collections.abc import Set
from datetime import datetime
from enum import StrEnum

import msgspec

from hardware.core.slip import Slip


class SlipState(StrEnum):
    """Whether somebody has taken a slip to print it."""

    WAITING = "waiting"
    CLAIMED = "claimed"


class SlipJob(msgspec.Struct, frozen=True, kw_only=True):
    """A slip that is to be put on paper; `ticket` is the number as people say it."""

    id: int
    ticket: str
    state: SlipState
    copy: bool
    expires_at: datetime
    slip: Slip


class PrinterView(msgspec.Struct, frozen=True, kw_only=True):
    """All that a printer has to do now."""

    at: datetime
    printer: str
    name: str
    slips: tuple[SlipJob, ...]


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """What an agent remembers of slips, by their ids.

    Args:
        asked: claimed by us, but the answer was lost; nothing was printed.
        refused: the server told us not to print them.
        reported: it is decided what became of them; `owed` are those not yet delivered.
    """

    asked: Set[int] = frozenset()
    refused: Set[int] = frozenset()
    reported: Set[int] = frozenset()
    owed: Set[int] = frozenset()


class Step(StrEnum):
    """What to do about one slip."""

    PRINT = "print"
    GIVE_BACK = "give_back"
    LOST = "lost"


def next_step(view: PrinterView, memory: Memory, now: datetime) -> tuple[Step, SlipJob] | None:
    """Choose the next slip and what to do about it; None when there is nothing to do."""
    for job in view.slips:
        if (step := _step(job, memory, now)) is not None:
            return step, job
    return None


def _step(job: SlipJob, memory: Memory, now: datetime) -> Step | None:
    """Decide about one slip. One that is claimed, but not by our work, was lost when an agent died."""
    if job.id in memory.refused or job.id in memory.owed:
        return None
    if job.state is SlipState.CLAIMED:
        if job.id in memory.asked:
            return Step.GIVE_BACK
        return None if job.id in memory.reported else Step.LOST
    return Step.PRINT if now < job.expires_at else None
