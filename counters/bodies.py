"""What the commands of a counter carry."""

from typing import Annotated

from msgspec import Meta, Struct

from counters.core.note import MOST
from ticketing.core.ids import TicketId
from ticketing.routes import RequestId

Seen = Annotated[int, Meta(description="The ticket that the sender sees at the counter; another there is a refusal.")]


class StepBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A step of the visitor at the counter; `ticket` guards against acting on another who was called meanwhile."""

    request: RequestId | None = None
    ticket: Seen | None = None


class FinishBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The end of a service; `outcome` is one of the service's codes, where it has some."""

    request: RequestId | None = None
    ticket: Seen | None = None
    outcome: str | None = None


class HoldBody(Struct, frozen=True, forbid_unknown_fields=True):
    """For how many minutes the visitor is put aside; none means until someone brings the ticket back."""

    minutes: Annotated[int, Meta(ge=1, le=480)] | None = None
    request: RequestId | None = None
    ticket: Seen | None = None


class TransferBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Where to: a service's code, a counter's code, or both; `back` lets the visitor come back here afterwards."""

    service: str | None = None
    counter: str | None = None
    back: bool = False
    request: RequestId | None = None
    ticket: Seen | None = None


class NoteBody(Struct, frozen=True, forbid_unknown_fields=True):
    """One line for whoever has the ticket next; an empty one takes the note away."""

    text: Annotated[str, Meta(max_length=MOST)]
    request: RequestId | None = None


def seen(data: StepBody | FinishBody | HoldBody | TransferBody | None) -> TicketId | None:
    """Return the ticket that the sender sees at the counter."""
    return TicketId(data.ticket) if data and data.ticket is not None else None
