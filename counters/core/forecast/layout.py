"""The mall's description as forecasts see it: tenants, services and counters by place, hours as a plan. Pure."""

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from msgspec import Struct

from counters.core.forecast.plan import PlannedBreak, PlannedCounter, PlannedTenant
from ticketing.core.hours import Interval, OpeningHours, week
from ticketing.core.ids import CounterId, ServiceId, TenantId
from ticketing.core.ticket import Ticket


class TenantLayout(Struct, frozen=True, kw_only=True):
    """A tenant: its services with their promised minutes, its counters with what they serve, and its hours."""

    id: TenantId
    hours: OpeningHours
    services: Mapping[ServiceId, float]
    counters: Mapping[CounterId, frozenset[ServiceId]]


class Layout(Struct, frozen=True, kw_only=True):
    """A mall; `holidays` are the dates on which nobody works. Each tenant has a service and a counter at least."""

    timezone: str
    holidays: frozenset[dt.date]
    tenants: tuple[TenantLayout, ...]


class Place(Struct, frozen=True):
    """Where something is: the tenant's place in the mall, and its own among the tenant's."""

    tenant: int
    own: int


class Places:
    """Which place each service and counter has, and what time it is in the mall."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.zone = ZoneInfo(layout.timezone)
        self.services = {
            id: Place(at, own) for at, tenant in enumerate(layout.tenants) for own, id in enumerate(tenant.services)
        }
        self.counters = {
            id: Place(at, own) for at, tenant in enumerate(layout.tenants) for own, id in enumerate(tenant.counters)
        }

    def day(self, at: dt.datetime) -> dt.date:
        """Return the mall's own date."""
        return at.astimezone(self.zone).date()

    def minute(self, at: dt.datetime, day: dt.date) -> float:
        """Return the minutes since midnight of `day`, by the clock on the wall."""
        local = at.astimezone(self.zone).replace(tzinfo=None)
        return (local - dt.datetime.combine(day, dt.time.min)) / dt.timedelta(minutes=1)

    def queue(self, ticket: Ticket) -> Place | None:
        """Return for which tenant and service a ticket waits or is served; None: nobody offers that any more.

        One who was sent to a counter waits with that counter's tenant; a service that is not offered there stands as
        its first.
        """
        home = self.services.get(ticket.service_id)
        counter = self.counters.get(ticket.for_counter_id or ticket.counter_id or CounterId(0))
        if counter is None or (home is not None and home.tenant == counter.tenant):
            return home
        return Place(counter.tenant, 0)


def plan(tenant: TenantLayout, day: dt.date, holidays: frozenset[dt.date]) -> PlannedTenant | None:
    """Return what is planned for a tenant on a day; None: it does not open."""
    hours = week(tenant.hours)[day.weekday()]
    if hours is None or day in holidays:
        return None
    return planned(tenant, _minute(hours.open), _minute(hours.close), _breaks(hours))


def planned(
    tenant: TenantLayout, opens: float = 0.0, closes: float = 1440.0, breaks: tuple[PlannedBreak, ...] = ()
) -> PlannedTenant:
    """Return services and counters of a tenant, all counters with the same hours: the description knows no others."""
    at = {id: place for place, id in enumerate(tenant.services)}
    return PlannedTenant(
        minutes=tuple(tenant.services.values()),
        counters=tuple(
            PlannedCounter(
                services=tuple(sorted(at[id] for id in served if id in at)), opens=opens, closes=closes, breaks=breaks
            )
            for served in tenant.counters.values()
        ),
    )


def _breaks(hours: Interval) -> tuple[PlannedBreak, ...]:
    found = ((_minute(pause.start), _minute(pause.end)) for pause in hours.breaks)
    return tuple(PlannedBreak(at=start, minutes=end - start) for start, end in sorted(found) if end > start)


def _minute(time: dt.time) -> float:
    return time.hour * 60 + time.minute + time.second / 60
