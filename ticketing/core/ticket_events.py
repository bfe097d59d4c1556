"""What can happen to a ticket, as the log keeps it. Kinds are never renamed; they only gain fields. Pure."""

from datetime import date, datetime

from msgspec import Struct

from ticketing.core.ids import AppointmentId, CounterId, ServiceId, TenantId, TicketId
from ticketing.core.policy import ChosenBy


class Issued(Struct, frozen=True, kw_only=True, tag="issued"):
    """A number was given out: now, or at `issued_at` by a kiosk whose line was lost (`offline`).

    `appointment_id` names the appointment with which the visitor came; `agreed_at` is its time, unless that no longer
    counts because the visitor came too late. `promised`: the most minutes that a range told with the number; None:
    words were told, or nothing.
    """

    code: str
    number: str
    series: str
    serial: int
    day: date
    tenant_id: TenantId
    service_id: ServiceId
    priority: str | None = None
    issued_at: datetime | None = None
    offline: bool = False
    appointment_id: AppointmentId | None = None
    agreed_at: datetime | None = None
    promised: int | None = None


class Foreseen(Struct, frozen=True, kw_only=True):
    """What looking ahead found of a call: what it costs, and what the next best would have cost.

    It knew the log up to `seq`, and was found `at` that time: from these two it can be found again.
    """

    cost: float
    runner_up_cost: float
    seq: int
    at: datetime


class Called(Struct, frozen=True, kw_only=True, tag="called"):
    """A counter called; `score` and `runner_up` tell why this one (None when called by number).

    `reason` says which rule chose. Where it was not the claim, the score may be less than that of the runner-up.
    Where it was the promise, `cap` says after how many times of what was promised that rule held.
    """

    counter_id: CounterId
    score: float | None = None
    runner_up: TicketId | None = None
    runner_up_score: float | None = None
    reason: ChosenBy = ChosenBy.CLAIM
    foreseen: Foreseen | None = None
    cap: int | None = None


class Recalled(Struct, frozen=True, tag="recalled"):
    """The same counter called again."""


class Started(Struct, frozen=True, tag="started"):
    """The visitor is at the counter and is being served."""


class Finished(Struct, frozen=True, kw_only=True, tag="finished"):
    """The service at the counter is done, with this outcome where the service knows several."""

    outcome: str | None = None


class Returned(Struct, frozen=True, kw_only=True, tag="returned"):
    """Done at the counter to which the visitor was sent; waits again for the one that waits for the return."""

    tenant_id: TenantId
    service_id: ServiceId
    for_counter_id: CounterId | None
    outcome: str | None = None


class Missed(Struct, frozen=True, tag="missed"):
    """Called, but not here."""


class Restored(Struct, frozen=True, tag="restored"):
    """Was not here, is back, and waits again with the waiting time kept."""


class Held(Struct, frozen=True, kw_only=True, tag="held"):
    """Put aside; comes back by itself at `until` when that is given."""

    until: datetime | None = None


class Resumed(Struct, frozen=True, kw_only=True, tag="resumed"):
    """Back from hold; `by_itself` when its time had come."""

    by_itself: bool = False


class Transferred(Struct, frozen=True, kw_only=True, tag="transferred"):
    """Waits for another service, or for one particular counter, with the waiting time kept.

    `back_to` is the counter to which the visitor comes back after that, for the service in hand there.
    """

    tenant_id: TenantId
    service_id: ServiceId
    for_counter_id: CounterId | None = None
    back_to: CounterId | None = None


class Deferred(Struct, frozen=True, kw_only=True, tag="deferred"):
    """The visitor is late and let `places` others go first: the ticket waits as if since `waiting_since`.

    `for_counter_id` keeps a visitor with the counter that called, when no other serves what the visitor came for.
    """

    waiting_since: datetime
    places: int
    for_counter_id: CounterId | None = None


class Cancelled(Struct, frozen=True, tag="cancelled"):
    """Given back before the service."""


class Expired(Struct, frozen=True, tag="expired"):
    """Still open when its day was over."""


TicketEvent = (
    Issued
    | Called
    | Recalled
    | Started
    | Finished
    | Returned
    | Missed
    | Restored
    | Held
    | Resumed
    | Transferred
    | Deferred
    | Cancelled
    | Expired
)
