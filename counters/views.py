"""What the console and programs see of counters."""

from datetime import datetime

from msgspec import Struct

from ticketing.core.counter import CounterState
from ticketing.core.ticket import State
from ticketing.views import CounterPart, MallPart, ServicePart, Shown, SlipPart, TenantPart


class CounterLine(CounterPart, frozen=True, kw_only=True):
    """A counter in a plain list; `tenant` and `services` are codes."""

    tenant: str
    state: CounterState
    officer: str | None
    services: list[str]


class CounterFace(CounterPart, frozen=True, kw_only=True):
    """A counter as its console shows it."""

    tenant: TenantPart
    state: CounterState
    officer: str | None
    services: list[ServicePart]


class QueueItem(Struct, frozen=True, kw_only=True):
    """A ticket as an officer sees it.

    `for_counter` is the code of the one counter it was sent to; `deferred`: the visitor is late, others go first.
    `offline` says that a kiosk gave it out while its line was lost: it was handed in later.
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
    for_counter: str | None
    offline: bool
    deferred: bool


class NextWhy(Struct, frozen=True, kw_only=True):
    """Why the next call would be this one: seconds waited, the weight of its class, the number of the next best."""

    waited_seconds: int
    weight: float
    runner_up: str | None


class ServiceChoice(ServicePart, frozen=True, kw_only=True):
    """A service to which a visitor can be sent; `tenant` is a code."""

    tenant: str


class CounterChoice(CounterPart, frozen=True, kw_only=True):
    """A counter to which a visitor can be sent; `tenant` is a code."""

    tenant: str
    state: CounterState


class CounterView(Shown, frozen=True, kw_only=True):
    """All that an officer needs: who is here, who is next and why, who waits, who is put aside."""

    mall: MallPart
    counter: CounterFace
    current: QueueItem | None
    next: QueueItem | None
    next_why: NextWhy | None
    queue: list[QueueItem]
    held: list[QueueItem]
    missed: list[QueueItem]
    served_today: int
    all_services: list[ServiceChoice]
    all_counters: list[CounterChoice]
