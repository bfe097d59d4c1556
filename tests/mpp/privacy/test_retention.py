"""What is kept is told, and what was kept long enough is gone: rows, files, log, the next backup."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from counters import actions as counters
from mpp import actions as people
from mpp import backup, schema
from mpp.complaints import actions as complaints
from mpp.complaints.actions import Complainant
from mpp.complaints.core import deeds
from mpp.complaints.exports import lapor, lapor_rows, register
from mpp.core.refused import LastAdministrator, OwnAccess
from mpp.core.tokens import SESSION_LIFE
from mpp.privacy import actions, chain, keeper, parts
from mpp.privacy.actions import BreachBody, HandlingBody
from mpp.privacy.core.registry import NOT_OF_PEOPLE, REGISTRY, Item, unasked
from mpp.privacy.record import breach_rows, record_rows
from mpp.tables import Person
from tests.mpp.test_backup import config
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, take
from ticketing import store
from ticketing.core.access import Role
from ticketing.core.complaint_events import Channel, Identity
from ticketing.core.ids import MallId
from ticketing.core.refused import BadRequest, Unknown
from ticketing.db import Db, Tx
from ticketing.tables import Ticket

SECRET = "ibu-Yuliana-0812-3456"


def test_every_table_is_in_the_registry_or_tells_of_nobody() -> None:
    known = {name for kept in REGISTRY for name in kept.tables} | NOT_OF_PEOPLE
    missing = set(schema.metadata().tables) - known
    assert not missing, f"{missing}: say in mpp/privacy/core/registry.py whose it is, what for and for how long"
    assert known == set(schema.metadata().tables)


def test_a_number_is_taken_without_name_identity_number_contact_or_picture() -> None:
    assert not any(unasked(item) for item in (Item.NAME, Item.ID_NUMBER, Item.CONTACT, Item.PICTURE))


async def test_the_rule_of_sessions_is_what_they_live(db: Db, mall: MallId) -> None:
    (session,) = [one for one in (await look(db, mall, parts.privacy_view)).kept if one.key == "session"]
    assert (session.period, session.unit) == (SESSION_LIFE / timedelta(hours=1), "hours")


async def _write(tx: Tx) -> None:
    await counters.open_(tx, await store.counter(tx, "L01"), "Maria")
    await counters.write_note(tx, await counters.call_next(tx, "L01"), "L01", SECRET)


async def _complain(tx: Tx) -> None:
    who = Complainant(identity=Identity.CONFIDENTIAL, name="Yuliana", contact=SECRET)
    row = await complaints.take(tx, Channel.DESK, "Antre tiga jam.", who, await complaints.about(tx, None, "KTP", None))
    await complaints.handle(tx, row, deeds.Reject(text="Bukan urusan mal ini."))


@pytest.mark.parametrize(("key", "tell"), [("note", _write), ("contact", _complain)])
async def test_a_day_later_it_is_gone_from_rows_files_log_exports_and_the_next_backup(
    key: str, tell: Callable[[Tx], Awaitable[None]], db: Db, mall: MallId, clock: StoppedClock, tmp_path: Path
) -> None:
    ticket = await take(db, mall, "KTP")
    await act(db, mall, tell)
    assert (await look(db, mall, partial(parts.ticket_export, ticket=ticket))).has_note == (key == "note")
    assert await found(db, tmp_path), "it is there before"
    clock.forward(timedelta(days=1))
    await keeper.keep(hall_of(db), mall, tmp_path / "heads", None)
    assert await found(db, tmp_path) == []
    copy = await backup.back_up(config(db, tmp_path), tmp_path / "copies", keep=3)
    assert SECRET.encode() not in copy.read_bytes()
    assert SECRET not in str(await look(db, mall, lambda tx: handed_out(tx, ticket)))
    view = await look(db, mall, parts.privacy_view)
    assert [(one.erased, one.erased_in_all) for one in view.kept if one.key == key] == [(1, 1)]
    assert (view.chain.faults, view.last_run) == (0, clock.now())
    assert (await chain.verify(db, mall)).wrong == 0


async def handed_out(tx: Tx, ticket: Ticket) -> list[object]:
    """Return every file in which it could have left the mall."""
    return [
        await parts.ticket_export(tx, ticket),
        await register(tx, None, None, None),
        lapor_rows(await lapor(tx, None)),
    ]


async def found(db: Db, folder: Path) -> list[str]:
    """Say in which tables, or in which of SQLite's files, the secret is."""
    if db.is_sqlite:
        return [file.name for file in folder.glob("mpp.sqlite*") if SECRET.encode() in file.read_bytes()]
    async with db.session(db.reader, None) as session:
        names = schema.metadata().tables
        rows = {name: str((await session.execute(text(f'SELECT * FROM "{name}"'))).all()) for name in names}
    return [name for name, body in rows.items() if SECRET in body]


