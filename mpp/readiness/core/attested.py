"""What documents and walks say of a check on a day: the newest for each tenant counts, and papers run out. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from mpp.law.core import Unit
from mpp.readiness.core.shapes import NOTHING_KNOWN, ORDER, Attested, Check, Fact, Finding, State


def newest(found: Iterable[Attested], check: Check) -> dict[int | None, Attested]:
    """Return what counts now: the last word for each tenant, or for the mall (None)."""
    return {one.tenant_id: one for one in sorted(found, key=lambda one: one.id) if one.check == check.id}


def judged(check: Check, found: Iterable[Attested], tenants: Sequence[int], today: date, remind: timedelta) -> Finding:
    """Say what the papers and walks tell; a check for each tenant is as good as its worst tenant.

    Args:
        tenants: who is active, for checks that each tenant must pass.
        remind: how long before a paper runs out that is said.
    """
    known = newest(found, check)
    wanted: Sequence[int | None] = tenants if check.per_tenant else [None]
    states, facts = [], []
    for tenant_id in wanted:
        one = known.get(tenant_id)
        state, fact = (State.NOT_ASSESSED, None) if one is None else _of(check, one, today, remind)
        if one is None and check.per_tenant and known:
            state, fact = State.FAIL, Fact(measure="no_paper", tenant_id=tenant_id)
        states.append(state)
        facts += [fact] if fact else []
    return Finding(state=worst(states), facts=tuple(facts)) if known else NOTHING_KNOWN


def _of(check: Check, one: Attested, today: date, remind: timedelta) -> tuple[State, Fact | None]:
    """Judge one paper or walk; what is missing on a walk is a warning, and a failure when it is most of it."""
    if one.expires is not None and one.expires < today:
        late = float((today - one.expires).days)
        return State.FAIL, Fact(measure="expired", value=late, unit=Unit.DAYS, tenant_id=one.tenant_id)
    state = one.state
    if check.items:
        there = sum(one.items.get(item, False) for item in check.items)
        state = State.OK if there == len(check.items) else State.WARNING if 2 * there > len(check.items) else State.FAIL
        return state, Fact(measure="items", value=float(there), limit=float(len(check.items)), unit=Unit.COUNT)
    if one.expires is not None and one.expires - today <= remind:
        left = float((one.expires - today).days)
        return worst([state, State.WARNING]), Fact(
            measure="expires", value=left, unit=Unit.DAYS, tenant_id=one.tenant_id
        )
    return state, None


def both(own: Finding, papers: Finding) -> Finding:
    """Return what the hall's data and the papers say together: as good as the worse of the two."""
    return Finding(state=worst([own.state, papers.state]), facts=(*own.facts, *papers.facts))


def worst(states: Iterable[State]) -> State:
    """Return the worst of some states."""
    return min(states, key=ORDER.index, default=State.NOT_ASSESSED)
