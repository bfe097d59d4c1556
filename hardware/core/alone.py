"""What a kiosk offers, gives out and shows while its line is lost: the last view, made true for now. Pure.

A view is changed where this says so and left alone everywhere else, so that the page sees what the server would show.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Raw

from hardware.core import lease as leases
from hardware.core.journal import Entry
from hardware.core.lease import Hours, Lease, ServiceSlips
from hardware.core.slip import Slip

Json = dict[str, Raw]
"""A JSON object whose fields are passed on as they are."""

Numbers = Collection[tuple[str, int]]
"""Series and number of what was given out."""


class Refusal(msgspec.Struct, frozen=True):
    """A no, in the server's own form."""

    code: str
    detail: str


CLOSED = Refusal("service_closed", "No number can be taken for this service now.")
FULL = Refusal("quota_full", "All numbers of this service for today are taken; come back on the next working day.")
USED_UP = Refusal("used_up", "The line is lost, and this kiosk holds no more numbers of this service.")
UNKNOWN = Refusal("unknown_service", "There is no such service in this mall.")

STATES = {CLOSED.code: "closed", FULL.code: "full", USED_UP.code: "used_up"}
"""The state of a service for which this is the answer."""


class LinePart(msgspec.Struct, frozen=True, kw_only=True):
    """What the page is told of the line; `left` None while it lives."""

    state: str
    since: datetime | None = None
    left: int | None = None


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """What of an offered service is read here."""

    code: str
    name: str
    name_en: str
    left: int | None = None


class Tenant(msgspec.Struct, frozen=True, kw_only=True):
    """What of a tenant is read here."""

    code: str
    services: tuple[Service, ...]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What of a kiosk's view is read here."""

    at: datetime
    pace: float
    build: str
    tenants: tuple[Tenant, ...]

    def tenants_named(self) -> list[tuple[str, str, str, str]]:
        """List what is on offer, by codes and names: whether the mall was described anew."""
        return [(t.code, s.code, s.name, s.name_en) for t in self.tenants for s in t.services]


