"""The hall's own log in the words of the forecasts."""

from datetime import date

import pytest

from counters.core.forecast import layout
from counters.core.forecast.hall_day import Line
from counters.core.forecast.layout import Place, Places
from counters.core.forecast.plan import Kind, PlannedBreak
from tests.counters.core.forecast.malls import (
    DAY,
    DUKCAPIL,
    KK,
    KTP,
    LAYOUT,
    POLRES,
    SKCK,
    called,
    hall_day,
    issued,
    line,
    minute,
    told,
)
from ticketing.core.counter import CounterClosedEvent, CounterOpened, CounterPausedEvent
from ticketing.core.ids import CounterId, ServiceId, TicketId
from ticketing.core.ticket import (
    Cancelled,
    Deferred,
    Expired,
    Finished,
    Held,
    Missed,
    Recalled,
    Restored,
    Resumed,
    Returned,
    Started,
    Transferred,
)

OPENED, PAUSED, CLOSED = CounterOpened(), CounterPausedEvent(), CounterClosedEvent()
HERE = (line(540, issued(), 7), line(545, called(), 7))
SERVED = (*HERE, line(546, Started(), 7))
TO_POLRES = Transferred(tenant_id=POLRES, service_id=SKCK)
BACK = Returned(tenant_id=DUKCAPIL, service_id=KTP, for_counter_id=CounterId(1))
ARRIVED, CALLED, STARTED = (Kind.TICKET, 0, -1, 0), (Kind.CALL, 0, 0, 0), (Kind.START, 0, 0, 0)
ENDED, ABSENT = (Kind.END, 0, 0, 0), (Kind.NO_SHOW, 0, 0, 0)
AT_POLRES = (Kind.TICKET, 1, -1, 0)

CASES: dict[str, tuple[tuple[Line, ...], list[tuple[Kind, int, int, int]]]] = {
    "served": ((*SERVED, line(550, Finished(), 7)), [ARRIVED, CALLED, STARTED, ENDED]),
    "called twice": ((*HERE, line(546, Recalled(), 7)), [ARRIVED, CALLED]),
    "not here, and back": (
        (*HERE, line(547, Missed(), 7), line(550, Restored(), 7)), [ARRIVED, CALLED, ABSENT, ARRIVED],
    ),
    "not here, and called by number": (
        (*HERE, line(547, Missed(), 7), line(550, called(2, None), 7)),
        [ARRIVED, CALLED, ABSENT, (Kind.CALL, 0, 1, 0)],
    ),
    "gone home before the call": ((line(540, issued(), 7), line(541, Cancelled(), 7)), [ARRIVED]),
    "gone home after the call": ((*HERE, line(546, Cancelled(), 7)), [ARRIVED, CALLED, ABSENT]),
    "late before the call": (
        (line(540, issued(), 7), line(541, Deferred(waiting_since=minute(541), places=1), 7)), [ARRIVED],
    ),
    "late after the call": (
        (*HERE, line(546, Deferred(waiting_since=minute(541), places=1), 7)), [ARRIVED, CALLED, ABSENT, ARRIVED],
    ),
    "put aside in the service, and back": (
        (*SERVED, line(550, Held(), 7), line(560, Resumed(), 7)), [ARRIVED, CALLED, STARTED, ENDED, ARRIVED],
    ),
    "sent on after the service": ((*SERVED, line(550, TO_POLRES, 7)), [ARRIVED, CALLED, STARTED, ENDED, AT_POLRES]),
    "sent on at once": ((*HERE, line(550, TO_POLRES, 7)), [ARRIVED, CALLED, ENDED, AT_POLRES]),
    "sent to a counter of another tenant with a service that it does not know": (
        (*HERE, line(550, Transferred(tenant_id=DUKCAPIL, service_id=KTP, for_counter_id=CounterId(3)), 7)),
        [ARRIVED, CALLED, ENDED, AT_POLRES],
    ),
    "the counter that was waited for has closed": (
        (line(540, issued(), 7), line(541, Transferred(tenant_id=DUKCAPIL, service_id=KTP), 7)), [ARRIVED],
    ),
    "sent away and back again": (
        (*HERE, line(550, TO_POLRES, 7), line(560, called(3), 7), line(561, Started(), 7), line(570, BACK, 7)),
        [ARRIVED, CALLED, ENDED, AT_POLRES, (Kind.CALL, 1, 0, 0), (Kind.START, 1, 0, 0), (Kind.END, 1, 0, 0), ARRIVED],
    ),
    "the day is over": ((line(540, issued(), 7), line(1439, Expired(), 7)), [ARRIVED]),
    "of another day": ((line(540, issued(), 7, date(2026, 11, 22)), line(541, called(), 8)), [ARRIVED]),
    "a service that is not offered any more": ((line(540, issued(ServiceId(99)), 7),), []),
    "a counter's day": (
        (line(480, OPENED, 1), line(600, PAUSED, 1), line(615, OPENED, 1), line(900, CLOSED, 1)),
        [(Kind.OPEN, 0, 0, -1), (Kind.PAUSE, 0, 0, -1), (Kind.RESUME, 0, 0, -1), (Kind.CLOSE, 0, 0, -1)],
    ),
    "a planned break, begun a little early": (
        (line(480, OPENED, 1), line(710, PAUSED, 1), line(780, OPENED, 1)),
        [(Kind.OPEN, 0, 0, -1), (Kind.LUNCH, 0, 0, -1), (Kind.RESUME, 0, 0, -1)],
    ),
    "taken over while free": (
        (line(480, OPENED, 1), line(600, OPENED, 1, actor="person:2")),
        [(Kind.OPEN, 0, 0, -1), (Kind.RESUME, 0, 0, -1)],
    ),
    "taken over while busy": (
        (line(480, OPENED, 1), *HERE, line(600, OPENED, 1, actor="person:2")), [(Kind.OPEN, 0, 0, -1), ARRIVED, CALLED],
    ),
    "left open on the day before": ((line(0, CLOSED, 1),), []),
    "a counter that is not there any more": ((line(480, OPENED, 9),), []),
}  # fmt: skip


