"""What people who run the mall see: themselves, devices, the hall as it is."""

from datetime import datetime

from msgspec import Struct

from ticketing.core.access import Role
from ticketing.core.counter import CounterState
from ticketing.core.device import DeviceState
from ticketing.core.slip_job import Condition
from ticketing.core.ticket import State
from ticketing.views import CounterPart, HoursPart, MallPart, ServicePart, Shown, TenantPart


class Me(Struct, frozen=True, kw_only=True):
    """Who is signed in; `tenant` is a code, None when not tied to one."""

    name: str
    role: Role
    tenant: str | None
    mall: MallPart


class OwnDevice(Struct, frozen=True, kw_only=True):
    """How a device stands; places are codes. `token` is told once, to the device that asked."""

    id: int
    state: DeviceState
    kind: Role
    pairing_code: str
    code: str | None
    name: str | None
    zone: str | None
    counter: str | None
    printer: str | None
    token: str | None = None


class DeviceLine(Struct, frozen=True, kw_only=True):
    """A device as an administrator sees it."""

    id: int
    kind: Role
    state: DeviceState
    code: str | None
    name: str | None
    pairing_code: str
    asked_at: datetime
    zone: str | None
    counter: str | None
    printer: str | None
    condition: Condition | None
    seen_at: datetime | None


class HallCounter(CounterPart, frozen=True, kw_only=True):
    """A counter now: who is there, since when, and for which agreed time."""

    tenant: TenantPart
    state: CounterState
    officer: str | None
    number: str | None
    phase: State | None
    since: datetime | None
    agreed_at: datetime | None = None


class HallTenant(TenantPart, frozen=True, kw_only=True):
    """A tenant's queue now and its day so far; waits of nine in ten in seconds, None of too few.

    `late` counts those who wait for longer than the target; the first of them are named. `agreed_waiting` of all who
    wait have an agreed time.
    """

    waiting: int
    longest_wait_since: datetime | None
    priority_waiting: int
    priority_since: datetime | None
    late: int
    late_numbers: list[str]
    agreed_waiting: int = 0
    served_today: int
    absent_today: int
    wait_p90: float | None
    usual_p90: float | None


class HallTrouble(Struct, frozen=True, kw_only=True):
    """Something a person has to see to: a slip that is not on paper, a printer that is not well, a silent zone."""

    at: datetime
    text_code: str
    number: str | None = None
    device: str | None = None
    zone: str | None = None


class AlertLine(Struct, frozen=True, kw_only=True):
    """Waits beyond the target that were foretold to those who would come, in minutes, and what came of it.

    `counters` were open then, `counters_now` are. `waited_seconds`: the longest that one waited who came meanwhile.
    `ahead_at`: those who come from then on are meant (None: who came at once); `more` counters would prevent it.
    """

    at: datetime
    over: datetime | None
    tenant: str
    tenant_name: str
    service: ServicePart
    least: int
    most: int
    waiting: int
    counters: int
    counters_now: int
    ahead_at: datetime | None
    more: int | None
    waited_seconds: int | None


class ManageView(Shown, frozen=True, kw_only=True):
    """The hall as it is, for those who run it."""

    mall: MallPart
    hours: HoursPart
    counters: list[HallCounter]
    tenants: list[HallTenant]
    target_wait_minutes: int
    devices: list[DeviceLine]
    troubles: list[HallTrouble]
    alerts: list[AlertLine]


class Health(Struct, frozen=True, kw_only=True):
    """Whether the server lives, and with what it can work: malls, approved printers."""

    status: str
    version: str
    malls: int
    printers: int
