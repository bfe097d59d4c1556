"""The way to SQLite: each statement is one trip to the connection's thread, where aiosqlite alone makes four.

A trip costs more than most of our statements do themselves, and a command has twenty. This leans on private names of
aiosqlite (`_conn`, `_execute`, `_thread`) and on what SQLAlchemy asks of a cursor: pyproject.toml holds both to their
releases, and tests/ticketing/test_sqlite.py tells whether the next ones still fit.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite

Rows = list[tuple[Any, ...]]


class Cursor:
    """A statement and all its rows, as SQLAlchemy asks for them: nothing but `execute` and `executemany` travels."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: Rows = []
        self.description: Sequence[Any] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        """Open: the cursor itself is made with its statement."""
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """Carry out a statement and fetch what it answers."""
        await self._connection.travel(self._carry_out, sqlite3.Cursor.execute, statement, parameters)

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Carry out a statement again and again."""
        await self._connection.travel(self._carry_out, sqlite3.Cursor.executemany, statement, parameters)

    async def fetchall(self) -> Rows:
        """Return all rows; they are here already."""
        return self._rows

    async def close(self) -> None:
        """Close: `_carry_out` has done so."""

    def _carry_out(self, how: Callable[[sqlite3.Cursor, str, Any], object], statement: str, parameters: Any) -> None:
        cursor = self._connection.raw.cursor()
        try:
            how(cursor, statement, parameters)
            self.description, self.lastrowid = cursor.description, cursor.lastrowid
            self._rows = cursor.fetchall()
            self.rowcount = cursor.rowcount  # of a change that returns rows it is known when all are fetched
        finally:
            cursor.close()


class Connection(aiosqlite.Connection):
    """A connection with a thread of its own, which ends with the program."""

    @property
    def raw(self) -> sqlite3.Connection:
        """The connection itself; to be used in its own thread only."""
        return self._conn

    async def travel(self, do: Callable[..., None], *what: Any) -> None:
        """Do something in the connection's thread."""
        await self._execute(do, *what)  # type: ignore[no-untyped-call]  # aiosqlite says no types here

    def cursor(self) -> Cursor:  # type: ignore[override]  # SQLAlchemy enters what it gets and asks no more of it
        """Make a cursor."""
        return Cursor(self)


def connect(path: str, **options: Any) -> Connection:
    """Open a database, as `sqlite3.connect` does; the answer is to be awaited."""
    connection = Connection(lambda: sqlite3.connect(path, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # as SQLAlchemy does: an engine left open must not hold the program
    return connection
