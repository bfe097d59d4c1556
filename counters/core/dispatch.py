"""Whom to call next: one pure function over those who wait, so that another policy can take its place."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from ticketing.core import ranking
from ticketing.core.ids import TicketId
from ticketing.core.policy import Policy
from ticketing.core.ranking import Waiting


class Choice(Struct, frozen=True, kw_only=True):
    """Whom to call and why: the score, and the next best with its score."""

    ticket_id: TicketId
    score: float
    runner_up: TicketId | None
    runner_up_score: float | None


def choose(waiting: Sequence[Waiting], now: datetime, rules: Policy) -> Choice | None:
    """Choose whom to call; None when nobody waits."""
    ranked = ranking.rank(waiting, now, rules)
    if not ranked:
        return None
    score, first = ranked[0]
    second_score, second = ranked[1] if len(ranked) > 1 else (None, None)
    return Choice(
        ticket_id=first.ticket_id,
        score=score,
        runner_up=second.ticket_id if second else None,
        runner_up_score=second_score,
    )
