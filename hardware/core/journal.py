"""What a kiosk writes down while it is alone, line by line, and what the lines add up to. Pure.

A line is on disk before its number is printed or shown: whatever happens to the machine, no number comes twice and none
is lost.
"""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from hardware.core.lease import OfflineTicket, OnPaper
from hardware.core.outcome import Reason, Report, Verdict
from hardware.core.written import number


class Taken(msgspec.Struct, frozen=True, kw_only=True, tag="taken"):
    """A number was given out."""

    ticket: OfflineTicket
    day: date
    tenant: str


class Printing(msgspec.Struct, frozen=True, kw_only=True, tag="printing"):
    """Its slip is about to be sent to the printer."""

    request: str


class Ended(msgspec.Struct, frozen=True, kw_only=True, tag="ended"):
    """What became of its slip."""

    request: str
    on_paper: OnPaper
    reason: Reason | None = None


class HandedIn(msgspec.Struct, frozen=True, kw_only=True, tag="handed_in"):
    """The server has it, or refused it for good with this code."""

    request: str
    code: str | None = None


Line = Taken | Printing | Ended | HandedIn


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One number that was given out, and how far it has come."""

    ticket: OfflineTicket
    day: date
    tenant: str
    is_printing: bool = False
    is_handed_in: bool = False

    @property
    def number(self) -> str:
        """The number as people say it."""
        return number(self.ticket.series, self.ticket.serial)

    @property
    def is_pending(self) -> bool:
        """Whether the server does not know of it yet."""
        return not self.is_handed_in


Book = dict[str, Entry]
"""All entries by request id, in the order in which they were given out."""

ON_PAPER = {
    Verdict.PRINTED: OnPaper.PRINTED,
    Verdict.NOT_PRINTED: OnPaper.FAILED,
    Verdict.UNKNOWN: OnPaper.UNKNOWN,
}
"""What a printer's report says of the paper."""


def ended(request: str, report: Report) -> Ended:
    """Write down a printer's report."""
    return Ended(request=request, on_paper=ON_PAPER[report.verdict], reason=report.reason)


def add(book: Book, line: Line) -> None:
    """Let a line change the book."""
    match line:
        case Taken():
            book[line.ticket.request] = Entry(ticket=line.ticket, day=line.day, tenant=line.tenant)
        case Printing():
            book[line.request] = replace(book[line.request], is_printing=True)
        case Ended():
            before = book[line.request]
            paper = replace(before.ticket, on_paper=line.on_paper, reason=line.reason)
            book[line.request] = replace(before, ticket=paper, is_printing=False)
        case HandedIn():
            book[line.request] = replace(book[line.request], is_handed_in=True)


def used(book: Book, day: date) -> set[tuple[str, int]]:
    """Return series and number of all that was given out on a day."""
    return {(entry.ticket.series, entry.ticket.serial) for entry in book.values() if entry.day == day}


def pending(book: Book) -> list[Entry]:
    """Return what the server does not know of yet, oldest first."""
    return [entry for entry in book.values() if entry.is_pending]


def latest(book: Book) -> datetime | None:
    """Return when the last number was given out."""
    return max((entry.ticket.issued_at for entry in book.values()), default=None)


def worth_keeping(book: Book, day: date) -> list[Line]:
    """Return the shortest list of lines that adds up to what still matters: this day, and what is not handed in."""
    return [line for entry in book.values() if entry.is_pending or entry.day == day for line in _lines(entry)]


def _lines(entry: Entry) -> Iterable[Line]:
    request = entry.ticket.request
    yield Taken(ticket=replace(entry.ticket, on_paper=None, reason=None), day=entry.day, tenant=entry.tenant)
    if entry.is_printing:
        yield Printing(request=request)
    if entry.ticket.on_paper is not None:
        yield Ended(request=request, on_paper=entry.ticket.on_paper, reason=entry.ticket.reason)
    if entry.is_handed_in:
        yield HandedIn(request=request)
