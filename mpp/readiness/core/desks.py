"""What standards, complaints, the survey and privacy say of the checks. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from mpp.law.core import Unit
from mpp.readiness.core.shapes import NOTHING_KNOWN, Fact, Finding, State
from ticketing.core.complaint_desk import ComplaintDesk

MOST_PLACES = 5
"""Places that are named: enough to act on."""


def standards(measure: str, complete: Mapping[int, tuple[int, int]]) -> Finding:
    """R09, R10: whether every service has all components; by tenant, how many of how many services have.

    A tenth that is missing is a warning, more is a failure: there is no rule for it, and no promise is broken.
    """
    whole = sum(of for _, of in complete.values())
    if not whole:
        return NOTHING_KNOWN
    there = sum(n for n, _ in complete.values())
    first = Fact(measure=measure, value=there / whole, limit=1.0, unit=Unit.PERCENT, n=whole)
    low = sorted((n / of, -of, id) for id, (n, of) in complete.items() if n < of)
    facts = [
        Fact(measure=f"{measure}_at", value=share, unit=Unit.PERCENT, n=-of, tenant_id=id) for share, of, id in low
    ]
    state = State.OK if there == whole else State.WARNING if 10 * there >= 9 * whole else State.FAIL
    return Finding(state=state, facts=(first, *facts[:MOST_PLACES]))


def published(found: Finding, services: int, with_forms: int, *, has_plan: bool) -> Finding:
    """R10, what is published beside the components; no source asks for it, so it judges nothing."""
    if not services:
        return found
    more = (
        Fact(measure="booklet", value=float(services), unit=Unit.COUNT),
        Fact(measure="forms", value=float(with_forms), unit=Unit.COUNT, n=services),
        Fact(measure="floor_plan" if has_plan else "no_floor_plan"),
    )
    return Finding(state=found.state, facts=(*found.facts, *more))


class Handled(Struct, frozen=True):
    """A complaint: who handles it, the last day in time for what is or was owed, and when that was done."""

    tenant_id: int | None
    owed: date
    done: date | None


def complaints(found: Sequence[Handled], today: date) -> Finding:
    """R14: which share was or still can be answered in time; one that is late and open is a failure."""
    if not found:
        return NOTHING_KNOWN
    late = [one for one in found if (one.done or today) > one.owed]
    waiting = [one for one in late if one.done is None]
    first = Fact(
        measure="answered_in_time", value=1 - len(late) / len(found), limit=1.0, unit=Unit.PERCENT, n=len(found)
    )
    facts = [
        Fact(measure="overdue", value=float((today - one.owed).days), unit=Unit.DAYS, tenant_id=one.tenant_id)
        for one in sorted(waiting, key=lambda one: one.owed)
    ]
    state = State.FAIL if waiting else State.WARNING if late else State.OK
    return Finding(state=state, facts=(first, *facts[:MOST_PLACES]))


def respondents(answered: int, minimum: int, finished: int) -> Finding:
    """R15: whether enough of the invited have answered, by the edition's own sample size."""
    if not finished:
        return NOTHING_KNOWN
    first = Fact(measure="respondents", value=float(answered), limit=float(minimum), unit=Unit.COUNT, n=finished)
    return Finding(state=State.OK if answered >= minimum else State.WARNING if answered else State.FAIL, facts=(first,))


def followed_up(index: Decimal | None, lowest: Sequence[str], planned: Sequence[str]) -> Finding:
    """R16: whether an index is there to be published, and a published plan for each of the lowest elements."""
    if index is None:
        return NOTHING_KNOWN
    left = [one for one in lowest if one not in planned]
    first = Fact(measure="index", value=float(index), unit=Unit.POINTS)
    plans = Fact(measure="plans", value=float(len(lowest) - len(left)), limit=float(len(lowest)), unit=Unit.COUNT)
    return Finding(state=State.WARNING if left else State.OK, facts=(first, plans))


def reported(is_made: bool, day: int, limit: int) -> Finding:
    """R28: whether last month's report has been made; until the day by which it is due that is a warning."""
    if is_made:
        return Finding(state=State.OK, facts=(Fact(measure="reported"),))
    missing = Fact(measure="not_reported", limit=float(limit), unit=Unit.DAYS)
    return Finding(state=State.WARNING if day <= limit else State.FAIL, facts=(missing,))


def complaint_desk(of: ComplaintDesk) -> Finding:
    """R13, the part that the hall knows: whether the officer, the address and the phone are published."""
    is_there = bool(of.officer and of.address and of.phone)
    fact = Fact(measure="complaint_officer" if is_there else "no_complaint_officer")
    return Finding(state=State.OK if is_there else State.FAIL, facts=(fact,))


PLEDGE = Finding(state=State.OK, facts=(Fact(measure="pledge"),))
"""R12, the part that the hall knows: kiosk and information page always show the pledge; the entrance is for people."""


KEPT_UP = 2
"""Days within which the nightly erasing must have run; one night may fail."""


class Kept(Struct, frozen=True):
    """What privacy does each night: when it last erased, whether the log is sealed, faults when it was verified."""

    erased: date | None
    is_sealed: bool
    faults: int | None


def privacy(found: Kept, today: date) -> Finding:
    """R26: whether what was kept long enough is erased each night, and the log is chained and whole.

    Data kept longer than promised and a log that is not whole are failures; what is not sealed yet is a warning.
    """
    if found.erased is None:
        return NOTHING_KNOWN if not found.faults else Finding(state=State.FAIL, facts=(_faults(found.faults),))
    ago = (today - found.erased).days
    facts = [
        Fact(measure="erased_ago", value=float(ago), limit=float(KEPT_UP), unit=Unit.DAYS),
        Fact(measure="chain_sealed" if found.is_sealed else "chain_open"),
    ]
    if found.faults is not None:
        facts.append(_faults(found.faults))
    is_bad = ago > KEPT_UP or bool(found.faults)
    state = State.FAIL if is_bad else State.OK if found.is_sealed else State.WARNING
    return Finding(state=state, facts=tuple(facts))


def _faults(count: int) -> Fact:
    return Fact(measure="chain_faults" if count else "chain_whole", value=float(count), unit=Unit.COUNT)