@pytest.mark.parametrize(("log", "expected"), CASES.values(), ids=CASES)
def test_what_happened_is_told(log: tuple[Line, ...], expected: list[tuple[Kind, int, int, int]]) -> None:
    assert [(entry.kind, entry.tenant, entry.counter, max(0, entry.service) if entry.ticket >= 0 else -1) for entry in
            told(*log)] == expected  # fmt: skip


def test_who_it_was_is_told() -> None:
    lines = told(
        line(480, OPENED, 1), line(481, OPENED, 2, actor="person:2"), line(540, issued(KK, priority="lansia"), 7)
    )
    assert [(entry.who, entry.ticket, entry.service) for entry in lines] == [(0, -1, -1), (1, -1, -1), (1, 7, 1)]


def test_a_number_that_a_kiosk_gave_out_alone_waits_since_then() -> None:
    (entry,) = told(line(600, issued(at=minute(540)), 7))
    assert entry.at == 540.0


def test_who_waits_is_known_after_each_line() -> None:
    hall = hall_day()
    for one in (*HERE, line(546, issued(), 8), line(547, Missed(), 7), line(548, issued(), 9)):
        hall.take(one, lambda _: 0)
    assert list(hall.waiting) == [TicketId(8), TicketId(9)]
    assert (hall.by_policy, hall.by_number) == (1, 0)


def test_a_plan_follows_the_hours_of_the_day() -> None:
    found = layout.plan(LAYOUT.tenants[0], DAY, LAYOUT.holidays)
    assert found is not None
    assert found.minutes == (8.0, 10.0)
    assert [counter.services for counter in found.counters] == [(0, 1), (0,)]
    first = found.counters[0]
    assert (first.opens, first.closes, first.breaks) == (480.0, 900.0, (PlannedBreak(at=720.0, minutes=60.0),))


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2026, 12, 25)])
def test_on_a_day_off_nothing_is_planned(day: date) -> None:
    assert layout.plan(LAYOUT.tenants[0], day, LAYOUT.holidays) is None


def test_places_are_counted_tenant_by_tenant() -> None:
    assert Places(LAYOUT).services == {KTP: Place(0, 0), KK: Place(0, 1), SKCK: Place(1, 0)}
