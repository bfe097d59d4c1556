"""What the set-up page is shown."""

from datetime import datetime

from msgspec import Struct

from mpp.description.core.difference import Change
from mpp.description.tables import Way
from ticketing.core.mall_checks import Fault


class Problem(Struct, frozen=True, kw_only=True):
    """Something that does not fit yet: where ("$.tenants[0].prefix"), a code for the page's words, and a sentence.

    `given` and `other` are what the words speak of, such as a code that is there twice.
    """

    path: str
    code: str
    given: str
    other: str
    detail: str


class Held(Struct, frozen=True, kw_only=True):
    """What would be taken away while it is needed: a service with tickets or agreed times, a counter that is open."""

    part: str
    code: str
    name: str
    tickets: int = 0
    appointments: int = 0


class SetupView(Struct, frozen=True, kw_only=True):
    """The mall's description as it is; `basis` names it, and is sent along with every change.

    Until a mall is whole for the first time, it is kept as far as it is there, and `problems` say what is missing.
    """

    basis: str
    is_whole: bool
    description: dict[str, object]
    problems: list[Problem]
    voices: list[str]


class Saved(Struct, frozen=True, kw_only=True):
    """What became of a change: kept, or not because of problems or of what is still needed; `view` is how it is now."""

    is_saved: bool
    problems: list[Problem]
    held: list[Held]
    view: SetupView


class VersionLine(Struct, frozen=True, kw_only=True):
    """One version in the history; `by` is None where no person did it."""

    number: int
    at: datetime
    by: str | None
    way: Way
    put_back: int | None
    is_whole: bool
    changes: list[Change]


class VersionView(Struct, frozen=True, kw_only=True):
    """An old version: what would change if it were put back."""

    number: int
    changes: list[Change]


class FirstStart(Struct, frozen=True, kw_only=True):
    """Whether this server waits for its first mall."""

    is_open: bool


def problem(fault: Fault) -> Problem:
    """Show a fault."""
    return Problem(path=fault.path, code=fault.code, given=fault.given, other=fault.other, detail=fault.reason)
