"""What an officer did on a day, told from the log. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from ticketing.core.ids import TicketId

FEW = 10
"""Under so many visitors an average says more about the cases of the day than about the work."""


class Step(Struct, frozen=True):
    """One line of the log: what happened to which ticket, when, and whether by the officer who asks."""

    kind: str
    ticket_id: TicketId
    at: datetime
    is_own: bool


class Tally(Struct, frozen=True, kw_only=True):
    """Visitors served (also those who were sent back), their mean service time, and those who did not come."""

    served: int
    average: timedelta | None
    absent: int

    @property
    def is_small(self) -> bool:
        """Say whether the average rests on few visitors."""
        return self.served < FEW


def tally(log: Iterable[Step]) -> Tally:
    """Count an officer's day; a service is timed from its start, whoever pressed that."""
    started: dict[TicketId, datetime] = {}
    spans: list[timedelta] = []
    served = absent = 0
    for step in log:
        if step.kind == "started":
            started[step.ticket_id] = step.at
        elif not step.is_own:
            continue
        elif step.kind == "missed":
            absent += 1
        else:
            served += 1
            if step.ticket_id in started:
                spans.append(step.at - started[step.ticket_id])
    return Tally(served=served, average=sum(spans, timedelta()) / len(spans) if spans else None, absent=absent)
