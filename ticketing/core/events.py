"""All that the log can tell, as one tagged union. Kinds are never renamed, reused or deleted; they only gain fields."""

from datetime import date, datetime

import msgspec
from msgspec import Struct

from ticketing.core.appointment import AppointmentEvent
from ticketing.core.chain import ChainEvent
from ticketing.core.complaint_events import ComplaintEvent
from ticketing.core.counter import CounterEvent
from ticketing.core.device import DeviceEvent
from ticketing.core.form import FormsSaved
from ticketing.core.ids import ServiceId, TenantId
from ticketing.core.lease import LeaseEvent
from ticketing.core.policy import PolicyChanged, PolicyKept
from ticketing.core.privacy_events import PrivacyEvent
from ticketing.core.slip_job import SlipEvent
from ticketing.core.slip_layout import SlipLayoutChanged
from ticketing.core.standard import StandardEvent
from ticketing.core.survey_events import SurveyEvent
from ticketing.core.ticket import TicketEvent


class MallImported(Struct, frozen=True, kw_only=True, tag="mall_imported"):
    """The mall's description was replaced by a file of so many entries."""

    tenants: int
    services: int
    counters: int


class MallDescribed(Struct, frozen=True, kw_only=True, tag="mall_described"):
    """A version of the mall's description was kept; one that is not whole is not the hall's yet."""

    version: int
    is_whole: bool


class AnnouncementSpoken(Struct, frozen=True, kw_only=True, tag="announcement_spoken"):
    """A call was heard to its end in the zone; `call_seq` is the event that called."""

    call_seq: int


class AnnouncementLapsed(Struct, frozen=True, kw_only=True, tag="announcement_lapsed"):
    """A call was not spoken, or not to its end, because it was no longer true or took too long."""

    call_seq: int


class NoteWritten(Struct, frozen=True, tag="note_written"):
    """An officer wrote a note to a ticket, another one, or took it away; what it says is not kept here."""


class NotesErased(Struct, frozen=True, kw_only=True, tag="notes_erased"):
    """The notes of days that are over were erased, so many."""

    notes: int


class MediaAdded(Struct, frozen=True, kw_only=True, tag="media_added"):
    """A picture or video was put on the boards."""

    key: str


class MediaRemoved(Struct, frozen=True, kw_only=True, tag="media_removed"):
    """A picture or video was taken off the boards."""

    key: str


class FloorPlanShown(Struct, frozen=True, kw_only=True, tag="floor_plan_shown"):
    """A picture of the hall is the floor plan that everybody sees from now on."""

    plan: int


class FloorPlanRemoved(Struct, frozen=True, kw_only=True, tag="floor_plan_removed"):
    """The floor plan was taken away; none is shown."""

    plan: int


class MediaChanged(Struct, frozen=True, kw_only=True, tag="media_changed"):
    """A picture or video is shown otherwise: on other boards, for longer or shorter, in another place."""

    key: str


class PersonAdded(Struct, frozen=True, kw_only=True, tag="person_added"):
    """A person got a role in the mall, or another one."""

    person_id: int
    role: str


class PasswordSet(Struct, frozen=True, kw_only=True, tag="password_set"):
    """A person got a new password, and must sign in anew."""

    person_id: int


class AccessEnded(Struct, frozen=True, kw_only=True, tag="access_ended"):
    """A person may not sign in any more."""

    person_id: int


class AccessRestored(Struct, frozen=True, kw_only=True, tag="access_restored"):
    """A person whose access had ended may sign in again."""

    person_id: int


class TokenMade(Struct, frozen=True, kw_only=True, tag="token_made"):
    """A program got a bearer token."""

    role: str


class EditionAdded(Struct, frozen=True, kw_only=True, tag="edition_added"):
    """An edition of an instrument that the mall is measured by was entered, with effect from its day."""

    instrument: str
    name: str
    valid_from: date


class ReadinessRecorded(Struct, frozen=True, kw_only=True, tag="readiness_recorded"):
    """A document or a walk was put on record for a check of readiness; what it says is not kept here."""

    check: str
    record: int
    state: str


class ComplaintDeskNamed(Struct, frozen=True, tag="complaint_desk_named"):
    """Who answers for complaints was named anew; the name is not kept here."""


class MonthReported(Struct, frozen=True, kw_only=True, tag="month_reported"):
    """The report of the whole mall's month, such as "2026-10", was made after its end."""

    month: str


class WaitAlerted(Struct, frozen=True, kw_only=True, tag="wait_alerted"):
    """Who would take a tenant's number was foretold to wait beyond the target, in minutes; how its hall stood.

    `at` None: now; else from then on, when one in ten would wait longer than `most`; `more` counters were advised.
    """

    tenant_id: TenantId
    service_id: ServiceId
    least: int
    most: int
    waiting: int
    counters: int
    at: datetime | None = None
    more: int | None = None


class WaitAlertOver(Struct, frozen=True, kw_only=True, tag="wait_alert_over"):
    """What is foretold for a tenant is within the target again."""

    tenant_id: TenantId


class SignedIn(Struct, frozen=True, tag="signed_in"):
    """A person signed in."""


class SignedOut(Struct, frozen=True, tag="signed_out"):
    """A person signed out."""


AnyEvent = (
    TicketEvent
    | SlipEvent
    | CounterEvent
    | DeviceEvent
    | LeaseEvent
    | AppointmentEvent
    | MallImported
    | MallDescribed
    | AnnouncementSpoken
    | AnnouncementLapsed
    | NoteWritten
    | NotesErased
    | MediaAdded
    | MediaRemoved
    | MediaChanged
    | FloorPlanShown
    | FloorPlanRemoved
    | PolicyChanged
    | PolicyKept
    | SlipLayoutChanged
    | EditionAdded
    | WaitAlerted
    | WaitAlertOver
    | ComplaintEvent
    | SurveyEvent
    | StandardEvent
    | FormsSaved
    | ReadinessRecorded
    | MonthReported
    | ComplaintDeskNamed
    | PersonAdded
    | PasswordSet
    | AccessEnded
    | AccessRestored
    | TokenMade
    | SignedIn
    | SignedOut
    | ChainEvent
    | PrivacyEvent
)

_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def kind(event: AnyEvent) -> str:
    """Return the event's name in the log."""
    return str(event.__struct_config__.tag)


def encode(event: AnyEvent) -> str:
    """Write the event as JSON; the kind stands in the field `type`."""
    return msgspec.json.encode(event).decode()


def decode(body: str) -> AnyEvent:
    """Read an event of the log."""
    return _decoder.decode(body)
