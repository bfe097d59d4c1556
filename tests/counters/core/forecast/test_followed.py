"""A mall that is followed through its log: learned from, and foretold today."""

from datetime import date, timedelta

import numpy as np
import pytest
from msgspec.structs import replace

from counters.core.forecast import followed
from counters.core.forecast.followed import Followed
from counters.core.forecast.hall_day import Line
from counters.core.forecast.layout import Layout
from counters.core.forecast.proposing import Asked
from counters.core.forecast.question import Answer
from counters.core.forecast.shapes import BREAK, IDLE, SERVING, Rules
from tests.counters.core.forecast.halls import NOW, desk
from tests.counters.core.forecast.malls import DAY, DUKCAPIL, KTP, LAYOUT, POLRES, called, issued, line, minute
from ticketing.core.counter import CounterOpened
from ticketing.core.ids import CounterId, TenantId, TicketId
from ticketing.core.policy import Policy
from ticketing.core.ticket import Deferred, Finished, Started, Transferred

RULES = Policy()
OPEN = line(480, CounterOpened(), 1)
BUSY = (OPEN, line(500, issued(), 1), line(501, called(), 1), line(502, Started(), 1))


def begun(*today: Line, before: tuple[Line, ...] = (), layout: Layout = LAYOUT) -> Followed:
    mall = Followed(layout)
    mall.take(before)
    mall.begin(DAY, [RULES] * len(layout.tenants))
    mall.take(today)
    return mall


def ask(mall: Followed, minutes: float, tenant: TenantId = DUKCAPIL, rules: Policy = RULES) -> Answer:
    return mall.answer(tenant, minute(minutes), asked(rules))


def asked(rules: Policy) -> Asked:
    return Asked(rules=rules, target_minutes=15, seq=7)


def middle(answer: Answer) -> dict[int, float]:
    return {one.ticket_id: one.chance.forecast.q50 for one in answer.waiting}


def a_day(day: date, minutes: float) -> list[Line]:
    """Live a day on which each service at counter 1 takes so long; all others come to nobody."""
    log = [line(480, CounterOpened(), 1, day)]
    for number in range(20):
        at, id = 485 + number * 20, day.toordinal() * 100 + number
        log.append(line(at, replace(issued(), day=day), id, day))
        log.append(line(at + 1, called(), id, day))
        log.append(line(at + 2, Started(), id, day))
        log.append(line(at + 2 + minutes, Finished(), id, day))
    return log


def test_those_who_wait_and_those_who_may_come_are_foretold() -> None:
    mall = begun(*BUSY, line(503, issued(priority="lansia"), 3), line(504, issued(), 4), line(505, issued(), 2))
    answer = ask(mall, 506)
    told = middle(answer)
    assert list(told) == [2, 3, 4]
    assert told[3] < told[4] < told[2]
    offers = {(one.service_id, one.is_priority): one.chance for one in answer.offers}
    assert len(offers) == 4
    assert offers[KTP, False].forecast.q50 > told[2]
    assert offers[KTP, True].forecast.q50 <= told[4]
    assert offers[KTP, False].never < 0.1


def test_past_days_teach_how_long_it_takes() -> None:
    yesterday = DAY - timedelta(days=6)
    quick, slow = (begun(*BUSY, line(503, issued(), 2), before=(*a_day(yesterday, takes),)) for takes in (2.0, 16.0))
    assert middle(ask(slow, 503))[2] > middle(ask(quick, 503))[2] + 4


def test_who_is_sent_or_late_stands_where_the_hall_lets_them_stand() -> None:
    sent = Transferred(tenant_id=DUKCAPIL, service_id=KTP, for_counter_id=CounterId(1), back_to=CounterId(2))
    mall = begun(*BUSY, line(503, issued(), 2), line(504, issued(), 3), line(505, sent, 3))
    told = middle(ask(mall, 506))
    assert told[3] < told[2]
    mall.take([line(506, Deferred(waiting_since=minute(506), places=1, for_counter_id=CounterId(1)), 3)])
    told = middle(ask(mall, 507))
    assert told[2] < told[3]


def test_who_waits_longer_than_was_promised_is_foretold_to_go_first() -> None:
    promised = replace(issued(), promised=5)
    mall = begun(*BUSY, line(503, promised, 2), line(510, issued(priority="lansia"), 3), line(511, promised, 4))
    told = middle(ask(mall, 519))
    assert told[3] < told[2] < told[4]
    told = middle(ask(mall, 519, rules=Policy(cap=3)))
    assert told[2] < told[3]
    mall.take([line(519, Transferred(tenant_id=DUKCAPIL, service_id=KTP, back_to=CounterId(2)), 2)])
    told = middle(ask(mall, 519, rules=Policy(cap=1)))
    assert told[3] < told[4], "an equal who is to come back elsewhere is not passed"


@pytest.mark.parametrize(("minutes", "tenant"), [(300, DUKCAPIL), (1000, POLRES), (600, TenantId(99))])
def test_before_and_after_hours_nothing_is_foretold(minutes: float, tenant: TenantId) -> None:
    assert ask(begun(OPEN), minutes, tenant) == Answer()


def test_on_a_day_off_nothing_is_foretold() -> None:
    mall = Followed(LAYOUT)
    mall.begin(date(2026, 11, 25), [RULES] * 2)
    assert mall.answer(DUKCAPIL, minute(600, date(2026, 11, 25)), asked(RULES)) == Answer()


def test_where_no_counter_opens_nobody_is_called_today() -> None:
    assert {one.chance.never for one in ask(begun(OPEN), 600, POLRES).offers} == {1.0}


BREAKS = {
    "free since before it began": (IDLE, 30.0, NOW - 10, (BREAK, NOW + 35, np.inf)),
    "called somebody in it": (IDLE, 5.0, NOW - 10, (IDLE, np.nan, NOW - 10)),
    "busy": (SERVING, 30.0, NOW - 10, (SERVING, np.nan, NOW - 10)),
    "is over": (IDLE, 5.0, NOW - 60, (IDLE, np.nan, np.inf)),
    "is to come": (IDLE, 5.0, NOW + 60, (IDLE, np.nan, NOW + 60)),
}


@pytest.mark.parametrize(("phase", "elapsed", "at", "expected"), BREAKS.values(), ids=BREAKS)
def test_a_free_counter_has_the_breaks_of_its_tenant(
    phase: int, elapsed: float, at: float, expected: tuple[int, float, float]
) -> None:
    found = followed.in_break(desk((0,), phase=(phase,), elapsed=elapsed, break_at=at), NOW)
    assert np.array_equal((found.phase[0], found.ends[0], found.break_at[0, 0]), expected, equal_nan=True)


def test_services_that_are_called_alike_share_a_ghost() -> None:
    skills = np.array([[True, True, True], [True, True, False]])
    rules = Rules(np.array([1.0, 5.0]), np.zeros(2), np.ones(3))
    lanes, group = followed.ghosts(skills, rules)
    assert (lanes.tolist(), group.tolist()) == ([0, 2, 3, 5], [0, 0, 1, 2, 2, 3])
    lanes, _ = followed.ghosts(skills, rules._replace(favour=np.array([1.0, 2.0, 1.0])))
    assert len(lanes) == 6


def test_the_numbers_of_those_who_wait_are_told_in_their_order() -> None:
    mall = begun(line(503, issued(), 9), line(504, issued(), 8))
    assert [one.ticket_id for one in ask(mall, 505).waiting] == [TicketId(8), TicketId(9)]
