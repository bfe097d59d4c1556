"""The shape of what is shown of the rules."""

from datetime import date

from msgspec import Struct

from mpp.law.core import Edition, Instrument


class InstrumentPart(Struct, frozen=True, kw_only=True):
    """One instrument: the edition that holds today, and all editions, the newest first."""

    instrument: Instrument
    in_force: Edition | None
    editions: list[Edition]


class LawView(Struct, frozen=True, kw_only=True):
    """All rules that the mall is measured by on a day."""

    today: date
    instruments: list[InstrumentPart]
