"""`python -m tests.bench.chain [EVENTS]`: what the chain over the log costs, and how long it takes to verify one.

An upgrade of a log from before the chain, its sealing, and a walk along it; the events are made up. Writes nothing.
"""

import asyncio
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

from alembic import command
from msgspec.structs import replace

from mpp import schema
from mpp.privacy import chain
from mpp.privacy.core import told
from ticketing.clock import Clock
from ticketing.core.chain import START, Entry, link
from ticketing.core.ids import CounterId, MallId, TicketId
from ticketing.db import Db
from ticketing.live import Live

BEFORE = "0014"
"""The last shape of the database without a chain."""

CALLED = '{"type":"called","counter_id":3,"score":12.25,"runner_up":78,"runner_up_score":11.5}'
ENTRY = Entry(1, datetime(2026, 11, 23, 1, tzinfo=UTC), "person:12", "called", TicketId(77), CounterId(3), CALLED)

MALL = """INSERT INTO mall (code, name, place, timezone, languages, hours, last_ticket_minutes, priority_classes,
pronunciations, ticket_footer, offline, policy, last_seq)
VALUES ('X', 'x', 'x', 'Asia/Makassar', '["id"]', '{}', 0, '[]', '{}', '', '{}', '{}', ?)"""

EVENTS = """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO event (mall_id, seq, at, actor, kind, ticket_id, counter_id, body)
SELECT 1, i, '2026-01-01 00:00:00.123456', 'person:12', 'called', i / 5, 3, ? FROM n"""


def main(folder: Path, events: int) -> None:
    """Measure, and print."""
    began, head = process_time(), START
    for seq in range(1, 100_001):
        head = link(head, MallId(1), replace(ENTRY, seq=seq))
    print(f"one event chained: {(process_time() - began) * 10:.1f} us of the processor")
    url = f"sqlite+aiosqlite:///{folder / 'mpp.sqlite'}"
    schema.run(url, lambda settings: command.upgrade(settings, BEFORE))
    with closing(sqlite3.connect(folder / "mpp.sqlite")) as made:
        made.execute(MALL, (events,))
        made.execute(EVENTS, (events, CALLED))
        made.commit()
    began = perf_counter()
    schema.upgrade(url)
    print(f"{events:,} events from before the chain: upgraded in {perf_counter() - began:.1f} s")
    asyncio.run(walk(url))


async def walk(url: str) -> None:
    """Seal the log, and verify it."""
    db = Db(url, Clock(), Live())
    began, busy = perf_counter(), process_time()
    await chain.seal(db, MallId(1))
    print(f"sealed in {perf_counter() - began:.0f} s, {process_time() - busy:.0f} s of the processor")
    began, busy = perf_counter(), process_time()
    found = await chain.verify(db, MallId(1))
    print(f"verified in {perf_counter() - began:.0f} s, {process_time() - busy:.0f} s of the processor")
    print("\n".join(told.told("X", found)))
    await db.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        main(Path(name), int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000)
