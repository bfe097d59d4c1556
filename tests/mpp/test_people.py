"""Who is let in: passwords, tokens, several malls; on both databases."""

import asyncio
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select, update

from mpp import actions, passwords, reads, store
from mpp.core.tokens import SESSION_LIFE, hashed
from mpp.privacy import store as privacy
from mpp.tables import Person, Token, TokenKind
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, look, second_mall
from ticketing.core.access import Principal, Role
from ticketing.core.ids import MallId, TenantId
from ticketing.core.mall_entries import MallFile
from ticketing.core.refused import BadRequest, ChooseMall, Unknown, WrongPassword
from ticketing.db import Db, Tx

PASSWORD = "kuda-baterai-staples"


@pytest.fixture(scope="module")
def password_hash() -> str:
    """Hash the password of the tests once: it takes long on purpose."""
    return asyncio.run(passwords.make(PASSWORD))


@pytest.fixture
async def maria(db: Db, mall: MallId, password_hash: str) -> MallId:
    """Let Maria be an officer."""
    await add(db, mall, password_hash)
    return mall


async def add(
    db: Db, mall: MallId, hash: str, *, login: str = "Maria", role: Role = Role.OFFICER, tenant: str | None = None
) -> None:
    async with db.write(mall, "console") as tx:
        row = await store.tenant(tx, tenant) if tenant else None
        await actions.add_person(tx, login, "Maria", hash, role, row.id if row else None)


async def sign_in(db: Db, mall: MallId, old: int | None = None) -> str:
    person, chosen = await actions.who_signs_in(db, "maria", PASSWORD, None)
    assert chosen == mall
    return await act(db, mall, lambda tx: actions.sign_in(tx, person, old, tx.now))


async def who(db: Db, secret: str) -> Principal | None:
    found = await store.principals(db, [secret], db.clock.real())
    return found[0] if found else None


async def test_a_wrong_name_and_a_wrong_password_are_told_apart_by_nobody(db: Db, maria: MallId) -> None:
    for login, password in (("maria", "wrong"), ("yosef", PASSWORD), ("yosef", ""), ("maria", PASSWORD + " ")):
        with pytest.raises(WrongPassword) as no:
            await actions.who_signs_in(db, login, password, None)
        assert no.value.detail == "Name or password is wrong."


async def test_one_signs_in_with_a_name_in_any_case_and_becomes_the_role_of_the_mall(db: Db, maria: MallId) -> None:
    person, mall = await actions.who_signs_in(db, "MARIA", PASSWORD, None)
    assert (person.name, mall) == ("Maria", maria)
    found = await who(db, await sign_in(db, maria))
    assert found is not None
    assert (found.role, found.actor, found.mall_id) == (Role.OFFICER, f"person:{person.id}", maria)


async def test_who_leads_leads_the_whole_mall(db: Db, mall: MallId, password_hash: str) -> None:
    for role in (Role.MANAGER, Role.ADMINISTRATOR):
        with pytest.raises(BadRequest, match="leads the whole mall"):
            await add(db, mall, password_hash, role=role, tenant="POLRES")


async def test_one_of_several_malls_says_which(db: Db, maria: MallId, small_mall: MallFile, password_hash: str) -> None:
    there = await second_mall(db, small_mall)
    await add(db, there, password_hash, role=Role.MANAGER)
    with pytest.raises(ChooseMall, match="KECIL, LAIN"):
        await actions.who_signs_in(db, "maria", PASSWORD, None)
    with pytest.raises(ChooseMall):
        await actions.who_signs_in(db, "maria", PASSWORD, "TIADA")
    for code, mall in (("KECIL", maria), ("LAIN", there)):
        assert (await actions.who_signs_in(db, "maria", PASSWORD, code))[1] == mall
    with pytest.raises(ChooseMall):
        await store.the_mall(db, None)
    assert await store.the_mall(db, "LAIN") == there
    with pytest.raises(Unknown, match="'TIADA'"):
        await store.the_mall(db, "TIADA")


async def test_a_person_without_a_mall_is_told_nothing(db: Db, password_hash: str) -> None:
    async with db.session(db.writer, None) as session:
        session.add(Person(login="lama", name="Lama", password_hash=password_hash))
        await session.commit()
    with pytest.raises(WrongPassword):
        await actions.who_signs_in(db, "lama", PASSWORD, None)
    with pytest.raises(Unknown, match="mpp mall import"):
        await store.the_mall(db, None)


async def test_one_who_was_put_out_of_service_is_out_at_once(db: Db, maria: MallId) -> None:
    secret = await sign_in(db, maria)
    await act(db, maria, lambda tx: tx.session.execute(update(Person).values(is_active=False)))
    assert await who(db, secret) is None
    with pytest.raises(WrongPassword):
        await actions.who_signs_in(db, "maria", PASSWORD, None)


