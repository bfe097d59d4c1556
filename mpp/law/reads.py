"""The view of the rules."""

from mpp.law import core, store
from mpp.law.core import Instrument
from mpp.law.views import InstrumentPart, LawView
from ticketing import store as ground
from ticketing.db import Tx


async def law_view(tx: Tx) -> LawView:
    """Show each instrument with the edition that holds today."""
    today, editions = ground.today(tx), await store.editions(tx)
    parts = []
    for instrument in Instrument:
        mine = [one for one in editions if one.instrument == instrument]
        begun = any(one.valid_from <= today for one in mine)
        parts.append(
            InstrumentPart(
                instrument=instrument,
                in_force=core.in_force(mine, instrument, today) if begun else None,
                editions=sorted(mine, key=lambda one: one.valid_from, reverse=True),
            )
        )
    return LawView(today=today, instruments=parts)
