"""Days told from the log: what is read for it, what is kept of it. Store and reads of `mpp.core.packed`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from sqlalchemy import Row, delete, select

from mpp.core import packed
from mpp.core.legs import Line
from mpp.core.packed import Facts, Kept
from mpp.tables import Day, DaysTold, Membership, Token, TokenKind
from ticketing import store, tables
from ticketing.core import hours
from ticketing.core.access import Role
from ticketing.core.counter import CounterEvent
from ticketing.core.ids import CounterId, TenantId, TicketId
from ticketing.core.ticket import MOVES, TicketEvent
from ticketing.db import Tx

COUNTER_KINDS = [str(of.__struct_config__.tag) for of in CounterEvent.__args__]
KINDS = frozenset({*COUNTER_KINDS, *(str(of.__struct_config__.tag) for of in MOVES)})
"""What figures are told from; slips, notes and voices are not."""

_decoder: msgspec.json.Decoder[TicketEvent | CounterEvent] = msgspec.json.Decoder(TicketEvent | CounterEvent)


class Log(Struct, frozen=True):
    """All that a day is told from, as it was read: rows of the log, who is what, and the facts beside it."""

    rows: Sequence[Row[int, datetime, str, str, str, TicketId | None, CounterId | None]]
    roles: Mapping[str, Role]
    facts: Facts


async def told_until(tx: Tx) -> int:
    """Return up to which event the days are told; 0 when they are kept in another shape, or not at all."""
    row = await tx.session.get(DaysTold, tx.mall_id)
    return row.seq if row is not None and row.version == packed.VERSION else 0


async def due(tx: Tx, since: int) -> list[date]:
    """Return the days before today of which the log tells more after event `since`, oldest first.

    A ticket that a kiosk gave out alone may be handed in days later: its day is told anew.
    """
    log, ticket, today = tables.Event, tables.Ticket, store.today(tx)
    of_tickets = await tx.session.scalars(
        select(ticket.day)
        .where(ticket.id.in_(select(log.ticket_id).where(log.seq > since)), ticket.day < today)
        .distinct()
    )
    of_counters = await tx.session.scalars(select(log.at).where(log.seq > since, log.kind.in_(COUNTER_KINDS)))
    return sorted({*of_tickets, *(day for at in of_counters if (day := store.day_of(tx, at)) < today)})


async def read_log(tx: Tx, day: date) -> Log:
    """Read what a day is told from: its tickets' whole log, and that of the counters on that day."""
    log = tables.Event
    wanted = select(log.seq, log.at, log.actor, log.kind, log.body, log.ticket_id, log.counter_id)
    facts = await _facts(tx, day)
    # Neither joined nor asked by kind: SQLite would read the log of all days for this one.
    of_tickets = wanted.where(log.ticket_id.in_(select(tables.Ticket.id).where(tables.Ticket.day == day)))
    of_counters = wanted.where(log.kind.in_(COUNTER_KINDS), log.at >= facts.begins, log.at < facts.ends)
    found = [*await tx.session.execute(of_tickets), *await tx.session.execute(of_counters)]
    return Log(sorted(found, key=lambda row: row.seq), await _roles(tx), facts)


def tell(log: Log) -> dict[TenantId, packed.Day]:
    """Tell a day from what was read; takes a moment, so not on the event loop."""
    lines = [
        Line(at, log.roles.get(actor), _decoder.decode(body), ticket_id, counter_id)
        for _, at, actor, kind, body, ticket_id, counter_id in log.rows
        if kind in KINDS
    ]
    return packed.tell(lines, log.facts)


async def _facts(tx: Tx, day: date) -> Facts:
    zone = ZoneInfo(tx.mall.timezone)
    begins, ends = (datetime.combine(d, time.min, zone).astimezone(UTC) for d in (day, day + timedelta(days=1)))
    counters = (await tx.session.scalars(select(tables.Counter))).all()
    services = await tx.session.scalars(select(tables.Service))
    tenants = await tx.session.scalars(select(tables.Tenant))
    is_holiday = await tx.session.scalar(select(tables.Holiday.id).where(tables.Holiday.date == day)) is not None
    return Facts(
        begins=begins,
        ends=ends,
        now=tx.now,
        zones={row.id: row.zone_id for row in counters},
        tenants={row.id: row.tenant_id for row in counters},
        promised_minutes={row.id: row.standard.counter_minutes for row in services},
        target_minutes=tx.mall.reporting.target_wait_minutes,
        shut={row.id: [] if is_holiday else hours.shut(day, zone, row.hours or tx.mall.hours) for row in tenants},
    )


async def _roles(tx: Tx) -> dict[str, Role]:
    """Return what those who act in the log are in the mall, as it is now."""
    people = await tx.session.execute(select(Membership.person_id, Membership.role))
    programs = await tx.session.execute(select(Token.name, Token.role).where(Token.kind == TokenKind.PROGRAM))
    return {
        **{f"person:{id}": role for id, role in people},
        **{f"program:{name}": role for name, role in programs if role is not None},
    }


async def keep(tx: Tx, day: date, told: Mapping[TenantId, packed.Day]) -> None:
    """Keep a day, in the place of what was kept of it."""
    await tx.session.execute(delete(Day).where(Day.day == day))
    tx.session.add_all(
        Day(day=day, tenant_id=id, version=packed.VERSION, legs=of.legs, hours=of.hours) for id, of in told.items()
    )


async def before_today(tx: Tx) -> int:
    """Return the last event before today: what today tells is due tomorrow, and not told yet."""
    mine = tables.Event
    earlier = select(mine.seq).where(mine.at < store.midnight(tx)).order_by(mine.seq.desc()).limit(1)
    return await tx.session.scalar(earlier) or 0


async def note_told(tx: Tx, seq: int) -> None:
    """Note that all days before today are told up to event `seq`."""
    row = await tx.session.get(DaysTold, tx.mall_id)
    if row is None:
        row = DaysTold(mall_id=tx.mall_id)
        tx.session.add(row)
    row.seq, row.version = seq, packed.VERSION


async def has_any(tx: Tx) -> bool:
    """Say whether any day is kept."""
    return await tx.session.scalar(select(Day.id).limit(1)) is not None


async def kept(tx: Tx, first: date, last: date, tenants: Collection[TenantId] | None = None) -> list[Kept]:
    """Return the kept days from `first` to `last`, of some tenants or of all."""
    wanted = select(Day.day, Day.tenant_id, Day.legs, Day.hours).where(
        Day.day >= first, Day.day <= last, Day.version == packed.VERSION
    )
    if tenants is not None:
        wanted = wanted.where(Day.tenant_id.in_(tenants))
    rows = await tx.session.execute(wanted.order_by(Day.day, Day.tenant_id))
    return [Kept(day, tenant_id, packed.Day(legs, hours)) for day, tenant_id, legs, hours in rows]
