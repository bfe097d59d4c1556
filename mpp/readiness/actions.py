"""What can be done with the checks: put a document or a walk on record."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from mpp.readiness import catalogue, store
from mpp.readiness.core.shapes import Check, Kind, State
from mpp.readiness.tables import ReadinessRecord
from ticketing import store as ground
from ticketing.core.events import ReadinessRecorded
from ticketing.core.lines import Name
from ticketing.core.refused import BadRequest, Unknown
from ticketing.db import Tx

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of a scan of some twenty pages."""

HEADS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
"""By its first bytes a file is known, not by its name."""


class RecordBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document or a walk: of which tenant (its code; none: the mall), how it stands, who answers for it.

    `responsible` is an office, not a person. `items` tells of each item of a walk whether it is there.
    """

    state: State = State.OK
    note: Annotated[str, Meta(max_length=600)] = ""
    responsible: Name
    dated: date
    expires: date | None = None
    tenant: str | None = None
    items: dict[str, bool] = {}


def check(check_id: str) -> Check:
    """Find a check.

    Raises: Unknown.
    """
    for one in catalogue.checks():
        if one.id == check_id:
            return one
    raise Unknown(f"There is no check {check_id!r}; they are R01 to R28.")


async def record(tx: Tx, check_id: str, body: RecordBody) -> int:
    """Put a document or a walk on record; return its number.

    Raises: Unknown, UnknownTenant, BadRequest.
    """
    of = check(check_id)
    _must_fit(of, body, ground.today(tx))
    tenant = await ground.tenant_by_code(tx, body.tenant) if body.tenant else None
    row = ReadinessRecord(
        check_id=of.id,
        tenant_id=tenant.id if tenant else None,
        state=body.state,
        note=body.note.strip(),
        responsible=body.responsible,
        dated=body.dated,
        expires=body.expires,
        items=body.items,
        at=tx.now,
        actor=tx.actor,
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.append(ReadinessRecorded(check=of.id, record=row.id, state=body.state))
    return row.id


def _must_fit(of: Check, body: RecordBody, today: date) -> None:
    if of.kind is Kind.AUTO:
        raise BadRequest(f"{of.id} is computed from the hall's own data; nobody can attest it.")
    if (body.tenant is not None) != of.per_tenant:
        whom = "each tenant; name one" if of.per_tenant else "the mall, not of a tenant"
        raise BadRequest(f"{of.id} is asked of {whom}.")
    if body.dated > today:
        raise BadRequest(f"The day of the document ({body.dated}) is still to come; today is {today}.")
    if body.expires is not None and body.expires < body.dated:
        raise BadRequest(f"It would run out ({body.expires}) before its day ({body.dated}).")
    strange = sorted(set(body.items) - set(of.items))
    if strange:
        raise BadRequest(f"{of.id} has no item {strange[0]!r}; it has: {', '.join(of.items) or 'none'}.")


async def attach(tx: Tx, record_id: int, content: bytes) -> None:
    """Keep the file of a record.

    Raises: Unknown, BadRequest.
    """
    if not await store.has_record(tx, record_id):
        raise Unknown(f"There is no record {record_id}.")
    kind = next((kind for head, kind in HEADS.items() if content.startswith(head)), None)
    if kind is None:
        raise BadRequest("Only PDF, JPEG and PNG can be kept; scan the document, or take a picture of it.")
    await store.put_file(tx, record_id, kind, content)