class Hall(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known while the line is lost.

    Args:
        taken: how many numbers of each service were given out since then.
        used: the numbers given out today by this kiosk alone.
    """

    lease: Lease
    used: Numbers
    taken: dict[str, int]
    now: datetime
    since: datetime


def live_view(view: bytes) -> bytes:
    """Tell the page that the line lives."""
    told = msgspec.json.decode(view, type=Json)
    told["line"] = _raw(LinePart(state="live"))
    return msgspec.json.encode(told)


def lost_view(view: bytes, hall: Hall | None, *, now: datetime, since: datetime, condition: str | None) -> bytes:
    """Tell the page what can be had without the server; without a lease, nothing can."""
    told = msgspec.json.decode(view, type=Json)
    held = sum(len(free(hall, series)) for series in _all_series(hall.lease)) if hall else 0
    told["at"] = _raw(now)
    told["line"] = _raw(LinePart(state="lost", since=since, left=held))
    if hall is not None:
        told["hours"] = _raw(leases.hours_at(hall.lease.turns, now))
    if condition is not None and told.get("printer", NOTHING) != NOTHING:
        printer = msgspec.json.decode(told["printer"], type=Json)
        told["printer"] = _raw({**printer, "condition": _raw(condition)})
    tenants = msgspec.json.decode(told["tenants"], type=list[Json])
    told["tenants"] = _raw([_tenant(tenant, hall) for tenant in tenants])
    return msgspec.json.encode(told)


def _tenant(told: Json, hall: Hall | None) -> Json:
    tenant = msgspec.json.decode(_raw(told), type=Tenant)
    services = msgspec.json.decode(told["services"], type=list[Json])
    hours = {"hours": _raw(hours_of(hall, tenant.code))} if hall else {}
    shown = [_service(row, tenant, service, hall) for row, service in zip(services, tenant.services, strict=True)]
    return {**told, **hours, "services": _raw(shown), "outlook": NOTHING}


def _service(told: Json, tenant: Tenant, service: Service, hall: Hall | None) -> Json:
    no = refusal(hall, tenant, service) if hall else USED_UP
    left = quota_left(hall, service) if hall else service.left
    state = _raw(STATES[no.code] if no else "open")
    return {**told, "state": state, "left": _raw(left), "outlook": NOTHING, "priority_outlook": NOTHING}


def find(view: View, service: str) -> tuple[Tenant, Service] | None:
    """Find a service by its code."""
    return next(((t, s) for t in view.tenants for s in t.services if s.code == service), None)


def refusal(hall: Hall, tenant: Tenant, service: Service) -> Refusal | None:
    """Say why no number can be had, None when one can."""
    if hours_of(hall, tenant.code).state != "open":
        return CLOSED
    if quota_left(hall, service) == 0:
        return FULL
    slips = slips_of(hall.lease, service.code)
    return USED_UP if slips is None or not free(hall, slips.ordinary) else None


def hours_of(hall: Hall, tenant: str) -> Hours:
    """Return whether a tenant gives out numbers now."""
    own = next((one.turns for one in hall.lease.tenants if one.tenant == tenant), hall.lease.turns)
    return leases.hours_at(own, hall.now)


def quota_left(hall: Hall, service: Service) -> int | None:
    """Return what remains of today's quota, as far as this kiosk knows."""
    return None if service.left is None else max(0, service.left - hall.taken.get(service.code, 0))


def slips_of(lease: Lease, service: str) -> ServiceSlips | None:
    """Return the series and slips of a service, None when it was not on offer when the numbers were lent."""
    return next((one for one in lease.services if one.service == service), None)


def free(hall: Hall, series: str) -> Sequence[int]:
    """Return the numbers of a series that this kiosk may still give out, in order.

    There are none when their life or their day is over.
    """
    today = hall.now.astimezone(ZoneInfo(hall.lease.timezone)).date()
    if hall.now >= hall.lease.expires_at or today != hall.lease.day:
        return ()
    mine = (block for block in hall.lease.blocks if block.series == series)
    return [n for block in mine for n in range(block.first, block.last + 1) if (series, n) not in hall.used]


def choose(hall: Hall, slips: ServiceSlips, *, is_priority: bool) -> tuple[str, int, Slip] | None:
    """Choose the next number and its slip; the favoured get an ordinary number when theirs have run out."""
    slip = slips.priority_slip if is_priority else slips.ordinary_slip
    for series in (slips.priority, slips.ordinary) if is_priority else (slips.ordinary,):
        if numbers := free(hall, series):
            return series, numbers[0], slip
    return None


def _all_series(lease: Lease) -> set[str]:
    return {block.series for block in lease.blocks}


class SlipPart(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a ticket's paper."""

    state: str
    reason: str = ""


def slip_part(entry: Entry) -> SlipPart:
    """Show what is known of the paper of a ticket."""
    if entry.ticket.on_paper is not None:
        return SlipPart(state=entry.ticket.on_paper, reason=entry.ticket.reason or "")
    return SlipPart(state="claimed" if entry.is_printing else "waiting")


def ticket_view(view: bytes, blank: Raw, entry: Entry, *, now: datetime, url: str) -> bytes:
    """Show a ticket as the server would, but for what only the server knows: there the blank one says nothing."""
    mall = msgspec.json.decode(view, type=Json)
    tenants = msgspec.json.decode(mall["tenants"], type=list[Json])
    tenant: Json = next((t for t in tenants if _said(t, "code") == entry.tenant), {})
    offered = msgspec.json.decode(tenant["services"], type=list[Json]) if tenant else []
    service: Json = next((s for s in offered if _said(s, "code") == entry.ticket.service), {})
    standard = msgspec.json.decode(service["standard"], type=Json) if service else {}
    code = {"code": _raw(entry.ticket.service)}
    told: Json = {
        **msgspec.json.decode(blank, type=Json),
        "at": _raw(now),
        "pace": mall["pace"],
        "build": mall["build"],
        "id": _raw(0),
        "number": _raw(entry.number),
        "code": _raw(entry.ticket.code),
        "state": _raw("waiting"),
        "mall": mall["mall"],
        "tenant": _raw({name: tenant.get(name, NOTHING) for name in TENANT_FIELDS} | {"code": _raw(entry.tenant)}),
        "service": _raw({name: service.get(name, _raw("")) for name in ("code", "name", "name_en")} | code),
        "requirements": standard.get("requirements", _raw([])),
        "priority": _raw(entry.ticket.priority is not False),
        "issued_at": _raw(entry.ticket.issued_at),
        "slip": _raw(slip_part(entry)),
        "url": _raw(url),
        "offline": _raw(value=True),
    }
    return msgspec.json.encode(told)


TENANT_FIELDS = ("code", "name", "name_en", "short_name", "colour", "prefix")
"""What pages show of a tenant."""


def _raw(value: object) -> Raw:
    return Raw(msgspec.json.encode(value))


NOTHING = _raw(None)
"""JSON's null."""


def _said(told: Json, name: str) -> str:
    return msgspec.json.decode(told[name], type=str)
