"""Where a ticket stands: who waits with it, how many go first, and how far it could step back. Questions only."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select

from ticketing import store, tables
from ticketing.core import ranking
from ticketing.core.ids import CounterId, TenantId, TicketId
from ticketing.core.ranking import StepBack, Waiting
from ticketing.core.ticket import State
from ticketing.db import Tx

MAY_STEP_BACK = frozenset({State.WAITING, State.CALLED})


class Standing(Struct, frozen=True):
    """How many are called first (None: the ticket does not wait), and what stepping back would do (None: it cannot).

    `late_places`: how many would go first then; None too when that would help nobody.
    """

    ahead: int | None = None
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


async def standing(tx: Tx, row: tables.Ticket) -> Standing:
    """Say where a ticket stands, as the policy would call those who wait at this moment."""
    if row.state not in MAY_STEP_BACK or row.day != store.today(tx):
        return Standing()
    one = _waiting(row.id, row.waiting_since, row.priority, row.for_counter_id, row.deferred)
    others = await rivals(tx, row)
    ahead = len(ranking.split(one, others, tx.now, tx.mall.policy)[0]) if row.state is State.WAITING else None
    if row.deferred or tx.mall.policy.late_places == 0:
        return Standing(ahead)
    back = ranking.step_back(one, others, tx.now, tx.mall.policy)
    return Standing(ahead, back, back.places if is_of_use(row, back) else None)


def is_of_use(row: tables.Ticket, back: StepBack) -> bool:
    """Say whether stepping back helps: somebody goes first, or at least the counter that called is free again."""
    return back.places > 0 or row.state is State.CALLED


async def rivals(tx: Tx, row: tables.Ticket) -> list[Waiting]:
    """Return who else waits today for a counter that may call this ticket."""
    mine = tables.Ticket
    counters = await _counters(tx, row)
    services = select(tables.CounterService.service_id).where(tables.CounterService.counter_id.in_(counters))
    tenants = select(tables.Service.tenant_id).where(tables.Service.id.in_(services))
    is_plain = mine.tenant_id.in_(tenants) & mine.for_counter_id.is_(None) & mine.service_id.in_(services)
    waits = (mine.day == store.today(tx)) & (mine.state == State.WAITING) & (mine.id != row.id)
    facts = select(mine.id, mine.waiting_since, mine.priority, mine.for_counter_id, mine.deferred).where(waits)
    queue = await tx.session.execute(facts.where(is_plain))
    sent = await tx.session.execute(facts.where(mine.for_counter_id.in_(counters)))
    return [_waiting(*other) for other in [*queue, *sent]]


async def bound_to(tx: Tx, row: tables.Ticket) -> CounterId | None:
    """Return the one counter that may call a ticket: where it was sent, or was called though others serve it."""
    if row.state is State.CALLED and row.counter_id is not None:
        is_served = row.service_id in await store.served_by(tx, row.counter_id)
        return None if is_served else row.counter_id
    return row.for_counter_id


async def _counters(tx: Tx, row: tables.Ticket) -> Sequence[CounterId]:
    """Return the counters that may call a ticket."""
    only = await bound_to(tx, row)
    if only is not None:
        return [only]
    link, counter = tables.CounterService, tables.Counter
    able = select(counter.id).join(link, link.counter_id == counter.id)
    return (await tx.session.scalars(able.where(link.service_id == row.service_id, counter.is_active.is_(True)))).all()


def _waiting(
    id: TicketId, since: datetime, priority: str | None, for_counter_id: CounterId | None, deferred: bool
) -> Waiting:
    """Describe a ticket as the policy sees it; one that was sent to a counter goes first there, unless it was late."""
    return Waiting(
        ticket_id=id,
        since=since,
        is_priority=priority is not None,
        is_for_this_counter=for_counter_id is not None and not deferred,
    )
