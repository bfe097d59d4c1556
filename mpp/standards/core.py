"""How complete a standard is, what its versions may become, and what may be asked of them. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from mpp.law.core import Edition
from ticketing.core.refused import Conflict, Unknown
from ticketing.core.standard import UNSTATED, Standard

DELIVERY, MAKING = "delivery", "making"
"""The families of components in the edition: what must be published, and what stands behind it."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "delivery.sd1": ("requirements",),
    "delivery.sd2": ("procedure_steps",),
    "delivery.sd3": ("duration_text",),
    "delivery.sd4": ("fee_idr", "fee_note"),
    "delivery.sd5": ("product",),
    "delivery.sd6": ("complaint_channels",),
    "making.m1": ("legal_basis",),
    "making.m2": ("facilities",),
    "making.m3": ("competence",),
    "making.m4": ("internal_supervision",),
    "making.m5": ("staff_count",),
    "making.m6": ("service_guarantee",),
    "making.m7": ("safety_guarantee",),
    "making.m8": ("performance_evaluation",),
}
"""What says a component, one of these at least; a component that a new edition adds is missing until it stands here."""


class Completeness(Struct, frozen=True, kw_only=True):
    """How much of a standard is there: so many components of each family, those missing, and the rung of the ladder."""

    delivery: int
    delivery_of: int
    all: int
    all_of: int
    missing: list[str]
    rung: int

    @property
    def is_complete(self) -> bool:
        """Say whether all components are there."""
        return not self.missing

    @property
    def is_delivery_complete(self) -> bool:
        """Say whether all components that must be published are there."""
        return self.delivery == self.delivery_of


def completeness(standard: Standard, edition: Edition) -> Completeness:
    """Count the components of a standard against an edition of the instrument of standards."""
    delivery = [rule.key for rule in edition.of(DELIVERY)]
    making = [rule.key for rule in edition.of(MAKING)]
    missing = [key for key in (*delivery, *making) if not says(standard, key)]
    return Completeness(
        delivery=len(delivery) - sum(key in missing for key in delivery),
        delivery_of=len(delivery),
        all=len(delivery) + len(making) - len(missing),
        all_of=len(delivery) + len(making),
        missing=missing,
        rung=_rung(standard, edition, is_complete=not missing),
    )


def says(standard: Standard, key: str) -> bool:
    """Say whether a standard states a component; a fee of 0 states that there is none."""
    return any(getattr(standard, field) not in (None, (), UNSTATED) for field in FIELDS.get(key, ()))


def _rung(standard: Standard, edition: Edition, *, is_complete: bool) -> int:
    """Climb the ladder until something is missing.  Source: PEKPPP form F-02, as the edition quotes it."""
    steps = (
        any(says(standard, key) for key in FIELDS),
        is_complete,
        standard.set_on is not None,
        standard.public_hearing is not None,
        standard.monitored_on is not None,
    )
    climbed = steps.index(False) if False in steps else len(steps)
    return int(edition.number(f"ladder.{climbed}"))


def is_review_due(standard: Standard, today: date) -> bool:
    """Say whether the day on which a standard was to be looked at again has come."""
    return standard.review_on is not None and standard.review_on <= today


class VersionState(StrEnum):
    """What a version is: written, sent for approval, approved for a day to come, published, or replaced."""

    DRAFT = "draft"
    SENT = "sent"
    COMING = "coming"
    IN_FORCE = "in_force"
    PAST = "past"


OPEN = frozenset({VersionState.DRAFT, VersionState.SENT, VersionState.COMING})
"""What has not been published; a service has one such version at most."""


class NoDraft(Unknown):
    """The service has no such version."""

    code = "unknown_version"
    sentence = "There is no such draft or version of this standard; load the page again."


class NotADraft(Conflict):
    """What was sent or approved is not written in."""

    code = "standard_not_draft"
    sentence = "This standard waits for approval or for its day; take it back before you change it."


class NotSent(Conflict):
    """Only what was sent can be approved."""

    code = "standard_not_sent"
    sentence = "Only a draft that was sent can be approved; send it first."


class Rewritten(Conflict):
    """Somebody else has changed the draft meanwhile."""

    code = "standard_rewritten"
    sentence = "Somebody has changed this draft meanwhile; load it again and look at it before you go on."


class NothingNew(Conflict):
    """A draft says what is published already."""

    code = "standard_nothing_new"
    sentence = "This draft says the same as what is published; there is nothing to approve."


class DayIsOver(Conflict):
    """A standard was to hold from a day that is over."""

    code = "standard_day_over"
    sentence = "A standard cannot begin on a day that is over; name today or a day to come."
