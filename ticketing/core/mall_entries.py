"""What a mall file says, as values: the mall, its zones, tenants, services and counters.

Shapes and limits of single fields stand here; what must fit together is in mall_checks.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from ticketing.core.closing import Closing
from ticketing.core.complaint_desk import ComplaintDesk
from ticketing.core.form import Form
from ticketing.core.hours import Holiday, OpeningHours
from ticketing.core.lease import Offline
from ticketing.core.lines import LINE, Name, Notice, Sentence, ShortName
from ticketing.core.policy import Mode, Policy
from ticketing.core.reporting import Reporting
from ticketing.core.slip_layout import SlipLayout
from ticketing.core.standard import Standard
from ticketing.core.surveying import Surveying

CODE = r"^[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?$(?!\n)"
"""Codes stand in addresses, on stickers and in file names."""

CLASS_CODE = r"^[a-z]+(?:_[a-z]+)*$(?!\n)"
"""Priority classes are words, not labels of things, so they are written small."""

PREFIX = r"^[A-HJ-NQ-Z]{1,2}$(?!\n)"
"""I and O look like 1 and 0 on paper; P begins the priority series (PB-003 is priority in group B)."""

COLOUR = r"^#[0-9A-Fa-f]{6}$(?!\n)"
"""Red, green, blue, as in style sheets."""

Code = Annotated[str, Meta(pattern=CODE, max_length=24)]
Prefix = Annotated[str, Meta(pattern=PREFIX)]
Colour = Annotated[str, Meta(pattern=COLOUR)]
Keyword = Annotated[str, Meta(pattern=LINE, max_length=40)]
Language = Literal["id", "en"]
Languages = Annotated[tuple[Language, ...], Meta(min_length=1)]

SPOKEN = frozenset({"id", "en"})
"""The languages whose grammar comes with the voice; a mall may add others."""


class PriorityClass(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of visitors that is favoured by law or by the mall."""

    code: Annotated[str, Meta(pattern=CLASS_CODE, max_length=24)]
    name: Name
    name_en: Name


class MallEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The mall itself; `label` is shown on every screen, for example that the data are examples.

    `pledge` is the mall's own service pledge (maklumat pelayanan), instead of the usual one.
    """

    code: Code
    name: Name
    name_en: Name | None = None
    place: Name
    timezone: Name
    languages: Languages
    label: Name | None = None
    ticket_footer: Sentence | None = None
    pledge: Sentence | None = None
    priority_classes: tuple[PriorityClass, ...] = ()


class ZoneEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the hall with its own board and voice, which speaks `languages` in this order.

    `ticker` are the mall's notices at the foot of the board, one at a time in this order.
    """

    code: Code
    name: Name
    languages: Annotated[tuple[str, ...], Meta(min_length=1)]
    ticker: tuple[Notice, ...] = ()


