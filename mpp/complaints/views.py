"""What is seen of complaints: by whoever has the receipt, and by those who handle them."""

from datetime import date, datetime

from msgspec import Struct

from mpp.complaints.core.complaint import ComplaintState
from mpp.law.core import Mark
from ticketing.core.complaint_desk import ComplaintDesk
from ticketing.core.complaint_events import Alarm, Channel, Identity, Kind
from ticketing.views import MallPart, ServicePart, Shown, SlipPart, TenantPart


class ComplaintMark(Struct, frozen=True, kw_only=True):
    """A rule by which a complaint is handled, as a number with its unit in the key, and how sure it is."""

    key: str
    value: int
    mark: Mark


class ComplaintMove(Struct, frozen=True, kw_only=True):
    """A state that a complaint came to, and when."""

    state: ComplaintState
    at: datetime


class ComplaintView(Shown, frozen=True, kw_only=True):
    """A complaint as whoever has its receipt may see it: no name, no contact, nothing that the complainant wrote.

    Days are the last ones in time. `said` is the answer, or why it was refused, or where it goes on.
    `reopen_by`: until when it can be reopened, None when it cannot; `respond_by`: then it closes by itself.
    """

    number: str
    code: str
    url: str
    mall: MallPart
    state: ComplaintState
    kind: Kind | None
    tenant: TenantPart | None
    service: ServicePart | None
    received_at: datetime
    due_first: date
    due: date
    reacted_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    said: str | None
    respond_by: date | None
    reopen_by: date | None
    reopened: bool
    moves: list[ComplaintMove]
    rules: list[ComplaintMark]
    desk: ComplaintDesk
    slip: SlipPart | None


class ComplaintLine(Struct, frozen=True, kw_only=True):
    """A complaint in the list of those who handle them; `days_left`: working days, below zero when it is late."""

    id: int
    number: str
    state: ComplaintState
    kind: Kind | None
    channel: Channel
    identity: Identity
    tenant: TenantPart | None
    service: ServicePart | None
    handler: TenantPart | None
    received_at: datetime
    owed: date
    days_left: int
    alarm: Alarm | None
    reopened: bool


class ComplaintsView(Shown, frozen=True, kw_only=True):
    """All complaints that one may see: what is open by the day on which something is owed, then what is over.

    `open`, `near` and `late` count all that is open, whatever is listed; `more` is what the list leaves out.
    """

    mall: MallPart
    complaints: list[ComplaintLine]
    tenants: list[TenantPart]
    kinds: list[ComplaintMark]
    desk: ComplaintDesk
    open: int
    near: int
    late: int
    more: int


class ComplaintsDue(Struct, frozen=True, kw_only=True):
    """How many complaints that one may see are open, and of these near their deadline or late."""

    open: int
    near: int
    late: int


class ComplaintStepLine(Struct, frozen=True, kw_only=True):
    """One step of a complaint's history: the kind of event, who, when, and what was written with it."""

    seq: int
    at: datetime
    event: str
    by: str
    text: str | None


class ContactPart(Struct, frozen=True, kw_only=True):
    """Who complained; `contact` is for the answer only, and is erased at `erase_at`, which is known when it is over."""

    name: str
    contact: str | None
    erase_at: datetime | None


class ComplaintCase(Shown, frozen=True, kw_only=True):
    """One complaint as those who handle it see it; a tenant sees a contact never, a name only when it is open."""

    line: ComplaintLine
    due_first: date
    due: date
    reacted_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    respond_by: date | None
    contact: ContactPart | None
    steps: list[ComplaintStepLine]
