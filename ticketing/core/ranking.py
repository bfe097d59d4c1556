"""The order in which those who wait are called, and how one who is late steps back in it. Pure; all views share it."""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime, timedelta
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from ticketing.core import policy
from ticketing.core.ids import ServiceId, TicketId
from ticketing.core.policy import Policy

MOMENT = timedelta.resolution
"""The least by which two times of waiting can differ."""


class Waiting(Struct, frozen=True, kw_only=True):
    """One who waits: the ticket, since when (kept through transfers), and whether the law favours the visitor.

    `favour` is how much more the service counts than others of the tenant, because it is short. One who is late has
    no head start. With an agreed time that counts, `since` may be still to come. `due` is when the wait has been too
    much longer than was promised (`policy.due`); None: never.
    """

    ticket_id: TicketId
    since: datetime
    is_priority: bool
    is_for_this_counter: bool = False
    is_late: bool = False
    has_appointment: bool = False
    favour: float = 1.0
    service_id: ServiceId | None = None
    due: datetime | None = None


class StepBack(Struct, frozen=True, kw_only=True):
    """How a late visitor gives way: how many go first, and since when the ticket waits from now on."""

    places: int
    since: datetime


Ranked = tuple[float, Waiting]


def rank(waiting: Sequence[Waiting], now: datetime, rules: Policy) -> list[Ranked]:
    """Order those who wait: score = weight x (waiting time + head start), ties by ticket number.

    One who was sent to this very counter goes before all others; next come those who are overdue.
    Source: accumulating priority (Kleinrock 1964).
    """
    return _in_order(((_claim(one, now, rules), one) for one in waiting), overdue(waiting, now))


def _in_order(scored: Iterable[Ranked], late: Set[TicketId]) -> list[Ranked]:
    def place(pair: Ranked) -> tuple[bool, bool, float, int]:
        claim, one = pair
        return policy.place(one.is_for_this_counter, one.ticket_id in late, claim, one.ticket_id)

    return sorted(scored, key=place)


Lane = tuple[ServiceId | None, bool, bool]
"""Who waits for the same service with the same rights: whether favoured, and whether an agreed time counts."""


def overdue(waiting: Sequence[Waiting], now: datetime) -> Set[TicketId]:
    """Return who has waited past `due`, if all who are in front of them in their lane have so, too.

    So nobody is passed by an equal who came later and was promised less. Who is late, or was sent to this counter, is
    in no lane.
    """
    if all(one.due is None for one in waiting):
        return frozenset()
    found: set[TicketId] = set()
    held: set[Lane] = set()
    for one in sorted(waiting, key=lambda one: (one.since, one.ticket_id)):
        lane = one.service_id, one.is_priority, one.has_appointment
        if one.is_late or one.is_for_this_counter or lane in held:
            continue
        if one.due is not None and one.due < now:
            found.add(one.ticket_id)
        else:
            held.add(lane)
    return found


def split(one: Waiting, others: Sequence[Waiting], now: datetime, rules: Policy) -> tuple[list[Ranked], list[Ranked]]:
    """Return who goes before `one` and who goes after, both in their order."""
    ranked = rank([one, *others], now, rules)
    at = next(place for place, (_, who) in enumerate(ranked) if who is one)
    return ranked[:at], ranked[at + 1 :]


def step_back(
    one: Waiting, around: tuple[Sequence[Ranked], Sequence[Ranked]], now: datetime, rules: Policy
) -> StepBack:
    """Let the next `late_places` of those behind go first; all of them, when there are fewer. `around`: see `split`.

    One who was sent to this counter, or is overdue, gives that preference up, and so goes behind everybody else who
    has it. Nobody waits for those whose agreed time is still to come: others would come and go before.
    """
    before, after = around
    ripe = overdue([who for _, who in (*before, *after)], now)
    is_ahead = {who.ticket_id for _, who in after if who.is_for_this_counter or who.ticket_id in ripe}
    after = [pair for pair in _in_order(after, ripe) if pair[1].ticket_id in is_ahead or pair[0] >= 0]
    first, rest = after[: rules.late_places], after[rules.late_places :]
    if not first:
        return StepBack(places=0, since=one.since)
    most = min((claim for claim, who in first if who.ticket_id not in is_ahead), default=inf)
    least = max((claim for claim, who in rest if who.ticket_id not in is_ahead), default=-inf)
    late = replace(one, is_for_this_counter=False, is_late=True)
    if least >= most or _claim(late, now, rules) >= most:  # of equals nobody can be let pass alone
        late = _just_below(late, most, now, rules)
    elif _claim(late, now, rules) <= least:
        late = _just_above(late, least, now, rules)
    return StepBack(places=sum(who.ticket_id in is_ahead or claim >= most for claim, who in after), since=late.since)


def _claim(one: Waiting, now: datetime, rules: Policy) -> float:
    """Return the claim of one who waits, in weighted seconds."""
    waited = (now - one.since).total_seconds()
    return policy.claim(worth(one, rules), waited, head_start(one, rules).total_seconds())


def head_start(one: Waiting, rules: Policy) -> timedelta:
    """Return how much earlier than in truth this one counts as having come."""
    return timedelta(0) if one.is_late else policy.head_start(rules, is_priority=one.is_priority)


def worth(one: Waiting, rules: Policy) -> float:
    """Return how much a second of this one's waiting counts."""
    return policy.weight(rules, is_priority=one.is_priority, has_appointment=one.has_appointment) * one.favour


def _with_claim(one: Waiting, claim: float, now: datetime, rules: Policy) -> Waiting:
    """Let one who is late wait since when that is worth `claim`, give or take a moment."""
    waited = claim / worth(one, rules) if claim > 0 else claim
    return replace(one, since=now - timedelta(seconds=waited))


def _just_below(one: Waiting, claim: float, now: datetime, rules: Policy) -> Waiting:
    late = _with_claim(one, claim, now, rules)
    while _claim(late, now, rules) >= claim:
        late = replace(late, since=late.since + MOMENT)
    return late


def _just_above(one: Waiting, claim: float, now: datetime, rules: Policy) -> Waiting:
    early = _with_claim(one, claim, now, rules)
    while _claim(early, now, rules) <= claim:
        early = replace(early, since=early.since - MOMENT)
    return early
