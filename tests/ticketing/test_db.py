"""Transactions: all or nothing, told after the commit, one consistent look, nothing changed by looking."""

import asyncio

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, StatementError

from tests.ticketing.deeds import act, look, take
from ticketing import store, tables
from ticketing.core.counter import CounterOpened
from ticketing.core.ids import MallId
from ticketing.db import Db, Tx
from ticketing.live import EVERYTHING


async def test_nobody_is_told_of_what_was_not_committed(db: Db, mall: MallId) -> None:
    news = db.live.watch(mall, {"tickets"})
    with pytest.raises(ZeroDivisionError):
        await act(db, mall, _touch_and_break)
    assert not news.is_set()
    async with db.write(mall, "test") as tx:
        tx.touch("tickets")
        assert not news.is_set()
    assert news.is_set()


async def test_a_command_that_cannot_be_committed_tells_nobody(db: Db, mall: MallId) -> None:
    news = db.live.watch(mall, {"tickets", EVERYTHING})
    with pytest.raises(DBAPIError):
        await act(db, mall, _touch_and_break_a_rule)
    assert not news.is_set()


async def test_a_look_sees_one_state_however_long_it_takes(db: Db, mall: MallId) -> None:
    async with db.read(mall) as tx:
        before = (await tx.session.scalars(select(tables.Ticket.id))).all()
        await take(db, mall, "KTP")
        assert (await tx.session.scalars(select(tables.Ticket.id))).all() == before == []
    assert len(await look(db, mall, _tickets)) == 1


async def test_a_look_can_change_nothing(db: Db, mall: MallId) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
        await look(db, mall, lambda tx: tx.session.execute(text("DELETE FROM holiday")))


async def test_commands_of_one_mall_happen_one_after_another(db: Db, mall: MallId) -> None:
    order: list[str] = []
    inside, leave = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with db.write(mall, "first"):
            inside.set()
            await leave.wait()
            order.append("first")

    async def second() -> None:
        await inside.wait()
        async with db.write(mall, "second"):
            order.append("second")

    tasks = [asyncio.create_task(first()), asyncio.create_task(second())]
    await inside.wait()
    leave.set()
    await asyncio.gather(*tasks)
    assert order == ["first", "second"]


async def test_the_log_counts_without_gaps_and_remembers_who_acted(db: Db, mall: MallId) -> None:
    for actor in ("device:1", "person:2"):
        await act(db, mall, _open, actor)
    rows = await look(db, mall, _events)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert [row.actor for row in rows][-2:] == ["device:1", "person:2"]


async def test_a_naive_time_cannot_be_stored(db: Db, mall: MallId) -> None:
    with pytest.raises(StatementError, match="a naive time cannot be stored"):
        await act(db, mall, _forget_the_zone)


async def _touch_and_break(tx: Tx) -> None:
    tx.touch("tickets")
    raise ZeroDivisionError


async def _touch_and_break_a_rule(tx: Tx) -> None:
    tx.touch("tickets")
    tx.session.add(tables.CounterService(counter_id=999, service_id=999))


async def _forget_the_zone(tx: Tx) -> None:
    counter = await store.counter(tx, "L01")
    counter.since = tx.now.replace(tzinfo=None)


async def _open(tx: Tx) -> None:
    await store.record_counter(tx, await store.counter(tx, "L01"), CounterOpened())


async def _tickets(tx: Tx) -> list[tables.Ticket]:
    return list(await tx.session.scalars(select(tables.Ticket)))


async def _events(tx: Tx) -> list[tables.Event]:
    return list(await tx.session.scalars(select(tables.Event).order_by(tables.Event.seq)))
