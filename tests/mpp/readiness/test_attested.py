"""What documents and walks say of a check: the newest counts, papers run out, each tenant needs its own."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mpp.readiness import catalogue
from mpp.readiness.core import attested, hall
from mpp.readiness.core.shapes import Attested, Finding, Kind, State
from ticketing.texts import LANGUAGES, say

TODAY = date(2026, 11, 23)
CHECKS = {one.id: one for one in catalogue.checks()}
ITEMS = CHECKS["R17"].items


def paper(
    check: str = "R01",
    *,
    id: int = 1,
    tenant: int | None = None,
    state: State = State.OK,
    expires: date | None = None,
    items: dict[str, bool] | None = None,
) -> Attested:
    return Attested(
        id=id, check=check, tenant_id=tenant, state=state, note="", responsible="DPMPTSP", dated=TODAY, expires=expires,
        items=items or {}, at=datetime(2026, 11, 23, tzinfo=UTC), actor="person:1",
    )  # fmt: skip


def judged(check: str, *papers: Attested, tenants: tuple[int, ...] = (1, 2)) -> Finding:
    return attested.judged(CHECKS[check], papers, tenants, TODAY, timedelta(days=30))


@pytest.mark.parametrize(
    ("papers", "state"),
    [
        ([], State.NOT_ASSESSED),
        ([paper()], State.OK),
        ([paper(state=State.FAIL)], State.FAIL),
        ([paper(state=State.FAIL), paper(id=2)], State.OK),  # the newest word counts
        ([paper(id=2), paper(state=State.FAIL)], State.OK),
        ([paper(expires=TODAY - timedelta(days=1))], State.FAIL),
        ([paper(expires=TODAY)], State.WARNING),  # it holds today, and is to be renewed
        ([paper(expires=TODAY + timedelta(days=30))], State.WARNING),
        ([paper(expires=TODAY + timedelta(days=31))], State.OK),
        ([paper("R02")], State.NOT_ASSESSED),  # of another check
    ],
)
def test_a_paper_for_the_mall(papers: list[Attested], state: State) -> None:
    assert judged("R01", *papers).state is state


@pytest.mark.parametrize(
    ("papers", "state", "missing"),
    [
        ([], State.NOT_ASSESSED, []),
        ([paper("R07", tenant=1)], State.FAIL, [2]),
        ([paper("R07", tenant=1), paper("R07", id=2, tenant=2)], State.OK, []),
        ([paper("R07", tenant=1), paper("R07", id=2, tenant=2, state=State.WARNING)], State.WARNING, []),
        ([paper("R07", tenant=9), paper("R07", id=2, tenant=1), paper("R07", id=3, tenant=2)], State.OK, []),
    ],
)
def test_each_tenant_needs_its_own(papers: list[Attested], state: State, missing: list[int]) -> None:
    found = judged("R07", *papers)
    assert (found.state, [one.tenant_id for one in found.facts if one.measure == "no_paper"]) == (state, missing)


@pytest.mark.parametrize(
    ("there", "state"), [(len(ITEMS), State.OK), (5, State.WARNING), (4, State.FAIL), (0, State.FAIL)]
)
def test_a_walk_is_as_good_as_what_is_there(there: int, state: State) -> None:
    found = judged("R17", paper("R17", items={item: nth < there for nth, item in enumerate(ITEMS)}))
    assert (found.state, found.facts[0].value, found.facts[0].limit) == (state, there, len(ITEMS))


def test_the_checks_are_the_twenty_eight_and_answer_all_seven_causes() -> None:
    assert list(CHECKS) == [f"R{nth:02}" for nth in range(1, 29)]
    assert {cause for one in CHECKS.values() for cause in one.causes} == set(range(1, 8))
    assert all(CHECKS[id].kind is Kind.AUTO for id in hall.CHECKS)
    assert all(one.items for one in CHECKS.values() if one.kind is Kind.OBS)
    assert all(
        say(language, f"readiness_item.{item}") for language in LANGUAGES for item in (*ITEMS, *CHECKS["R05"].items)
    )
