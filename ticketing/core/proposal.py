"""Whom looking ahead would have a counter call: found beside the server, used while it still fits. Pure."""

from datetime import datetime, timedelta

from msgspec import Struct

from ticketing.core.ids import CounterId, TicketId
from ticketing.core.policy import Policy

LIFE = timedelta(seconds=30)
"""Nothing older is used: half as long again as it takes to be found anew in a quiet hall. Waits grow meanwhile."""


class Proposal(Struct, frozen=True, kw_only=True):
    """Whom a counter calls if it is free now, what that costs, and what the next best would cost.

    It was chosen `among` these, by these rules and with this target, at a time, knowing the log up to `seq`.
    """

    counter_id: CounterId
    ticket_id: TicketId
    cost: float
    runner_up: TicketId
    runner_up_cost: float
    among: frozenset[TicketId]
    rules: Policy
    target_minutes: int
    seq: int
    at: datetime
