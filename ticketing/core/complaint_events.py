"""What can happen to a complaint. Bodies say ids, states and days: never a text, a name, a contact or the code."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from ticketing.core.ids import ComplaintId, ServiceId, TenantId


class Channel(StrEnum):
    """Where a complaint was taken."""

    KIOSK = "kiosk"
    TICKET = "ticket"
    WEB = "web"
    DESK = "desk"


class Identity(StrEnum):
    """How much the complainant tells of themselves: nothing; a name for the mall only; a name for the tenant too."""

    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"
    OPEN = "open"


class Kind(StrEnum):
    """What a complaint is, by which its deadline is known.  Source: rules `settle.*` of the complaints instrument."""

    INFORMATION = "information"
    SIMPLE = "simple"
    DISPUTE = "dispute"
    INSPECTION = "inspection"


class Alarm(StrEnum):
    """How urgent a complaint has become: its deadline is near, or over."""

    NEAR = "near"
    LATE = "late"


class Term(Struct, frozen=True, kw_only=True):
    """A deadline: the last day that is in time, and the day from which on it is near."""

    due: date
    near: date


class ComplaintReceived(Struct, frozen=True, kw_only=True, tag="complaint_received"):
    """Somebody complained; a first reaction is due by `first`, an answer by `term` until the kind is known."""

    complaint_id: ComplaintId
    number: str
    day: date
    channel: Channel
    identity: Identity
    tenant_id: TenantId | None
    service_id: ServiceId | None
    has_contact: bool
    first: Term
    term: Term


class ComplaintVerified(Struct, frozen=True, kw_only=True, tag="complaint_verified"):
    """The mall read it and said of which kind it is; by that the answer is due."""

    complaint_id: ComplaintId
    kind: Kind
    term: Term


class ComplaintForwarded(Struct, frozen=True, kw_only=True, tag="complaint_forwarded"):
    """A tenant was asked to handle it."""

    complaint_id: ComplaintId
    tenant_id: TenantId


class ComplaintStarted(Struct, frozen=True, kw_only=True, tag="complaint_started"):
    """Somebody began to look into it."""

    complaint_id: ComplaintId


class ComplaintAnswered(Struct, frozen=True, kw_only=True, tag="complaint_answered"):
    """It was answered; until `respond_by` the complainant may respond, then it closes by itself."""

    complaint_id: ComplaintId
    respond_by: date


class ComplaintClosed(Struct, frozen=True, kw_only=True, tag="complaint_closed"):
    """It is over: the complainant said so, the mall did, or nobody responded (`by_itself`)."""

    complaint_id: ComplaintId
    keep_until: date
    by_itself: bool = False


class ComplaintRejected(Struct, frozen=True, kw_only=True, tag="complaint_rejected"):
    """The mall will not handle it, and said why."""

    complaint_id: ComplaintId
    keep_until: date


class ComplaintHandedOver(Struct, frozen=True, kw_only=True, tag="complaint_handed_over"):
    """It goes on in SP4N-LAPOR!, the national system."""

    complaint_id: ComplaintId
    keep_until: date


class ComplaintReopened(Struct, frozen=True, kw_only=True, tag="complaint_reopened"):
    """The complainant is not content; it begins anew, once, on `day`."""

    complaint_id: ComplaintId
    day: date
    first: Term
    term: Term


class ComplaintEscalated(Struct, frozen=True, kw_only=True, tag="complaint_escalated"):
    """Its deadline came near, or passed, and those who lead the mall have to see to it."""

    complaint_id: ComplaintId
    alarm: Alarm


class ComplaintContactErased(Struct, frozen=True, kw_only=True, tag="complaint_contact_erased"):
    """Name and contact were erased."""

    complaint_id: ComplaintId


class ComplaintTextErased(Struct, frozen=True, kw_only=True, tag="complaint_text_erased"):
    """All that was written about it was erased; that it was, and how it ended, is kept."""

    complaint_id: ComplaintId


ComplaintEvent = (
    ComplaintReceived
    | ComplaintVerified
    | ComplaintForwarded
    | ComplaintStarted
    | ComplaintAnswered
    | ComplaintClosed
    | ComplaintRejected
    | ComplaintHandedOver
    | ComplaintReopened
    | ComplaintEscalated
    | ComplaintContactErased
    | ComplaintTextErased
)
