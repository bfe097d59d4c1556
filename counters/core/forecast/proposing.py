"""Whom each counter would call by looking ahead, said in the hall's own words. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from msgspec import Struct

from counters.core import dispatch
from counters.core.forecast.hall_day import CLASSES
from counters.core.forecast.layout import TenantLayout
from counters.core.forecast.shapes import ABSENT, GONE, Moment
from counters.core.simulation.proposed import Choosing, propose
from ticketing.core import policy, ranking
from ticketing.core.ids import CounterId, ServiceId, TicketId
from ticketing.core.policy import Mode, Policy
from ticketing.core.proposal import Proposal
from ticketing.core.ranking import Waiting
from ticketing.core.ticket import Ticket


class Asked(Struct, frozen=True, kw_only=True):
    """What proposals go by: the policy, the mall's target, and up to which event of the log the hall is known."""

    rules: Policy
    target_minutes: int
    seq: int


def proposals(
    moment: Moment,
    tenant: TenantLayout,
    waiting: Sequence[Ticket],
    favours: Mapping[ServiceId, float],
    now: datetime,
    asked: Asked,
) -> list[Proposal]:
    """Return whom each counter that is at work would call now; nothing where a promise or the guard chooses, or nobody.

    `waiting` are those of the moment's line.
    """
    if asked.rules.mode is not Mode.LOOK_AHEAD:
        return []
    place = {ticket.id: at for at, ticket in enumerate(waiting)}
    counters, choosing = [], []
    for own, (id, served) in enumerate(tenant.counters.items()):
        among = _among(waiting, id, served, favours, now, asked) if _is_at_work(moment, own) else []
        if len(among) > 1:
            counters.append(id)
            choosing.append(Choosing(own, [place[one] for one in among]))
    targets = np.array(
        [
            policy.target(asked.rules, asked.target_minutes, is_priority=one, has_appointment=agreed)
            for one, agreed in CLASSES
        ]
    )
    found = propose(moment, targets, choosing) if choosing else []
    return [
        _proposal(id, [waiting[who].id for who in one.among], costs.tolist(), now, asked)
        for id, one, costs in zip(counters, choosing, found, strict=True)
    ]


def _is_at_work(moment: Moment, counter: int) -> bool:
    return int(moment.desk.phase[counter]) not in {ABSENT, GONE}


def _among(
    waiting: Sequence[Ticket],
    counter: CounterId,
    served: frozenset[ServiceId],
    favours: Mapping[ServiceId, float],
    now: datetime,
    asked: Asked,
) -> list[TicketId]:
    """Return whom a counter may choose from; nobody where a promise or the guard chooses."""
    able = [
        one
        for one in waiting
        if one.back_to_counter_id != counter
        and (one.service_id in served if one.for_counter_id is None else one.for_counter_id == counter)
    ]
    described = [
        Waiting(
            ticket_id=one.id,
            since=one.waiting_since,
            is_priority=one.priority is not None,
            is_for_this_counter=one.for_counter_id == counter and not one.deferred,
            is_late=one.deferred,
            has_appointment=one.agreed_at is not None,
            favour=favours.get(one.service_id, 1.0),
            service_id=one.service_id,
            due=policy.due(asked.rules, one.waiting_since, one.promised),
        )
        for one in able
    ]
    ranked = ranking.rank(described, now, asked.rules)
    if not ranked or dispatch.is_promise_broken(ranked, now):
        return []
    among = dispatch.firsts(ranked)
    is_guarded = dispatch.overdue(among, now, asked.rules, asked.target_minutes) is not None
    return [] if is_guarded else [one.ticket_id for one in among]


def _proposal(
    counter: CounterId, among: Sequence[TicketId], costs: Sequence[float], now: datetime, asked: Asked
) -> Proposal:
    best, second = sorted(range(len(among)), key=lambda which: costs[which])[:2]
    return Proposal(
        counter_id=counter,
        ticket_id=among[best],
        cost=round(costs[best], 3),
        runner_up=among[second],
        runner_up_cost=round(costs[second], 3),
        among=frozenset(among),
        rules=asked.rules,
        target_minutes=asked.target_minutes,
        seq=asked.seq,
        at=now,
    )
