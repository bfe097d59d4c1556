"""Whom to call next: one pure function over those who wait, so that another policy can take its place."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from ticketing.core import policy
from ticketing.core.ids import TicketId
from ticketing.core.policy import Policy


class Waiting(Struct, frozen=True, kw_only=True):
    """One who waits: the ticket, since when (kept through transfers), and whether the law favours the visitor."""

    ticket_id: TicketId
    since: datetime
    is_priority: bool
    is_for_this_counter: bool = False


class Choice(Struct, frozen=True, kw_only=True):
    """Whom to call and why: the score, and the next best with its score."""

    ticket_id: TicketId
    score: float
    runner_up: TicketId | None
    runner_up_score: float | None


def rank(waiting: Sequence[Waiting], now: datetime, rules: Policy) -> list[tuple[float, Waiting]]:
    """Order those who wait: score = class weight x waiting time, ties by ticket number.

    One who was sent to this very counter goes before all others: both the visitor and the officer expect it.
    Source: accumulating priority (Kleinrock 1964).
    """
    scored = [(policy.score(rules, is_priority=one.is_priority, since=one.since, now=now), one) for one in waiting]
    return sorted(scored, key=lambda pair: (not pair[1].is_for_this_counter, -pair[0], pair[1].ticket_id))


def choose(waiting: Sequence[Waiting], now: datetime, rules: Policy) -> Choice | None:
    """Choose whom to call; None when nobody waits."""
    ranked = rank(waiting, now, rules)
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