class Outcome(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way in which a service at a counter can end."""

    code: Annotated[str, Meta(pattern=CLASS_CODE, max_length=24)]
    name: Name
    name_en: Name


class ServiceEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a tenant does for visitors; services with the same `prefix` share a number series of their own.

    `keywords` are what visitors call it; the search at the kiosk finds it by them. With `outcomes` an officer ends a
    visit with one of them: at most nine, one for each key. Visitors fill `forms` in by themselves, and print them.
    """

    code: Code
    name: Name
    name_en: Name
    prefix: Prefix | None = None
    quota_per_day: Annotated[int, Meta(ge=1, le=9999)] | None = None
    keywords: tuple[Keyword, ...] = ()
    outcomes: Annotated[tuple[Outcome, ...], Meta(max_length=9)] = ()
    forms: tuple[Form, ...] = ()
    standard: Standard


class TenantEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agency in the mall; `short_name` is shown on boards and spoken; without `hours` the mall's hold.

    `responsible` is who answers for it to the public: an office and no name, for a history keeps it.
    """

    code: Code
    name: Name
    name_en: Name | None = None
    short_name: ShortName
    prefix: Prefix
    colour: Colour
    hours: OpeningHours | None = None
    responsible: Name | None = None
    services: Annotated[tuple[ServiceEntry, ...], Meta(min_length=1)]


class CounterEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A desk of a tenant; `name` is what is shown and spoken after the word "loket"."""

    code: Code
    name: ShortName
    zone: Code
    tenant: Code
    services: Literal["all"] | Annotated[tuple[Code, ...], Meta(min_length=1)]


class PolicyEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How visitors are called, in whole numbers (see `ticketing.core.policy.Policy`); `favour_short` is in percent."""

    ordinary_weight: Annotated[int, Meta(ge=1, le=100)] = 1
    priority_weight: Annotated[int, Meta(ge=1, le=100)] = 5
    head_start: Annotated[int, Meta(ge=0, le=240)] = 0
    favour_short: Annotated[int, Meta(ge=0, le=100)] = 0
    late_places: Annotated[int, Meta(ge=0, le=50)] = 5
    soon_places: Annotated[int, Meta(ge=0, le=50)] = 3
    appointment_weight: Annotated[int, Meta(ge=1, le=100)] = 5
    appointment_tolerance: Annotated[int, Meta(ge=0, le=240)] = 15
    mode: Mode = Mode.CLAIM
    guard: Annotated[int, Meta(ge=0, le=10)] = 0
    cap: Annotated[int, Meta(ge=0, le=10)] = 0


def rules_of(entry: PolicyEntry) -> Policy:
    """Return the policy that an entry describes."""
    return Policy(
        ordinary_weight=float(entry.ordinary_weight),
        priority_weight=float(entry.priority_weight),
        head_start=entry.head_start,
        favour_short=entry.favour_short / 100,
        late_places=entry.late_places,
        soon_places=entry.soon_places,
        appointment_weight=float(entry.appointment_weight),
        appointment_tolerance=entry.appointment_tolerance,
        mode=entry.mode,
        guard=entry.guard,
        cap=entry.cap,
    )


def entry_of(rules: Policy) -> PolicyEntry:
    """Describe a policy in whole numbers."""
    return PolicyEntry(
        ordinary_weight=round(rules.ordinary_weight),
        priority_weight=round(rules.priority_weight),
        head_start=rules.head_start,
        favour_short=round(rules.favour_short * 100),
        late_places=rules.late_places,
        soon_places=rules.soon_places,
        appointment_weight=round(rules.appointment_weight),
        appointment_tolerance=rules.appointment_tolerance,
        mode=rules.mode,
        guard=rules.guard,
        cap=rules.cap,
    )


Pronunciations = dict[str, str | dict[str, str]]


class MallFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole mall, as one file describes it; tickets end `last_ticket_minutes` before closing.

    `offline` is what kiosks hold for the time when the line is lost; `reporting` is how figures are shown;
    `closing` is what kiosks do when a number comes late in the day; `slip` is what stands on a ticket;
    `complaints` is who answers for complaints, `survey` how visitors are asked.
    `pronunciations` tells how words are spoken, in every language alike or by language.
    """

    mall: MallEntry
    hours: OpeningHours
    last_ticket_minutes: Annotated[int, Meta(ge=0, le=240)]
    offline: Offline = field(default_factory=Offline)
    holidays: tuple[Holiday, ...] = ()
    policy: PolicyEntry = field(default_factory=PolicyEntry)
    reporting: Reporting = field(default_factory=Reporting)
    closing: Closing = field(default_factory=Closing)
    slip: SlipLayout = field(default_factory=SlipLayout)
    complaints: ComplaintDesk = field(default_factory=ComplaintDesk)
    survey: Surveying = field(default_factory=Surveying)
    zones: Annotated[tuple[ZoneEntry, ...], Meta(min_length=1)]
    pronunciations: Pronunciations = {}
    tenants: Annotated[tuple[TenantEntry, ...], Meta(min_length=1)]
    counters: Annotated[tuple[CounterEntry, ...], Meta(min_length=1)]
