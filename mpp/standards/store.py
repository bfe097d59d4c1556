"""Load and save of versions of standards."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Select, select

from mpp.standards.core import OPEN, NoDraft, VersionState
from mpp.standards.tables import StandardVersion
from ticketing import store, tables
from ticketing.core.ids import ServiceId
from ticketing.core.standard import Standard
from ticketing.db import Tx

EARLIEST = datetime.min.replace(tzinfo=UTC)


async def services(tx: Tx) -> Sequence[tables.Service]:
    """Return the services that are offered, in the order of their tenants."""
    mine = tables.Service
    return (await tx.session.scalars(select(mine).where(mine.is_active.is_(True)).order_by(mine.position))).all()


async def open_versions(tx: Tx) -> dict[ServiceId, VersionState]:
    """Say of each service that has an unpublished version in which state that is."""
    mine = StandardVersion
    rows = await tx.session.execute(select(mine.service_id, mine.state).where(mine.state.in_(OPEN)))
    return dict(rows.all())


async def open_version(tx: Tx, service_id: ServiceId) -> StandardVersion | None:
    """Return the version of a service that has not been published."""
    mine = StandardVersion
    return await tx.session.scalar(select(mine).where(mine.service_id == service_id, mine.state.in_(OPEN)))


async def in_force(tx: Tx, service_id: ServiceId) -> StandardVersion | None:
    """Return the version that was published last."""
    mine = StandardVersion
    chosen = select(mine).where(mine.service_id == service_id, mine.state == VersionState.IN_FORCE)
    return await tx.session.scalar(chosen)


async def published(tx: Tx, service_id: ServiceId) -> Sequence[StandardVersion]:
    """Return all versions that are or were published, the newest first."""
    mine = StandardVersion
    rows = await tx.session.scalars(select(mine).where(mine.service_id == service_id, mine.state.not_in(OPEN)))
    return sorted(rows, key=_end, reverse=True)


async def all_published(tx: Tx) -> dict[str, list[StandardVersion]]:
    """Return the versions that are or were published, by the code of their service."""
    mine = StandardVersion
    rows = await tx.session.execute(
        select(tables.Service.code, mine)
        .join(tables.Service, (tables.Service.mall_id == mine.mall_id) & (tables.Service.id == mine.service_id))
        .where(mine.state.not_in(OPEN))
    )
    found: dict[str, list[StandardVersion]] = {}
    for code, row in rows:
        found.setdefault(code, []).append(row)
    return found


def _end(row: StandardVersion) -> tuple[bool, datetime, datetime]:
    """Order by the end: what holds has none, and of what the mall's file brought along no beginning is known."""
    return row.ended_at is None, row.ended_at or EARLIEST, row.began_at or EARLIEST


async def version(tx: Tx, service_id: ServiceId, version_id: int) -> StandardVersion:
    """Return a version of a service.

    Raises: NoDraft.
    """
    mine = StandardVersion
    found = await tx.session.scalar(select(mine).where(mine.service_id == service_id, mine.id == version_id))
    if found is None:
        raise NoDraft
    return found


async def add(tx: Tx, service_id: ServiceId, standard: Standard, state: VersionState, by: str) -> StandardVersion:
    """Keep a version."""
    row = StandardVersion(
        service_id=service_id, standard=standard, state=state, revision=1, written_by=by, written_at=tx.now
    )
    tx.session.add(row)
    await tx.session.flush()
    return row


async def drop(tx: Tx, row: StandardVersion) -> None:
    """Throw a draft away."""
    await tx.session.delete(row)


def _due(tx: Tx) -> Select[StandardVersion]:
    mine = StandardVersion
    return select(mine).where(mine.state == VersionState.COMING, mine.effective_on <= store.today(tx)).order_by(mine.id)


async def due(tx: Tx) -> Sequence[StandardVersion]:
    """Return the approved versions whose day has come."""
    return (await tx.session.scalars(_due(tx))).all()


async def is_due(tx: Tx) -> bool:
    """Say whether the day of an approved version has come."""
    return (await tx.session.scalars(_due(tx).limit(1))).first() is not None
