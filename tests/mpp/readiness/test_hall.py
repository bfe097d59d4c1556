"""What a good and a bad week of the hall say of the checks; each case changes one thing."""

from collections.abc import Sequence
from datetime import date

import pytest

from mpp.core import frame, packed
from mpp.core.frame import Columns
from mpp.core.legs import Line
from mpp.core.packed import Kept
from mpp.law import core as law
from mpp.law import packaged
from mpp.law.core import Instrument
from mpp.readiness.core import hall
from mpp.readiness.core.hall import Hall, Planned
from mpp.readiness.core.shapes import Finding, State
from tests.mpp.core.days import DAY, KTP, L1, L2, L3, OTHER, TENANT, desk, issued, log, steps, together
from tests.mpp.core.test_figures import FACTS

RULES = law.in_force(packaged.editions(), Instrument.HALL, date(2026, 11, 23))
EIGHT = 8


def visitors(waits: Sequence[float], *, takes: float = 8, priority: bool = False, first: int = 1) -> list[list[Line]]:
    """Let people come at eight, wait so long for KTP, and be served so long."""
    return [
        log(
            (0, "issue"), (wait, "call"), (wait, "start"), (wait + takes, "finish"),
            ticket=first + at, first=issued(KTP, priority=priority),
        )
        for at, wait in enumerate(waits)
    ]  # fmt: skip


def week(*logs: list[Line], favours: bool = True, hours: int = 2) -> Hall:
    """Return a period of one day in which both tenants serve for some hours from eight on."""
    told = packed.tell(together(*logs), FACTS)
    of: Columns = frame.columns([Kept(DAY, id, what) for id, what in told.items()])
    planned = [
        Planned(DAY.toordinal(), tenant, EIGHT + nth, 3600) for tenant in (TENANT, OTHER) for nth in range(hours)
    ]
    return Hall(
        of=of, planned=planned, counters={TENANT: [L1, L2], OTHER: [L3]}, rules=RULES, smallest=5, favours=favours
    )


GOOD = [
    *visitors([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    *visitors([1, 2, 3, 4, 5], priority=True, first=20),
    desk(L1, *steps("0 open, 120 close")),
    desk(L3, *steps("0 open, 120 close")),
    log(*steps("1 issue, 15 call, 15 start, 19 to SKCK, 22 call2, 23 start, 30 finish"), ticket=40),
]


def state(check: str, on: Hall) -> State:
    return found(check, on).state


def found(check: str, on: Hall) -> Finding:
    return hall.CHECKS[check](on)


@pytest.mark.parametrize("check", ["R04", "R18", "R19", "R23", "R24", "R25", "R27"])
def test_a_good_week_is_ok(check: str) -> None:
    assert state(check, week(*GOOD)) is State.OK


@pytest.mark.parametrize("check", sorted(hall.CHECKS))
def test_of_an_empty_hall_nothing_is_claimed(check: str) -> None:
    empty = Hall(of=frame.columns([]), planned=[], counters={}, rules=RULES, smallest=5, favours=True)
    assert found(check, empty) == Finding(state=State.NOT_ASSESSED)


def test_waits_beyond_the_promise_fail_and_name_counter_and_hour() -> None:
    on = week(*visitors([5, 6, 7, 40, 41, 42, 43, 44, 45, 46]))
    wait = found("R24", on)
    assert wait.state is State.FAIL
    assert [fact.measure for fact in wait.facts] == ["in_target", "wait_median", "wait_p90", "in_target_at"]
    assert (wait.facts[0].value, wait.facts[0].limit) == (0.3, 0.9)
    assert (wait.facts[3].counter_id, wait.facts[3].hour) == (L1, 8)


def test_within_the_band_it_is_a_warning() -> None:
    assert state("R24", week(*visitors([5] * 17 + [40] * 3))) is State.WARNING  # 85 % of 90 %
    assert state("R24", week(*visitors([5] * 18 + [40] * 2))) is State.OK  # 90 %
    assert state("R24", week(*visitors([5] * 15 + [40] * 5))) is State.FAIL  # 75 %


def test_slow_services_break_the_promise_of_the_counter() -> None:
    slow = found("R23", week(*visitors([1, 2, 3, 4, 5, 6], takes=30)))
    assert (slow.state, slow.facts[0].value, slow.facts[1].counter_id) == (State.FAIL, 0.0, L1)


def test_the_favoured_must_not_wait_longer_and_must_be_favoured() -> None:
    turned = week(*visitors([1, 2, 3, 4, 5]), *visitors([20, 21, 22, 23, 24], priority=True, first=20))
    slow = found("R18", turned)
    assert (slow.state, slow.facts[0].value, slow.facts[0].limit) == (State.FAIL, 22 * 60, 3 * 60)
    assert (slow.facts[1].counter_id, slow.facts[1].hour) == (L1, 8)
    assert found("R18", week(*GOOD, favours=False)).facts[0].measure == "priority_off"
    assert state("R18", week(*visitors([1, 2, 3, 4, 5]))) is State.NOT_ASSESSED, "nobody was favoured"


def test_an_hour_without_an_open_counter_is_found() -> None:
    on = week(
        *visitors([5] * 6), desk(L1, *steps("0 open, 60 pause, 120 close")), desk(L3, *steps("0 open, 120 close"))
    )
    empty = found("R19", on)
    assert (empty.state, empty.facts[0].value) == (State.FAIL, 0.75)
    assert [(one.tenant_id, one.hour, one.counter_id) for one in empty.facts[1:]] == [(TENANT, 9, L1)]


def test_two_who_take_turns_leave_no_hour_empty() -> None:
    turns = [desk(L1, *steps("0 open, 60 pause, 120 close")), desk(L2, *steps("60 open, 120 close"))]
    assert state("R19", week(*turns, desk(L3, *steps("0 open, 120 close")))) is State.OK


def test_counters_that_are_always_busy_are_too_few() -> None:
    at = [log((0, "issue"), (9 * n, "call"), (9 * n, "start"), (9 * n + 9, "finish"), ticket=n + 1) for n in range(6)]
    busy = found("R21", week(*at, desk(L1, *steps("0 open, 60 close"))))
    assert (busy.state, busy.facts[0].value, busy.facts[1].tenant_id) == (State.FAIL, 0.9, TENANT)


def test_a_later_number_called_first_is_unfair() -> None:
    calls = [(0, 50), (1, 10), (2, 20), (3, 30), (4, 40)]
    jump = [log((came, "issue"), (call, "call"), ticket=nth + 1) for nth, (came, call) in enumerate(calls)]
    unfair = found("R25", week(*jump))
    assert (unfair.state, unfair.facts[0].value, unfair.facts[1].service_id) == (State.FAIL, 1.0, KTP)


def test_a_silent_tenant_and_one_that_opens_no_counter_are_named() -> None:
    on = week(*visitors([5] * 6), desk(L1, *steps("0 open, 120 close")))
    assert [(one.measure, one.tenant_id) for one in found("R27", on).facts[1:]] == [("silent", OTHER)]
    assert [(one.measure, one.tenant_id) for one in found("R04", on).facts[1:]] == [("not_connected", OTHER)]
    assert state("R27", on) is State.FAIL