async def test_who_leaves_is_a_number_from_then_on(db: Db, mall: MallId) -> None:
    async with db.write(mall, "console") as tx:
        await people.add_person(tx, "maria", "Maria Bana", "hash", Role.OFFICER, None)
        await people.add_person(tx, "yosef", "Yosef", "hash", Role.ADMINISTRATOR, None)
    staff = (await look(db, mall, parts.privacy_view)).staff
    maria, yosef = (one.id for one in staff)
    async with db.write(mall, f"person:{maria}") as tx:
        await counters.open_(tx, await store.counter(tx, "L01"), "Maria Bana")
    told = await look(db, mall, lambda tx: parts.person_export(tx, maria))
    assert (told.counters, [deed.kind for deed in told.deeds]) == (["L01"], ["counter_opened"])
    await act(db, mall, lambda tx: actions.erase_person(tx, maria), f"person:{yosef}")
    assert [one.name for one in (await look(db, mall, parts.privacy_view)).staff] == ["Yosef"]
    async with db.read(mall) as tx:
        person = await tx.session.get_one(Person, maria)
        assert (person.name, person.login, person.is_active) == (f"person-{maria}", f"person-{maria}", False)
        assert (await store.counter(tx, "L01")).officer == f"person-{maria}"
        log = str((await tx.session.execute(text("SELECT * FROM event"))).all())
    assert "Maria" not in log
    for actor in (f"person:{yosef}", "console"):
        with pytest.raises((OwnAccess, LastAdministrator)):
            await act(db, mall, partial(actions.erase_person, id=yosef), actor)
    with pytest.raises(Unknown):
        await act(db, mall, lambda tx: actions.erase_person(tx, maria))


async def test_a_breach_has_three_days(db: Db, mall: MallId, clock: StoppedClock) -> None:
    body = BreachBody(discovered_at=clock.now(), what="Laptop hilang", whose="pengadu bulan November")
    row = await act(db, mall, lambda tx: actions.record_breach(tx, body), "person:2")
    (breach,) = (await look(db, mall, parts.privacy_view)).breaches
    assert (breach.due_at - breach.discovered_at, breach.is_late) == (timedelta(hours=72), False)
    clock.forward(timedelta(hours=72, seconds=1))
    (breach,) = (await look(db, mall, parts.privacy_view)).breaches
    assert breach.is_late
    told = HandlingBody(handling="Kata sandi diganti", notified_at=clock.now() - timedelta(hours=1))
    await act(db, mall, lambda tx: actions.handle_breach(tx, row.id, told))
    view = await look(db, mall, parts.privacy_view)
    assert not view.breaches[0].is_late
    assert [line[-1] for line in breach_rows(view)] == ["handling", "Kata sandi diganti"]
    for wrong in (clock.now() + timedelta(seconds=1), breach.discovered_at - timedelta(seconds=1)):
        late = HandlingBody(handling="", notified_at=wrong)
        with pytest.raises(BadRequest):
            await act(db, mall, partial(actions.handle_breach, id=row.id, body=late))
    naive = BreachBody(discovered_at=clock.now().replace(tzinfo=None), what="x", whose="x")
    with pytest.raises(BadRequest):
        await act(db, mall, partial(actions.record_breach, body=naive))


async def test_the_record_of_processing_and_the_notice_come_from_the_registry(db: Db, mall: MallId) -> None:
    rows = record_rows(await look(db, mall, parts.privacy_view))
    assert len(rows) == 1 + 2 * len(REGISTRY)
    assert all("" not in row[:7] for row in rows)
    notice = await look(db, mall, parts.notice)
    assert {one.key for one in notice.asked} == {"slip", "contact", "complaint"}
    assert notice.without[:2] == [Item.NAME, Item.ID_NUMBER]
