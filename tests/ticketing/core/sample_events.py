"""Ready-made events and values for the tests of the core."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from ticketing.core import ticket
from ticketing.core.access import Role
from ticketing.core.appointment import AppointmentEntered, AppointmentWithdrawn
from ticketing.core.chain import LogSealed, LogVerified
from ticketing.core.complaint_events import (
    Alarm,
    Channel,
    ComplaintAnswered,
    ComplaintClosed,
    ComplaintContactErased,
    ComplaintEscalated,
    ComplaintForwarded,
    ComplaintHandedOver,
    ComplaintReceived,
    ComplaintRejected,
    ComplaintReopened,
    ComplaintStarted,
    ComplaintTextErased,
    ComplaintVerified,
    Identity,
    Kind,
    Term,
)
from ticketing.core.counter import CounterClosedEvent, CounterOpened, CounterPausedEvent
from ticketing.core.device import ConditionChanged, DeviceApproved, DeviceAsked, DeviceRevoked
from ticketing.core.events import (
    AccessEnded,
    AccessRestored,
    AnnouncementLapsed,
    AnnouncementSpoken,
    AnyEvent,
    ComplaintDeskNamed,
    EditionAdded,
    FloorPlanRemoved,
    FloorPlanShown,
    MallDescribed,
    MallImported,
    MediaAdded,
    MediaChanged,
    MediaRemoved,
    MonthReported,
    NotesErased,
    NoteWritten,
    PasswordSet,
    PersonAdded,
    ReadinessRecorded,
    SignedIn,
    SignedOut,
    TokenMade,
    WaitAlerted,
    WaitAlertOver,
)
from ticketing.core.form import FormsSaved
from ticketing.core.ids import (
    AppointmentId,
    ComplaintId,
    CounterId,
    DeviceId,
    LeaseId,
    PersonId,
    ServiceId,
    SlipId,
    TenantId,
    TicketId,
)
from ticketing.core.lease import LeasedBlock, NumbersLeased, NumbersReturned, ReturnedBlock, Span
from ticketing.core.policy import ChosenBy, Policy, PolicyChanged, PolicyKept
from ticketing.core.privacy_events import BreachChanged, BreachRecorded, Erased, PersonErased, RetentionRun
from ticketing.core.slip_job import (
    Condition,
    SlipAsked,
    SlipClaimed,
    SlipEvent,
    SlipFailed,
    SlipLapsedEvent,
    SlipPrinted,
    SlipUnknown,
    Trouble,
)
from ticketing.core.slip_layout import SlipLayoutChanged
from ticketing.core.standard import (
    StandardApproved,
    StandardDropped,
    StandardPublished,
    StandardReturned,
    StandardSaved,
    StandardSent,
)
from ticketing.core.survey_events import PlanWritten, QuicklyRated, SurveyAnswered, SurveyDrawn, TenantDraw
from ticketing.core.ticket import (
    Called,
    Cancelled,
    Deferred,
    Expired,
    Finished,
    Foreseen,
    Held,
    Issued,
    Missed,
    Recalled,
    Restored,
    Resumed,
    Returned,
    Started,
    State,
    Ticket,
    TicketEvent,
    Transferred,
)

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)

ISSUED = Issued(
    code="abcdefghjkmn",
    number="B-012",
    series="B",
    serial=12,
    day=date(2026, 11, 23),
    tenant_id=TenantId(1),
    service_id=ServiceId(2),
)

TICKET_EVENTS: dict[str, TicketEvent] = {
    "issued": ISSUED,
    "called": Called(
        counter_id=CounterId(7),
        score=60.0,
        runner_up=TicketId(4),
        runner_up_score=90.0,
        reason=ChosenBy.LOOK_AHEAD,
        cap=2,
        foreseen=Foreseen(cost=3.5, runner_up_cost=4.25, seq=41, at=NOON),
    ),
    "recalled": Recalled(),
    "started": Started(),
    "finished": Finished(outcome="selesai"),
    "returned": Returned(
        tenant_id=TenantId(1), service_id=ServiceId(2), for_counter_id=CounterId(7), outcome="selesai"
    ),
    "missed": Missed(),
    "restored": Restored(),
    "held": Held(until=NOON),
    "resumed": Resumed(by_itself=True),
    "transferred": Transferred(tenant_id=TenantId(3), service_id=ServiceId(4), for_counter_id=CounterId(8)),
    "deferred": Deferred(waiting_since=NOON, places=5),
    "cancelled": Cancelled(),
    "expired": Expired(),
}

SLIP_EVENTS: dict[str, SlipEvent] = {
    "slip_asked": SlipAsked(
        slip_id=SlipId(5), ticket_id=TicketId(1), printer_id=DeviceId(9), copy=False, expires_at=NOON
    ),
    "slip_claimed": SlipClaimed(slip_id=SlipId(5)),
    "slip_printed": SlipPrinted(slip_id=SlipId(5)),
    "slip_failed": SlipFailed(slip_id=SlipId(5), reason=Trouble.PAPER_OUT),
    "slip_unknown": SlipUnknown(slip_id=SlipId(5), reason=Trouble.MUTE),
    "slip_lapsed": SlipLapsedEvent(slip_id=SlipId(5)),
}

WHICH = ComplaintId(6)
TERM = Term(due=date(2026, 11, 30), near=date(2026, 11, 27))
COMPLAINT_EVENTS: dict[str, AnyEvent] = {
    "complaint_received": ComplaintReceived(
        complaint_id=WHICH,
        number="2026-0006",
        day=date(2026, 11, 23),
        channel=Channel.KIOSK,
        identity=Identity.ANONYMOUS,
        tenant_id=TenantId(1),
        service_id=None,
        has_contact=False,
        first=TERM,
        term=TERM,
    ),
    "complaint_verified": ComplaintVerified(complaint_id=WHICH, kind=Kind.SIMPLE, term=TERM),
    "complaint_forwarded": ComplaintForwarded(complaint_id=WHICH, tenant_id=TenantId(1)),
    "complaint_started": ComplaintStarted(complaint_id=WHICH),
    "complaint_answered": ComplaintAnswered(complaint_id=WHICH, respond_by=date(2026, 12, 3)),
    "complaint_closed": ComplaintClosed(complaint_id=WHICH, keep_until=date(2031, 11, 23), by_itself=True),
    "complaint_rejected": ComplaintRejected(complaint_id=WHICH, keep_until=date(2031, 11, 23)),
    "complaint_handed_over": ComplaintHandedOver(complaint_id=WHICH, keep_until=date(2031, 11, 23)),
    "complaint_reopened": ComplaintReopened(complaint_id=WHICH, day=date(2026, 11, 24), first=TERM, term=TERM),
    "complaint_escalated": ComplaintEscalated(complaint_id=WHICH, alarm=Alarm.NEAR),
    "complaint_contact_erased": ComplaintContactErased(complaint_id=WHICH),
    "complaint_text_erased": ComplaintTextErased(complaint_id=WHICH),
}

OTHER_EVENTS: dict[str, AnyEvent] = {
    "counter_opened": CounterOpened(),
    "counter_paused": CounterPausedEvent(),
    "counter_closed": CounterClosedEvent(),
    "device_asked": DeviceAsked(device_id=DeviceId(1), device_kind=Role.PRINTER),
    "device_approved": DeviceApproved(device_id=DeviceId(1), code="P01", name="Printer"),
    "device_revoked": DeviceRevoked(device_id=DeviceId(1)),
    "condition_changed": ConditionChanged(device_id=DeviceId(1), condition=Condition.PAPER_LOW),
    "numbers_leased": NumbersLeased(
        device_id=DeviceId(1),
        day=date(2026, 11, 23),
        expires_at=NOON,
        blocks=(LeasedBlock(lease_id=LeaseId(2), series="B", first=701, last=720),),
        kept=(LeaseId(1),),
    ),
    "numbers_returned": NumbersReturned(
        device_id=DeviceId(1),
        day=date(2026, 11, 23),
        blocks=(ReturnedBlock(lease_id=LeaseId(1), series="B", used=1, unused=(Span(702, 720),)),),
    ),
    "mall_described": MallDescribed(version=1, is_whole=True),
    "mall_imported": MallImported(tenants=1, services=2, counters=3),
    "announcement_spoken": AnnouncementSpoken(call_seq=4),
    "announcement_lapsed": AnnouncementLapsed(call_seq=4),
    "note_written": NoteWritten(),
    "notes_erased": NotesErased(notes=3),
    "media_added": MediaAdded(key="00ff.mp4"),
    "media_removed": MediaRemoved(key="00ff.mp4"),
    "floor_plan_shown": FloorPlanShown(plan=1),
    "forms_saved": FormsSaved(service_id=ServiceId(1), version=1),
    "floor_plan_removed": FloorPlanRemoved(plan=1),
    "policy_changed": PolicyChanged(tenant_id=TenantId(2), since=NOON, policy=Policy(head_start=25)),
    "slip_layout_changed": SlipLayoutChanged(version=2),
    "policy_kept": PolicyKept(tenant_id=None, since=NOON),
    "edition_added": EditionAdded(instrument="survey", name="PermenPANRB 14/2017", valid_from=date(2017, 1, 1)),
    "survey_drawn": SurveyDrawn(
        day=date(2026, 11, 23), draws=(TenantDraw(tenant_id=TenantId(3), finished=500, every=4, carried=2),)
    ),
    "survey_answered": SurveyAnswered(way="phone", invited=True, complete=True, nth=8),
    "quickly_rated": QuicklyRated(way="kiosk"),
    "survey_plan_written": PlanWritten(plan_id=1, element="u3", done=False, published=True),
    "standard_saved": StandardSaved(service_id=ServiceId(4), version=1),
    "standard_dropped": StandardDropped(service_id=ServiceId(4), version=1),
    "standard_sent": StandardSent(service_id=ServiceId(4), version=1),
    "standard_returned": StandardReturned(service_id=ServiceId(4), version=1),
    "standard_approved": StandardApproved(service_id=ServiceId(4), version=1, effective_on=date(2026, 12, 1)),
    "standard_published": StandardPublished(service_id=ServiceId(4), version=1),
    "readiness_recorded": ReadinessRecorded(check="R01", record=1, state="ok"),
    "wait_alerted": WaitAlerted(
        tenant_id=TenantId(1), service_id=ServiceId(1), least=30, most=45, waiting=12, counters=1
    ),
    "wait_alert_over": WaitAlertOver(tenant_id=TenantId(1)),
    "media_changed": MediaChanged(key="0123456789abcdef0123456789abcdef.png"),
    "person_added": PersonAdded(person_id=1, role="officer"),
    "password_set": PasswordSet(person_id=3),
    "access_ended": AccessEnded(person_id=3),
    "access_restored": AccessRestored(person_id=3),
    "token_made": TokenMade(role="manager"),
    "signed_in": SignedIn(),
    "signed_out": SignedOut(),
    **COMPLAINT_EVENTS,
    "log_sealed": LogSealed(last=12, head="00ff" * 16),
    "log_verified": LogVerified(first=1, last=12, faults=0),
    "retention_run": RetentionRun(erased=(Erased("note", 3), Erased("session", 0))),
    "breach_recorded": BreachRecorded(breach_id=1),
    "breach_changed": BreachChanged(breach_id=1, notified=True),
    "appointment_entered": AppointmentEntered(appointment_id=AppointmentId(1), service_id=ServiceId(2), agreed_at=NOON),
    "appointment_withdrawn": AppointmentWithdrawn(appointment_id=AppointmentId(1)),
    "complaint_desk_named": ComplaintDeskNamed(),
    "month_reported": MonthReported(month="2026-10"),
    "person_erased": PersonErased(person_id=PersonId(3)),
}


def in_state(state: State) -> Ticket:
    """Make a ticket that is in `state`."""
    return replace(ticket.issue(ISSUED, NOON, TicketId(1)), state=state)
