"""What standards, complaints, the survey and privacy say of the checks."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from mpp.readiness.core import attested, desks
from mpp.readiness.core.desks import Handled, Kept
from mpp.readiness.core.shapes import Fact, Finding, State
from ticketing.core.complaint_desk import ComplaintDesk

TODAY = date(2026, 11, 23)


def days(n: int) -> date:
    return TODAY + timedelta(days=n)


@pytest.mark.parametrize(
    ("complete", "state", "named"),
    [
        ({}, State.NOT_ASSESSED, []),
        ({1: (0, 0)}, State.NOT_ASSESSED, []),
        ({1: (5, 5), 2: (3, 3)}, State.OK, []),
        ({1: (9, 10), 2: (10, 10)}, State.WARNING, [1]),
        ({1: (9, 10)}, State.WARNING, [1]),  # nine of ten
        ({1: (8, 10), 2: (0, 3)}, State.FAIL, [2, 1]),
    ],
)
def test_every_service_needs_a_whole_standard(
    complete: dict[int, tuple[int, int]], state: State, named: list[int]
) -> None:
    found = desks.standards("complete", complete)
    assert (found.state, [one.tenant_id for one in found.facts[1:]]) == (state, named)


@pytest.mark.parametrize(
    ("found", "state", "share"),
    [
        ([], State.NOT_ASSESSED, None),
        ([Handled(1, days(0), None)], State.OK, 1.0),  # due today
        ([Handled(1, days(-1), None)], State.FAIL, 0.0),
        ([Handled(1, days(-1), days(-1))], State.OK, 1.0),
        ([Handled(1, days(-2), days(-1)), Handled(1, days(3), None)], State.WARNING, 0.5),  # late, but answered
        ([Handled(1, days(-9), days(-1)), Handled(None, days(-1), None)], State.FAIL, 0.0),
    ],
)
def test_complaints_are_answered_in_time(found: list[Handled], state: State, share: float | None) -> None:
    judged = desks.complaints(found, TODAY)
    assert (judged.state, judged.facts[0].value if judged.facts else None) == (state, share)


def test_the_longest_overdue_is_named_first() -> None:
    judged = desks.complaints([Handled(1, days(-2), None), Handled(2, days(-7), None)], TODAY)
    assert [(one.tenant_id, one.value) for one in judged.facts[1:]] == [(2, 7.0), (1, 2.0)]


@pytest.mark.parametrize(
    ("answered", "minimum", "finished", "state"),
    [(0, 0, 0, State.NOT_ASSESSED), (0, 80, 100, State.FAIL), (79, 80, 100, State.WARNING), (80, 80, 100, State.OK)],
)
def test_the_survey_needs_its_sample(answered: int, minimum: int, finished: int, state: State) -> None:
    assert desks.respondents(answered, minimum, finished).state is state


@pytest.mark.parametrize(
    ("is_made", "day", "state"),
    [(True, 31, State.OK), (False, 1, State.WARNING), (False, 10, State.WARNING), (False, 11, State.FAIL)],
)
def test_last_month_is_reported_by_its_day(is_made: bool, day: int, state: State) -> None:
    assert desks.reported(is_made, day, 10).state is state


@pytest.mark.parametrize(
    ("desk", "state"),
    [
        (ComplaintDesk(), State.FAIL),
        (ComplaintDesk(officer="Kepala Bidang", phone="(0388) 000-000"), State.FAIL),  # where to find the officer?
        (ComplaintDesk(officer="Kepala Bidang", address="Lantai 1", phone="(0388) 000-000"), State.OK),
    ],
)
def test_the_complaint_desk_is_published(desk: ComplaintDesk, state: State) -> None:
    assert desks.complaint_desk(desk).state is state


@pytest.mark.parametrize(
    ("own", "papers", "both"),
    [
        (State.OK, State.NOT_ASSESSED, State.NOT_ASSESSED),  # nobody has looked at the entrance
        (State.FAIL, State.OK, State.FAIL),
        (State.OK, State.WARNING, State.WARNING),
        (State.OK, State.OK, State.OK),
    ],
)
def test_what_the_hall_knows_and_what_papers_say_count_together(own: State, papers: State, both: State) -> None:
    facts = [(Fact(measure="pledge"),), (Fact(measure="expires"),)]
    found = attested.both(*(Finding(state=of, facts=known) for of, known in zip((own, papers), facts, strict=True)))
    assert (found.state, [one.measure for one in found.facts]) == (both, ["pledge", "expires"])


@pytest.mark.parametrize(
    ("index", "planned", "state"),
    [
        (None, [], State.NOT_ASSESSED),
        (Decimal("88.31"), [], State.WARNING),
        (Decimal("88.31"), ["u3", "u9"], State.WARNING),
        (Decimal("88.31"), ["u1", "u3", "u4", "u9"], State.OK),
    ],
)
def test_the_lowest_three_are_followed_up(index: Decimal | None, planned: list[str], state: State) -> None:
    assert desks.followed_up(index, ["u3", "u4", "u9"], planned).state is state


@pytest.mark.parametrize(
    ("found", "state", "said"),
    [
        (Kept(None, True, None), State.NOT_ASSESSED, []),  # before the first night
        (Kept(None, True, 0), State.NOT_ASSESSED, []),  # verified by hand only
        (Kept(None, True, 1), State.FAIL, ["chain_faults"]),
        (Kept(days(0), True, 0), State.OK, ["erased_ago", "chain_sealed", "chain_whole"]),
        (Kept(days(-2), True, None), State.OK, ["erased_ago", "chain_sealed"]),
        (Kept(days(-3), True, 0), State.FAIL, ["erased_ago", "chain_sealed", "chain_whole"]),
        (Kept(days(0), False, 0), State.WARNING, ["erased_ago", "chain_open", "chain_whole"]),
        (Kept(days(-3), False, 0), State.FAIL, ["erased_ago", "chain_open", "chain_whole"]),
        (Kept(days(0), True, 2), State.FAIL, ["erased_ago", "chain_sealed", "chain_faults"]),
    ],
)
def test_what_is_over_is_erased_each_night_and_the_log_is_whole(found: Kept, state: State, said: list[str]) -> None:
    judged = desks.privacy(found, TODAY)
    assert (judged.state, [one.measure for one in judged.facts]) == (state, said)


def test_what_is_published_beside_the_components_is_told_and_judges_nothing() -> None:
    found = desks.standards("delivered", {1: (4, 8)})
    told = desks.published(found, 8, 2, has_plan=False)
    assert told.state == found.state
    assert [fact.measure for fact in told.facts[len(found.facts) :]] == ["booklet", "forms", "no_floor_plan"]
    assert desks.published(found, 8, 2, has_plan=True).facts[-1].measure == "floor_plan"
    assert desks.published(desks.standards("delivered", {}), 0, 0, has_plan=True).facts == ()
