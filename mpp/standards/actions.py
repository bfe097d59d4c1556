"""What can be done with the standard of a service: write, send, give back, approve for a day, publish, take up."""

from datetime import date

from mpp.standards import paper, store
from mpp.standards.core import DayIsOver, NoDraft, NotADraft, NothingNew, NotSent, Rewritten, VersionState
from mpp.standards.paper import Sheet
from mpp.standards.tables import StandardVersion
from ticketing import slips, tables
from ticketing import store as ground
from ticketing.core.ids import DeviceId
from ticketing.core.refused import NoPrinter
from ticketing.core.standard import (
    Standard,
    StandardApproved,
    StandardDropped,
    StandardPublished,
    StandardReturned,
    StandardSaved,
    StandardSent,
)
from ticketing.db import Tx

IMPORTED = "import"
"""Who wrote a standard that came with the mall's file."""


async def save(tx: Tx, service: tables.Service, standard: Standard, revision: int | None) -> None:
    """Write the draft of a service, or begin one (`revision` None: none was there when the page was loaded).

    Raises: NotADraft, Rewritten.
    """
    row = await store.open_version(tx, service.id)
    if row is None:
        row = await store.add(tx, service.id, standard, VersionState.DRAFT, tx.actor)
    else:
        _must_be(row, revision)
        row.standard, row.revision = standard, row.revision + 1
        row.written_by, row.written_at = tx.actor, tx.now
    tx.append(StandardSaved(service_id=service.id, version=row.id))


async def drop(tx: Tx, service: tables.Service, revision: int) -> None:
    """Throw the draft away.

    Raises: NoDraft, NotADraft, Rewritten.
    """
    row = await _open(tx, service)
    _must_be(row, revision)
    tx.append(StandardDropped(service_id=service.id, version=row.id))
    await store.drop(tx, row)


async def send(tx: Tx, service: tables.Service, revision: int) -> None:
    """Send the draft to those who lead the mall.

    Raises: NoDraft, NotADraft, Rewritten, NothingNew.
    """
    row = await _open(tx, service)
    _must_be(row, revision)
    if row.standard == service.standard:
        raise NothingNew
    row.state = VersionState.SENT
    tx.append(StandardSent(service_id=service.id, version=row.id))


async def give_back(tx: Tx, service: tables.Service, remark: str | None) -> None:
    """Make a draft again of what was sent or approved; the remark says what is to be changed.

    Raises: NoDraft, NotSent.
    """
    row = await _open(tx, service)
    if row.state is VersionState.DRAFT:
        raise NotSent
    row.state, row.remark, row.effective_on = VersionState.DRAFT, remark, None
    row.decided_by, row.decided_at = tx.actor, tx.now
    tx.append(StandardReturned(service_id=service.id, version=row.id))


async def approve(tx: Tx, service: tables.Service, revision: int, day: date | None) -> None:
    """Approve what was sent: published now, or when the day begins.

    Raises: NoDraft, NotSent, Rewritten, DayIsOver.
    """
    row, today = await _open(tx, service), ground.today(tx)
    if row.state is not VersionState.SENT:
        raise NotSent
    if row.revision != revision:
        raise Rewritten
    effective_on = day or today
    if effective_on < today:
        raise DayIsOver
    row.state, row.effective_on, row.remark = VersionState.COMING, effective_on, None
    row.decided_by, row.decided_at = tx.actor, tx.now
    tx.append(StandardApproved(service_id=service.id, version=row.id, effective_on=effective_on))
    if effective_on == today:
        await _publish(tx, service, row)


async def take_up(tx: Tx, service: tables.Service, version_id: int) -> None:
    """Begin a draft with the words of an old version.

    Raises: NoDraft, NotADraft.
    """
    old = await store.version(tx, service.id, version_id)
    row = await store.open_version(tx, service.id)
    await save(tx, service, old.standard, row.revision if row else None)


async def put_on_paper(tx: Tx, service: tables.Service, printer_id: DeviceId | None, language: str) -> None:
    """Ask a kiosk's printer for the standard of a service.

    Raises: NoPrinter.
    """
    if printer_id is None:
        raise NoPrinter
    tenant = await ground.tenant(tx, service.tenant_id)
    sheet = Sheet(
        language=language,
        mall=tx.mall.name,
        label=tx.mall.label,
        tenant=tenant.name,
        service=service.name,
        standard=service.standard,
        day=ground.today(tx),
    )
    await slips.add_text(tx, printer_id, service.code, paper.compose(sheet))


async def publish_due(tx: Tx) -> int:
    """Publish what is approved for a day that has begun; return how many."""
    rows = await store.due(tx)
    for row in rows:
        await _publish(tx, await tx.session.get_one(tables.Service, row.service_id), row)
    return len(rows)


async def is_anything_due(tx: Tx) -> bool:
    """Say whether something is to be published now."""
    return await store.is_due(tx)


async def _publish(tx: Tx, service: tables.Service, row: StandardVersion) -> None:
    """Show a version everywhere from now on; what stood there before is history."""
    before = await store.in_force(tx, service.id)
    if before is not None:
        before.state, before.ended_at = VersionState.PAST, tx.now
    if before is None or before.standard != service.standard:
        imported = await store.add(tx, service.id, service.standard, VersionState.PAST, IMPORTED)
        imported.ended_at = tx.now
    service.standard = row.standard
    row.state, row.began_at = VersionState.IN_FORCE, tx.now
    tx.append(StandardPublished(service_id=service.id, version=row.id))
    tx.touch("settings")


async def _open(tx: Tx, service: tables.Service) -> StandardVersion:
    row = await store.open_version(tx, service.id)
    if row is None:
        raise NoDraft
    return row


def _must_be(row: StandardVersion, revision: int | None) -> None:
    """Refuse to change what is not a draft, or a draft that the one who asks has not seen."""
    if row.state is not VersionState.DRAFT:
        raise NotADraft
    if row.revision != revision:
        raise Rewritten
