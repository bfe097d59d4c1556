"""What is done about data of people. Bodies say ids and counts: never what was erased, nor whose it was by name."""

from msgspec import Struct

from ticketing.core.ids import PersonId


class Erased(Struct, frozen=True):
    """So many of one kind of data."""

    kind: str
    count: int


class RetentionRun(Struct, frozen=True, kw_only=True, tag="retention_run"):
    """What had been kept long enough was erased since the run before, of each kind so many."""

    erased: tuple[Erased, ...]


class BreachRecorded(Struct, frozen=True, kw_only=True, tag="breach_recorded"):
    """A breach of data was entered in the register."""

    breach_id: int


class BreachChanged(Struct, frozen=True, kw_only=True, tag="breach_changed"):
    """What is done about a breach was written down; `notified`: those concerned and the authority have been told."""

    breach_id: int
    notified: bool


class PersonErased(Struct, frozen=True, kw_only=True, tag="person_erased"):
    """Name, login and role of one who worked here were erased; the log keeps the number."""

    person_id: PersonId


PrivacyEvent = RetentionRun | BreachRecorded | BreachChanged | PersonErased
