"""Doors of forms: tenants describe their own. What visitors fill in has no door: it never leaves their screen."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from litestar import Router, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from mpp.forms import actions, reads
from mpp.forms.views import FormsView, TenantForms
from mpp.routes import MANAGERS, Asker_, Hall_
from ticketing import store, tables
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import Role
from ticketing.core.form import Form
from ticketing.db import Tx
from ticketing.hall import Hall

LARGEST = 256 * 1024
"""Bytes of nine forms with forty fields each."""

Basis = Annotated[str, Meta(max_length=64)]


class FormsBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The forms of a service, and what was looked at before they were written."""

    forms: tuple[Form, ...]
    basis: Basis


class TakeUpFormsBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Which version of the forms is to be shown again, and what was looked at."""

    version: int
    basis: Basis


@get("/api/forms", operation_id="list_forms", responses=REFUSALS)
async def list_forms(hall: Hall_, asker: Asker_) -> list[TenantForms]:
    """List the services and how many forms each has."""
    who = access.allow(asker, MANAGERS)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.lines(tx, who.tenant_id if who.role is Role.SUPERVISOR else None)


@get("/api/forms/{service:str}", operation_id="show_forms", responses=REFUSALS)
async def show(service: FromPath[str], hall: Hall_, asker: Asker_) -> FormsView:
    """Show the forms of a service."""
    who = access.allow(asker, MANAGERS)
    async with hall.db.read(who.mall_id) as tx:
        row = await store.service(tx, service)
        access.allow_tenant(who, row.tenant_id)
        return await reads.forms_view(tx, row)


@post(
    "/api/forms/{service:str}",
    status_code=200,
    operation_id="save_forms",
    responses=REFUSALS,
    request_max_body_size=LARGEST,
)
async def save(service: FromPath[str], data: JSONBody[FormsBody], hall: Hall_, asker: Asker_) -> FormsView:
    """Show these forms from now on."""
    return await _do(hall, asker, service, lambda tx, row: actions.save(tx, row, data.forms, data.basis))


@post("/api/forms/{service:str}/take-up", status_code=200, operation_id="take_up_forms", responses=REFUSALS)
async def take_up(service: FromPath[str], data: JSONBody[TakeUpFormsBody], hall: Hall_, asker: Asker_) -> FormsView:
    """Show an old version of the forms again."""
    return await _do(hall, asker, service, lambda tx, row: actions.take_up(tx, row, data.version, data.basis))


async def _do(hall: Hall, asker: Asker_, code: str, deed: Callable[[Tx, tables.Service], Awaitable[None]]) -> FormsView:
    who = access.allow(asker, MANAGERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        row = await store.service(tx, code)
        access.allow_tenant(who, row.tenant_id)
        await deed(tx, row)
        await tx.session.flush()
        return await reads.forms_view(tx, row)


router = Router("", route_handlers=[list_forms, show, save, take_up])
