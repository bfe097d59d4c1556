"""Agreed times: their codes, how one stands at a moment, and what happens to them. Pure."""

import re
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from ticketing.core import policy
from ticketing.core.hours import HoursState, OpenStatus
from ticketing.core.ids import AppointmentId, ServiceId
from ticketing.core.policy import Policy

SHORTEST, LONGEST = 4, 24
"""Signs of a code: fewer are guessed, more are no code."""

NOT_PART = re.compile(r"[^A-Z0-9]")

ID_NUMBER = re.compile(
    r"""
    (?<!\d)
    [1-9]\d{5}                                # province, regency and district: none begins with 0
    (?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])  # day of birth, 40 more for women
    (?:0[1-9]|1[0-2])\d{2}                    # month and year
    \d{4}
    (?!\d)
    """,
    re.VERBOSE,
)
"""The make of an identity number (NIK), alone or among letters. Source: PP 40/2019 Art. 37, from knowledge."""

PHONE = re.compile(r"(?<!\d)(?:0|62)8[1-9]\d{7,10}(?!\d)")
"""The make of a mobile telephone's number. Source: the national numbering plan (PM 14/2018), from knowledge."""


class Standing(StrEnum):
    """How an agreed time stands: early and expected may come, late may come as everybody else does."""

    EARLY = "early"
    EXPECTED = "expected"
    LATE = "late"
    ARRIVED = "arrived"
    MISSED = "missed"
    ANOTHER_DAY = "another_day"


STILL_THERE = frozenset({HoursState.BREAK, HoursState.LAST_TICKET_PASSED})
"""No numbers are given out, but the mall has opened and not closed for the day."""


class AppointmentEntered(Struct, frozen=True, kw_only=True, tag="appointment_entered"):
    """An agency agreed upon a time with somebody."""

    appointment_id: AppointmentId
    service_id: ServiceId
    agreed_at: datetime


class AppointmentWithdrawn(Struct, frozen=True, kw_only=True, tag="appointment_withdrawn"):
    """An agreed time no longer holds; nobody had come yet."""

    appointment_id: AppointmentId


AppointmentEvent = AppointmentEntered | AppointmentWithdrawn


def tidy(code: str) -> str:
    """Return a code as it is kept: capitals and digits, however it was written."""
    return NOT_PART.sub("", code.upper())


def is_code(code: str) -> bool:
    """Say whether a tidy code has a fitting length."""
    return SHORTEST <= len(code) <= LONGEST


def is_id_number(code: str) -> bool:
    """Say whether a tidy code is, or holds, what is made like an identity number, which has no place in a register."""
    return ID_NUMBER.search(code) is not None


def is_phone(code: str) -> bool:
    """Say whether a tidy code is, or holds, what is made like a telephone's number."""
    return PHONE.search(code) is not None


def standing(agreed_at: datetime, now: datetime, rules: Policy, *, has_ticket: bool, is_today: bool) -> Standing:
    """Say how an agreed time stands now."""
    if has_ticket:
        return Standing.ARRIVED
    if not is_today:
        return Standing.MISSED if agreed_at < now else Standing.ANOTHER_DAY
    if now < agreed_at:
        return Standing.EARLY
    return Standing.EXPECTED if policy.counts(rules, agreed_at, now) else Standing.LATE


def is_received(now: OpenStatus, then: OpenStatus) -> bool:
    """Say whether one whose agreed time counts is given a number; `then` are the hours at that time.

    Who was told to come at such a time, and comes early or a little late, may come in a break or after the last number.
    """
    if now.state is HoursState.OPEN:
        return True
    return now.state in STILL_THERE and then.state is HoursState.OPEN
