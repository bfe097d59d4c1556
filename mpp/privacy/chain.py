"""Walks along the log of a mall: to verify it, to seal what is older than the chain, to note its head elsewhere.

A log has millions of events: they are read some at a time, and hashed beside the event loop.
"""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from mpp import store
from mpp.privacy import reads
from mpp.privacy.core import heads
from mpp.privacy.core.heads import Head
from ticketing.clock import Clock
from ticketing.core.chain import START, LogSealed, Verdict, Walk
from ticketing.core.ids import MallId
from ticketing.db import Db, Tx
from ticketing.live import Live

BATCH = 500
"""Events read at once: a few milliseconds, in which the hall waits for nothing that it notices."""

HEADS = "heads.txt"
"""File of the heads that were noted, beside the database and beside the copies."""


async def verify(
    db: Db, mall_id: MallId, noted: Mapping[int, bytes] | None = None, since: date | None = None
) -> Verdict:
    """Walk along the log up to where it ends now, from the beginning or from a day on."""
    async with db.read(mall_id) as tx:
        last, head, there = tx.mall.last_seq, tx.mall.head, await reads.newest(tx)
        start = await reads.last_before(tx, since) if since is not None else None
    seq, before = start or (0, None)
    walk = Walk(mall_id, noted or {}, seq + 1, before)
    await _walk(db, mall_id, walk, seq + 1, there)
    return walk.end(last, head)


async def _walk(db: Db, mall_id: MallId, walk: Walk, first: int, last: int) -> None:
    while first <= last:
        async with db.read(mall_id) as tx:
            found = await reads.entries(tx, first, last, BATCH)
        if not found:
            return
        await asyncio.to_thread(walk.take, found)
        first = found[-1].seq + 1


async def seal(db: Db, mall_id: MallId) -> bool:
    """Seal the events that are older than the chain, if there are any that nobody has sealed; say whether."""
    async with db.read(mall_id) as tx:
        if await reads.is_sealed(tx):
            return False
        last = tx.mall.last_seq
    walk = Walk(mall_id, {})
    await _walk(db, mall_id, walk, 1, last)
    async with db.write(mall_id, "clock") as tx:
        walk.take(await reads.entries(tx, last + 1, tx.mall.last_seq, BATCH))
        found = walk.end(tx.mall.last_seq, tx.mall.head)
        tx.append(LogSealed(last=found.old, head=found.old_head.hex()))
    return True


async def stamp(db: Db, mall_id: MallId) -> str:
    """Return the head of a mall's log as a line, to be printed on what is handed over."""
    async with db.read(mall_id) as tx:
        return heads.line(head_of(tx, tx.now))


def head_of(tx: Tx, at: datetime) -> Head:
    """Return the head of a mall's log, to be noted."""
    return Head(at, tx.mall.code, tx.mall.last_seq, tx.mall.head or START)


def note(file: Path, head: Head) -> None:
    """Note a head at the end of a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as handle:
        handle.write(f"{heads.line(head)}\n")


def noted(*files: Path) -> list[Head]:
    """Return the heads that were noted in files; a file that is not there has none.

    Raises: FaultyHead, OSError.
    """
    return [head for file in files if file.exists() for head in heads.read(file.read_text(encoding="utf-8"))]


def begin_anew(file: Path, stamp: str) -> None:
    """Put noted heads aside: what is put in the database's place goes on otherwise than they say."""
    if file.exists():
        file.replace(file.with_name(f"heads-until-{stamp}.txt"))


async def verify_all(
    url: str, known: list[Head], since: date | None = None, only: str | None = None
) -> list[tuple[str, Verdict]]:
    """Verify the logs of the malls of a database, or of one of them; return the codes of the malls beside."""
    db = Db(url, Clock(), Live())
    try:
        found: list[tuple[str, Verdict]] = []
        if not await reads.has_chain(db):  # of an older version, which is backed up before it is upgraded
            return found
        for mall_id in [await store.the_mall(db, only)] if only else await db.malls():
            async with db.read(mall_id) as tx:
                code = tx.mall.code
            found.append((code, await verify(db, mall_id, heads.of_mall(known, code), since)))
        return found
    finally:
        await db.close()
