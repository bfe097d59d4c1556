"""Load and save of the layout of tickets, and the facts that every ticket of a service has on it."""

from collections.abc import Sequence

from sqlalchemy import select

from ticketing import tables
from ticketing.core.paper import Paper
from ticketing.core.slip_layout import SlipLayout, SlipLayoutChanged
from ticketing.db import Tx
from ticketing.layout_tables import SlipLayoutVersion


async def newest(tx: Tx) -> SlipLayoutVersion | None:
    """Return the version that holds; None when tickets are printed as usual."""
    return await tx.session.scalar(select(SlipLayoutVersion).order_by(SlipLayoutVersion.id.desc()).limit(1))


async def layout(tx: Tx) -> SlipLayout:
    """Return how tickets are printed."""
    row = await newest(tx)
    return row.layout if row else SlipLayout()


async def versions(tx: Tx) -> Sequence[SlipLayoutVersion]:
    """Return all versions, the newest first."""
    return (await tx.session.scalars(select(SlipLayoutVersion).order_by(SlipLayoutVersion.id.desc()))).all()


async def hold(tx: Tx, wanted: SlipLayout) -> None:
    """Let tickets be printed so from now on; nothing happens when they are already."""
    if await layout(tx) == wanted:
        return
    row = SlipLayoutVersion(layout=wanted, began_at=tx.now, by=tx.actor)
    tx.session.add(row)
    await tx.session.flush()
    tx.append(SlipLayoutChanged(version=row.id))
    tx.touch("settings")


def facts(mall: tables.Mall, tenant: tables.Tenant, service: tables.Service, printed: SlipLayout) -> Paper:
    """Return what stands on each ticket of a service; what belongs to one ticket alone is still to be written."""
    language = printed.language or mall.languages[0]
    return Paper(
        language=language,
        mall=_named(mall.name, mall.name_en, language),
        place=mall.place,
        label=mall.label,
        tenant=_named(tenant.name, tenant.name_en, language),
        service=_named(service.name, service.name_en, language),
        number="",
        is_priority=False,
        issued_at=None,
        timezone=mall.timezone,
        ahead=None,
        url="",
        footer=mall.ticket_footer,
        requirements=service.standard.requirements,
        layout=printed,
    )


def _named(name: str, name_en: str | None, language: str) -> str:
    return name_en or name if language == "en" else name
