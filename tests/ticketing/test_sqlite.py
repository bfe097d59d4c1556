"""The shorter way to SQLite: one trip a statement, and what happens when one breaks, is given up, or comes too late."""

import asyncio
import logging

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.logs import told
from tests.ticketing.deeds import take
from ticketing import sqlite
from ticketing.core.ids import MallId
from ticketing.db import CONNECTIONS, Db

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

SLOW = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) FROM n")


async def test_a_statement_is_one_trip_to_the_thread(db: Db, caplog: pytest.LogCaptureFixture) -> None:
    async with db.writer.connect() as connection:
        await connection.execute(text("SELECT 1"))  # a new connection asks more
        caplog.set_level(logging.DEBUG, "aiosqlite")
        assert (await connection.execute(text("SELECT id FROM mall"))).all() == []
        assert told(caplog, "aiosqlite").count("executing") == 1, "aiosqlite or SQLAlchemy have changed"


async def test_rows_that_a_change_returns_are_counted(db: Db) -> None:
    async with db.writer.connect() as connection:
        await connection.execute(text("CREATE TEMP TABLE t (x)"))
        await connection.execute(text("INSERT INTO t VALUES (:x)"), [{"x": 1}, {"x": 2}])
        changed = await connection.exec_driver_sql("UPDATE t SET x = x + 1 RETURNING x")
        assert (changed.rowcount, changed.scalars().all()) == (2, [2, 3])
        gone = await connection.exec_driver_sql("DELETE FROM t")
        assert gone.rowcount == 2


async def test_a_statement_that_breaks_leaves_the_connection_whole(db: Db) -> None:
    async with db.writer.connect() as connection:
        await connection.execute(text("CREATE TEMP TABLE t (x UNIQUE)"))
        for _ in range(2):
            with pytest.raises(IntegrityError):
                await connection.execute(text("INSERT INTO t VALUES (:x)"), [{"x": 1}, {"x": 1}])
        await connection.execute(text("DROP TABLE t"))  # no cursor is open on it any more


async def test_looks_and_commands_that_are_given_up_hold_nothing_back(db: Db, mall: MallId) -> None:
    async def look() -> None:
        async with db.read(mall) as tx:
            await tx.session.execute(SLOW)

    async def command() -> None:
        async with db.write(mall, "test") as tx:
            tx.mall.name = "half"
            await tx.session.execute(SLOW)

    async with asyncio.timeout(60):
        for slow in [*[look] * (CONNECTIONS + 1), command, command]:
            given_up = asyncio.create_task(slow())
            await asyncio.wait({given_up}, timeout=0.01)
            given_up.cancel()
            await asyncio.gather(given_up, return_exceptions=True)
        assert (await take(db, mall, "KTP")).number == "B-001"
    async with db.read(mall) as tx:
        assert tx.mall.name != "half"


async def test_a_closed_connection_says_so_and_its_thread_is_gone(db: Db) -> None:
    connection = sqlite.connect(":memory:")
    await connection
    assert connection._thread.daemon, "an engine that is left open must not hold the program"
    cursor = connection.cursor()
    await cursor.execute("SELECT 1")
    await connection.close()
    with pytest.raises(ValueError, match="closed"):
        await cursor.execute("SELECT 1")
    await asyncio.to_thread(connection._thread.join, 60)
    assert not connection._thread.is_alive()
