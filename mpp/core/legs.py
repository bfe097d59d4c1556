"""A day of the log as legs: one leg is one ticket in one queue, from joining it to how it ended there. Pure.

Definitions (Source: the project's own, as of 2026; no law defines them):
  wait          from joining the queue (the first one: number issued, or agreed time if later) to the first call
  wait to start from joining to the first start of the service
  service time  from start to finish, less what was put aside in between; only of those who were served to the end
  time in all   from the issue of the number to the finish at the last counter
  absent        called, not there, and not back again that day
  overtaken     visitors of the same service who came later, as just said, and were called earlier, since joining
  by the same   those of them who were of the same class and had not been sent there: no rule of calling does that, so
                somebody called them by number; not counted for who was put aside, late, or handed in afterwards
Left out of every wait: time put aside (hold, not here), the tenant's breaks, and time before it opens. Who was never
called has no wait. Who was called and then forgotten has waited until the call; what happened after it nobody knows.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from mpp.core.gaps import NOTHING, Gap, without
from ticketing.core import policy
from ticketing.core.access import Role
from ticketing.core.counter import CounterEvent
from ticketing.core.ids import CounterId, ServiceId, TenantId, TicketId
from ticketing.core.ticket import (
    Called,
    Cancelled,
    Deferred,
    Expired,
    Finished,
    Held,
    Issued,
    Missed,
    Recalled,
    Restored,
    Resumed,
    Returned,
    Started,
    TicketEvent,
    Transferred,
)

FOR_EVER = datetime.max.replace(tzinfo=UTC)


class End(StrEnum):
    """How a leg ended; `open` is still under way."""

    OPEN = "open"
    SERVED = "served"
    SENT = "sent"
    ABSENT = "absent"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Line(Struct, frozen=True):
    """One line of the log, as far as figures need it; `role` is what the one who acted is in the mall."""

    at: datetime
    role: Role | None
    event: TicketEvent | CounterEvent
    ticket_id: TicketId | None
    counter_id: CounterId | None


class Sitting(Struct, frozen=True):
    """A counter busy with one visitor, in one go."""

    counter_id: CounterId
    role: Role | None
    begins: datetime
    ends: datetime | None


class Leg(Struct, frozen=True, kw_only=True):
    """One ticket in one queue; `came` puts them in order. Counters and roles are those of who called, or served."""

    ticket_id: TicketId
    tenant_id: TenantId
    service_id: ServiceId
    is_priority: bool
    has_appointment: bool
    issued: datetime
    came: datetime
    joined: datetime
    is_first: bool = True
    is_offline: bool = False
    counter_id: CounterId | None = None
    role: Role | None = None
    called: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    wait: timedelta | None = None
    wait_to_start: timedelta | None = None
    service_time: timedelta | None = None
    in_all: timedelta | None = None
    aside: timedelta = NOTHING
    calls: int = 0
    holds: int = 0
    restored: int = 0
    is_late: bool = False
    overtaken: int = 0
    overtaken_by_same: int = 0
    end: End = End.OPEN
    sittings: tuple[Sitting, ...] = ()


class _Way(Struct):
    """A leg while it is told: what is known, when it was put aside and why, whether it is being served."""

    leg: Leg
    gaps: list[Gap]
    aside_since: datetime | None = None
    is_missed: bool = False


def fold(lines: Iterable[Line], shut: Mapping[TenantId, Sequence[Gap]]) -> list[Leg]:
    """Return the legs of a day's tickets, told by all the lines of these tickets, oldest first.

    Args:
        lines: of these tickets only, from their issue on; lines of counters are passed over.
        shut: when each tenant does not serve that day, though visitors may be waiting (see `hours.shut`).
    """
    logs: dict[TicketId, list[Line]] = defaultdict(list)
    for line in lines:
        if line.ticket_id is not None and isinstance(line.event, TicketEvent):
            logs[line.ticket_id].append(line)
    return _overtaken([leg for id, log in logs.items() for leg in _of_ticket(id, log, shut)])


def _of_ticket(id: TicketId, log: Sequence[Line], shut: Mapping[TenantId, Sequence[Gap]]) -> list[Leg]:
    way = _Way(_begin(id, log[0]), [])
    legs: list[Leg] = []
    for line in log[1:]:
        match line.event:
            case Returned() | Transferred() as sent if not _is_same_queue(way.leg, sent):
                legs.append(_end(way, line, End.SENT if isinstance(sent, Transferred) else End.SERVED, shut))
                way = _Way(_onward(way.leg, sent, line.at), [])
            case Finished():
                legs.append(_end(way, line, End.SERVED, shut))
            case Cancelled():
                legs.append(_end(way, line, End.CANCELLED, shut))
            case Expired():
                legs.append(_end(way, line, End.ABSENT if way.is_missed else End.EXPIRED, shut))
            case _:
                _happen(way, line)
    return legs if isinstance(log[-1].event, Finished | Cancelled | Expired) else [*legs, _measured(way, shut)]


def _begin(id: TicketId, line: Line) -> Leg:
    issued = line.event
    if not isinstance(issued, Issued):
        raise ValueError(f"the log of ticket {id} does not begin with its issue")
    at = issued.issued_at or line.at
    came = policy.clock(issued.agreed_at, at)
    return Leg(
        ticket_id=id,
        tenant_id=issued.tenant_id,
        service_id=issued.service_id,
        is_priority=issued.priority is not None,
        has_appointment=issued.agreed_at is not None,
        issued=at,
        came=came,
        joined=came,
        is_offline=issued.offline,
    )


def _onward(leg: Leg, sent: Transferred | Returned, at: datetime) -> Leg:
    """Begin the next leg; the time of issue is kept."""
    return Leg(
        ticket_id=leg.ticket_id,
        tenant_id=sent.tenant_id,
        service_id=sent.service_id,
        is_priority=leg.is_priority,
        has_appointment=leg.has_appointment,
        issued=leg.issued,
        came=leg.came,
        joined=at,
        is_first=False,
        is_offline=leg.is_offline,
    )


def _is_same_queue(leg: Leg, sent: Transferred | Returned) -> bool:
    """Say whether one who was not called yet only waits on for the same service: the counter waited for has closed."""
    return isinstance(sent, Transferred) and leg.called is None and sent.service_id == leg.service_id


def _happen(way: _Way, line: Line) -> None:
    """Let a step happen within the leg."""
    leg, at, event = way.leg, line.at, line.event
    if not isinstance(event, TicketEvent):
        raise TypeError(f"{event} happens to a counter, not to a ticket")
    match event:
        case Called():
            _come_back(way, at)
            way.leg = replace(
                leg, called=leg.called or at, counter_id=event.counter_id, role=line.role, calls=leg.calls + 1
            )
        case Recalled():
            way.leg = replace(leg, calls=leg.calls + 1)
        case Started():
            place = leg.counter_id
            sat = (*leg.sittings, Sitting(place, line.role, at, None)) if place is not None else leg.sittings
            way.leg = replace(leg, started=leg.started or at, role=line.role or leg.role, sittings=sat)
        case Held():
            way.leg = replace(_rise(leg, at), holds=leg.holds + 1)
            way.aside_since = at
        case Missed():
            way.aside_since, way.is_missed = at, True
        case Restored():
            _come_back(way, at)
            way.leg = replace(leg, restored=leg.restored + 1)
        case Resumed() | Transferred():
            _come_back(way, at)
        case Deferred():
            way.leg = replace(leg, is_late=True)
        case Issued() | Returned() | Finished() | Cancelled() | Expired():
            raise ValueError(f"a ticket's log has {event} where no leg can take it")
        case _:
            assert_never(event)


def _come_back(way: _Way, at: datetime) -> None:
    """End what was put aside."""
    if way.aside_since is not None:
        way.gaps.append((way.aside_since, at))
    way.aside_since, way.is_missed = None, False


def _rise(leg: Leg, at: datetime) -> Leg:
    """End the sitting under way, if there is one."""
    if not leg.sittings or leg.sittings[-1].ends is not None:
        return leg
    return replace(leg, sittings=(*leg.sittings[:-1], replace(leg.sittings[-1], ends=at)))


def _end(way: _Way, line: Line, end: End, shut: Mapping[TenantId, Sequence[Gap]]) -> Leg:
    """End the leg; one that was put aside until then was not waiting."""
    if way.aside_since is not None:
        way.gaps.append((way.aside_since, line.at))
    way.leg = replace(_rise(way.leg, line.at), ended=line.at, end=end)
    leg = _measured(way, shut)
    if end is not End.SERVED:
        return leg
    served = sum((sat.ends - sat.begins for sat in leg.sittings if sat.ends is not None), NOTHING)
    is_last = isinstance(line.event, Finished)
    return replace(leg, service_time=served, in_all=line.at - leg.issued if is_last else None)


def _measured(way: _Way, shut: Mapping[TenantId, Sequence[Gap]]) -> Leg:
    """Measure the waits of a leg, less what was put aside and the time in which the tenant was shut."""
    leg, gaps = way.leg, way.gaps
    aside = sum((until - since for since, until in gaps), NOTHING)
    closed = [*gaps, *shut.get(leg.tenant_id, ())]
    return replace(
        leg,
        aside=aside,
        wait=None if leg.called is None else without(leg.joined, leg.called, closed),
        wait_to_start=None if leg.started is None else without(leg.joined, leg.started, closed),
    )


def _overtaken(legs: Sequence[Leg]) -> list[Leg]:
    """Count for each leg who took a number later and was called earlier, while it was in the queue.

    One who asked to be late is not counted.
    """
    called: dict[ServiceId, list[tuple[datetime, TicketId, datetime, int]]] = defaultdict(list)
    passed: dict[int, list[int]] = {}
    for at in sorted(range(len(legs)), key=lambda n: (legs[n].called or FOR_EVER, legs[n].ticket_id)):
        leg = legs[at]
        if leg.called is None:
            continue
        before = called[leg.service_id]
        if not leg.is_late:
            later = before[bisect_right(before, (leg.came, leg.ticket_id, FOR_EVER, 0)) :]
            passed[at] = [other for _, _, since, other in later if since >= leg.joined]
        insort(before, (leg.came, leg.ticket_id, leg.called, at))
    return [
        replace(leg, overtaken=len(by), overtaken_by_same=sum(_is_same(leg, legs[other]) for other in by))
        if (by := passed.get(at))
        else leg
        for at, leg in enumerate(legs)
    ]


def _is_same(leg: Leg, other: Leg) -> bool:
    """Say whether `other` went before though both stood in the same line with the same claim."""
    stood = leg.is_first and not leg.holds and not leg.is_offline
    is_alike = other.is_priority == leg.is_priority and other.has_appointment == leg.has_appointment
    return stood and other.is_first and is_alike
