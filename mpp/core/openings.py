"""How counters spent a day: open, paused and busy, hour by hour. Pure.

Open is from opening, or coming back from a break, to the break or the closing; busy is from the start of a service to
its end, so utilisation is busy time by open time. A counter that was left open counts until its last deed of the day.
Source: the project's own definitions.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from mpp.core.legs import Leg, Line
from ticketing.core.access import Role
from ticketing.core.counter import CounterClosedEvent, CounterEvent, CounterOpened, CounterPausedEvent
from ticketing.core.ids import CounterId

HOUR = timedelta(hours=1)


class Doing(StrEnum):
    """What a counter spends time on."""

    OPEN = "open"
    PAUSED = "paused"
    BUSY = "busy"


class Span(Struct, frozen=True):
    """A counter doing one thing in one go; `role` is what the one who opened it, or who serves, is in the mall."""

    counter_id: CounterId
    role: Role | None
    doing: Doing
    begins: datetime
    ends: datetime


class Hour(Struct, frozen=True, kw_only=True):
    """What a counter did in one hour of the day, 0 to 23."""

    counter_id: CounterId
    role: Role | None
    hour: int
    open: timedelta
    paused: timedelta
    busy: timedelta


def spans(lines: Sequence[Line], legs: Iterable[Leg], begins: datetime, ends: datetime, now: datetime) -> list[Span]:
    """Return what the counters did from `begins` to `ends`, or until `now` while that lasts."""
    until = min(ends, now)
    found = [*_openings(lines, until, is_over=now >= ends), *_busy(legs, until)]
    return [
        Span(one.counter_id, one.role, one.doing, max(one.begins, begins), min(one.ends, until))
        for one in found
        if min(one.ends, until) > max(one.begins, begins)
    ]


def _openings(lines: Sequence[Line], until: datetime, *, is_over: bool) -> Iterator[Span]:
    under_way: dict[CounterId, tuple[Doing, Role | None, datetime]] = {}
    last: dict[CounterId, datetime] = {}
    for line in lines:
        if line.counter_id is None or line.at >= until:
            continue
        last[line.counter_id] = line.at
        if not isinstance(line.event, CounterEvent):
            continue
        if line.counter_id in under_way:
            doing, role, since = under_way.pop(line.counter_id)
            yield Span(line.counter_id, role, doing, since, line.at)
        match line.event:
            case CounterOpened():
                under_way[line.counter_id] = (Doing.OPEN, line.role, line.at)
            case CounterPausedEvent():
                under_way[line.counter_id] = (Doing.PAUSED, line.role, line.at)
            case CounterClosedEvent():
                pass
    for id, (doing, role, since) in under_way.items():
        yield Span(id, role, doing, since, last[id] if is_over else until)


def _busy(legs: Iterable[Leg], until: datetime) -> Iterator[Span]:
    for leg in legs:
        for sat in leg.sittings:
            yield Span(sat.counter_id, sat.role, Doing.BUSY, sat.begins, sat.ends or until)


def by_hour(found: Iterable[Span], begins: datetime) -> list[Hour]:
    """Share the spans out among the hours of the day that began at `begins`."""
    spent: dict[tuple[CounterId, Role | None, int], dict[Doing, timedelta]] = defaultdict(dict)
    for span in found:
        for hour in range((span.begins - begins) // HOUR, (span.ends - begins) // HOUR + 1):
            since, until = begins + hour * HOUR, begins + (hour + 1) * HOUR
            within = min(span.ends, until) - max(span.begins, since)
            if within > timedelta():
                doings = spent[span.counter_id, span.role, hour]
                doings[span.doing] = doings.get(span.doing, timedelta()) + within
    order = sorted(spent.items(), key=lambda item: (item[0][0], item[0][2], item[0][1] or ""))
    return [
        Hour(
            counter_id=id,
            role=role,
            hour=hour,
            open=doings.get(Doing.OPEN, timedelta()),
            paused=doings.get(Doing.PAUSED, timedelta()),
            busy=doings.get(Doing.BUSY, timedelta()),
        )
        for (id, role, hour), doings in order
    ]
