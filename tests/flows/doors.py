"""Every door of the server in one table: who may enter, and what a harmless request looks like."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from ticketing.core.access import COUNTER_STAFF, EVERYONE, ISSUERS, LEADERS, PEOPLE, Role

PUBLIC: frozenset[Role] = frozenset()
HANDLERS = LEADERS | {Role.SUPERVISOR}
NOBODYS_CODE = "ABCDEFGHJKLM"


class Door(Struct, frozen=True):
    """A method and path that names nothing that exists, the roles that may enter (none: public), a fitting body."""

    method: str
    path: str
    roles: frozenset[Role] = PUBLIC
    body: dict[str, Any] | None = None


PRINTERS = frozenset({Role.PRINTER})
KIOSKS = frozenset({Role.KIOSK})
VOICES = frozenset({Role.BOARD, Role.SPEAKER})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

EDITION = {
    "instrument": "survey",
    "name": "X",
    "valid_from": "2017-01-01",
    "rules": [{"key": "a", "name": "A", "name_en": "A", "source": "S", "mark": "own"}],
}

COMPLAINT = {"text": "Lama", "identity": "anonymous", "service": "NO", "request": "tap-00001"}
IN_THE_HALL = LEADERS | KIOSKS | {Role.GREETER}
ANSWER = {"scores": {"u1": 4}, "request": "tap-00001"}
PLAN = {"tenant": "NO", "element": "u3", "plan": "X", "responsible": "X", "due": "2026-12-31"}
STANDARD = {
    "requirements": ["KTP-el"],
    "duration_text": "Saat itu juga",
    "counter_minutes": 5,
    "fee_idr": 0,
    "source": "S",
    "verified": False,
}

MANAGERS = LEADERS | {Role.SUPERVISOR}

PERSON = {"login": "x", "name": "X", "role": "officer", "tenant": "NO", "password": "panjang", "request": "tap-00001"}
SLIP: dict[str, Any] = {"layout": {}}

BREACH = {"discovered_at": "2026-01-01T00:00:00Z", "what": "X", "whose": "Y"}

FIRST = {
    "code": "AAA-AAA",
    "mall": "MPP",
    "place": "Kota",
    "timezone": "Asia/Jakarta",
    "name": "Siti",
    "login": "siti",
    "password": "rahasia-siti",
}

DOORS: Mapping[str, Door] = {
    "list_appointments": Door("GET", "/api/appointments", COUNTER_STAFF),
    "enter_appointment": Door(
        "POST",
        "/api/appointments",
        COUNTER_STAFF,
        {"request": "tap-00001", "service": "NO", "day": "2026-11-24", "time": "10.00"},
    ),
    "import_appointments": Door(
        "POST", "/api/appointments/import", COUNTER_STAFF, {"request": "tap-00001", "text": "NO"}
    ),
    "withdraw_appointment": Door("POST", "/api/appointments/999/withdraw", COUNTER_STAFF),
    "show_appointment": Door("GET", "/api/appointments/0000", ISSUERS | {Role.SUPERVISOR}),
    "arrive": Door("POST", "/api/appointments/0000/arrive", ISSUERS | {Role.SUPERVISOR}, {"request": "tap-00001"}),
    "show_privacy": Door("GET", "/api/privacy", LEADERS),
    "show_privacy_notice": Door("GET", "/api/privacy/notice"),
    "verify_log": Door("POST", "/api/privacy/verify", LEADERS),
    "record_breach": Door("POST", "/api/privacy/breaches", LEADERS, BREACH),
    "handle_breach": Door("POST", "/api/privacy/breaches/999", LEADERS, {"handling": "X"}),
    "export_breaches": Door("GET", "/api/privacy/breaches.csv", LEADERS),
    "export_record": Door("GET", "/api/privacy/record.csv", LEADERS),
    "export_person": Door("GET", "/api/privacy/people/999", ADMINISTRATORS),
    "erase_person": Door("POST", "/api/privacy/people/999/erase", ADMINISTRATORS),
    "export_ticket": Door("GET", f"/api/tickets/{NOBODYS_CODE}/kept"),
    "list_services": Door("GET", "/api/services", EVERYONE),
    "list_zones": Door("GET", "/api/zones", EVERYONE),
    "show_kiosk": Door("GET", "/api/kiosk", ISSUERS),
    "issue_ticket": Door("POST", "/api/tickets", ISSUERS, {"service": "NO", "request": "tap-00001"}),
    "show_ticket": Door("GET", f"/api/tickets/{NOBODYS_CODE}"),
    "cancel_own_ticket": Door("POST", f"/api/tickets/{NOBODYS_CODE}/cancel", PUBLIC, {"request": "tap-00001"}),
    "lease_numbers": Door("POST", "/api/kiosks/K99/lease", KIOSKS, {"request": "tap-00001"}),
    "hand_in": Door("POST", "/api/kiosks/K99/offline-tickets", KIOSKS, {"tickets": []}),
    "step_back": Door("POST", f"/api/tickets/{NOBODYS_CODE}/late", PUBLIC, {"request": "tap-00001"}),
    "claim_slip": Door("POST", "/api/slips/999/claim", PRINTERS),
    "report_printed": Door("POST", "/api/slips/999/printed", PRINTERS, {"request": "tap-00001"}),
    "report_not_printed": Door("POST", "/api/slips/999/not-printed", PRINTERS, {"reason": "mute"}),
    "report_unknown": Door("POST", "/api/slips/999/unknown", PRINTERS, {"reason": "mute"}),
    "report_condition": Door("POST", "/api/printers/P99/condition", LEADERS | PRINTERS, {"condition": "ready"}),
    "show_printer": Door("GET", "/api/printers/P99", LEADERS | PRINTERS),
    "list_counters": Door("GET", "/api/counters", EVERYONE),
    "show_counter": Door("GET", "/api/counters/L99", COUNTER_STAFF),
    "open_counter": Door("POST", "/api/counters/L99/open", COUNTER_STAFF, {"request": "tap-00001"}),
    "pause_counter": Door("POST", "/api/counters/L99/pause", COUNTER_STAFF, {"request": "tap-00001"}),
    "close_counter": Door("POST", "/api/counters/L99/close", COUNTER_STAFF, {"request": "tap-00001"}),
    "show_shift": Door("GET", "/api/counters/L99/shift", COUNTER_STAFF),
    "call_next": Door("POST", "/api/counters/L99/call-next", COUNTER_STAFF, {"request": "tap-00001"}),
    "step": Door("POST", "/api/counters/L99/recall", COUNTER_STAFF, {"request": "tap-00001", "ticket": 1}),
    "finish": Door("POST", "/api/counters/L99/finish", COUNTER_STAFF, {"outcome": "selesai"}),
    "call_number": Door("POST", "/api/counters/L99/call/B-001", COUNTER_STAFF, {"request": "tap-00001"}),
    "hold": Door("POST", "/api/counters/L99/hold", COUNTER_STAFF, {"minutes": 5}),
    "transfer": Door("POST", "/api/counters/L99/transfer", COUNTER_STAFF, {"service": "KTP"}),
    "write_note": Door("POST", "/api/counters/L99/note/999", COUNTER_STAFF, {"text": "kurang fotokopi"}),
    "bring_back": Door("POST", "/api/counters/L99/resume/999", COUNTER_STAFF, {"request": "tap-00001"}),
    "show_board": Door("GET", "/api/boards/Z99", PEOPLE | {Role.BOARD}),
    "show_sign": Door("GET", "/api/signs/L99", PEOPLE | {Role.SIGN}),
    "start_announcement": Door("POST", "/api/announcements/999/start", VOICES),
    "give_back_announcement": Door("POST", "/api/announcements/999/give-back", VOICES),
    "end_announcement": Door("POST", "/api/announcements/999/end", VOICES),
    "list_media": Door("GET", "/api/media", LEADERS),
    "add_media": Door("POST", "/api/media?zone=Z99", LEADERS),
    "change_media": Door("POST", "/api/media/999", LEADERS, {"alt": "Denah"}),
    "take_media_off": Door("POST", "/api/media/999/off", LEADERS),
    "put_media_on": Door("POST", "/api/media/999/on", LEADERS),
    "remove_media": Door("DELETE", "/api/media/999", LEADERS),
    "get_sound": Door("GET", "/api/sounds/unknown00.wav", EVERYONE),
    "read_aloud": Door("GET", "/api/guide?text=Halo&language=id", PEOPLE | KIOSKS),
    "show_policies": Door("GET", "/api/policies", LEADERS | {Role.SUPERVISOR}),
    "change_policy": Door("POST", "/api/policies", LEADERS, {"tenant": "NO"}),
    "take_policy_back": Door("POST", "/api/policies/take-back", LEADERS, {"since": "2099-01-01T00:00:00Z"}),
    "list_people": Door("GET", "/api/people", ADMINISTRATORS),
    "add_person": Door("POST", "/api/people", ADMINISTRATORS, PERSON),
    "change_person": Door("POST", "/api/people/999/change", ADMINISTRATORS, {"name": "X", "role": "officer"}),
    "set_password": Door("POST", "/api/people/999/password", ADMINISTRATORS, {"password": "panjang-sekali"}),
    "end_access": Door("POST", "/api/people/999/end", ADMINISTRATORS),
    "restore_access": Door("POST", "/api/people/999/restore", ADMINISTRATORS),
    "show_slip_layout": Door("GET", "/api/slip", LEADERS),
    "change_slip_layout": Door("POST", "/api/slip", LEADERS, {**SLIP, "seen": 999}),
    "preview_slip": Door("POST", "/api/slip/preview", LEADERS, {**SLIP, "service": "NO-99"}),
    "print_test_slip": Door("POST", "/api/slip/test", LEADERS, {**SLIP, "printer": "P99", "request": "tap-00001"}),
    "show_session": Door("GET", "/api/session", PEOPLE),
    "sign_in": Door("POST", "/api/session", PUBLIC, {"login": "nobody", "password": "nothing at all"}),
    "list_devices": Door("GET", "/api/devices", ADMINISTRATORS),
    "pair_device": Door("POST", "/api/devices", PUBLIC, {"kind": "board"}),
    "show_own_device": Door("GET", "/api/devices/me"),
    "approve_device": Door("POST", "/api/devices/999/approve", ADMINISTRATORS, {"code": "X01", "name": "X"}),
    "revoke_device": Door("POST", "/api/devices/999/revoke", ADMINISTRATORS),
    "show_hall": Door("GET", "/api/manage", LEADERS | {Role.SUPERVISOR}),
    "show_law": Door("GET", "/api/law", PEOPLE),
    "add_edition": Door("POST", "/api/law", ADMINISTRATORS, EDITION),
    "show_survey": Door("GET", f"/api/tickets/{NOBODYS_CODE}/survey"),
    "answer_survey": Door("POST", f"/api/tickets/{NOBODYS_CODE}/survey", PUBLIC, ANSWER),
    "rate_quickly": Door("POST", f"/api/tickets/{NOBODYS_CODE}/rating", PUBLIC, {"mark": 4, "request": "tap-00001"}),
    "find_survey": Door("GET", "/api/survey/tickets/B-999", IN_THE_HALL),
    "answer_in_hall": Door("POST", "/api/survey/tickets/B-999", IN_THE_HALL, ANSWER),
    "rate_in_hall": Door("POST", "/api/survey/tickets/B-999/rating", KIOSKS, {"mark": 4, "request": "tap-00001"}),
    "show_survey_results": Door("GET", "/api/survey", LEADERS | {Role.SUPERVISOR}),
    "export_survey_csv": Door("GET", "/api/survey.csv", LEADERS | {Role.SUPERVISOR}),
    "export_survey_xlsx": Door("GET", "/api/survey.xlsx", LEADERS | {Role.SUPERVISOR}),
    "write_survey_plan": Door("POST", "/api/survey/plans", LEADERS | {Role.SUPERVISOR}, PLAN),
    "change_survey_plan": Door("POST", "/api/survey/plans/999", LEADERS | {Role.SUPERVISOR}, PLAN),
    "show_public_survey": Door("GET", "/api/survey/public"),
    "show_floor_plan": Door("GET", "/api/floor-plan"),
    "open_floor_plan": Door("GET", "/api/floor-plan/999"),
    "list_floor_plans": Door("GET", "/api/floor-plans", LEADERS),
    "replace_floor_plan": Door("PUT", "/api/floor-plan", LEADERS),
    "put_back_floor_plan": Door("POST", "/api/floor-plan/999/show", LEADERS),
    "remove_floor_plan": Door("DELETE", "/api/floor-plan", LEADERS),
    "list_forms": Door("GET", "/api/forms", MANAGERS),
    "show_forms": Door("GET", "/api/forms/NO-99", MANAGERS),
    "save_forms": Door("POST", "/api/forms/NO-99", MANAGERS, {"forms": [], "basis": "x"}),
    "take_up_forms": Door("POST", "/api/forms/NO-99/take-up", MANAGERS, {"version": 1, "basis": "x"}),
    "list_standards": Door("GET", "/api/standards", MANAGERS),
    "show_standard": Door("GET", "/api/standards/NO-99", MANAGERS),
    "save_standard": Door("POST", "/api/standards/NO-99/draft", MANAGERS, {"standard": STANDARD}),
    "drop_standard": Door("POST", "/api/standards/NO-99/drop", MANAGERS, {"revision": 1}),
    "send_standard": Door("POST", "/api/standards/NO-99/send", MANAGERS, {"revision": 1}),
    "return_standard": Door("POST", "/api/standards/NO-99/return", MANAGERS, {"remark": "Biaya belum ada"}),
    "approve_standard": Door("POST", "/api/standards/NO-99/approve", LEADERS, {"revision": 1}),
    "take_up_standard": Door("POST", "/api/standards/NO-99/take-up", MANAGERS, {"version": 1}),
    "print_standard": Door("POST", "/api/standards/NO-99/print", KIOSKS, {"request": "tap-00001"}),
    "export_standards": Door("GET", "/api/standards.json"),
    "export_standards_pdf": Door("GET", "/api/standards.pdf?language=xx"),
    "export_standards_csv": Door("GET", "/api/standards.csv"),
    "show_readiness": Door("GET", "/api/readiness", LEADERS),
    "report_readiness": Door("GET", "/api/readiness.pdf?language=xx", LEADERS),
    "record_readiness": Door(
        "POST", "/api/readiness/R99/records", LEADERS, {"responsible": "DPMPTSP", "dated": "2026-01-01"}
    ),
    "attach_to_readiness": Door("PUT", "/api/readiness/records/999/file", LEADERS),
    "open_readiness_file": Door("GET", "/api/readiness/records/999/file", LEADERS),
    "show_setup": Door("GET", "/api/setup", LEADERS),
    "save_setup": Door("PUT", "/api/setup", LEADERS, {"basis": "none", "description": {}}),
    "list_setup_versions": Door("GET", "/api/setup/versions", LEADERS),
    "show_setup_version": Door("GET", "/api/setup/versions/999", LEADERS),
    "put_back_setup": Door("POST", "/api/setup/versions/999/put-back", LEADERS, {"basis": "none"}),
    "show_first_start": Door("GET", "/api/setup/first"),
    "begin_setup": Door("POST", "/api/setup/first", PUBLIC, FIRST),
    "show_staffing": Door("GET", "/api/staffing?weekday=9", LEADERS | {Role.SUPERVISOR}),
    "show_forecast_quality": Door(
        "GET", "/api/forecasts/quality?from=2026-01-02&to=2026-01-01", LEADERS | {Role.SUPERVISOR}
    ),
    "show_history": Door("GET", "/api/history?service=NO", LEADERS | {Role.SUPERVISOR}),
    "export_history_csv": Door("GET", "/api/history.csv?service=NO", LEADERS | {Role.SUPERVISOR}),
    "export_history_xlsx": Door("GET", "/api/history.xlsx?service=NO", LEADERS | {Role.SUPERVISOR}),
    "simulate": Door("POST", "/api/simulations", LEADERS | {Role.SUPERVISOR}, {"first": "2001-01-01"}),
    "take_complaint": Door("POST", "/api/complaints", PUBLIC, COMPLAINT),
    "show_complaint": Door("GET", f"/api/complaints/{NOBODYS_CODE}"),
    "close_own_complaint": Door("POST", f"/api/complaints/{NOBODYS_CODE}/close", PUBLIC, {"request": "tap-00001"}),
    "reopen_complaint": Door("POST", f"/api/complaints/{NOBODYS_CODE}/reopen", PUBLIC, {"text": "Belum"}),
    "list_complaints": Door("GET", "/api/manage/complaints", HANDLERS),
    "name_complaint_desk": Door("PUT", "/api/manage/complaints/desk", LEADERS, {"officer": "Kepala Bidang"}),
    "count_complaints": Door("GET", "/api/manage/complaints/due", HANDLERS),
    "show_complaint_case": Door("GET", "/api/manage/complaints/999", HANDLERS),
    "handle_complaint": Door("POST", "/api/manage/complaints/999", HANDLERS, {"type": "answer", "text": "Baik"}),
    "export_complaints_csv": Door("GET", "/api/manage/complaints.csv", HANDLERS),
    "export_complaints_xlsx": Door("GET", "/api/manage/complaints.xlsx", HANDLERS),
    "export_lapor_json": Door("GET", "/api/manage/complaints/lapor.json", LEADERS),
    "export_lapor_csv": Door("GET", "/api/manage/complaints/lapor.csv", LEADERS),
    "report_month": Door("GET", "/api/reports/2026-13.pdf", LEADERS | {Role.SUPERVISOR}),
    "show_metrics": Door("GET", "/metrics", ADMINISTRATORS),
    "show_info": Door("GET", "/api/info"),
    "health_live": Door("GET", "/health/live"),
    "health_ready": Door("GET", "/health/ready"),
}
"""By the operation's name in the OpenAPI description. `sign_out` is for people only and has tests of its own."""
