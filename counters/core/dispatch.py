"""Whom to call next: one pure function over those who wait, so that another policy can take its place."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from ticketing.core import policy, ranking
from ticketing.core.ids import ServiceId, TicketId
from ticketing.core.policy import ChosenBy, Mode, Policy
from ticketing.core.proposal import Proposal
from ticketing.core.ranking import Ranked, Waiting
from ticketing.core.ticket import Foreseen


class Choice(Struct, frozen=True, kw_only=True):
    """Whom to call and why: the score, and the next best with its score; by which rule, and what that foresaw.

    `cap` says how many times of a promise were too much, where that was the rule.
    """

    ticket_id: TicketId
    score: float
    runner_up: TicketId | None
    runner_up_score: float | None
    reason: ChosenBy = ChosenBy.CLAIM
    foreseen: Foreseen | None = None
    cap: int | None = None


class Proposed(Struct, frozen=True, kw_only=True):
    """What a counter that looks ahead goes by: the mall's target, and a proposal, if a fresh one is at hand."""

    target_minutes: int
    proposal: Proposal | None


def choose(waiting: Sequence[Waiting], now: datetime, rules: Policy, ahead: Proposed | None = None) -> Choice | None:
    """Choose whom to call; None when nobody waits.

    Who waits by far longer than was promised goes first, by whatever rule the others are called. Where counters look
    ahead, the guard is next, then a proposal that still fits; else the claims decide.
    """
    ranked = ranking.rank(waiting, now, rules)
    if not ranked:
        return None
    if is_promise_broken(ranked, now):
        return replace(_choice(ranked, ranked[0][1].ticket_id, None, ChosenBy.PROMISE), cap=rules.cap)
    if rules.mode is Mode.LOOK_AHEAD and ahead is not None:
        among = firsts(ranked)
        late = overdue(among, now, rules, ahead.target_minutes)
        if late is not None:
            return _choice(ranked, late.ticket_id, None, ChosenBy.GUARD)
        if ahead.proposal is not None and fits(ahead.proposal, among, rules, ahead.target_minutes):
            return _proposed(ranked, ahead.proposal)
    return _choice(ranked, ranked[0][1].ticket_id)


def is_promise_broken(ranked: Sequence[Ranked], now: datetime) -> bool:
    """Say whether the first is called because of a promise."""
    return ranked[0][1].ticket_id in ranking.overdue([one for _, one in ranked], now)


def firsts(ranked: Sequence[Ranked]) -> list[Waiting]:
    """Return who may be called by looking ahead: the first of each service and class, in the order of their claims.

    One who was sent to this very counter is called before all others. One who said to be late, or whose agreed time is
    still to come, is called when the claims say so: else stepping back would do nothing, and coming early would.
    """
    if not _is_free(*ranked[0]):
        return [ranked[0][1]]
    found: dict[tuple[ServiceId | None, bool, bool], Waiting] = {}
    for claim, one in ranked:
        if _is_free(claim, one):
            found.setdefault((one.service_id, one.is_priority, one.has_appointment), one)
    return list(found.values())


def _is_free(claim: float, one: Waiting) -> bool:
    """Say whether looking ahead may call this one earlier than the claims would."""
    return claim >= 0 and not one.is_late and not one.is_for_this_counter


def overdue(among: Sequence[Waiting], now: datetime, rules: Policy, target_minutes: int) -> Waiting | None:
    """Return who has waited longest of those beyond the guard, in targets; None: nobody has, or there is no guard."""
    if not rules.guard or len(among) < 2:
        return None

    def targets(one: Waiting) -> float:
        target = policy.target(rules, target_minutes, is_priority=one.is_priority, has_appointment=one.has_appointment)
        return (now - one.since) / timedelta(minutes=target)

    longest = max(among, key=targets)
    return longest if targets(longest) > rules.guard else None


def fits(proposal: Proposal, among: Sequence[Waiting], rules: Policy, target_minutes: int) -> bool:
    """Say whether a choice would still be made among the very same visitors, by the same rules and target.

    Then whoever is proposed waits and may be called here. Who waits behind them, and what other counters do, may have
    changed: that makes a proposal a little older, not wrong.
    """
    by_same = (proposal.rules, proposal.target_minutes) == (rules, target_minutes)
    return by_same and len(among) > 1 and proposal.among == {one.ticket_id for one in among}


def _proposed(ranked: Sequence[Ranked], proposal: Proposal) -> Choice:
    foreseen = Foreseen(cost=proposal.cost, runner_up_cost=proposal.runner_up_cost, seq=proposal.seq, at=proposal.at)
    return _choice(ranked, proposal.ticket_id, proposal.runner_up, ChosenBy.LOOK_AHEAD, foreseen)


def _choice(
    ranked: Sequence[Ranked],
    ticket_id: TicketId,
    runner_up: TicketId | None = None,
    reason: ChosenBy = ChosenBy.CLAIM,
    foreseen: Foreseen | None = None,
) -> Choice:
    """Put a choice together; where no runner-up is named, the claims name one."""
    scores = {one.ticket_id: score for score, one in ranked}
    if runner_up is None:
        runner_up = next((one.ticket_id for _, one in ranked if one.ticket_id != ticket_id), None)
    return Choice(
        ticket_id=ticket_id,
        score=scores[ticket_id],
        runner_up=runner_up,
        runner_up_score=None if runner_up is None else scores[runner_up],
        reason=reason,
        foreseen=foreseen,
    )
