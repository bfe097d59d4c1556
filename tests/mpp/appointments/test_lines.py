"""Lines of a table of agreed times: what is understood, and what is said of what is not."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpp.appointments import core
from mpp.appointments.core import Entry, Fault, Flaw
from ticketing.core import appointment

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KTP,2026-11-24,10:00,MJ-77a2", "MJ77A2"),
        ("KTP;24/11/2026;10.00;482 130", "482130"),
        ("KTP\t24-11-2026\t10.00", None),
        ("\ufeffKode layanan;Tanggal;Jam;Referensi\nKTP;24.11.2026;10:00:00;", None),
        ('\n\n"KTP","2026-11-24","10.00","AB12"\n\n', "AB12"),
    ],
    ids=["commas", "semicolons, as Excel writes here", "pasted from a table", "headings, and no reference", "quotes"],
)
def test_a_line_is_understood(text: str, code: str | None) -> None:
    entries, faults = core.read(text)
    assert faults == []
    assert [(one.service, one.day, one.time, one.code) for one in entries] == [("KTP", DAY, time(10), code)]


@pytest.mark.parametrize(
    ("line", "reason", "what"),
    [
        ("KTP,2026-11-24", Flaw.COLUMNS, "2"),
        ("KTP,2026-11-24,10.00,A1B2,Budi", Flaw.COLUMNS, "5"),
        ("KTP,besok,10.00", Flaw.DATE, "besok"),
        ("KTP,2026-02-30,10.00", Flaw.DATE, "2026-02-30"),
        ("KTP,2026-11-24,jam 10", Flaw.TIME, "jam 10"),
        ("KTP,2026-11-24,10.00,A1", Flaw.CODE, ""),
        ("KTP,2026-11-24,10.00,---", Flaw.CODE, ""),
        ("KTP,2026-11-24,10.00,5302 0165 0190 0001", Flaw.ID_NUMBER, ""),
        ("KTP,2026-11-24,10.00,NIK 5302016501900001", Flaw.ID_NUMBER, ""),
        ("KTP,2026-11-24,10.00,0812-3456-7890", Flaw.PHONE, ""),
        ("KTP,2026-11-24,10.00,+62 812 3456 789", Flaw.PHONE, ""),
        ("KTP,5302016501900001,2026-11-24,10.00", Flaw.DATE, ""),
        ("KTP,2026-11-24,081234567890,10.00", Flaw.TIME, ""),
        ("KTP,Budi Santoso,2026-11-24,10.00", Flaw.DATE, ""),
    ],
)
def test_what_is_wrong_is_told_with_its_line(line: str, reason: Flaw, what: str) -> None:
    assert core.read(f"service,date,time\n{line}\nKK,2026-11-24,11.00") == (
        [Entry(line=3, service="KK", day=DAY, time=time(11), code=None)],
        [Fault(2, reason, what)],
    )


def test_more_than_a_months_lines_are_a_mistake() -> None:
    entries, [fault] = core.read("KTP,2026-11-24,10.00\n" * (core.MOST_LINES + 1))
    assert (entries, fault.reason) == ([], Flaw.MANY)


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_told_line_by_line(text: str) -> None:
    entries, faults = core.read(text)
    assert all(one.code is None or appointment.is_code(one.code) for one in entries)
    assert len({*(one.line for one in entries), *(one.line for one in faults)}) == len(entries) + len(faults)


@pytest.mark.parametrize(
    ("code", "is_one"),
    [("5302016501900001", True), ("5302010101900001", True), ("5302013201900001", False), ("0000000000000000", False)],
    ids=["a woman's", "a man's", "no such day", "no such province"],
)
def test_what_is_made_like_an_identity_number(code: str, is_one: bool) -> None:
    assert appointment.is_id_number(code) is is_one


@pytest.mark.parametrize("word", ["081234567890", "5302016501900001", "Budi Santoso", "x" * 25])
def test_what_might_tell_of_a_person_is_not_sent_back(word: str) -> None:
    assert core.harmless(word) == ""
