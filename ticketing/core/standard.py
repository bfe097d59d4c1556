"""What the public is promised for a service, and what the log tells of how that came about."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from ticketing.core.ids import ServiceId
from ticketing.core.lines import Sentence

Points = tuple[Sentence, ...]

UNSTATED = "Belum ditetapkan"
"""What visitors read of a new service where a standard must say something and nothing has been decided."""


class Standard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The standard of a service; what is left out has not been stated.

    `counter_minutes` is the time at the counter, `duration_text` the time until the product is ready, which
    `duration_working_days` says as a number. `fee_idr` 0 is free of charge, None depends on the case.
    `set_by` names the decision and `set_on` its day; the public was heard on `public_hearing`, the standard was last
    evaluated on `monitored_on` and is to be looked at again on `review_on`. `verified` says that requirements and fee
    were found in `source`.  Source: UU 25/2009 Art. 21 (components of a service standard).
    """

    requirements: tuple[Sentence, ...]
    procedure_steps: Points = ()
    duration_text: Sentence
    duration_working_days: Annotated[int, Meta(ge=0, le=999)] | None = None
    counter_minutes: Annotated[int, Meta(ge=1, le=480)]
    fee_idr: Annotated[int, Meta(ge=0, le=1_000_000_000)] | None
    fee_note: Sentence | None = None
    product: Sentence | None = None
    complaint_channels: Points = ()
    legal_basis: Sentence | None = None
    facilities: Points = ()
    competence: Sentence | None = None
    internal_supervision: Sentence | None = None
    staff_count: Annotated[int, Meta(ge=1, le=999)] | None = None
    service_guarantee: Sentence | None = None
    safety_guarantee: Sentence | None = None
    performance_evaluation: Sentence | None = None
    set_by: Sentence | None = None
    set_on: date | None = None
    public_hearing: date | None = None
    monitored_on: date | None = None
    review_on: date | None = None
    source: Sentence
    verified: bool


def delivered(standard: Standard) -> Standard:
    """Keep what a visitor is told at once: kiosks are sent all services again whenever one number is taken."""
    return replace(
        standard,
        facilities=(),
        competence=None,
        internal_supervision=None,
        staff_count=None,
        service_guarantee=None,
        safety_guarantee=None,
        performance_evaluation=None,
    )


class StandardSaved(Struct, frozen=True, kw_only=True, tag="standard_saved"):
    """A draft of a service's standard was begun, or written anew."""

    service_id: ServiceId
    version: int


class StandardDropped(Struct, frozen=True, kw_only=True, tag="standard_dropped"):
    """A draft was thrown away."""

    service_id: ServiceId
    version: int


class StandardSent(Struct, frozen=True, kw_only=True, tag="standard_sent"):
    """A draft was sent to those who lead the mall."""

    service_id: ServiceId
    version: int


class StandardReturned(Struct, frozen=True, kw_only=True, tag="standard_returned"):
    """What was sent or approved is a draft again."""

    service_id: ServiceId
    version: int


class StandardApproved(Struct, frozen=True, kw_only=True, tag="standard_approved"):
    """A draft was approved, with effect from the beginning of a day."""

    service_id: ServiceId
    version: int
    effective_on: date


class StandardPublished(Struct, frozen=True, kw_only=True, tag="standard_published"):
    """An approved standard is what kiosks and pages show from now on."""

    service_id: ServiceId
    version: int


StandardEvent = StandardSaved | StandardDropped | StandardSent | StandardReturned | StandardApproved | StandardPublished
