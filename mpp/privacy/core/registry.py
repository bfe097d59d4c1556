"""What is kept, of whom, what for and for how long: one row for each kind of data. Pure.

The pages, the record of processing, the notice for visitors and the nightly erasing all read these rows, and a test
holds them against every table of the database: no kind of data can be kept that is not said here.
Source: UU 27/2022 Art. 31 (record of processing), 42-44 (end, erasure, destruction).
"""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from mpp.law.core import Instrument


class Whose(StrEnum):
    """About whom the data tell."""

    VISITOR = "visitor"
    STAFF = "staff"
    NOBODY = "nobody"


class Item(StrEnum):
    """What personal data can be in it."""

    NAME = "name"
    ID_NUMBER = "id_number"
    CONTACT = "contact"
    PICTURE = "picture"
    LOGIN = "login"
    WORDS = "words"


TOLD = (Item.NAME, Item.ID_NUMBER, Item.CONTACT, Item.PICTURE)
"""What people expect to be asked for, and are told when they are not."""


class Kept(Struct, frozen=True, kw_only=True):
    """A kind of data: its tables, whose it is, what may be in it, and the rule that says for how long.

    `rule` None is without an end: `why` the words under `kept_why.*` say. `asked`: only where a person writes it.
    """

    key: str
    tables: tuple[str, ...]
    whose: Whose
    holds: tuple[Item, ...] = ()
    instrument: Instrument = Instrument.PRIVACY
    rule: str | None = None
    asked: bool = False


REGISTRY = (
    Kept(key="ticket", tables=("ticket", "slip", "lease", "series", "announcement"), whose=Whose.NOBODY),
    Kept(
        key="slip",
        tables=("slip",),
        whose=Whose.VISITOR,
        holds=(Item.WORDS,),
        rule="retention.slips",
        asked=True,
    ),
    Kept(key="appointment", tables=("appointment",), whose=Whose.VISITOR, rule="retention.appointments"),
    Kept(key="note", tables=("ticket_note",), whose=Whose.VISITOR, holds=(Item.WORDS,), rule="retention.notes"),
    Kept(
        key="contact",
        tables=("complaint_contact",),
        whose=Whose.VISITOR,
        holds=(Item.NAME, Item.CONTACT),
        instrument=Instrument.COMPLAINTS,
        rule="erase.contact",
        asked=True,
    ),
    Kept(
        key="complaint",
        tables=("complaint", "complaint_step"),
        whose=Whose.VISITOR,
        holds=(Item.WORDS,),
        instrument=Instrument.COMPLAINTS,
        rule="keep.texts",
        asked=True,
    ),
    Kept(
        key="survey",
        tables=("survey_answer", "survey_day", "survey_plan", "survey_turn", "quick_rating"),
        whose=Whose.NOBODY,
    ),
    Kept(key="request", tables=("request",), whose=Whose.STAFF, holds=(Item.NAME,), rule="retention.requests"),
    Kept(key="session", tables=("token",), whose=Whose.STAFF, holds=(Item.LOGIN,), rule="retention.sessions"),
    Kept(key="person", tables=("person", "membership"), whose=Whose.STAFF, holds=(Item.NAME, Item.LOGIN)),
    Kept(key="officer", tables=("counter",), whose=Whose.STAFF, holds=(Item.NAME,), rule="retention.officers"),
    Kept(key="breach", tables=("breach",), whose=Whose.STAFF, holds=(Item.WORDS,)),
    Kept(key="forecast", tables=("ticket_forecast",), whose=Whose.NOBODY, rule="retention.forecasts"),
    Kept(
        key="readiness",
        tables=("readiness_record", "readiness_file", "readiness_day"),
        whose=Whose.STAFF,
        holds=(Item.NAME, Item.WORDS),
    ),
    Kept(key="pairing", tables=("device",), whose=Whose.NOBODY, rule="retention.pairings"),
    Kept(key="log", tables=("event", "day", "days_told"), whose=Whose.NOBODY),
)

NOT_OF_PEOPLE = frozenset(
    {
        "mall",
        "holiday",
        "zone",
        "tenant",
        "service",
        "counter_service",
        "media",
        "law_edition",
        "standard_version",
        "description_version",
        "floor_plan",
        "slip_layout",
        "forms_version",
    }
)
"""What a mall consists of: no table of these tells of a person."""


def of_visitors(kept: Sequence[Kept] = REGISTRY) -> list[Kept]:
    """Return the kinds that tell of visitors."""
    return [one for one in kept if one.whose is Whose.VISITOR]


def unasked(item: Item, kept: Sequence[Kept] = REGISTRY) -> bool:
    """Say whether some kind may hold this of a visitor who did not write it of their own accord."""
    return any(item in one.holds and not one.asked for one in of_visitors(kept))
