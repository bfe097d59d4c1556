"""A day's legs and counter hours as columns of small whole numbers, the form in which they are kept for years. Pure.

Times are seconds since the mall's midnight, spans are seconds, -1 is "there is none". No person and no ticket is
named. What the log does not tell (zone, promise, target) is kept as it was when the day was told.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from mpp.core import legs, openings
from mpp.core.gaps import Gap
from mpp.core.legs import End, Leg, Line
from mpp.core.openings import Hour
from ticketing.core.access import Role
from ticketing.core.ids import CounterId, ServiceId, TenantId, ZoneId

VERSION = 3
"""Of the two shapes below; another one means that all days are told anew from the log."""

Table = NDArray[np.void]

LEGS = np.dtype(
    [
        *((name, "<i4") for name in ("service", "counter", "zone", "issued", "joined", "called", "started", "ended")),
        *((name, "<i4") for name in ("wait", "wait_to_start", "service_time", "in_all", "aside")),
        *((name, "<i2") for name in ("overtaken", "overtaken_by_same", "promised_minutes", "target_minutes")),
        *((name, "u1") for name in ("calls", "holds", "restored", "end", "role")),
        *((name, "u1") for name in ("is_priority", "is_first", "is_offline", "is_late")),
    ]
)
"""One row for each leg; ids of 0 are none."""

HOURS = np.dtype(
    [
        *((name, "<i4") for name in ("counter", "zone")),
        *((name, "u1") for name in ("hour", "role")),
        *((name, "<i2") for name in ("open", "paused", "busy")),
    ]
)
"""One row for each counter, hour and role."""

ENDS = (End.OPEN, End.SERVED, End.SENT, End.ABSENT, End.CANCELLED, End.EXPIRED)
"""The number of an end is its place here; only ever add to the end of it."""

ROLES = (None, Role.ADMINISTRATOR, Role.MANAGER, Role.SUPERVISOR, Role.OFFICER, Role.GREETER)
"""The number of a role is its place here; only ever add to the end of it. Who is none of these is not told."""

MOST = {"u1": 2**8 - 1, "<i2": 2**15 - 1}
"""The most a small column holds: nobody is called more than 255 times."""


class Facts(Struct, frozen=True, kw_only=True):
    """What the log of a day does not tell, and how far the day is."""

    begins: datetime
    ends: datetime
    now: datetime
    zones: Mapping[CounterId, ZoneId]
    tenants: Mapping[CounterId, TenantId]
    promised_minutes: Mapping[ServiceId, int]
    target_minutes: int
    shut: Mapping[TenantId, Sequence[Gap]]


class Day(Struct, frozen=True):
    """One tenant's day: the bytes of both tables."""

    legs: bytes
    hours: bytes


class Kept(Struct, frozen=True):
    """One tenant's day with its name, as it is kept."""

    day: date
    tenant_id: TenantId
    what: Day


def tell(lines: Sequence[Line], facts: Facts) -> dict[TenantId, Day]:
    """Tell a day from its log, tenant by tenant.

    Args:
        lines: all lines of the day's tickets, and those of counters on that day, in the order of the log.
    """
    told = legs.fold(lines, facts.shut)
    mine: dict[TenantId, list[Leg]] = defaultdict(list)
    for leg in told:
        mine[leg.tenant_id].append(leg)
    hours: dict[TenantId, list[Hour]] = defaultdict(list)
    for hour in openings.by_hour(openings.spans(lines, told, facts.begins, facts.ends, facts.now), facts.begins):
        hours[facts.tenants[hour.counter_id]].append(hour)
    return {
        id: Day(_pack(LEGS, (_leg(leg, facts) for leg in mine[id])), _pack(HOURS, (_hour(h, facts) for h in hours[id])))
        for id in sorted({*mine, *hours})
    }


def _pack(shape: np.dtype[Any], rows: Iterable[tuple[int, ...]]) -> bytes:
    most = [MOST.get(kind, 2**31 - 1) for kind in (shape[name].str.replace("|", "") for name in shape.names or ())]
    fit = [tuple(min(value, top) for value, top in zip(row, most, strict=True)) for row in rows]
    return np.array(fit, dtype=shape).tobytes()


def _leg(leg: Leg, facts: Facts) -> tuple[int, ...]:
    def clock(at: datetime | None) -> int:
        return -1 if at is None else seconds(at - facts.begins)

    return (
        leg.service_id,
        leg.counter_id or 0,
        facts.zones[leg.counter_id] if leg.counter_id else 0,
        clock(leg.issued),
        clock(leg.joined),
        clock(leg.called),
        clock(leg.started),
        clock(leg.ended),
        *map(_span, (leg.wait, leg.wait_to_start, leg.service_time, leg.in_all)),
        seconds(leg.aside),
        leg.overtaken,
        leg.overtaken_by_same,
        facts.promised_minutes[leg.service_id],
        facts.target_minutes,
        leg.calls,
        leg.holds,
        leg.restored,
        ENDS.index(leg.end),
        role_number(leg.role),
        leg.is_priority,
        leg.is_first,
        leg.is_offline,
        leg.is_late,
    )


def _hour(hour: Hour, facts: Facts) -> tuple[int, ...]:
    return (
        hour.counter_id,
        facts.zones[hour.counter_id],
        hour.hour,
        role_number(hour.role),
        seconds(hour.open),
        seconds(hour.paused),
        seconds(hour.busy),
    )


def _span(span: timedelta | None) -> int:
    return -1 if span is None else seconds(span)


def seconds(span: timedelta) -> int:
    """Return whole seconds, the nearest."""
    return round(span.total_seconds())


def role_number(role: Role | None) -> int:
    """Return the number under which a role is kept."""
    return ROLES.index(role) if role in ROLES else 0


def read_legs(kept: Iterable[bytes]) -> Table:
    """Read the legs of several days as one table."""
    return np.frombuffer(b"".join(kept), dtype=LEGS)


def read_hours(kept: Iterable[bytes]) -> Table:
    """Read the counter hours of several days as one table."""
    return np.frombuffer(b"".join(kept), dtype=HOURS)
