"""The log is chained: what is changed, taken out, put in, swapped or cut off is found; on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from mpp import backup
from mpp.backup import BackupFailed
from mpp.privacy import chain, keeper, reads
from mpp.privacy.core import told
from tests.mpp.test_backup import config
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import hall_of, look, take
from ticketing import store
from ticketing.core.chain import START, link
from ticketing.core.ids import MallId
from ticketing.db import Db, Tx

SHIFTED = "seq + 1000000"
"""Away and back: a number that is taken cannot be given, not even for a moment."""

DEEDS: dict[str, tuple[list[str], list[str]]] = {
    "nothing": ([], ["m: whole: 6 events"]),
    "one byte changed": (
        ["UPDATE event SET body = replace(body, 'B-002', 'B-003') WHERE seq = 3"],
        ["m: NOT whole: 1 fault in 6 events.", "event 3 is not what was written"],
    ),
    "who acted changed": (["UPDATE event SET actor = 'person:9' WHERE seq = 4"], ["1 fault", "event 4 is not"]),
    "its hash changed too": (
        ["UPDATE event SET actor = 'person:9', hash = (SELECT hash FROM event WHERE seq = 1) WHERE seq = 4"],
        ["2 faults", "event 4 is not", "event 5 is not"],
    ),
    "one taken out": (["DELETE FROM event WHERE seq = 4"], ["1 fault in 5 events", "event 4 is missing."]),
    "the last taken out": (["DELETE FROM event WHERE seq = 6"], ["1 fault", "event 6 is missing."]),
    "two taken out": (["DELETE FROM event WHERE seq IN (3, 4)"], ["1 fault", "events 3 to 4 are missing."]),
    "one put in at the end": (
        [
            "INSERT INTO event (mall_id, seq, at, actor, kind, body) SELECT mall_id, 7, at, actor, kind, body"
            " FROM event WHERE seq = 6"
        ],
        ["2 faults in 7 events", "event 7 was not written by this program: added."],
    ),
    "one put in, and counted": (
        [
            "INSERT INTO event (mall_id, seq, at, actor, kind, body, hash) SELECT mall_id, 7, at, actor, kind, body,"
            " hash FROM event WHERE seq = 6",
            "UPDATE mall SET last_seq = 7",
        ],
        ["1 fault in 7 events", "event 7 is not what was written"],
    ),
    "two swapped": (
        [
            f"UPDATE event SET seq = {SHIFTED} WHERE seq IN (3, 4)",
            "UPDATE event SET seq = 3 WHERE seq = 1000004",
            "UPDATE event SET seq = 4 WHERE seq = 1000003",
        ],
        ["3 faults", "event 3 is not what", "event 4 is not what", "event 5 is not"],
    ),
    "cut off, and the mall too": (
        [
            "DELETE FROM event WHERE seq > 4",
            "UPDATE mall SET last_seq = 4, head = (SELECT hash FROM event WHERE seq = 4)",
        ],
        ["1 fault in 4 events", "events 5 to 6: a head was noted up to there"],
    ),
}


Rows = list[dict[str, object]]


@pytest.fixture
async def six(db: Db, mall: MallId) -> MallId:
    """Give a mall with six events."""
    for _ in range(5):
        await take(db, mall, "KTP")
    return mall


async def do(db: Db, *deeds: str) -> None:
    """Do to the log what no program of ours does."""
    async with db.session(db.writer, None) as session:
        for deed in deeds:
            await session.execute(text(deed))
        await session.commit()


async def kept(tx: Tx) -> Rows:
    """Return the log as it is, and where the mall says that it ends."""
    rows = await tx.session.execute(text("SELECT * FROM event ORDER BY seq"))
    mall = await tx.session.execute(text("SELECT last_seq, head FROM mall"))
    return [*(dict(row._mapping) for row in rows), dict(mall.one()._mapping)]


async def undo(db: Db, before: Rows) -> None:
    """Put the log back: after a test it is held against all that it tells."""
    *rows, mall = before
    names = list(rows[0])
    async with db.session(db.writer, None) as session:
        await session.execute(text("DELETE FROM event"))
        into = f"INSERT INTO event ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
        await session.execute(text(into), rows)
        await session.execute(text("UPDATE mall SET last_seq = :last_seq, head = :head"), mall)
        await session.commit()


async def said_of(db: Db, mall: MallId, noted: dict[int, bytes]) -> str:
    """Say in words how the log is."""
    return "\n".join(told.told("m", await chain.verify(db, mall, noted)))


async def test_what_was_done_to_the_log_is_found(db: Db, six: MallId) -> None:
    whole, before = await chain.verify(db, six), await look(db, six, kept)
    for what, (deeds, expected) in DEEDS.items():
        await do(db, *deeds)
        said = await said_of(db, six, {whole.last: whole.head})
        assert all(sentence in said for sentence in expected), f"{what}: {said}"
        await undo(db, before)


async def test_a_chain_that_was_written_anew_does_not_fit_a_head_that_was_noted(db: Db, six: MallId) -> None:
    whole, before = await chain.verify(db, six), await look(db, six, kept)
    await do(db, "UPDATE event SET actor = 'person:9' WHERE seq = 2")
    log, head = await look(db, six, lambda tx: reads.entries(tx, 1, 6, 6)), START
    for entry in log:  # whoever has the database's password and this program can do so
        head = link(head, six, entry)
        await do(db, f"UPDATE event SET hash = {sql(db, head)} WHERE seq = {entry.seq}")
    await do(db, f"UPDATE mall SET head = {sql(db, head)}")
    assert "whole: 6 events" in await said_of(db, six, {}), "the chain alone cannot tell"
    assert "event 6: another head was noted for it" in await said_of(db, six, {6: whole.head})
    await undo(db, before)


def sql(db: Db, value: bytes) -> str:
    """Write bytes into a statement."""
    return f"x'{value.hex()}'" if db.is_sqlite else f"'\\x{value.hex()}'::bytea"


async def test_what_is_older_than_the_chain_is_sealed_once(db: Db, six: MallId) -> None:
    await do(db, "UPDATE event SET hash = NULL", "UPDATE mall SET head = NULL")
    assert "Events 1 to 6 are older than the chain; they are not sealed yet" in await said_of(db, six, {})
    await take(db, six, "KTP")
    assert await chain.seal(db, six)
    assert not await chain.seal(db, six)
    said = await said_of(db, six, {})
    assert said.startswith("m: whole: 8 events")
    assert "Events 1 to 6 are older than the chain; their seal fits." in said
    before = await look(db, six, kept)
    for deed in ("UPDATE event SET actor = 'x' WHERE seq = 2", "UPDATE event SET hash = NULL WHERE seq = 7"):
        await do(db, deed)
        assert "NOT whole" in await said_of(db, six, {})
        await undo(db, before)
    await do(db, "UPDATE event SET actor = 'x' WHERE seq = 2")
    assert "events 1 to 6: older than the chain, and not what was sealed" in await said_of(db, six, {})
    await undo(db, before)


async def test_a_log_is_verified_from_a_day_on(db: Db, six: MallId, clock: StoppedClock) -> None:
    clock.forward(timedelta(days=1))
    await take(db, six, "KTP")
    async with db.read(six) as tx:
        today = store.today(tx)
    found = await chain.verify(db, six, since=today)
    assert (found.first, found.events, found.wrong) == (7, 1, 0)
    before = await look(db, six, kept)
    await do(db, "UPDATE event SET actor = 'x' WHERE seq IN (2, 7)")
    assert (await chain.verify(db, six, since=today)).wrong == 1
    await undo(db, before)


async def test_a_backup_is_verified_notes_the_head_and_takes_no_copy_of_a_whole_log_away(
    db: Db, six: MallId, tmp_path: Path
) -> None:
    copies, settings = tmp_path / "copies", config(db, tmp_path / "data")
    await backup.back_up(settings, copies, keep=1)
    (noted,) = chain.noted(copies / chain.HEADS)
    assert (noted.mall, noted.seq) == ("KECIL", 6)
    before = await look(db, six, kept)
    await do(
        db,
        "DELETE FROM event WHERE seq = 6",
        "UPDATE mall SET last_seq = 5, head = (SELECT hash FROM event WHERE seq = 5)",
    )
    with pytest.raises(BackupFailed, match=r"(?s)no older copy taken away.*event 6: a head was noted up to there"):
        await backup.back_up(settings, copies, keep=1)
    assert len(list(copies.glob("mpp-*"))) >= 1
    await undo(db, before)


async def test_each_night_the_head_is_noted_once(db: Db, six: MallId, clock: StoppedClock, tmp_path: Path) -> None:
    done = await keeper.keep(hall_of(db), six, tmp_path, None)
    await take(db, six, "KTP")
    done = await keeper.keep(hall_of(db), six, tmp_path, done)
    clock.forward(timedelta(days=1))
    await keeper.keep(hall_of(db), six, tmp_path, done)
    assert [head.seq for head in chain.noted(tmp_path / chain.HEADS)] == [7, 10]
