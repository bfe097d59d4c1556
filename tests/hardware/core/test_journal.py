"""What the lines of a kiosk's journal add up to."""

from datetime import timedelta

import pytest

from hardware.core import journal
from hardware.core.journal import Book, Ended, HandedIn, Line, Printing, Taken
from hardware.core.lease import OnPaper
from hardware.core.outcome import PRINTED, Reason, Report, Verdict
from tests.hardware.lent import DAY, NINE, ticket

FIRST = Taken(ticket=ticket(0), day=DAY, tenant="DUKCAPIL")
SECOND = Taken(ticket=ticket(1), day=DAY, tenant="DUKCAPIL")
OLD = Taken(ticket=ticket(2), day=DAY - timedelta(days=1), tenant="DUKCAPIL")


def book(*lines: Line) -> Book:
    """Add lines up."""
    made: Book = {}
    for line in lines:
        journal.add(made, line)
    return made


def test_what_was_given_out_is_used_on_its_day_only() -> None:
    made = book(FIRST, SECOND, OLD)
    assert journal.used(made, DAY) == {("B", 701), ("B", 702)}
    assert [entry.number for entry in made.values()] == ["B-701", "B-702", "B-703"]
    assert journal.latest(made) == NINE + timedelta(minutes=2)
    assert journal.latest({}) is None


def test_what_is_handed_in_is_pending_no_more() -> None:
    made = book(FIRST, SECOND, HandedIn(request="tap-0"))
    assert [entry.number for entry in journal.pending(made)] == ["B-702"]


def test_a_slip_is_being_printed_and_then_has_an_end() -> None:
    assert book(FIRST, Printing(request="tap-0"))["tap-0"].is_printing
    entry = book(FIRST, Printing(request="tap-0"), Ended(request="tap-0", on_paper=OnPaper.PRINTED))["tap-0"]
    assert (entry.is_printing, entry.ticket.on_paper) == (False, OnPaper.PRINTED)


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (PRINTED, (OnPaper.PRINTED, None)),
        (Report(Verdict.NOT_PRINTED, Reason.PAPER_OUT), (OnPaper.FAILED, Reason.PAPER_OUT)),
        (Report(Verdict.UNKNOWN, Reason.MUTE), (OnPaper.UNKNOWN, Reason.MUTE)),
    ],
)
def test_a_printers_report_is_written_down(report: Report, told: tuple[OnPaper, Reason | None]) -> None:
    line = journal.ended("tap-0", report)
    assert (line.on_paper, line.reason) == told


def test_a_shorter_journal_adds_up_to_the_same_of_what_still_matters() -> None:
    ended = Ended(request="tap-0", on_paper=OnPaper.FAILED, reason=Reason.MUTE)
    made = book(
        FIRST, Printing(request="tap-0"), ended, HandedIn(request="tap-0"), SECOND, OLD, Printing(request="tap-1")
    )
    assert book(*journal.worth_keeping(made, DAY)) == made
    made = book(*journal.worth_keeping(made, DAY), HandedIn(request="tap-2"))
    assert list(book(*journal.worth_keeping(made, DAY))) == ["tap-0", "tap-1"]
