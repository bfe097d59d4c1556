"""Logs of a day in a line or two, for tests of what is told from them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from mpp.core.legs import Line
from ticketing.core.access import Role
from ticketing.core.counter import CounterClosedEvent, CounterEvent, CounterOpened, CounterPausedEvent
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

DAY = date(2026, 11, 23)
BEGINS = datetime(2026, 11, 23, tzinfo=UTC)
TENANT, OTHER = TenantId(1), TenantId(2)
KTP, KK, SKCK = ServiceId(11), ServiceId(12), ServiceId(21)
TENANT_OF = {KTP: TENANT, KK: TENANT, SKCK: OTHER}
L1, L2, L3 = CounterId(1), CounterId(2), CounterId(3)


def clock(minute: float) -> datetime:
    """Return the time so many minutes after eight."""
    return BEGINS + timedelta(hours=8, minutes=minute)


def issued(service: ServiceId = KTP, *, priority: bool = False, at: float | None = None) -> Issued:
    return Issued(
        code="c",
        number="B-001",
        series="B",
        serial=1,
        day=DAY,
        tenant_id=TENANT_OF[service],
        service_id=service,
        priority="declared" if priority else None,
        issued_at=None if at is None else clock(at),
        offline=at is not None,
    )


def sent(service: ServiceId, to: CounterId | None = None, back_to: CounterId | None = None) -> Transferred:
    return Transferred(tenant_id=TENANT_OF[service], service_id=service, for_counter_id=to, back_to=back_to)


def returned(service: ServiceId, to: CounterId) -> Returned:
    return Returned(tenant_id=TENANT_OF[service], service_id=service, for_counter_id=to)


STEPS: dict[str, TicketEvent] = {
    "issue": issued(),
    "favoured": issued(priority=True),
    "call": Called(counter_id=L1),
    "call2": Called(counter_id=L2),
    "recall": Recalled(),
    "start": Started(),
    "finish": Finished(),
    "miss": Missed(),
    "restore": Restored(),
    "hold": Held(),
    "resume": Resumed(),
    "late": Deferred(waiting_since=BEGINS, places=1),
    "cancel": Cancelled(),
    "expire": Expired(),
    "to KK": sent(KK),
    "to SKCK": sent(SKCK, back_to=L1),
    "any counter": sent(KTP),
    "back": returned(KTP, L1),
}
DESK_STEPS: dict[str, CounterEvent] = {
    "open": CounterOpened(),
    "pause": CounterPausedEvent(),
    "close": CounterClosedEvent(),
}


def steps(story: str) -> list[tuple[float, str]]:
    """Read steps from a story such as "0 issue, 5 call, 6 start"."""
    return [(float(at), step) for at, step in (part.strip().split(" ", 1) for part in story.split(","))]


def log(*life: tuple[float, str], ticket: int = 1, first: Issued | None = None) -> list[Line]:
    """Write the log of a ticket: minutes after eight, and what happened; `first` is its issue."""
    id = TicketId(ticket)
    events = [(clock(at), STEPS[step]) for at, step in life]
    if first is not None:
        events[0] = (events[0][0], first)
    lines: list[Line] = []
    counter = None
    for at, event in events:
        counter = event.counter_id if isinstance(event, Called) else counter
        lines.append(Line(at, Role.OFFICER, event, id, counter))
    return lines


def desk(id: CounterId, *steps: tuple[float, str], role: Role | None = Role.OFFICER) -> list[Line]:
    """Write the log of a counter."""
    return [Line(clock(at), role, DESK_STEPS[step], None, id) for at, step in steps]


def together(*logs: Iterable[Line]) -> list[Line]:
    """Put logs in the order of time."""
    return sorted((line for one in logs for line in one), key=lambda line: line.at)
