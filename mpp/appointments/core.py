"""Agreed times as they are entered: lines of a table read, and what may be wrong with each. Pure."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from ticketing.core import appointment

MOST_LINES = 1000
"""A tenant's month; more at once is a mistake."""

FARTHEST_DAYS = 180
"""Further ahead nobody agrees upon a time in a mall; it is a typing error."""

DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
TIMES = ("%H.%M", "%H:%M", "%H:%M:%S")

HEADS = frozenset({"layanan", "kode layanan", "kode_layanan", "service", "service code", "service_code"})
"""What the first column may be called in a line of headings."""


MOST_DIGITS = 8
"""Of what is sent back: a date has as many. Telephones and identity numbers have more."""

LONGEST_WORD = 24
"""Signs of what is sent back: a code of a service, a date. What is longer belongs into another column."""


class Flaw(StrEnum):
    """What is wrong with a line."""

    COLUMNS = "columns"
    SERVICE = "service"
    TENANT = "tenant"
    DATE = "date"
    TIME = "time"
    PAST = "past"
    FAR = "far"
    CLOSED = "closed"
    FULL = "full"
    CODE = "code"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    TWICE = "twice"
    MANY = "many"


class Fault(Struct, frozen=True):
    """What is wrong, in which line, counted from 1, and what stands there, unless it might tell of a person."""

    line: int
    reason: Flaw
    what: str


class Entry(Struct, frozen=True, kw_only=True):
    """A time to be entered; `code` is the agency's reference, tidied up, None when one is to be made."""

    line: int
    service: str
    day: date
    time: time
    code: str | None

    def at(self, zone: ZoneInfo) -> datetime:
        """Return the point in time."""
        return datetime.combine(self.day, self.time, zone).astimezone(UTC)


def read(text: str) -> tuple[list[Entry], list[Fault]]:
    """Read lines of service code, date, time and reference, parted by , or ; or tabs; the last may lack."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    rows = list(_rows(text))
    if len(rows) > MOST_LINES:
        return [], [Fault(MOST_LINES + 1, Flaw.MANY, str(len(rows)))]
    for number, cells in rows:
        if len(cells) not in {3, 4}:
            faults.append(Fault(number, Flaw.COLUMNS, str(len(cells))))
            continue
        service, day, at, code = (*cells, "")[:4]
        found = entry(number, service, day, at, code)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            entries.append(found)
    return entries, faults


def entry(line: int, service: str, day: str, at: str, code: str) -> Entry | Fault:
    """Make an entry of words, or say what is wrong with them."""
    found_day = _parsed(day, DATES)
    if found_day is None:
        return Fault(line, Flaw.DATE, harmless(day))
    found_time = _parsed(at, TIMES)
    if found_time is None:
        return Fault(line, Flaw.TIME, harmless(at))
    tidy = appointment.tidy(code)
    if appointment.is_id_number(tidy):
        return Fault(line, Flaw.ID_NUMBER, "")
    if appointment.is_phone(tidy):
        return Fault(line, Flaw.PHONE, "")
    if code.strip() and not appointment.is_code(tidy):
        return Fault(line, Flaw.CODE, "")
    return Entry(line=line, service=service, day=found_day.date(), time=found_time.time(), code=tidy or None)


def harmless(word: str) -> str:
    """Return what stands in a line as it may be sent back and kept: nothing when it might tell of a person."""
    digits = sum(sign.isdigit() for sign in word)
    is_name = digits == 0 and " " in word
    return "" if is_name or digits > MOST_DIGITS or len(word) > LONGEST_WORD else word


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Return the lines that say something, with their numbers; headings are passed over."""
    lines = text.lstrip("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    sign = max("\t;,", key=first.count)
    for number, cells in enumerate(csv.reader(io.StringIO("\n".join(lines)), delimiter=sign), 1):
        tidy = [cell.strip() for cell in cells]
        while tidy and not tidy[-1]:
            tidy.pop()
        if tidy and tidy[0].lower() not in HEADS:
            yield number, tidy


def _parsed(text: str, formats: tuple[str, ...]) -> datetime | None:
    for form in formats:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - a date or a time alone has no zone
        except ValueError:
            continue
    return None
