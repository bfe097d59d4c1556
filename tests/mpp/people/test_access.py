"""Who may sign in: let in, changed, sent away, brought back, and what is refused; on both databases."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import update

from mpp import actions as ground
from mpp import store
from mpp.core.refused import (
    LastAdministrator,
    LeadsAll,
    LoginTaken,
    OwnAccess,
    ShortPassword,
    TenantMissing,
    WorksElsewhere,
)
from mpp.people import actions, reads
from mpp.people.views import PersonLine
from mpp.privacy import actions as privacy
from mpp.privacy import store as staff
from mpp.tables import Person
from tests.ticketing.deeds import act, look, second_mall
from ticketing.core.access import Principal, Role
from ticketing.core.ids import MallId, PersonId, TenantId
from ticketing.core.mall_entries import MallFile
from ticketing.core.refused import BadRequest, Refused, Unknown
from ticketing.db import Db, Tx
from ticketing.tables import Counter

BY_ANI = "ani"
Deed = Callable[[Tx], Awaitable[None]]


def on(login: str, step: Callable[[Tx, PersonId], Awaitable[None]]) -> Deed:
    """Do something to the person of that login."""

    async def deed(tx: Tx) -> None:
        await step(tx, await id_of(tx, login))

    return deed


async def id_of(tx: Tx, login: str) -> PersonId:
    person = await store.person_in(tx, login)
    assert person is not None
    return person.id


async def do(db: Db, mall: MallId, deed: Deed, actor: str = BY_ANI) -> None:
    """Do it as Ani, or as a program."""
    if actor == BY_ANI:
        actor = f"person:{await look(db, mall, lambda tx: id_of(tx, 'ani'))}"
    await act(db, mall, deed, actor)


@pytest.fixture
async def house(db: Db, mall: MallId) -> MallId:
    """Let Ani administer, and Budi and Cici work."""
    for login, role, tenant in (("ani", Role.ADMINISTRATOR, None), ("budi", Role.OFFICER, "POLRES")):
        await act(db, mall, lambda tx, a=login, b=role, c=tenant: _let_in(tx, a, b, c))  # type: ignore[misc]  # bound now
    return mall


async def _let_in(tx: Tx, login: str, role: Role, tenant: str | None) -> None:
    tenant_id = (await store.tenant(tx, tenant)).id if tenant else None
    await actions.let_in(tx, login, login.title(), "hash", role, tenant_id)


async def lines(db: Db, mall: MallId) -> dict[str, PersonLine]:
    async def view(tx: Tx) -> dict[str, PersonLine]:
        ani = Principal(mall_id=mall, role=Role.ADMINISTRATOR, actor="person:0", name="Ani", token_id=0)
        return {line.login: line for line in (await reads.people_view(tx, ani)).people}

    return await look(db, mall, view)


async def session(db: Db, mall: MallId, login: str) -> str:
    person, _ = await store.person(db, login)
    assert person is not None
    return await act(db, mall, lambda tx: ground.sign_in(tx, person, None, tx.now))


async def is_in(db: Db, secret: str) -> bool:
    return bool(await store.principals(db, [secret], db.clock.real()))


async def test_who_is_sent_away_is_out_at_once_and_can_be_brought_back(db: Db, house: MallId) -> None:
    secret = await session(db, house, "budi")
    (who,) = await store.principals(db, [secret], db.clock.real())
    closing = db.live.watch(house, {f"token:{who.token_id}"})
    await do(db, house, on("budi", actions.end_access))
    assert closing.is_set(), "the sockets are closed"
    assert not await is_in(db, secret)
    assert (await store.person(db, "budi"))[1] == []
    assert (await lines(db, house))["budi"].ended_at is not None
    await do(db, house, on("budi", actions.restore_access))
    line = (await lines(db, house))["budi"]
    assert (line.ended_at, line.role, line.tenant, line.is_self) == (None, Role.OFFICER, "POLRES", False)
    assert await is_in(db, await session(db, house, "budi"))
    assert not await is_in(db, secret)


@pytest.mark.parametrize(
    ("deed", "is_still_in"),
    [
        (on("budi", lambda tx, id: actions.change(tx, id, "Budi Baru", Role.GREETER, None)), False),
        (on("budi", lambda tx, id: actions.change(tx, id, "Budi", Role.OFFICER, None)), False),
        (on("budi", lambda tx, id: actions.set_password(tx, id, "other")), False),
        (on("budi", privacy.erase_person), False),
        (on("budi", actions.restore_access), True),
    ],
    ids=["role", "tenant", "password", "erased", "nothing"],
)
async def test_other_rights_need_signing_in_anew(db: Db, house: MallId, deed: Deed, is_still_in: bool) -> None:
    secret = await session(db, house, "budi")
    await do(db, house, deed)
    assert await is_in(db, secret) == is_still_in


async def test_another_name_alone_does_not_end_the_work(db: Db, house: MallId) -> None:
    secret = await session(db, house, "budi")

    async def rename(tx: Tx) -> None:
        await actions.change(
            tx, await id_of(tx, "budi"), "Budi S.", Role.OFFICER, (await store.tenant(tx, "POLRES")).id
        )

    await do(db, house, rename)
    assert (await lines(db, house))["budi"].name == "Budi S."
    assert await is_in(db, secret)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_another_name_is_the_one_at_the_counter_and_keeps_the_tie_to_a_tenant(db: Db, house: MallId) -> None:
    async def retire(tx: Tx) -> None:
        (await store.tenant(tx, "POLRES")).is_active = False
        await tx.session.execute(update(Counter).where(Counter.code == "L02").values(officer="Budi"))

    async def rename(tx: Tx) -> None:
        tied = await store.tenant(tx, before.tenant or "")
        await actions.change(tx, before.id, "Budi S.", Role.OFFICER, tied.id)

    await act(db, house, retire)
    before = (await lines(db, house))["budi"]
    await do(db, house, rename)
    assert (await lines(db, house))["budi"].tenant == "POLRES"
    assert await look(db, house, lambda tx: staff.counters_run_by(tx, "Budi S.")) == ["L02"]


NO: list[tuple[str, Deed, type[Refused]]] = [
    (BY_ANI, on("ani", actions.end_access), OwnAccess),
    (BY_ANI, on("ani", lambda tx, id: actions.change(tx, id, "Ani", Role.MANAGER, None)), OwnAccess),
    (BY_ANI, on("ani", privacy.erase_person), OwnAccess),
    ("program:x", on("ani", actions.end_access), LastAdministrator),
    ("program:x", on("ani", lambda tx, id: actions.change(tx, id, "Ani", Role.GREETER, None)), LastAdministrator),
    ("program:x", on("ani", privacy.erase_person), LastAdministrator),
    (BY_ANI, on("budi", lambda tx, id: actions.change(tx, id, "B", Role.SUPERVISOR, None)), TenantMissing),
    (BY_ANI, on("budi", lambda tx, id: actions.change(tx, id, "B", Role.MANAGER, TenantId(1))), LeadsAll),
    (BY_ANI, on("budi", lambda tx, id: actions.change(tx, id, "B", Role.KIOSK, None)), BadRequest),
    (BY_ANI, lambda tx: actions.let_in(tx, "BUDI", "B", "hash", Role.OFFICER, None), LoginTaken),
    (BY_ANI, lambda tx: actions.end_access(tx, PersonId(99)), Unknown),
    (BY_ANI, lambda tx: actions.restore_access(tx, PersonId(99)), Unknown),
    (BY_ANI, lambda tx: actions.set_password(tx, PersonId(99), "hash"), Unknown),
]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_would_lock_people_out_or_makes_no_sense_is_refused(db: Db, house: MallId) -> None:
    before = await lines(db, house)
    for actor, deed, no in NO:
        with pytest.raises(no):
            await do(db, house, deed, actor)
    assert await lines(db, house) == before
    for short in ("", "1234567"):
        with pytest.raises(ShortPassword):
            await actions.hashed(short)


async def test_an_administrator_whose_access_ended_counts_no_more(db: Db, house: MallId) -> None:
    await act(db, house, lambda tx: _let_in(tx, "cici", Role.ADMINISTRATOR, None))
    await act(db, house, on("cici", actions.end_access))
    with pytest.raises(LastAdministrator):
        await do(db, house, on("ani", actions.end_access), "program:x")
    await act(db, house, on("cici", privacy.erase_person))
    assert set(await lines(db, house)) == {"ani", "budi"}


async def test_who_works_in_another_mall_keeps_name_and_password(db: Db, house: MallId, small_mall: MallFile) -> None:
    there = await second_mall(db, small_mall)
    await act(db, there, lambda tx: ground.add_person(tx, "budi", "Budi", "hash", Role.MANAGER, None))
    assert (await lines(db, house))["budi"].elsewhere
    for deed in (
        on("budi", lambda tx, id: actions.set_password(tx, id, "stolen")),
        on("budi", lambda tx, id: actions.change(tx, id, "Budi Lain", Role.OFFICER, None)),
    ):
        with pytest.raises(WorksElsewhere):
            await do(db, house, deed)
    await do(db, house, on("budi", actions.end_access))
    assert [code for _, code in (await store.person(db, "budi"))[1]] == ["LAIN"]
    async with db.read(there) as tx:
        row = await tx.session.get_one(Person, await id_of(tx, "budi"))
        assert (row.password_hash, row.is_active) == ("hash", True)
