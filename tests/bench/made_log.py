"""A day that was made up, written as log and rows: numbered, chained, and replayed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct, structs
from sqlalchemy import insert

from mpp import schema
from ticketing.core import chain, events, ticket
from ticketing.core.chain import Entry
from ticketing.core.counter import CounterEvent
from ticketing.core.ids import CounterId, MallId, TicketId
from ticketing.core.ticket import Issued, TicketEvent
from ticketing.db import Db


class Step(Struct, frozen=True):
    """A line of the log in the making; `n` is the visitor's."""

    at: datetime
    actor: str
    event: TicketEvent | CounterEvent
    n: int | None = None
    counter: CounterId | None = None


async def save(
    db: Db, mall_id: MallId, day: date, steps: Sequence[Step], tickets: int, seq: int, head: bytes
) -> tuple[int, int, bytes]:
    """Write a day: numbers in the order of their issue, rows as the log tells them."""
    logs: dict[int, list[tuple[datetime, TicketEvent]]] = defaultdict(list)
    serials: dict[str, int] = defaultdict(int)
    ids: dict[int, TicketId] = {}
    rows: list[dict[str, object]] = []
    for step in steps:
        event, id = step.event, None
        if isinstance(event, Issued) and step.n is not None:
            tickets += 1
            ids[step.n] = TicketId(tickets)
            serials[event.series] += 1
            event = _numbered(event, day, tickets, serials[event.series])
        if step.n is not None and isinstance(event, TicketEvent):
            id = ids[step.n]
            logs[step.n].append((step.at, event))
        seq += 1
        entry = Entry(seq, step.at, step.actor, events.kind(event), id, step.counter, events.encode(event))
        head = chain.link(head, mall_id, entry)
        rows.append({"mall_id": mall_id, **structs.asdict(entry), "hash": head})
    told = [ticket.replay(ids[n], log) for n, log in logs.items()]
    fields = ticket.Ticket.__struct_fields__
    async with db.session(db.writer, None) as session:
        await session.execute(
            insert(schema.metadata().tables["ticket"]),
            [{"mall_id": mall_id, **{name: getattr(of, name) for name in fields}} for of in told],
        )
        await session.execute(insert(schema.metadata().tables["event"]), rows)
        await session.commit()
    return tickets, seq, head


def _numbered(event: Issued, day: date, ticket_id: int, serial: int) -> Issued:
    return Issued(
        code=f"{ticket_id:012d}",
        number=f"{event.series}-{serial:03d}",
        series=event.series,
        serial=serial,
        day=day,
        tenant_id=event.tenant_id,
        service_id=event.service_id,
        priority=event.priority,
    )
