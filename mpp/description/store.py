"""Load and save of versions of a mall's description, and of what the hall has that a description leaves out."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from mpp.description.core.difference import Change
from mpp.description.core.plain import Elsewhere, Plain
from mpp.description.core.refused import UnknownDescription
from mpp.description.tables import DescriptionVersion, Way
from ticketing import layouts, store, tables
from ticketing.appointment_tables import Appointment
from ticketing.core.counter import CounterState
from ticketing.core.mall_entries import entry_of
from ticketing.core.ticket import ALIVE
from ticketing.db import Tx

SHOWN = 200
"""Versions that are listed; older ones are kept."""


async def newest(tx: Tx) -> DescriptionVersion | None:
    """Return the version that was kept last."""
    mine = DescriptionVersion
    return await tx.session.scalar(select(mine).order_by(mine.number.desc()).limit(1))


async def version(tx: Tx, number: int) -> DescriptionVersion:
    """Return one version.

    Raises: UnknownDescription.
    """
    found = await tx.session.scalar(select(DescriptionVersion).where(DescriptionVersion.number == number))
    if found is None:
        raise UnknownDescription
    return found


async def versions(tx: Tx) -> Sequence[DescriptionVersion]:
    """Return the versions, the newest first; what each says is left to be asked for by its number."""
    mine = DescriptionVersion
    listed = select(mine).options(defer(mine.description)).order_by(mine.number.desc())
    return (await tx.session.scalars(listed.limit(SHOWN))).all()


async def keep(
    tx: Tx, way: Way, description: Plain, changes: list[Change], *, is_whole: bool, put_back: int | None = None
) -> DescriptionVersion:
    """Keep a version after the newest one."""
    last = await tx.session.scalar(select(func.max(DescriptionVersion.number)))
    row = DescriptionVersion(
        number=(last or 0) + 1,
        at=tx.now,
        actor=tx.actor,
        way=way,
        put_back=put_back,
        is_whole=is_whole,
        description=description,
        changes=changes,
    )
    tx.session.add(row)
    await tx.session.flush()
    return row


async def elsewhere(tx: Tx) -> Elsewhere:
    """Return what the hall has now of what a description leaves out."""
    mine = tables.Service
    rows = (await tx.session.execute(select(mine.code, mine.standard, mine.forms))).all()
    return Elsewhere(
        policy=entry_of(tx.policy(None)),
        complaints=tx.mall.complaints,
        standards={code: standard for code, standard, _ in rows},
        forms={code: forms for code, _, forms in rows},
        slip=await layouts.layout(tx),
    )


async def waiting(tx: Tx) -> dict[str, tuple[str, int]]:
    """Say of each service for which somebody still has a number today: its name, and how many."""
    ticket, service = tables.Ticket, tables.Service
    rows = await tx.session.execute(
        select(service.code, service.name, func.count(ticket.id))
        .join(ticket, ticket.service_id == service.id)
        .where(ticket.day == store.today(tx), ticket.state.in_(ALIVE))
        .group_by(service.code, service.name)
    )
    return {code: (name, count) for code, name, count in rows}


async def agreed(tx: Tx) -> dict[str, tuple[str, int]]:
    """Say of each service for which somebody is still to come with an agreed time: its name, and how many."""
    mine, service = Appointment, tables.Service
    rows = await tx.session.execute(
        select(service.code, service.name, func.count(mine.id))
        .join(mine, mine.service_id == service.id)
        .where(mine.day >= store.today(tx), mine.ticket_id.is_(None))
        .group_by(service.code, service.name)
    )
    return {code: (name, count) for code, name, count in rows}


async def open_counters(tx: Tx) -> dict[str, str]:
    """Return the counters that are not closed: code and name."""
    counter = tables.Counter
    rows = await tx.session.execute(select(counter.code, counter.name).where(counter.state != CounterState.CLOSED))
    return dict(rows.all())
