"""Load and save of editions: those of the program, and those that the mall has added."""

from datetime import date

from sqlalchemy import select

from mpp.law import core, packaged
from mpp.law.core import Edition, Instrument
from mpp.law.tables import LawEdition
from ticketing import store
from ticketing.db import Tx


async def editions(tx: Tx) -> list[Edition]:
    """Return all editions, those of the program first, then the mall's own in the order of their days."""
    rows = await tx.session.scalars(select(LawEdition).order_by(LawEdition.valid_from, LawEdition.id))
    own = [
        Edition(instrument=row.instrument, name=row.name, valid_from=row.valid_from, rules=row.rules) for row in rows
    ]
    program = packaged.editions()
    return [*program, *(core.whole(one, program) for one in own)]


async def in_force(tx: Tx, instrument: Instrument, day: date | None = None) -> Edition:
    """Return the edition that holds on a day, or today."""
    return core.in_force(await editions(tx), instrument, day or store.today(tx))


def add(tx: Tx, edition: Edition) -> None:
    """Keep an edition of the mall's own."""
    tx.session.add(
        LawEdition(
            instrument=edition.instrument,
            name=edition.name,
            valid_from=edition.valid_from,
            rules=edition.rules,
            added_at=tx.now,
        )
    )
