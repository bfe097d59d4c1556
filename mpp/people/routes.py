"""Doors of those who decide who may sign in: administrators only."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from litestar import Router, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from mpp import store
from mpp.people import actions, reads
from mpp.people.views import PeopleView
from mpp.privacy.routes import ADMINISTRATORS
from mpp.routes import Asker_, Hall_
from ticketing import requests
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import Principal, Role
from ticketing.core.ids import PersonId, TenantId
from ticketing.core.lines import LINE
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.routes import RequestId

PASSWORDS_A_MINUTE = 20
"""Of one administrator: hashing them takes a quarter of a second each."""

Login = Annotated[str, Meta(pattern=r"^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$(?!\n)", max_length=40)]
"""What one types to sign in: small letters, digits, and . _ - between them."""

PersonName = Annotated[str, Meta(pattern=LINE, max_length=80)]
Password = Annotated[str, Meta(max_length=1000)]


class PersonBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name, role, and the tenant (its code) of a supervisor or officer."""

    name: PersonName
    role: Role
    tenant: str | None = None


class NewPersonBody(PersonBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody new, with the first password."""

    login: Login
    password: Password
    request: RequestId


class PasswordBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A new password."""

    password: Password


Deed = Callable[[Tx], Awaitable[None]]


@get("/api/people", operation_id="list_people", responses=REFUSALS)
async def list_people(hall: Hall_, asker: Asker_) -> PeopleView:
    """Show who may sign in."""
    who = access.allow(asker, ADMINISTRATORS)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.people_view(tx, who)


@post("/api/people", status_code=200, operation_id="add_person", responses=REFUSALS)
async def add(data: JSONBody[NewPersonBody], hall: Hall_, asker: Asker_) -> PeopleView:
    """Let somebody new sign in."""
    who = access.allow(asker, ADMINISTRATORS)
    hall.limits.count(f"passwords by {who.actor}", PASSWORDS_A_MINUTE)
    hash = await actions.hashed(data.password)

    async def deed(tx: Tx) -> None:
        async def once() -> bool:
            tenant_id = await _tenant(tx, data.tenant)
            await actions.let_in(tx, data.login, data.name, hash, data.role, tenant_id)
            return True

        await requests.once(tx, data.request, "person", bool, once)

    return await _do(hall, who, deed)


@post("/api/people/{id:int}/change", status_code=200, operation_id="change_person", responses=REFUSALS)
async def change(id: FromPath[int], data: JSONBody[PersonBody], hall: Hall_, asker: Asker_) -> PeopleView:
    """Give a person another name, role or tenant."""
    who = access.allow(asker, ADMINISTRATORS)

    async def deed(tx: Tx) -> None:
        await actions.change(tx, PersonId(id), data.name, data.role, await _tenant(tx, data.tenant))

    return await _do(hall, who, deed)


@post("/api/people/{id:int}/password", status_code=200, operation_id="set_password", responses=REFUSALS)
async def set_password(id: FromPath[int], data: JSONBody[PasswordBody], hall: Hall_, asker: Asker_) -> PeopleView:
    """Give a person a new password; all sessions of that person end."""
    who = access.allow(asker, ADMINISTRATORS)
    hall.limits.count(f"passwords by {who.actor}", PASSWORDS_A_MINUTE)
    hash = await actions.hashed(data.password)
    return await _do(hall, who, lambda tx: actions.set_password(tx, PersonId(id), hash))


@post("/api/people/{id:int}/end", status_code=200, operation_id="end_access", responses=REFUSALS)
async def end_access(id: FromPath[int], hall: Hall_, asker: Asker_) -> PeopleView:
    """Let a person sign in no more, at once."""
    who = access.allow(asker, ADMINISTRATORS)
    return await _do(hall, who, lambda tx: actions.end_access(tx, PersonId(id)))


@post("/api/people/{id:int}/restore", status_code=200, operation_id="restore_access", responses=REFUSALS)
async def restore_access(id: FromPath[int], hall: Hall_, asker: Asker_) -> PeopleView:
    """Let a person sign in again."""
    who = access.allow(asker, ADMINISTRATORS)
    return await _do(hall, who, lambda tx: actions.restore_access(tx, PersonId(id)))


async def _tenant(tx: Tx, code: str | None) -> TenantId | None:
    return (await store.tenant(tx, code)).id if code else None


async def _do(hall: Hall, who: Principal, deed: Deed) -> PeopleView:
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await deed(tx)
        await tx.session.flush()
        return await reads.people_view(tx, who)


router = Router("", route_handlers=[list_people, add, change, set_password, end_access, restore_access])