async def test_the_old_token_is_gone_after_signing_in_anew(db: Db, maria: MallId) -> None:
    old = await sign_in(db, maria)
    before = await who(db, old)
    assert before is not None
    closing = db.live.watch(maria, {f"token:{before.token_id}"})
    fresh = await sign_in(db, maria, before.token_id)
    assert fresh != old
    assert await who(db, old) is None
    assert await who(db, fresh) is not None
    assert closing.is_set(), "sockets of the old token are closed"


async def test_one_who_signed_out_is_out(db: Db, maria: MallId) -> None:
    secret = await sign_in(db, maria)
    found = await who(db, secret)
    assert found is not None
    await act(db, maria, lambda tx: actions.sign_out(tx, found.token_id))
    assert await who(db, secret) is None


async def test_a_session_ends_after_a_working_day_and_is_forgotten(db: Db, maria: MallId, clock: StoppedClock) -> None:
    secret = await sign_in(db, maria)
    clock.forward(SESSION_LIFE - timedelta(seconds=1))
    assert await who(db, secret) is not None
    clock.forward(timedelta(seconds=1))
    assert await who(db, secret) is None
    await act(db, maria, lambda tx: privacy.erase_sessions(tx, tx.now))
    assert (await look(db, maria, lambda tx: tx.session.scalars(select(Token.id)))).all() == []


async def test_no_secret_and_no_password_stands_in_the_database(db: Db, maria: MallId) -> None:
    secrets = [await sign_in(db, maria), await act(db, maria, lambda tx: program(tx, Role.MANAGER))]
    rows = (await look(db, maria, lambda tx: tx.session.scalars(select(Token.hash)))).all()
    assert set(rows) == {sha256(secret.encode()).hexdigest() for secret in secrets} == set(map(hashed, secrets))
    kept = (await look(db, maria, lambda tx: tx.session.scalars(select(Person.password_hash)))).one()
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


async def test_a_secret_that_was_made_up_is_nobody(db: Db, maria: MallId) -> None:
    assert await who(db, "made-up") is None
    assert await store.principals(db, [], db.clock.real()) == []


async def program(tx: Tx, role: Role, tenant: TenantId | None = None) -> str:
    return await actions.make_token(tx, role, "sim", tenant, tx.now)


async def test_a_program_has_a_role_and_a_name_until_its_token_is_taken_back(
    db: Db, mall: MallId, clock: StoppedClock
) -> None:
    secret = await act(db, mall, lambda tx: program(tx, Role.MANAGER))
    clock.forward(timedelta(days=3650))
    found = await who(db, secret)
    assert found is not None
    assert (found.role, found.actor, found.tenant_id) == (Role.MANAGER, "program:sim", None)


async def test_a_supervisor_belongs_to_a_tenant(db: Db, mall: MallId, password_hash: str) -> None:
    with pytest.raises(BadRequest, match="belongs to a tenant"):
        await add(db, mall, password_hash, role=Role.SUPERVISOR)
    with pytest.raises(BadRequest, match="name it"):
        await act(db, mall, lambda tx: program(tx, Role.SUPERVISOR))
    with pytest.raises(Unknown, match="'TNI'"):
        await add(db, mall, password_hash, role=Role.SUPERVISOR, tenant="TNI")
    await add(db, mall, password_hash, role=Role.SUPERVISOR, tenant="POLRES")
    found = await who(db, await sign_in(db, mall))
    assert found is not None
    me = await look(db, mall, lambda tx: reads.me(tx, found))
    assert (me.role, me.tenant, me.mall.code) == (Role.SUPERVISOR, "POLRES", "KECIL")


async def test_a_person_who_is_added_again_gets_the_new_role_and_signs_in_anew(
    db: Db, maria: MallId, password_hash: str
) -> None:
    before = await sign_in(db, maria)
    await add(db, maria, password_hash, login="MARIA", role=Role.GREETER)
    assert await who(db, before) is None
    found = await who(db, await sign_in(db, maria))
    assert found is not None
    assert found.role is Role.GREETER
    assert len((await look(db, maria, lambda tx: tx.session.scalars(select(Person.id)))).all()) == 1


async def test_a_device_is_not_a_role_of_people(db: Db, mall: MallId) -> None:
    with pytest.raises(BadRequest, match="pair the device"):
        await add(db, mall, "hash", role=Role.KIOSK)


async def test_a_program_without_a_role_is_nobody(db: Db, mall: MallId) -> None:
    secret = await act(db, mall, lambda tx: store.add_token(tx, TokenKind.PROGRAM, "x", created_at=tx.now))
    assert await who(db, secret) is None


async def test_a_password_fits_itself_only() -> None:
    hash = await passwords.make("kuda")
    assert await passwords.fits("kuda", hash)
    assert not await passwords.fits("Kuda", hash)
    assert not await passwords.fits("kuda", "no hash at all")
    assert not await passwords.fits("kuda", None)
