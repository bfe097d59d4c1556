"""What officers do at counters, for the tests."""

from functools import partial

from sqlalchemy import Update, select

from counters import actions
from counters.actions import Destination
from tests.ticketing.deeds import act, look
from ticketing import store, tables
from ticketing.core import events
from ticketing.core.ids import MallId
from ticketing.db import Db, Tx


async def open_(db: Db, mall: MallId, code: str, officer: str = "Maria") -> None:
    async with db.write(mall, "test") as tx:
        await actions.open_(tx, await store.counter(tx, code), officer)


async def pause(db: Db, mall: MallId, code: str) -> None:
    async with db.write(mall, "test") as tx:
        await actions.pause(tx, await store.counter(tx, code))


async def close(db: Db, mall: MallId, code: str) -> None:
    async with db.write(mall, "test") as tx:
        await actions.close(tx, await store.counter(tx, code))


async def counter(db: Db, mall: MallId, code: str) -> tables.Counter:
    return await look(db, mall, partial(store.counter, code=code))


async def call(db: Db, mall: MallId, code: str, number: str | None = None) -> tables.Ticket:
    if number is None:
        return await act(db, mall, partial(actions.call_next, code=code))
    return await act(db, mall, partial(actions.call_number, code=code, number=number))


async def send(db: Db, mall: MallId, code: str, *, service: str | None = None, to: str | None = None) -> tables.Ticket:
    return await act(db, mall, partial(actions.transfer, code=code, to=Destination(service=service, counter=to)))


async def execute(tx: Tx, statement: Update) -> None:
    await tx.session.execute(statement)


async def seq(tx: Tx) -> int:
    return tx.mall.last_seq


async def last_event(tx: Tx) -> events.AnyEvent:
    rows = await tx.session.scalars(select(tables.Event).order_by(tables.Event.seq.desc()).limit(1))
    return events.decode(rows.one().body)
