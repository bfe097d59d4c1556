"""A small mall as the forecasts see it, and its log, for the tests of what follows it."""

from datetime import UTC, date, datetime, time, timedelta

from counters.core.forecast.hall_day import HallDay, Line
from counters.core.forecast.layout import Layout, Places, TenantLayout, plan
from counters.core.forecast.plan import Entry
from ticketing.core.counter import CounterClosedEvent, CounterEvent, CounterOpened, CounterPausedEvent
from ticketing.core.hours import Break, Interval, OpeningHours
from ticketing.core.ids import CounterId, ServiceId, TenantId, TicketId
from ticketing.core.ticket import Called, Issued, TicketEvent

DAY = date(2026, 11, 23)
"""A Monday."""

KTP, KK, SKCK = ServiceId(11), ServiceId(12), ServiceId(21)
DUKCAPIL, POLRES = TenantId(1), TenantId(2)
LONG = Interval(open=time(8), close=time(15), breaks=(Break(start=time(12), end=time(13), name="Istirahat"),))
WEEK = OpeningHours(mon=LONG, tue=LONG)
LAYOUT = Layout(
    timezone="UTC",
    holidays=frozenset({date(2026, 12, 25)}),
    tenants=(
        TenantLayout(
            id=DUKCAPIL,
            hours=WEEK,
            services={KTP: 8.0, KK: 10.0},
            counters={CounterId(1): frozenset({KTP, KK}), CounterId(2): frozenset({KTP})},
        ),
        TenantLayout(id=POLRES, hours=WEEK, services={SKCK: 15.0}, counters={CounterId(3): frozenset({SKCK})}),
    ),
)

Step = tuple[int, TicketEvent | CounterEvent, int]
"""After how many minutes from nine o'clock what happens to which ticket, or at which counter."""


def issued(service: ServiceId = KTP, *, priority: str | None = None, at: datetime | None = None) -> Issued:
    tenant = POLRES if service == SKCK else DUKCAPIL
    return Issued(
        code="x", number="B-001", series="B", serial=1, day=DAY, tenant_id=tenant, service_id=service,
        priority=priority, issued_at=at,
    )  # fmt: skip


def called(counter: int = 1, score: float | None = 1.0) -> Called:
    return Called(counter_id=CounterId(counter), score=score)


def minute(minutes: float, day: date = DAY) -> datetime:
    """Name a time by the minutes since midnight."""
    return datetime.combine(day, time(), UTC) + timedelta(minutes=minutes)


def line(minutes: float, event: TicketEvent | CounterEvent, id: int, day: date = DAY, actor: str = "person:1") -> Line:
    at = minute(minutes, day)
    if isinstance(event, CounterOpened | CounterPausedEvent | CounterClosedEvent):
        return Line(at, event, None, CounterId(id), actor)
    return Line(at, event, TicketId(id), None, actor)


def hall_day(day: date = DAY) -> HallDay:
    return HallDay(Places(LAYOUT), day, [plan(tenant, day, LAYOUT.holidays) for tenant in LAYOUT.tenants])


def told(*lines: Line) -> list[Entry]:
    """Return what a day is in the words of the forecasts."""
    hall, officers = hall_day(), dict[str, int]()
    return [entry for one in lines for entry in hall.take(one, lambda name: officers.setdefault(name, len(officers)))]
