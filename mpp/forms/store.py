"""Load and save of versions of forms."""

from collections.abc import Sequence

from sqlalchemy import select

from mpp.forms.core import UnknownForms
from mpp.forms.tables import FormsVersion
from ticketing.core.form import Form
from ticketing.core.ids import ServiceId
from ticketing.db import Tx


async def versions(tx: Tx, service_id: ServiceId) -> Sequence[FormsVersion]:
    """Return all versions of a service's forms, the newest first."""
    mine = FormsVersion
    return (await tx.session.scalars(select(mine).where(mine.service_id == service_id).order_by(mine.id.desc()))).all()


async def version(tx: Tx, service_id: ServiceId, version_id: int) -> FormsVersion:
    """Return a version of a service's forms.

    Raises: UnknownForms.
    """
    mine = FormsVersion
    found = await tx.session.scalar(select(mine).where(mine.service_id == service_id, mine.id == version_id))
    if found is None:
        raise UnknownForms
    return found


async def add(tx: Tx, service_id: ServiceId, forms: Sequence[Form], by: str) -> FormsVersion:
    """Keep a version."""
    row = FormsVersion(service_id=service_id, forms=list(forms), written_by=by, written_at=tx.now)
    tx.session.add(row)
    await tx.session.flush()
    return row
