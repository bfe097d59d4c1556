"""How long a complaint may take: what the edition in force says, put on the mall's calendar. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil

from msgspec import Struct

from mpp.complaints.core.calendar import Calendar
from mpp.law.core import Edition
from ticketing.core.complaint_events import Kind, Term


class Terms(Struct, frozen=True, kw_only=True):
    """The numbers by which complaints are handled.

    Args:
        first_reaction: working days until somebody must have reacted.
        settle: working days until the answer, by kind.
        near_percent: share of a term that is left when its end is near.
        silent_days, reopen_days: days after the answer.
        contact_hours: hours after its end that name and contact are kept.
        keep_years: years after its end that the texts are kept.
    """

    first_reaction: int
    settle: Mapping[Kind, int]
    near_percent: int
    silent_days: int
    reopen_days: int
    contact_hours: int
    keep_years: int


def of(edition: Edition) -> Terms:
    """Read the numbers of an edition of the complaints instrument."""
    return Terms(
        first_reaction=int(edition.number("first_reaction")),
        settle={kind: int(edition.number(f"settle.{kind}")) for kind in Kind},
        near_percent=int(edition.number("escalate.left")),
        silent_days=int(edition.number("close.silent")),
        reopen_days=int(edition.number("reopen.within")),
        contact_hours=int(edition.number("erase.contact")),
        keep_years=int(edition.number("keep.texts")),
    )


def settle_days(terms: Terms, kind: Kind | None) -> int:
    """Return how many working days an answer may take; the strictest holds until the kind is known."""
    return min(terms.settle.values()) if kind is None else terms.settle[kind]


def first(terms: Terms, calendar: Calendar, day: date) -> Term:
    """Return until when somebody must react to what came in on a day."""
    return _term(terms, calendar, day, terms.first_reaction)


def answer(terms: Terms, calendar: Calendar, day: date, kind: Kind | None) -> Term:
    """Return until when what came in on a day must be answered."""
    return _term(terms, calendar, day, settle_days(terms, kind))


def _term(terms: Terms, calendar: Calendar, day: date, days: int) -> Term:
    """Put a term on the calendar; at least one working day before its end is near."""
    due = calendar.after(day, days)
    left = max(1, ceil(days * terms.near_percent / 100))
    return Term(due=due, near=calendar.before(due, left))


def respond_by(terms: Terms, day: date) -> date:
    """Return the last day on which an answer given on a day can be responded to: then it closes by itself."""
    return day + timedelta(days=terms.silent_days)


def keep_until(terms: Terms, day: date) -> date:
    """Return until when the texts of a complaint that ended on a day are kept."""
    try:
        return day.replace(year=day.year + terms.keep_years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + terms.keep_years, day=28)
