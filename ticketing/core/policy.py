"""How the hall ranks those who wait, as data that a manager can change and one pure function that all share."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from ticketing.core.ids import TenantId

Weight = Annotated[float, Meta(ge=1, le=100)]
Places = Annotated[int, Meta(ge=0, le=50)]
Minutes = Annotated[int, Meta(ge=0, le=240)]


class Mode(StrEnum):
    """How a counter chooses whom to call: by the claims, or by looking ahead (docs/adr/0021)."""

    CLAIM = "claim"
    LOOK_AHEAD = "look_ahead"


class ChosenBy(StrEnum):
    """By what a call was chosen.

    `GUARD`: whoever waited longer than so many targets goes first; `PROMISE`: than so many times what was promised.
    """

    CLAIM = "claim"
    LOOK_AHEAD = "look_ahead"
    GUARD = "guard"
    PROMISE = "promise"


class Policy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Weights of accumulating priority: a minute waited by the favoured counts `priority_weight` minutes.

    1:5 brought the p95 wait of the favoured to 12 min and left that of the others at 45 min (FIFO: 38) in
    simulations at a peak load of 0.9. The favoured also count as if they had come `head_start` minutes earlier, though
    not before an agreed time.
    `favour_short`: with 1, a service that takes half as long as its tenant's others counts double; with 0 length does
    not matter. A visitor who says to be late lets `late_places` others go first (0: nobody may ask for it), and gives
    up the head start; with `soon_places` or fewer ahead the phone says that the turn is near.

    Who comes with an agreed time waits from that time on, or from coming, whichever is later (see `clock`); each minute
    then counts `appointment_weight`. Who comes more than `appointment_tolerance` minutes late waits like everybody
    else, since coming.

    With `mode` look_ahead a counter calls whom a trial of each choice recommends, and by claims where none is at hand.
    Whoever waits longer than `guard` targets is not passed over then (0: no guard).

    In either mode, whoever waits longer than `cap` times the most that was promised goes first (0: no cap; see `due`).

    Source: Kleinrock 1964; Stanford, Taylor, Ziedins 2014 (accumulating priority queue); Van Mieghem 1995
    (generalised c-mu rule, of which `favour_short` is the exponent).
    """

    ordinary_weight: Weight = 1.0
    priority_weight: Weight = 5.0
    head_start: Minutes = 0
    favour_short: Annotated[float, Meta(ge=0, le=1)] = 0.0
    late_places: Places = 5
    soon_places: Places = 3
    appointment_weight: Weight = 5.0
    appointment_tolerance: Minutes = 15
    mode: Mode = Mode.CLAIM
    guard: Annotated[int, Meta(ge=0, le=10)] = 0
    cap: Annotated[int, Meta(ge=0, le=10)] = 0


class Change(Struct, frozen=True, kw_only=True):
    """From `since` on, a tenant (None: all without a policy of their own) is called by `policy`; None: as the mall."""

    tenant_id: TenantId | None
    since: datetime
    policy: Policy | None


class PolicyChanged(Struct, frozen=True, kw_only=True, tag="policy_changed"):
    """From `since` on, a tenant or the mall (None) is called by another policy; None: a tenant as the mall again."""

    tenant_id: TenantId | None
    since: datetime
    policy: Policy | None


class PolicyKept(Struct, frozen=True, kw_only=True, tag="policy_kept"):
    """A change that would have begun at `since` was taken back before."""

    tenant_id: TenantId | None
    since: datetime


def in_force(base: Policy, changes: Sequence[Change], tenant_id: TenantId | None, now: datetime) -> Policy:
    """Return the policy by which a tenant is called now: its own, else the mall's, else `base`."""
    for scope in (tenant_id, None):
        holds = newest(changes, scope, now)
        if holds is not None and holds.policy is not None:
            return holds.policy
    return base


def newest(changes: Sequence[Change], tenant_id: TenantId | None, now: datetime) -> Change | None:
    """Return the change of a scope that holds now; of two from the same moment, the later one in the list."""
    begun = [change for change in changes if change.tenant_id == tenant_id and change.since <= now]
    return max(reversed(begun), key=lambda change: change.since, default=None)


def changed(changes: Sequence[Change], one: Change, now: datetime) -> list[Change]:
    """Return the changes with one more, which takes the place of any of its scope at the same time.

    Those that can never hold again are left out: the log remembers them.
    """
    kept = [other for other in changes if (other.tenant_id, other.since) != (one.tenant_id, one.since)]
    kept.append(one)
    return [other for other in kept if other.since > now or other is newest(kept, other.tenant_id, now)]


def weight(policy: Policy, *, is_priority: bool, has_appointment: bool = False) -> float:
    """Return how much a minute of waiting counts; the favoured who have an agreed time too get the greater weight."""
    own = policy.priority_weight if is_priority else policy.ordinary_weight
    return max(own, policy.appointment_weight) if has_appointment else own


def counts(policy: Policy, agreed_at: datetime, came_at: datetime) -> bool:
    """Say whether an agreed time still counts for one who comes at a time."""
    return came_at <= agreed_at + timedelta(minutes=policy.appointment_tolerance)


def clock(agreed_at: datetime | None, came_at: datetime) -> datetime:
    """Return since when one waits: nobody gains by coming before the agreed time."""
    return came_at if agreed_at is None else max(agreed_at, came_at)


def target(policy: Policy, minutes: float, *, is_priority: bool, has_appointment: bool = False) -> float:
    """Return how long a class shall wait at most where the mall's target is so many minutes.

    The nearer, the more a minute of it counts: wait / target is then the claim.
    """
    least = min(policy.ordinary_weight, policy.priority_weight)
    return minutes * least / weight(policy, is_priority=is_priority, has_appointment=has_appointment)


def head_start(policy: Policy, *, is_priority: bool) -> timedelta:
    """Return how much earlier than in truth one counts as having come."""
    return timedelta(minutes=policy.head_start if is_priority else 0)


def due(policy: Policy, since: datetime, promised: int | None) -> datetime | None:
    """Return when one who was promised so many minutes at most has waited `cap` times that; None: never."""
    return since + timedelta(minutes=policy.cap * promised) if policy.cap and promised is not None else None


def favour(policy: Policy, minutes: float, usual: float) -> float:
    """Return by how much a service of so many minutes counts more than the tenant's usual one."""
    return float((usual / minutes) ** policy.favour_short)


def claim(weight: float, waited: float, head_start: float) -> float:
    """Return the claim to be called next: weight times the time waited and the head start.

    Before an agreed time it is below zero: what is left until then, without weight or head start. So one who is early
    is called when nobody else waits, and of several the one whose time comes first.

    Plain numbers, for the forecast and the simulation compile this very function (counters/core/forecast).
    """
    return weight * (waited + head_start) if waited >= 0.0 else waited


def place(is_for_this_counter: bool, is_overdue: bool, claim: float, number: int) -> tuple[bool, bool, float, int]:
    """Return what puts those who wait in order, the smallest first.

    One who was sent to this very counter goes before all others: both the visitor and the officer expect it. Then
    those who wait longer than was promised, by far (see `due`). Then the claims decide, then the numbers. It is
    compiled as `claim` is.
    """
    return (not is_for_this_counter, not is_overdue, -claim, number)
