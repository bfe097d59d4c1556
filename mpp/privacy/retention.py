"""Erases each night what was kept long enough, and proves it: an event with counts, no more."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from counters import actions as counters
from mpp.complaints import actions as complaints
from mpp.law import store as law
from mpp.law.core import Rule, Unit
from mpp.privacy import reads, store
from mpp.privacy.core.registry import REGISTRY, Kept
from ticketing import forecasts, register
from ticketing.core.privacy_events import Erased, RetentionRun
from ticketing.db import Tx

SPANS = {Unit.HOURS: timedelta(hours=1), Unit.DAYS: timedelta(days=1), Unit.YEARS: timedelta(days=366)}

Job = Callable[[Tx, datetime], Awaitable[int]]
"""Erases what is from before a time; returns how much that was."""

ERASERS: Mapping[str, Job] = {
    "slip": store.erase_papers,
    "appointment": register.forget,
    "forecast": forecasts.forget,
    "request": store.erase_requests,
    "pairing": store.erase_pairings,
}
"""Kinds whose age alone counts."""


async def run(tx: Tx, real: datetime) -> tuple[Erased, ...]:
    """Erase all that is due, and note what was erased since the run before; `real` is the time on the wall.

    Notes, contacts and texts of complaints are erased as soon as their time is over, each with its own event: what is
    left of them is erased here, and they are counted from the log.
    """
    before = await reads.last_run_seq(tx)
    for erase in (counters.erase_notes, complaints.erase_contacts, complaints.erase_texts):
        await erase(tx)
    counts = {"session": await store.erase_sessions(tx, real)}
    for kept in REGISTRY:
        eraser = ERASERS.get(kept.key)
        if eraser is not None:
            counts[kept.key] = await eraser(tx, tx.now - (await period(tx, kept) or timedelta()))
    await tx.session.flush()
    counts |= await reads.erased_by_themselves(tx, before)
    erased = tuple(Erased(key, counts[key]) for key in sorted(counts))
    tx.append(RetentionRun(erased=erased))
    return erased


async def rule_of(tx: Tx, kept: Kept) -> Rule | None:
    """Return the rule by which a kind is kept; None: it has no end."""
    return None if kept.rule is None else (await law.in_force(tx, kept.instrument)).rule(kept.rule)


async def period(tx: Tx, kept: Kept) -> timedelta | None:
    """Return for how long a kind is kept; None is without an end."""
    rule = await rule_of(tx, kept)
    if rule is None or rule.value is None or rule.unit is None:
        return None
    return SPANS[rule.unit] * float(Decimal(rule.value))
