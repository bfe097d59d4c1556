"""Backup and restore: SQLite's own online backup, or pg_dump; a copy is checked before it is called one.

The log is verified, and its head noted beside the copies, which had better lie on another machine.
The boards' pictures and videos lie in a folder beside the copies, each once, however many copies there are.
"""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from mpp.config import MEDIA, Config
from mpp.privacy import chain
from mpp.privacy.core import told
from mpp.privacy.core.heads import FaultyHead, Head
from ticketing.core.chain import Verdict


class BackupFailed(Exception):
    """No backup was made, or it cannot be used; the message says why."""


async def back_up(config: Config, folder: Path, keep: int) -> Path:
    """Write a checked copy of the database and the files into `folder`, keep the newest `keep`, return its path.

    Raises: BackupFailed; when the log is not whole, no older copy is taken away.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    url = make_url(config.url)
    if url.get_backend_name() == "sqlite":
        target = folder / f"mpp-{stamp}.sqlite"
        await asyncio.to_thread(_copy_sqlite, Path(url.database or ""), target)
        found = await chain.verify_all(f"sqlite+aiosqlite:///{target.absolute()}", _noted(folder))
        await asyncio.to_thread(_make_one_file, target)
    else:
        target = folder / f"mpp-{stamp}.pgdump"
        found = await chain.verify_all(config.url, _noted(folder))
        await _run(config, "pg_dump", "--format=custom", f"--file={target}.part", f"--dbname={_libpq(url)}")
        await _run(config, "pg_restore", "--list", f"{target}.part")
        Path(f"{target}.part").replace(target)
    await asyncio.to_thread(copy_missing, config.data / MEDIA, folder / MEDIA)
    _must_be_whole(target, found)
    for code, verdict in found:
        chain.note(folder / chain.HEADS, Head(datetime.now(UTC), code, verdict.last, verdict.head))
    for old in sorted(folder.glob(f"mpp-*{target.suffix}"))[:-keep]:
        old.unlink()
    return target


def _noted(folder: Path) -> list[Head]:
    try:
        return chain.noted(folder / chain.HEADS)
    except FaultyHead as fault:
        raise BackupFailed(f"{folder / chain.HEADS}: {fault}") from fault


def _must_be_whole(target: Path, found: Sequence[tuple[str, Verdict]]) -> None:
    lines = [line for code, verdict in found if verdict.wrong for line in told.told(code, verdict)]
    if lines:
        said = "\n".join(lines)
        raise BackupFailed(f"{target} was written, and no older copy taken away, but its log is not whole.\n{said}")


async def restore(config: Config, file: Path) -> None:
    """Put a copy in the database's place; the server must be stopped. What was there is kept beside it.

    Raises: BackupFailed.
    """
    await asyncio.to_thread(copy_missing, file.parent / MEDIA, config.data / MEDIA)
    for folder in (config.data, file.parent):
        chain.begin_anew(folder / chain.HEADS, datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ"))
    url = make_url(config.url)
    if url.get_backend_name() != "sqlite":
        options = ("--clean", "--if-exists", "--single-transaction", f"--dbname={_libpq(url)}")
        await _run(config, "pg_restore", *options, str(file))
        return
    await asyncio.to_thread(_check_sqlite, file)
    await asyncio.to_thread(_put_in_place, file, Path(url.database or ""))


def copy_missing(source: Path, target: Path) -> None:
    """Copy pictures and videos that are not there yet; one that is there never changes, for its name is its content."""
    for file in source.glob("*.*") if source.is_dir() else ():
        copy = target / file.name
        if file.suffix == ".part" or copy.exists():
            continue
        target.mkdir(parents=True, exist_ok=True)
        part = copy.with_name(f"{copy.name}.part")
        shutil.copyfile(file, part)
        part.replace(copy)


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.is_file():
        raise BackupFailed(f"There is no database at {source}.")
    part = target.with_name(target.name + ".part")
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(part)) as there:
        here.backup(there)
    _make_one_file(part)
    part.replace(target)


def _make_one_file(file: Path) -> None:
    """Make a copy complete in itself, with no -wal or -shm beside it, and check it."""
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
    _check_sqlite(file)


def _check_sqlite(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as copy:
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
    if database.exists():
        _keep(database)
        _come_to_rest(database)
    fresh.replace(database)


def _keep(database: Path) -> None:
    """Copy what is there, log and all, beside it."""
    for rest in ("", "-wal"):
        part, kept = (database.with_name(f"{database.name}{kind}{rest}") for kind in ("", ".before"))
        kept.unlink(missing_ok=True)
        if part.exists():
            shutil.copyfile(part, kept)


def _come_to_rest(database: Path) -> None:
    """Write SQLite's log into its database: a log that stays behind would be taken for the new database's own."""
    try:
        with closing(sqlite3.connect(database, timeout=1)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as fault:
        raise BackupFailed(f"{database} is in use; stop the server first ({fault}).") from fault
    except sqlite3.DatabaseError:  # it is broken, which is why it is replaced
        for rest in ("-wal", "-shm"):
            database.with_name(database.name + rest).unlink(missing_ok=True)
    if database.with_name(database.name + "-wal").exists():
        raise BackupFailed(f"{database} is in use; stop the server first.")


async def _run(config: Config, tool: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own tools; the password goes by the environment, where other users cannot read it."""
    program = str(config.postgresql_tools / tool) if config.postgresql_tools else tool
    password = make_url(config.url).password
    try:
        process = await asyncio.create_subprocess_exec(
            program,
            *arguments,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env=os.environ | ({"PGPASSWORD": password} if password else {}),
        )
    except FileNotFoundError:
        raise BackupFailed(f"{program} is not there; install PostgreSQL's client tools.") from None
    _, said = await process.communicate()
    if process.returncode != 0:
        raise BackupFailed(f"{tool}: {said.decode(errors='replace').strip()}")


def _libpq(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
