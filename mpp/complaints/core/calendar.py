"""Working days: days on which the mall is open, less its holidays (national, local, collective leave). Pure."""

from collections.abc import Set
from datetime import date, timedelta

from msgspec import Struct

from ticketing.core.hours import OpeningHours, week

OFFICE_WEEK = (True, True, True, True, True, False, False)
"""Monday to Friday: for a mall whose week names no day at all, or a deadline would never come."""


class Calendar(Struct, frozen=True):
    """On which weekdays (from Monday) the mall works, and on which dates it does not."""

    weekdays: tuple[bool, ...]
    holidays: Set[date]

    def is_working(self, day: date) -> bool:
        """Say whether a day counts."""
        return self.weekdays[day.weekday()] and day not in self.holidays

    def after(self, day: date, days: int) -> date:
        """Return the working day that is so many working days after a day, which does not count itself."""
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_working(day)
        return day

    def before(self, day: date, days: int) -> date:
        """Return the working day that is so many working days before a day."""
        while days > 0:
            day -= timedelta(days=1)
            days -= self.is_working(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Count the working days after `first` up to `last`; below zero when `last` is the earlier one."""
        if last < first:
            return -self.between(last, first)
        return sum(self.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def of(hours: OpeningHours, holidays: Set[date]) -> Calendar:
    """Return the calendar of a mall of these hours."""
    weekdays = tuple(day is not None for day in week(hours))
    return Calendar(weekdays if any(weekdays) else OFFICE_WEEK, holidays)
