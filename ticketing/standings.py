"""Where a ticket stands: who waits with it, how many go first, and how far it could step back. Questions only."""

from collections.abc import Mapping
from datetime import datetime
from statistics import fmean
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, bindparam, exists, func, select

from ticketing import store, tables
from ticketing.core import policy, ranking
from ticketing.core.ids import CounterId, ServiceId, TenantId, TicketId
from ticketing.core.policy import Policy
from ticketing.core.ranking import StepBack, Waiting
from ticketing.core.ticket import State
from ticketing.db import Tx

MAY_STEP_BACK = frozenset({State.WAITING, State.CALLED})


class Standing(Struct, frozen=True):
    """How many are called first (None: the ticket does not wait), and what stepping back would do (None: it cannot).

    `is_soon`: so few that the visitor should be near. `late_places`: how many would go first then; None too when that
    would help nobody.
    """

    ahead: int | None = None
    is_soon: bool = False
    step_back: StepBack | None = None
    late_places: int | None = None


async def waiting_by_tenant(tx: Tx) -> dict[TenantId, int]:
    """Count who waits today for each tenant; one without visitors is left out."""
    mine = tables.Ticket
    counted = (
        select(mine.tenant_id, func.count(mine.id))
        .where(mine.day == store.today(tx), mine.state == State.WAITING)
        .group_by(mine.tenant_id)
    )
    return dict((await tx.session.execute(counted)).all())


async def favours_of(tx: Tx, tenant_id: TenantId, rules: Policy) -> Mapping[ServiceId, float]:
    """Return how much each of a tenant's services counts because of its length; empty when length does not matter."""
    if rules.favour_short == 0:
        return {}
    mine = tables.Service
    chosen = select(mine.id, mine.standard).where(mine.tenant_id == tenant_id, mine.is_active.is_(True))
    minutes = {id: standard.counter_minutes for id, standard in await tx.session.execute(chosen)}
    usual = fmean(minutes.values()) if minutes else 1.0
    return {id: policy.favour(rules, own, usual) for id, own in minutes.items()}


async def standing(tx: Tx, row: tables.Ticket) -> Standing:
    """Say where a ticket stands, as the policy would call those who wait at this moment."""
    if row.state not in MAY_STEP_BACK or row.day != store.today(tx):
        return Standing()
    only = await bound_to(tx, row)
    tenant_id = row.tenant_id if only is None else await _tenant_of(tx, only)
    rules = tx.policy(tenant_id)
    favours = await favours_of(tx, tenant_id, rules)
    one = _waiting(
        rules,
        favours,
        row.id,
        row.service_id,
        row.waiting_since,
        row.priority,
        row.for_counter_id,
        row.deferred,
        row.agreed_at,
        row.promised,
    )
    around = ranking.split(one, await rivals(tx, row, only, rules, favours), tx.now, rules)
    ahead = len(around[0]) if row.state is State.WAITING else None
    is_soon = ahead is not None and ahead <= rules.soon_places
    if row.deferred or rules.late_places == 0:
        return Standing(ahead, is_soon)
    back = ranking.step_back(one, around, tx.now, rules)
    return Standing(ahead, is_soon, back, back.places if is_of_use(row, back) else None)


async def _tenant_of(tx: Tx, counter_id: CounterId) -> TenantId:
    """Return by whose policy a counter calls: its own tenant's, also when a visitor of another one was sent to it."""
    return (await tx.session.get_one(tables.Counter, counter_id)).tenant_id


def is_of_use(row: tables.Ticket, back: StepBack) -> bool:
    """Say whether stepping back helps: somebody goes first, or at least the counter that called is free again."""
    return back.places > 0 or row.state is State.CALLED


async def rivals(
    tx: Tx, row: tables.Ticket, only: CounterId | None, rules: Policy, favours: Mapping[ServiceId, float]
) -> list[Waiting]:
    """Return who else waits today for a counter that may call this ticket: `only` this one, or all of its service.

    A counter never calls whom it has sent away itself.
    """
    away = row.back_to_counter_id or 0
    facts = {"ticket_id": row.id, "day": store.today(tx), "service_id": row.service_id, "away": away, "only": only}
    question = RIVALS_IN_SERVICE if only is None else RIVALS_AT_COUNTER
    return [_waiting(rules, favours, *other) for other in await tx.session.execute(question, facts)]


def _rivals(counters: Select[CounterId] | list[Any]) -> Select[*tuple[Any, ...]]:
    """Ask who else waits for any of these counters; made once, because making it costs more than asking it."""
    mine, link = tables.Ticket, tables.CounterService
    is_called_here = (link.service_id == mine.service_id) & link.counter_id.in_(counters)
    is_sent_from = func.coalesce(mine.back_to_counter_id, 0)
    is_plain = mine.for_counter_id.is_(None) & exists().where(is_called_here, link.counter_id != is_sent_from)
    is_sent_here = mine.for_counter_id.in_(counters) & (mine.for_counter_id != is_sent_from)
    facts = (
        mine.id,
        mine.service_id,
        mine.waiting_since,
        mine.priority,
        mine.for_counter_id,
        mine.deferred,
        mine.agreed_at,
        mine.promised,
    )
    return select(*facts).where(
        mine.day == bindparam("day"),
        mine.state == State.WAITING,
        mine.id != bindparam("ticket_id"),
        is_plain | is_sent_here,
    )


RIVALS_AT_COUNTER = _rivals([bindparam("only")])
"""For a ticket that one counter alone may call."""

RIVALS_IN_SERVICE = _rivals(
    select(tables.Counter.id)
    .join(tables.CounterService, tables.CounterService.counter_id == tables.Counter.id)
    .where(
        tables.CounterService.service_id == bindparam("service_id"),
        tables.Counter.is_active.is_(True),
        tables.Counter.id != bindparam("away"),
    )
)
"""For a ticket that all counters of its service may call."""


async def bound_to(tx: Tx, row: tables.Ticket) -> CounterId | None:
    """Return the one counter that may call a ticket: where it was sent, or was called though others serve it."""
    if row.state is State.CALLED and row.counter_id is not None:
        is_served = row.service_id in await store.served_by(tx, row.counter_id)
        return None if is_served else row.counter_id
    return row.for_counter_id


def _waiting(
    rules: Policy,
    favours: Mapping[ServiceId, float],
    id: TicketId,
    service_id: ServiceId,
    since: datetime,
    priority: str | None,
    for_counter_id: CounterId | None,
    deferred: bool,
    agreed_at: datetime | None,
    promised: int | None,
) -> Waiting:
    """Describe a ticket as the policy sees it; one that was sent to a counter goes first there, unless it was late."""
    return Waiting(
        ticket_id=id,
        since=since,
        is_priority=priority is not None,
        is_for_this_counter=for_counter_id is not None and not deferred,
        is_late=deferred,
        has_appointment=agreed_at is not None,
        favour=favours.get(service_id, 1.0),
        service_id=service_id,
        due=policy.due(rules, since, promised),
    )
