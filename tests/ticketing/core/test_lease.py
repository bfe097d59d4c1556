"""Numbers that kiosks hold: none is ever given twice, and the ordinary ones do not jump."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ticketing.core.sample_events import NOON
from ticketing.core import lease
from ticketing.core.ids import DeviceId, LeaseId
from ticketing.core.lease import Given, Lease, NumbersLeased, Span

KIOSK = DeviceId(7)
BLOCK = Lease(
    id=LeaseId(1),
    device_id=KIOSK,
    day=date(2026, 11, 23),
    series="B",
    first=701,
    last=705,
    granted_at=NOON,
    expires_at=NOON + timedelta(hours=4),
)

wishes = st.one_of(
    st.tuples(st.just("issue"), st.just(0), st.just(0)),
    st.tuples(st.just("lend"), st.integers(1, 5), st.integers(2, 30)),  # a low first: the two ranges meet soon
)


@given(st.lists(wishes, max_size=80))
def test_no_number_is_given_twice_however_issuing_and_lending_take_turns(steps: list[tuple[str, int, int]]) -> None:
    now, seen, before = Given(), set[int](), 0
    for what, numbers, first in steps:
        if what == "issue":
            serial = lease.next_serial(now)
            assert serial > before, "ordinary numbers go up"
            before = serial
            now = Given(last=serial, leased_from=now.leased_from, leased=now.leased)
            fresh = {serial}
        else:
            now, span = lease.lend(now, numbers=numbers, first=first)
            assert span.first >= first
            fresh = set(range(span.first, span.last + 1))
            assert len(fresh) == numbers
        assert not fresh & seen
        seen |= fresh


@given(st.integers(0, 600), st.integers(1, 50))
def test_ordinary_numbers_do_not_jump_below_the_first_of_the_held_ones(issued: int, numbers: int) -> None:
    now, _ = lease.lend(Given(last=issued), numbers=numbers, first=701)
    assert lease.next_serial(now) == issued + 1


def test_ordinary_numbers_step_over_all_that_was_lent() -> None:
    now, span = lease.lend(Given(last=700), numbers=20, first=701)
    assert span == Span(701, 720)
    assert lease.next_serial(now) == 721


def test_a_new_first_number_does_not_open_what_was_lent_before() -> None:
    now, _ = lease.lend(Given(last=700), numbers=20, first=701)
    now, span = lease.lend(now, numbers=20, first=801)
    assert (span, lease.next_serial(now)) == (Span(801, 820), 821)


@pytest.mark.parametrize(
    ("used", "left"),
    [
        (set(), [(701, 705)]),
        ({701, 702}, [(703, 705)]),
        ({703}, [(701, 702), (704, 705)]),
        ({701, 703, 705}, [(702, 702), (704, 704)]),
        ({701, 702, 703, 704, 705}, []),
    ],
)
def test_what_was_not_used_is_told_in_spans(used: set[int], left: list[tuple[int, int]]) -> None:
    assert [(span.first, span.last) for span in lease.unused(BLOCK, used)] == left


@pytest.mark.parametrize(("left", "wanted"), [(0, True), (9, True), (10, False), (20, False)])
def test_a_series_is_topped_up_when_less_than_half_is_left(left: int, wanted: bool) -> None:
    assert lease.must_be_topped_up(left, 20) is wanted


def test_nothing_is_topped_up_when_it_is_switched_off() -> None:
    assert not lease.must_be_topped_up(0, 0)


@pytest.mark.parametrize(
    ("minutes", "true"),
    [pytest.param(-5, 0, id="before it had them"), (3, 3), pytest.param(60, 10, id="after now")],
)
def test_the_time_of_issue_lies_between_the_loan_and_now(minutes: int, true: int) -> None:
    now = NOON + timedelta(minutes=10)
    said = lease.true_time(NOON + timedelta(minutes=minutes), granted_at=NOON, now=now)
    assert said == NOON + timedelta(minutes=true)


def test_blocks_that_are_kept_live_as_long_as_new_ones() -> None:
    later = NOON + timedelta(hours=6)
    event = NumbersLeased(device_id=KIOSK, day=BLOCK.day, expires_at=later, blocks=(), kept=(BLOCK.id,))
    assert lease.apply({BLOCK.id: BLOCK}, event, NOON)[BLOCK.id].expires_at == later
