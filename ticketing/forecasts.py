"""Keeps what was foretold with every number, and notes what then happened. Store and reads of forecasts."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, case, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute

from ticketing import store, tables
from ticketing.core.ids import ServiceId, TenantId, TicketId
from ticketing.core.outlook import SOON, Fate, Kind
from ticketing.core.ticket import Called
from ticketing.db import Tx
from ticketing.forecast_tables import TicketForecast
from ticketing.outlooks import Outlooks

mine = TicketForecast

AT_ONCE = 200
"""Forecasts whose fate is noted in one go: no command waits longer than some milliseconds for that."""

ENOUGH = 300
"""Ranges of a month from which on it is told to the public how many were right: with fewer, luck would be told."""


class Quality(Struct, frozen=True, kw_only=True):
    """How good forecasts were. Minutes, and shares from 0 to 1; None where there was nothing to measure.

    Of `n` who were called: mean absolute error of the median (Source: MAE), mean of forecast less wait (`bias`), share
    whose wait was between q10 and q90. Of `shown` among them who read a range (or "any moment", which is up to three
    minutes): share whose wait was within, and share who waited longer than promised. `words` read that nobody knows,
    and `never` were not called.
    """

    n: int
    error: float | None
    bias: float | None
    covered: float | None
    shown: int
    within: float | None
    later: float | None
    words: int
    never: int


def note(tx: Tx, told: Outlooks, row: tables.Ticket) -> None:
    """Keep what is foretold to one who has just taken a number, if anything is."""
    found = told.of(tx, row)
    if found is None:
        return
    forecast, _, raw = found.chance
    tx.session.add(
        TicketForecast(
            ticket_id=row.id,
            tenant_id=row.tenant_id,
            service_id=row.service_id,
            day=row.day,
            is_priority=row.priority is not None,
            made_at=found.at,
            **forecast._asdict(),
            raw=raw or forecast,
            kind=found.shown.kind,
            least=found.shown.least,
            most=found.shown.most,
        )
    )


def promised(tx: Tx, told: Outlooks, service_id: ServiceId, *, is_priority: bool) -> int | None:
    """Return the most minutes that are told to one who takes a number now; None: only words are, or nothing."""
    found = told.offer(tx, service_id, is_priority=is_priority)
    return found.shown.most if found is not None else None


async def is_any_open(tx: Tx) -> bool:
    """Say whether the fate of a forecast of a day that is over has not been noted yet."""
    return (await tx.session.scalars(_open(tx).limit(1))).first() is not None


async def settle(tx: Tx) -> int:
    """Note what became of forecasts of days that are over, some at a time; return of how many."""
    rows = (await tx.session.scalars(_open(tx).limit(AT_ONCE))).all()
    called = await _called(tx, [row.ticket_id for row in rows])
    issued = await _issued(tx, [row.ticket_id for row in rows])
    for row in rows:
        at = called.get(row.ticket_id)
        row.fate = Fate.NEVER if at is None else Fate.CALLED
        row.waited = None if at is None else (at - issued[row.ticket_id]) / timedelta(minutes=1)
    return len(rows)


async def forget(tx: Tx, before: datetime) -> int:
    """Forget forecasts of days before a time: too old to be compared with. Return how many."""
    gone: Any = await tx.session.execute(delete(mine).where(mine.day < store.day_of(tx, before)))
    return int(gone.rowcount)


def _open(tx: Tx) -> Select[TicketForecast]:
    return select(mine).where(mine.fate == Fate.OPEN, mine.day < store.today(tx)).order_by(mine.day)


async def _called(tx: Tx, tickets: list[TicketId]) -> Mapping[TicketId, datetime]:
    """Return when each of these was called first."""
    log = tables.Event
    first = select(log.ticket_id, func.min(log.at)).where(log.ticket_id.in_(tickets), log.kind == CALLED)
    rows = await tx.session.execute(first.group_by(log.ticket_id))
    return {id: at for id, at in rows if id is not None}


async def _issued(tx: Tx, tickets: list[TicketId]) -> Mapping[TicketId, datetime]:
    chosen = select(tables.Ticket.id, tables.Ticket.issued_at).where(tables.Ticket.id.in_(tickets))
    return dict((await tx.session.execute(chosen)).all())


CALLED = str(Called.__struct_config__.tag)


async def quality(tx: Tx, first: date, last: date, tenant_id: TenantId | None = None) -> Mapping[TenantId, Quality]:
    """Measure the forecasts of a period, tenant by tenant, from the first to the last day, both included."""
    rows = await tx.session.execute(_measured(mine.tenant_id, first, last, tenant_id))
    return {id: _quality(off or 0.0, over or 0.0, *numbers) for id, off, over, *numbers in rows}


async def quality_by_day(tx: Tx, first: date, last: date, tenant_id: TenantId | None = None) -> Mapping[date, Quality]:
    """Measure the same day by day."""
    rows = await tx.session.execute(_measured(mine.day, first, last, tenant_id))
    return {day: _quality(off or 0.0, over or 0.0, *numbers) for day, off, over, *numbers in rows}


def _measured(by: InstrumentedAttribute[Any], first: date, last: date, tenant_id: TenantId | None) -> Select[Any]:
    """Return the sums for each value of a column."""
    is_called, is_read = mine.fate == Fate.CALLED, mine.kind.in_([Kind.SOON, Kind.RANGE])
    most = func.coalesce(mine.most, SOON)
    is_late = is_called & is_read & (mine.waited > most)
    is_early = is_called & is_read & (mine.waited < func.coalesce(mine.least, 0))
    counted = (
        is_called,
        is_called & (mine.waited >= mine.q10) & (mine.waited <= mine.q90),
        is_called & is_read,
        is_late,
        is_early,
        ~is_read,
        mine.fate == Fate.NEVER,
    )
    sums = [func.sum(case((one, 1), else_=0)) for one in counted]
    wanted = select(
        by,
        func.sum(case((is_called, func.abs(mine.q50 - mine.waited)))),
        func.sum(case((is_called, mine.mean - mine.waited))),
        *sums,
    ).where(mine.day >= first, mine.day <= last)
    if tenant_id is not None:
        wanted = wanted.where(mine.tenant_id == tenant_id)
    return wanted.group_by(by)


def _quality(
    off: float, over: float, n: int, covered: int, shown: int, late: int, early: int, words: int, never: int
) -> Quality:
    return Quality(
        n=n,
        error=off / n if n else None,
        bias=over / n if n else None,
        covered=covered / n if n else None,
        shown=shown,
        within=(shown - late - early) / shown if shown else None,
        later=late / shown if shown else None,
        words=words,
        never=never,
    )


async def right_last_month(tx: Tx, told: Outlooks) -> int | None:
    """Return how many of a hundred ranges were right last month; None where too few were shown. Asked once a day."""
    today = store.today(tx)
    known = told.right.get(tx.mall_id)
    if known is None or known[0] != today:
        last = today.replace(day=1) - timedelta(days=1)
        found = (await quality(tx, last.replace(day=1), last)).values()
        shown = sum(one.shown for one in found)
        right = sum(one.shown * (one.within or 0.0) for one in found)
        known = today, round(100 * right / shown) if shown >= ENOUGH else None
        told.right[tx.mall_id] = known
    return known[1]
