"""The database: one transaction a command, under the mall's lock; every statement bound to one mall.

SQLite is the embedded default (one writer, several readers, WAL, synchronous=FULL: a power cut must not lose a number
that is on paper). PostgreSQL serves several processes. Which one it is, is one setting.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from time import perf_counter
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, with_loader_criteria

from ticketing import sqlite
from ticketing.base import MallRow
from ticketing.clock import Clock
from ticketing.core import chain, events
from ticketing.core.chain import Entry
from ticketing.core.ids import CounterId, MallId, TenantId, TicketId
from ticketing.core.policy import Policy, in_force
from ticketing.core.refused import BadRequest
from ticketing.live import Live
from ticketing.tables import Event, Mall
from ticketing.watching import Nobody, Watcher

BUSY_SECONDS = 10
"""How long SQLite waits for another process (backup, command line) before a command fails."""

TIDY_MS = 250
"""How long tidying up waits for those who read: nobody takes a number meanwhile. What is left goes the next time."""

CONNECTIONS = 8
"""SQLite's readers, or all connections of this process to PostgreSQL; a mall's writers take one at a time."""

NOTIFY = "mpp_poke"
"""Channel on which processes tell each other what changed."""


class Tx:
    """One command in the making, or one read: the session, the mall, the one reading of the clock, who acts."""

    def __init__(self, session: AsyncSession, mall: Mall, clock: Clock, actor: str) -> None:
        self.session = session
        self.mall = mall
        self.now = clock.now()
        self.pace = clock.pace
        self.actor = actor
        self.topics: set[str] = set()
        self.told: list[str] = []

    @property
    def mall_id(self) -> MallId:
        """The mall in which all of this happens."""
        return self.mall.id

    def policy(self, tenant_id: TenantId | None) -> Policy:
        """Return the policy by which a tenant is called now."""
        return in_force(self.mall.policy, self.mall.policy_changes, tenant_id, self.now)

    def append(
        self, what: events.AnyEvent, *, ticket_id: TicketId | None = None, counter_id: CounterId | None = None
    ) -> int:
        """Write an event to the log, chained to the one before, and return its number."""
        mall = self.mall
        mall.last_seq += 1
        entry = Entry(
            mall.last_seq, self.now, self.actor, events.kind(what), ticket_id, counter_id, events.encode(what)
        )
        mall.head = chain.link(mall.head or chain.START, mall.id, entry)
        self.session.add(
            Event(
                mall_id=mall.id,
                seq=entry.seq,
                at=entry.at,
                actor=entry.actor,
                kind=entry.kind,
                ticket_id=ticket_id,
                counter_id=counter_id,
                body=entry.body,
                hash=mall.head,
            )
        )
        self.told.append(entry.kind)
        return entry.seq

    def touch(self, *topics: str) -> None:
        """Note what has to be shown anew once this is committed."""
        self.topics.update(topics)


class Db:
    """The engines, and the two ways in: `write` and `read`."""

    def __init__(self, url: str, clock: Clock, live: Live, watcher: Watcher | None = None) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.clock = clock
        self.live = live
        self.watcher: Watcher = watcher or Nobody()
        self.writer = _engine(url, write=True)
        self.reader = (
            _engine(url, write=False)
            if self.is_sqlite
            else self.writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        )
        # Who came first is served first: the engines' own queues let newcomers in before those who wait.
        shared = asyncio.Semaphore(CONNECTIONS)
        self._room = {self.reader: shared, self.writer: asyncio.Semaphore(1) if self.is_sqlite else shared}
        self._turns: defaultdict[MallId, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def write(self, mall_id: MallId, actor: str) -> AsyncIterator[Tx]:
        """Carry out one command: lock the mall, let the caller change it, commit, and only then tell the feeds."""
        asked = perf_counter()
        async with self._turns[mall_id], self.session(self.writer, mall_id) as session:
            mall = await session.get_one(Mall, mall_id, with_for_update=True)
            self.watcher.waited(perf_counter() - asked)
            tx = Tx(session, mall, self.clock, actor)
            yield tx
            if tx.topics and not self.is_sqlite:
                await self._notify(tx)
            try:
                await session.commit()
            except asyncio.CancelledError:  # it may have committed: one look too many at the rows does no harm
                self.live.poke(mall_id, tx.topics)
                raise
        self.live.poke(mall_id, tx.topics)
        self.watcher.committed(tx.told)

    @asynccontextmanager
    async def found(self, mall: Mall, actor: str) -> AsyncIterator[Tx]:
        """Put a new mall in, with all that the caller gives it: there is none of it if anything of that fails."""
        async with self.session(self.writer, None) as session:
            session.add(mall)
            await session.flush()
            session.info["mall_id"] = mall.id
            tx = Tx(session, mall, self.clock, actor)
            yield tx
            await session.commit()
        self.live.poke(mall.id, tx.topics)
        self.watcher.committed(tx.told)

    @asynccontextmanager
    async def read(self, mall_id: MallId) -> AsyncIterator[Tx]:
        """Look at one consistent state of the mall; nothing can be changed."""
        async with self.session(self.reader, mall_id) as session:
            yield Tx(session, await session.get_one(Mall, mall_id), self.clock, "")

    @asynccontextmanager
    async def session(self, engine: AsyncEngine, mall_id: MallId | None) -> AsyncIterator[AsyncSession]:
        """Open a session bound to a mall; None is for the few tables that know no mall, and for new malls.

        Raises: BadRequest when asked for what no row can hold: a number of forty digits, a text with a NUL.
        """
        async with (
            self._room[engine],
            AsyncSession(engine, expire_on_commit=False, info={"mall_id": mall_id}) as session,
        ):
            try:
                yield session
            except (OverflowError, DBAPIError) as fault:
                if isinstance(fault, DBAPIError) and not _is_unfit(fault):
                    raise
                raise BadRequest("A name or number in this request is none that could be kept here.") from fault

    async def malls(self) -> list[MallId]:
        """Return the malls of this installation, oldest first."""
        async with self.session(self.reader, None) as session:
            return list(await session.scalars(select(Mall.id).order_by(Mall.id)))

    async def tidy(self) -> None:
        """Let nothing that was erased stay behind: in SQLite's log of changes, in PostgreSQL's dead rows."""
        async with self._room[self.writer]:
            if self.is_sqlite:
                raw = await self.writer.raw_connection()
                cursor = raw.driver_connection.cursor()  # type: ignore[union-attr]  # it is open
                for step in (
                    f"busy_timeout={TIDY_MS}",
                    "wal_checkpoint(TRUNCATE)",
                    f"busy_timeout={BUSY_SECONDS * 1000}",
                ):
                    await cursor.execute(f"PRAGMA {step}")
                raw.close()
                return
            async with self.writer.connect() as connection:
                alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await alone.exec_driver_sql("VACUUM")

    async def close(self) -> None:
        """Give all connections back."""
        await self.writer.dispose()
        if self.is_sqlite:
            await self.reader.dispose()

    async def _notify(self, tx: Tx) -> None:
        payload = f"{self.live.name} {tx.mall_id} {' '.join(sorted(tx.topics))}"
        if len(payload) > 7900:  # PostgreSQL refuses payloads of 8000 bytes
            payload = f"{self.live.name} {tx.mall_id} *"
        connection = await tx.session.connection()
        await connection.exec_driver_sql("SELECT pg_notify($1, $2)", (NOTIFY, payload))


def _is_unfit(fault: DBAPIError) -> bool:
    """Say whether a value was faulty, not the database. Source: SQL standard, SQLSTATE class 22 (data exception)."""
    return isinstance(fault.orig, OverflowError) or str(getattr(fault.orig, "sqlstate", "")).startswith("22")


def _engine(url: str, *, write: bool) -> AsyncEngine:
    """Make an engine; SQLite gets one writer that begins IMMEDIATE, and readers that cannot write."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_async_engine(url, pool_size=CONNECTIONS, max_overflow=0, pool_pre_ping=True)
    size = 1 if write else CONNECTIONS
    options = {"timeout": BUSY_SECONDS, "async_creator_fn": sqlite.connect}
    engine = create_async_engine(url, connect_args=options, pool_size=size, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver would send BEGIN too late and lose updates; see _begin
        cursor = connection.cursor()
        pragmas = [
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is erased is overwritten, not only unlinked
            f"busy_timeout={BUSY_SECONDS * 1000}",
        ]
        for pragma in pragmas if write else [*pragmas, "query_only=ON"]:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


@event.listens_for(Session, "do_orm_execute")
def _within_mall(state: ORMExecuteState) -> None:
    """Bind every statement to the session's mall, whoever wrote it."""
    mall_id = state.session.info.get("mall_id")
    if mall_id is not None:
        if state.is_insert:
            raise PermissionError("an INSERT statement knows no mall; use session.add, which stamps the row")
        state.statement = state.statement.options(_of(mall_id))


@cache
def _of(mall_id: MallId) -> LoaderCriteriaOption:
    """Make the rule that rows are of this mall; once, because twenty statements of each command need it."""
    return with_loader_criteria(MallRow, lambda table: table.mall_id == mall_id, include_aliases=True)


@event.listens_for(Session, "loaded_as_persistent")
@event.listens_for(Session, "pending_to_persistent")
def _keep(session: Session, row: object) -> None:
    """Hold on to what was read: sessions do so weakly, and one command would read the same rows again and again."""
    session.info.setdefault("kept", []).append(row)


@event.listens_for(Session, "before_flush")
def _stamp_mall(session: Session, _context: Any, _instances: Any) -> None:
    """Give every new row the session's mall, and refuse rows of another."""
    mall_id = session.info.get("mall_id")
    if mall_id is None:
        return
    for row in [*session.new, *session.dirty, *session.deleted]:
        if not isinstance(row, MallRow):
            continue
        own: MallId | None = row.mall_id
        if own is None:
            row.mall_id = mall_id
        elif own != mall_id:
            raise PermissionError(f"a row of mall {own} in a transaction of mall {mall_id}")
