"""What pages and programs see of tickets and services: frozen values, the source of the pages' types."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from hardware.core.slip import Slip
from ticketing.core.appointment import Standing
from ticketing.core.complaint_desk import ComplaintDesk
from ticketing.core.hours import HoursState
from ticketing.core.outlook import Outlook
from ticketing.core.slip_job import Condition, SlipState
from ticketing.core.standard import Standard
from ticketing.core.ticket import State


class Shown(Struct, frozen=True, kw_only=True):
    """What every view carries: the hall's time, hall seconds in a real second, and the build of the pages."""

    at: datetime
    pace: float
    build: str


class MallPart(Struct, frozen=True, kw_only=True):
    """The mall as pages show it."""

    code: str
    name: str
    name_en: str | None
    place: str
    timezone: str
    label: str | None
    languages: list[str]


class HoursPart(Struct, frozen=True, kw_only=True):
    """Whether numbers are given out now, why not, and when next."""

    state: HoursState
    reason: str
    until: datetime | None
    next_open: datetime | None


class TenantPart(Struct, frozen=True, kw_only=True):
    """A tenant as pages show it."""

    code: str
    name: str
    name_en: str | None
    short_name: str
    colour: str
    prefix: str


class ServicePart(Struct, frozen=True, kw_only=True):
    """A service by name."""

    code: str
    name: str
    name_en: str


class CounterPart(Struct, frozen=True, kw_only=True):
    """A counter by name and place; `zone` is the zone's code."""

    code: str
    name: str
    zone: str


class SlipPart(Struct, frozen=True, kw_only=True):
    """What is known of a ticket's paper."""

    state: SlipState
    reason: str


class TicketView(Shown, frozen=True, kw_only=True):
    """A ticket as its holder may see it: no personal data, no reason of a priority.

    `offline` says that a kiosk gave it out while its line was lost.
    `counter`: where it is or was called; `for_counter`: the one it was sent to; `back_to`: where it goes after that.
    `late_places`: how many would go first if the holder said to be late now; None when that cannot be said.
    `outlook`: how long until the call; None when nobody knows. `agreed_at`: the agreed time, if it counts.
    `seq`: the newest event of the mall's log that this shows; 0 where there is no log.
    """

    id: int
    number: str
    code: str
    state: State
    mall: MallPart
    tenant: TenantPart
    service: ServicePart
    requirements: list[str]
    priority: bool
    issued_at: datetime
    ahead: int | None
    is_soon: bool
    counter: CounterPart | None
    for_counter: CounterPart | None
    back_to: CounterPart | None
    called_at: datetime | None
    calls: int
    called_again: bool
    held_until: datetime | None
    transferred_at: datetime | None
    deferred: bool
    late_places: int | None
    slip: SlipPart | None
    url: str
    offline: bool = False
    outlook: Outlook | None = None
    agreed_at: datetime | None = None
    seq: int = 0


class AppointmentView(Struct, frozen=True, kw_only=True):
    """An agreed time as whoever knows its code may see it; `number` is the one that was given out for it.

    `others` use the same code that day: whoever asks has to say which tenant is meant.
    """

    code: str
    tenant: TenantPart
    service: ServicePart
    agreed_at: datetime
    standing: Standing
    number: str | None
    others: list[TenantPart]


class OfferState(StrEnum):
    """Whether a number can be had; `used_up` is said by a kiosk whose line is lost and that holds no more numbers."""

    OPEN = "open"
    CLOSED = "closed"
    FULL = "full"
    USED_UP = "used_up"
    PRIORITY_ONLY = "priority_only"
    LATE = "late"


class ServiceOffer(ServicePart, frozen=True, kw_only=True):
    """A service with its standard; `left` is what remains of today's quota, None when there is none.

    `state` is "open", "closed", "full" (no quota left), "used_up" (the line is lost, and the kiosk has no number of
    this series left), "late" (the queue reaches until closing, and the mall wants no more) or "priority_only" (so it
    is for all but the favoured). `is_late` warns of an open one that one may not be called before closing.
    `next_open` is when a number can be had again, None when it can be had now or nobody knows.
    `keywords` are what visitors call it. `outlook` is how long one would wait who took a number now, `priority_outlook`
    one whom the law favours; None when nobody knows.
    """

    keywords: list[str]
    standard: Standard
    state: OfferState
    is_late: bool = False
    left: int | None
    next_open: datetime | None
    outlook: Outlook | None
    priority_outlook: Outlook | None


class TenantOffer(TenantPart, frozen=True, kw_only=True):
    """A tenant with its services, as the kiosk lists them; `outlook` holds for whichever of them is chosen."""

    hours: HoursPart
    outlook: Outlook | None
    waiting: int
    open_counters: int
    services: list[ServiceOffer]


class PriorityPart(Struct, frozen=True, kw_only=True):
    """A group that the law favours."""

    code: str
    name: str
    name_en: str


class PrinterPart(Struct, frozen=True, kw_only=True):
    """A kiosk's printer and what it last said of itself."""

    code: str
    condition: Condition | None


class LinePart(Struct, frozen=True, kw_only=True):
    """A kiosk's line to the server, as its own agent knows it; `left` counts the numbers it may still give out."""

    state: Literal["live", "lost"]
    since: datetime | None
    left: int | None


class KioskView(Shown, frozen=True, kw_only=True):
    """All that a kiosk offers now.

    `popular` lists the services most asked for in recent days, most first. `complaints` says who answers for them.
    `right_last_month`: how many of a hundred foretold waits came true; None where too few were foretold. `line` is set
    by a kiosk's agent; the server, which is its own line, says None. `appointments`: somebody has an agreed time today.
    """

    mall: MallPart
    hours: HoursPart
    priority_classes: list[PriorityPart]
    printer: PrinterPart | None
    tenants: list[TenantOffer]
    popular: list[str]
    complaints: ComplaintDesk
    appointments: bool = False
    right_last_month: int | None = None
    line: LinePart | None = None


class SlipJobView(Struct, frozen=True, kw_only=True):
    """A slip for a printer's agent; `claimed` means that an agent began with it and has not said how it ended.

    `ticket` is what people call it: the ticket's number, or the title of a slip that is no ticket.
    """

    id: int
    ticket: str
    state: SlipState
    copy: bool
    expires_at: datetime
    slip: Slip


class PrinterView(Shown, frozen=True, kw_only=True):
    """What a printer has not put on paper yet."""

    printer: str
    name: str
    slips: list[SlipJobView]


class ServiceLine(ServicePart, frozen=True, kw_only=True):
    """A service in a plain list; `tenant` is the tenant's code."""

    tenant: str
    state: str


class ZoneLine(Struct, frozen=True, kw_only=True):
    """A zone in a plain list."""

    code: str
    name: str
    languages: list[str]
