"""The claim to be called next, and which policy holds for whom and from when on."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.ticketing.core.queues import NOW, one, policies
from ticketing.core import policy, ranking
from ticketing.core.ids import TenantId
from ticketing.core.policy import Change, Policy

POLICE, BANK = TenantId(1), TenantId(2)
BASE, FAIR, FAST = Policy(), Policy(priority_weight=1.0), Policy(favour_short=1.0)
HOUR = timedelta(hours=1)
minutes = st.floats(0, 720)


@pytest.mark.parametrize(
    ("rules", "is_priority", "waited", "favour", "claim"),
    [
        (BASE, False, 5, 1.0, 300.0),
        (BASE, True, 1, 1.0, 300.0),
        (BASE, True, 0, 1.0, 0.0),
        (BASE, False, -0.05, 1.0, -3.0),
        (BASE, True, -10, 2.0, -600.0),
        (Policy(head_start=25), True, -10, 1.0, -600.0),
        (Policy(head_start=25), True, 0, 1.0, 5 * 25 * 60.0),
        (Policy(head_start=25), True, 1, 1.0, 5 * 26 * 60.0),
        (Policy(head_start=25), False, 1, 1.0, 60.0),
        (BASE, False, 5, 2.0, 600.0),
    ],
    ids=[
        "a second counts as a second",
        "a minute of the favoured counts five",
        "no waiting, no claim",
        "before a time is less than none",
        "for the favoured too, whatever the weight",
        "no head start before the time has come",
        "all of it from then on",
        "the favoured count as if they had come earlier",
        "the others do not",
        "a short service counts more",
    ],
)
def test_a_claim(rules: Policy, is_priority: bool, waited: float, favour: float, claim: float) -> None:
    who = one(1, waited, priority=is_priority, favour=favour)
    assert ranking.rank([who], NOW, rules)[0][0] == pytest.approx(claim)


@pytest.mark.parametrize(
    ("rules", "is_priority", "weight"),
    [
        (BASE, False, 5.0),
        (BASE, True, 5.0),
        (Policy(appointment_weight=2.0), False, 2.0),
        (Policy(appointment_weight=2.0), True, 5.0),
        (Policy(appointment_weight=1.0, ordinary_weight=3.0), False, 3.0),
    ],
    ids=[
        "an agreed time weighs",
        "it does not add up with a priority",
        "as much as the rules say",
        "the greater of both counts",
        "never less than without",
    ],
)
def test_a_minute_after_an_agreed_time(rules: Policy, is_priority: bool, weight: float) -> None:
    assert policy.weight(rules, is_priority=is_priority, has_appointment=True) == weight


@pytest.mark.parametrize(
    ("came", "since", "counts"),
    [(-30, 0, True), (0, 0, True), (10, 10, True), (15, 15, True), (15.1, 15.1, False)],
    ids=["early: from the agreed time", "in time", "a little late: from coming", "at the last minute", "too late"],
)
def test_since_when_one_with_an_agreed_time_waits(came: float, since: float, counts: bool) -> None:
    came_at = NOW + timedelta(minutes=came)
    assert policy.clock(NOW, came_at) == NOW + timedelta(minutes=since)
    assert policy.counts(BASE, NOW, came_at) is counts
    assert policy.clock(None, came_at) == came_at


def test_who_is_late_gives_up_the_head_start() -> None:
    who = replace(one(1, 10, priority=True), is_late=True)
    assert ranking.rank([who], NOW, Policy(head_start=25))[0][0] == 5 * 600.0


@pytest.mark.parametrize(
    ("exponent", "minutes", "usual", "favour"),
    [(0.0, 5, 10, 1.0), (1.0, 5, 10, 2.0), (1.0, 20, 10, 0.5), (0.5, 40, 10, 0.5)],
)
def test_how_much_a_short_service_is_favoured(exponent: float, minutes: float, usual: float, favour: float) -> None:
    assert policy.favour(Policy(favour_short=exponent), minutes, usual) == favour


@given(policies, minutes, minutes, st.booleans())
def test_who_waits_longer_never_has_the_lower_claim(rules: Policy, waited: float, more: float, favoured: bool) -> None:
    def claim(minutes: float) -> float:
        return ranking.rank([one(1, minutes, priority=favoured)], NOW, rules)[0][0]

    assert claim(waited + more) >= claim(waited)


def change(tenant: TenantId | None, since: datetime, rules: Policy | None) -> Change:
    return Change(tenant_id=tenant, since=since, policy=rules)


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ([], BASE),
        ([change(None, NOW, FAIR)], FAIR),
        ([change(None, NOW + HOUR, FAIR)], BASE),
        ([change(POLICE, NOW - HOUR, FAST), change(None, NOW, FAIR)], FAST),
        ([change(BANK, NOW - HOUR, FAST)], BASE),
        ([change(POLICE, NOW - HOUR, FAST), change(POLICE, NOW, None)], BASE),
        ([change(POLICE, NOW - HOUR, FAST), change(POLICE, NOW, None), change(None, NOW, FAIR)], FAIR),
        ([change(POLICE, NOW, FAST), change(POLICE, NOW, FAIR)], FAIR),
    ],
    ids=[
        "none",
        "begun",
        "to come",
        "own first",
        "another's",
        "as the mall again",
        "as the mall now",
        "the later word",
    ],
)
def test_which_policy_holds(changes: list[Change], holds: Policy) -> None:
    assert policy.in_force(BASE, changes, POLICE, NOW) == holds


def test_what_can_never_hold_again_is_left_out_and_the_same_moment_has_one_word() -> None:
    old, mall = change(POLICE, NOW - 2 * HOUR, FAST), change(None, NOW - HOUR, FAIR)
    coming = change(POLICE, NOW + HOUR, FAIR)
    changes = policy.changed([old, mall, coming], change(POLICE, NOW, BASE), NOW)
    assert changes == [mall, coming, change(POLICE, NOW, BASE)]
    assert policy.changed(changes, change(POLICE, NOW + HOUR, FAST), NOW)[-1].policy == FAST


changes = st.builds(
    change,
    st.sampled_from([None, POLICE, BANK]),
    st.sampled_from([NOW - HOUR, NOW, NOW + HOUR]),
    st.sampled_from([None, FAIR, FAST]),
)


@given(st.lists(changes, max_size=8), st.sampled_from([POLICE, BANK, None]))
def test_leaving_out_the_past_changes_nothing_from_now_on(words: list[Change], tenant: TenantId | None) -> None:
    kept: list[Change] = []
    for word in words:
        kept = policy.changed(kept, word, NOW)
    for at in (NOW, NOW + HOUR):
        assert policy.in_force(BASE, kept, tenant, at) == policy.in_force(BASE, words, tenant, at)
