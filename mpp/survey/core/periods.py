"""Periods of the survey: months of the calendar, counted from January. Pure."""

from datetime import date, timedelta

from msgspec import Struct

MONTHS = 12


class Period(Struct, frozen=True):
    """From the first to the last day, both included."""

    first: date
    last: date


def period_of(day: date, months: int) -> Period:
    """Return the period of so many months (1, 3, 6 or 12) in which a day lies."""
    first = (day.month - 1) // months * months + 1
    return Period(date(day.year, first, 1), _first_after(day.year, first + months) - timedelta(days=1))


def before(period: Period, months: int) -> Period:
    """Return the period before one."""
    return period_of(period.first - timedelta(days=1), months)


def _first_after(year: int, month: int) -> date:
    return date(year + 1, 1, 1) if month > MONTHS else date(year, month, 1)
