"""Load and save of versions of a mall's description, and of what the hall has that a description leaves out."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from mpp.description.core.difference import Change
from mpp.description.core.plain import Elsewhere, Plain
from mpp.description.core.refused import UnknownDescription
from mpp.description.tables import DescriptionVersion, Way
from mpp.tables import Person
from ticketing import layouts, store, tables
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
    """Return the versions, the newest first."""
    mine = DescriptionVersion
    return (await tx.session.scalars(select(mine).order_by(mine.number.desc()).limit(SHOWN))).all()


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
    rows = await tx.session.execute(select(tables.Service.code, tables.Service.standard))
    return Elsewhere(
        policy=entry_of(tx.policy(None)),
        complaints=tx.mall.complaints,
        standards=dict(rows.all()),
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


async def open_counters(tx: Tx) -> dict[str, str]:
    """Return the counters that are not closed: code and name."""
    counter = tables.Counter
    rows = await tx.session.execute(select(counter.code, counter.name).where(counter.state != CounterState.CLOSED))
    return dict(rows.all())


async def names(tx: Tx, actors: Collection[str]) -> dict[str, str]:
    """Return the names of those among `actors` who are people."""
    ids = {int(actor.removeprefix("person:")) for actor in actors if actor.startswith("person:")}
    rows = await tx.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {f"person:{id}": name for id, name in rows}


async def is_described(tx: Tx) -> bool:
    """Say whether the hall has anything yet."""
    return await tx.session.scalar(select(tables.Tenant.id).limit(1)) is not None
