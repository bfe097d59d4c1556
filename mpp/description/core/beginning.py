"""What a new mall begins with: usual values, for its people to look at and to change."""

import re
import unicodedata
from datetime import time

from ticketing.core.hours import Interval, OpeningHours
from ticketing.core.mall_entries import MallEntry, MallFile, PriorityClass, ZoneEntry

LONGEST_CODE = 24
"""What the mall file allows."""

LAST_TICKET_MINUTES = 30
"""Before closing: about what those who wait then still need."""

DAY = Interval(open=time(8), close=time(15))

FAVOURED = (
    PriorityClass(code="lansia", name="Lanjut usia (60 tahun ke atas)", name_en="Elderly (60 and over)"),
    PriorityClass(code="disabilitas", name="Penyandang disabilitas", name_en="Person with a disability"),
    PriorityClass(code="hamil", name="Ibu hamil", name_en="Pregnant"),
    PriorityClass(
        code="balita", name="Ibu menyusui atau membawa balita", name_en="Breastfeeding or with a small child"
    ),
)
"""Whom the law favours.  Source: UU 25/2009 Art. 29 (treatment of particular groups)."""


def unfinished(name: str, place: str, timezone: str) -> MallFile:
    """Return a mall of one zone and no tenants, open on weekdays: it cannot be taken as it is yet."""
    return MallFile(
        mall=MallEntry(
            code=code_of(name),
            name=name,
            place=place,
            timezone=timezone,
            languages=("id", "en"),
            priority_classes=FAVOURED,
        ),
        hours=OpeningHours(mon=DAY, tue=DAY, wed=DAY, thu=DAY, fri=DAY),
        last_ticket_minutes=LAST_TICKET_MINUTES,
        zones=(ZoneEntry(code="A", name="Aula utama", languages=("id",)),),
        tenants=(),
        counters=(),
    )


def code_of(name: str) -> str:
    """Make a code of a name: capital letters and digits, with a dash between words."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    return "-".join(re.findall(r"[A-Z0-9]+", plain))[:LONGEST_CODE].rstrip("-") or "MPP"
