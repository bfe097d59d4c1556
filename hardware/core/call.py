"""A call as it is spoken: which number goes to which counter. Why a number has priority is never said."""

from enum import StrEnum

import msgspec


class CallKind(StrEnum):
    """Whether the visitor is called for the first time, again, or for the last time."""

    CALL = "call"
    RECALL = "recall"
    LAST = "last"


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One number called to one counter, as printed ("B-012", "5")."""

    kind: CallKind
    number: str
    counter: str
    tenant: str | None = None
    is_priority: bool = False
