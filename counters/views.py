"""What the console and programs see of counters."""

from datetime import date, datetime

from msgspec import Struct

from ticketing.core.counter import CounterState
from ticketing.core.mall_entries import PolicyEntry
from ticketing.core.outlook import Outlook
from ticketing.core.policy import ChosenBy
from ticketing.core.ticket import State
from ticketing.views import CounterPart, MallPart, ServicePart, Shown, SlipPart, TenantPart


class CounterLine(CounterPart, frozen=True, kw_only=True):
    """A counter in a plain list; `tenant` and `services` are codes, `seq` is the newest event that it shows."""

    tenant: str
    state: CounterState
    officer: str | None
    services: list[str]
    seq: int = 0


class CounterFace(CounterPart, frozen=True, kw_only=True):
    """A counter as its console shows it."""

    tenant: TenantPart
    state: CounterState
    officer: str | None
    since: datetime | None
    services: list[ServicePart]


class QueueItem(Struct, frozen=True, kw_only=True):
    """A ticket as an officer sees it.

    `offline`: a kiosk gave it out while its line was lost. `deferred`: the visitor is late, others go first.
    Codes of counters: `counter` calls, serves or last missed it, `for_counter` it was sent to, `back_to` it comes back
    to, `note_by` wrote the note. A minute of waiting counts `weight`, and `head_start` minutes are added. `outlook`:
    how long until the call; None when nobody knows. `agreed_at`: the agreed time, if it counts; before it,
    `waiting_since` is still to come, and there is no head start yet.
    """

    id: int
    number: str
    service: ServicePart
    priority: bool
    state: State
    waiting_since: datetime
    issued_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    calls: int
    held_until: datetime | None
    counter_minutes: int
    slip: SlipPart | None
    weight: float
    head_start: int
    counter: str | None
    for_counter: str | None
    offline: bool
    deferred: bool
    back_to: str | None
    note: str | None
    note_by: str | None
    outlook: Outlook | None
    agreed_at: datetime | None = None


class OutcomePart(Struct, frozen=True, kw_only=True):
    """A way in which a service can end."""

    code: str
    name: str
    name_en: str


class NextWhy(Struct, frozen=True, kw_only=True):
    """Why the next call would be this one: seconds waited, the weight of its class, the number of the next best.

    `reason` is the rule that chooses; where it looked ahead, the two costs say what it found (the least is called).
    Where a promise chooses, `cap` says how many times of it the wait has been at least.
    """

    waited_seconds: int
    weight: float
    runner_up: str | None
    reason: ChosenBy
    cost: float | None
    runner_up_cost: float | None
    cap: int | None


class CalledWhy(Struct, frozen=True, kw_only=True):
    """Why the visitor who is here was called before the next best, as the log keeps it."""

    reason: ChosenBy
    score: float
    runner_up: str | None
    runner_up_score: float | None
    cost: float | None
    runner_up_cost: float | None
    cap: int | None


class ServiceChoice(ServicePart, frozen=True, kw_only=True):
    """A service to which a visitor can be sent; `tenant` is a code."""

    tenant: str


class CounterChoice(CounterPart, frozen=True, kw_only=True):
    """A counter to which a visitor can be sent; `tenant` is a code."""

    tenant: str
    state: CounterState


class CounterView(Shown, frozen=True, kw_only=True):
    """All that an officer needs: who is here, who is next and why, who waits, who is put aside or sent away.

    `outcomes` are those of the current visitor's service; `also_at` are the other counters that the same officer runs.
    `called_why`: None when nobody is here, or was called by number.
    `seq` is the newest event that it shows: an answer with the same or a smaller one has come true in it.
    """

    seq: int
    mall: MallPart
    counter: CounterFace
    also_at: list[CounterPart]
    current: QueueItem | None
    called_why: CalledWhy | None
    outcomes: list[OutcomePart]
    next: QueueItem | None
    next_why: NextWhy | None
    queue: list[QueueItem]
    held: list[QueueItem]
    missed: list[QueueItem]
    away: list[QueueItem]
    served_today: int
    all_services: list[ServiceChoice]
    all_counters: list[CounterChoice]


class ShiftPart(Struct, frozen=True, kw_only=True):
    """What an officer did on a day; `is_small` says that too few were served for an average to mean much."""

    day: date
    served: int
    average_seconds: int | None
    absent: int
    is_small: bool


class ShiftView(Shown, frozen=True, kw_only=True):
    """An officer's own day beside the same weekday of last week, when there was one."""

    today: ShiftPart
    week_ago: ShiftPart | None


class PolicyComing(Struct, frozen=True, kw_only=True):
    """A policy that is to hold from a time on; None: the tenant as the mall again."""

    since: datetime
    policy: PolicyEntry | None


class PolicyLine(Struct, frozen=True, kw_only=True):
    """By which policy a tenant, or the mall (`tenant` None), is called now, since when, and what is to come."""

    tenant: TenantPart | None
    policy: PolicyEntry
    is_own: bool
    since: datetime | None
    coming: list[PolicyComing]


class PoliciesView(Shown, frozen=True, kw_only=True):
    """The policies of the mall and of its tenants."""

    timezone: str
    mall: PolicyLine
    tenants: list[PolicyLine]
