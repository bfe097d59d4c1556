"""Backup and restore: SQLite's own online backup, or pg_dump; a copy is checked before it is called one."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from mpp.config import Config


class BackupFailed(Exception):
    """No backup was made, or it cannot be used; the message says why."""


async def back_up(config: Config, folder: Path, keep: int) -> Path:
    """Write a checked copy of the database into `folder`, keep the newest `keep` copies, return its path.

    Raises: BackupFailed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    url = make_url(config.url)
    if url.get_backend_name() == "sqlite":
        target = folder / f"mpp-{stamp}.sqlite"
        await asyncio.to_thread(_copy_sqlite, Path(url.database or ""), target)
    else:
        target = folder / f"mpp-{stamp}.pgdump"
        await _run(["pg_dump", "--format=custom", f"--file={target}.part", _libpq(url)])
        await _run(["pg_restore", "--list", f"{target}.part"])
        Path(f"{target}.part").replace(target)
    for old in sorted(folder.glob(f"mpp-*{target.suffix}"))[:-keep]:
        old.unlink()
    return target


async def restore(config: Config, file: Path) -> None:
    """Put a copy in the database's place; the server must be stopped. What was there is kept beside it.

    Raises: BackupFailed.
    """
    url = make_url(config.url)
    if url.get_backend_name() != "sqlite":
        await _run(
            [
                "pg_restore",
                "--clean",
                "--if-exists",
                "--single-transaction",
                f"--dbname={_libpq(url)}",
                str(file),
            ]
        )
        return
    await asyncio.to_thread(_check_sqlite, file)
    await asyncio.to_thread(_put_in_place, file, Path(url.database or ""))


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.is_file():
        raise BackupFailed(f"There is no database at {source}.")
    part = target.with_name(target.name + ".part")
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(part)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")  # one file, complete in itself, with no -wal or -shm beside it
    _check_sqlite(part)
    part.replace(target)


def _check_sqlite(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
            copy.execute("SELECT count(*) FROM event").fetchone()
    except sqlite3.Error as fault:
        raise BackupFailed(f"{file} is not a usable backup: {fault}") from fault
    if answer != "ok":
        raise BackupFailed(f"{file} is damaged: {answer}")


def _put_in_place(file: Path, database: Path) -> None:
    """Swap in one rename, so that a power cut leaves either the old or the new database, never none."""
    database.parent.mkdir(parents=True, exist_ok=True)
    fresh = database.with_name(database.name + ".restored")
    shutil.copyfile(file, fresh)
    with fresh.open("rb") as handle:
        os.fsync(handle.fileno())
    for rest in ("-wal", "-shm"):
        left = database.with_name(database.name + rest)
        if left.exists():
            left.replace(database.with_name(f"{database.name}.before{rest}"))
    if database.exists():
        shutil.copyfile(database, database.with_name(database.name + ".before"))
    fresh.replace(database)


async def _run(command: Sequence[str]) -> None:
    """Run one of PostgreSQL's own tools."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
    except FileNotFoundError:
        raise BackupFailed(f"{command[0]} is not installed; install PostgreSQL's client tools.") from None
    _, said = await process.communicate()
    if process.returncode != 0:
        raise BackupFailed(f"{command[0]}: {said.decode(errors='replace').strip()}")


def _libpq(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
