"""The history of a mall: which days, which part of them, put into figures beside the event loop."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct
from sqlalchemy import select

from mpp import days
from mpp.core import figures, frame, packed, trends
from mpp.core.figures import Group
from mpp.core.frame import By, Only
from mpp.core.packed import Kept
from mpp.history_views import GroupLine, HistoryView
from ticketing import reads, store, tables
from ticketing.core.access import Principal, Role
from ticketing.core.ids import MallId
from ticketing.core.refused import BadRequest, NotAllowed, Unknown
from ticketing.db import Tx
from ticketing.hall import Hall

LONGEST = timedelta(days=1096)
"""Three years, a leap year among them: enough to compare, and an end to what one question may cost."""

USUAL = timedelta(days=29)
"""Before the last day, when no first is named: thirty days together."""

AT_ONCE = 2
"""Questions that are worked out at the same time; a year takes some hundred megabytes."""


class Ask(Struct, frozen=True, kw_only=True):
    """What somebody wants to see; places and services by their codes, None is all."""

    first: date | None
    last: date | None
    by: By
    tenant: str | None
    service: str | None
    counter: str | None
    zone: str | None
    hour: int | None
    weekday: int | None
    priority: bool | None
    role: Role | None = None


class Period(Struct, frozen=True):
    """From the first to the last day, both included."""

    first: date
    last: date


class Names(Struct, frozen=True):
    """The code and names of what figures are grouped by, by id."""

    of: Mapping[By, Mapping[int, tuple[str, str, str | None]]]


class Told(Struct, frozen=True):
    """A day under way as it was told last, and when: after which event, in which minute."""

    day: date
    seq: int
    minute: datetime
    tenants: list[Kept]


class History:
    """Answers questions about days gone by; remembers of the day under way what was told last.

    However many ask: a mall's day is told by one at a time, and AT_ONCE questions are worked out.
    """

    def __init__(self) -> None:
        self._today: dict[MallId, Told] = {}
        self._telling: dict[MallId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._working = asyncio.Semaphore(AT_ONCE)

    async def view(self, hall: Hall, who: Principal, ask: Ask) -> HistoryView:
        """Show the figures of a period; one who is tied to a tenant sees that tenant only.

        Raises: BadRequest, NotAllowed, Unknown.
        """
        async with hall.db.read(who.mall_id) as tx:
            today = store.today(tx)
            asked = period(ask, today)
            tenant = await _tenant(tx, who, ask)
            only = await _only(tx, ask)
            mine = [tenant.id] if tenant else None
            kept = await days.kept(tx, asked.first, min(asked.last, today - timedelta(days=1)), mine)
            names = await _names(tx)
            tenants = [tenant] if tenant and who.tenant_id else await _tenants(tx)
            mall, at = tx.mall, tx.now
        if asked.last >= today:
            kept += [one for one in await self.under_way(hall, who.mall_id, today) if not mine or one.tenant_id in mine]
        async with self._working:
            return await asyncio.to_thread(
                lambda: _view(kept, only, names, hall, mall, at, asked, ask, tenant, list(tenants))
            )

    async def under_way(self, hall: Hall, mall_id: MallId, day: date) -> list[Kept]:
        """Tell a day from the log, unless nothing has happened since it was told last."""
        async with self._telling[mall_id]:
            async with hall.db.read(mall_id) as tx:
                seq, minute = tx.mall.last_seq, tx.now.replace(second=0, microsecond=0)
                told = self._today.get(mall_id)
                if told is not None and (told.day, told.seq, told.minute) == (day, seq, minute):
                    return told.tenants
                log = await days.read_log(tx, day)
            found = await asyncio.to_thread(days.tell, log)
            told = Told(day, seq, minute, [Kept(day, id, of) for id, of in found.items()])
            self._today[mall_id] = told
            return told.tenants


def period(ask: Ask, today: date) -> Period:
    """Return which days are meant; the last thirty when nothing is said.

    Raises: BadRequest.
    """
    last = ask.last or today
    first = ask.first or last - USUAL
    if first > last:
        raise BadRequest(f"The period ends ({last}) before it begins ({first}); exchange `from` and `to`.")
    if first > today:
        raise BadRequest(f"The period begins on {first}, which is still to come; today is {today}.")
    if last - first > LONGEST:
        raise BadRequest(f"The period is longer than {LONGEST.days} days; ask for a shorter one.")
    return Period(first, last)


async def _tenant(tx: Tx, who: Principal, ask: Ask) -> tables.Tenant | None:
    """Return the tenant that is meant: the own one, the one that was named, or None for all."""
    if ask.tenant is None:
        return await store.tenant(tx, who.tenant_id) if who.tenant_id else None
    row = await tx.session.scalar(select(tables.Tenant).where(tables.Tenant.code == ask.tenant))
    if who.tenant_id is not None and (row is None or row.id != who.tenant_id):
        raise NotAllowed("You may see the figures of your own tenant only.")
    if row is None:
        raise Unknown(f"There is no tenant {ask.tenant!r} in this mall.")
    return row


async def _only(tx: Tx, ask: Ask) -> Only:
    """Find what was named.

    Raises: Unknown, BadRequest.
    """
    found: dict[str, int | None] = {}
    for name, of in (("service", tables.Service), ("counter", tables.Counter), ("zone", tables.Zone)):
        code = getattr(ask, name)
        found[name] = None
        if code is not None:
            found[name] = await tx.session.scalar(select(of.id).where(of.code == code))
            if found[name] is None:
                raise Unknown(f"There is no {name} {code!r} in this mall.")
    if ask.hour is not None and not 0 <= ask.hour <= 23:
        raise BadRequest("`hour` is a whole number from 0 to 23.")
    if ask.weekday is not None and not 0 <= ask.weekday <= 6:
        raise BadRequest("`weekday` is a whole number from 0 (Monday) to 6 (Sunday).")
    if ask.role is not None and ask.role not in packed.ROLES:
        raise BadRequest(f"`role` is one of {', '.join(one for one in packed.ROLES if one)}.")
    role = None if ask.role is None else packed.role_number(ask.role)
    return Only(**found, hour=ask.hour, weekday=ask.weekday, is_priority=ask.priority, role=role)


async def _tenants(tx: Tx) -> list[tables.Tenant]:
    """Return all tenants, also those that have left: days gone by know them."""
    return list(await tx.session.scalars(select(tables.Tenant).order_by(tables.Tenant.position, tables.Tenant.id)))


async def _names(tx: Tx) -> Names:
    tenant, service, counter, zone = tables.Tenant, tables.Service, tables.Counter, tables.Zone
    asked = {
        By.TENANT: select(tenant.id, tenant.code, tenant.name, tenant.name_en),
        By.SERVICE: select(service.id, service.code, service.name, service.name_en),
        By.COUNTER: select(counter.id, counter.code, counter.name, counter.name),
        By.ZONE: select(zone.id, zone.code, zone.name, zone.name),
    }
    return Names(
        {
            by: {id: (code, name, name_en) for id, code, name, name_en in await tx.session.execute(question)}
            for by, question in asked.items()
        }
    )


def _view(
    kept: list[Kept],
    only: Only,
    names: Names,
    hall: Hall,
    mall: tables.Mall,
    at: datetime,
    asked: Period,
    ask: Ask,
    tenant: tables.Tenant | None,
    tenants: list[tables.Tenant],
) -> HistoryView:
    of, smallest = frame.narrowed(frame.columns(kept), only), mall.reporting.smallest_group
    return HistoryView(
        at=at,
        pace=hall.clock.pace,
        build=hall.build,
        mall=reads.mall_part(mall),
        first=asked.first,
        last=asked.last,
        by=ask.by,
        tenant=tenant.code if tenant else None,
        tenants=[reads.tenant_part(row) for row in tenants],
        target_wait_minutes=mall.reporting.target_wait_minutes,
        smallest_group=smallest,
        total=figures.total(of, smallest),
        groups=[_line(group, ask.by, names) for group in figures.grouped(of, ask.by, smallest)],
        arrivals=trends.arrivals(of, smallest),
        days=trends.daily(of, smallest),
        bins=list(trends.BINS),
        waits=trends.distribution(of, smallest),
    )


def _line(group: Group, by: By, names: Names) -> GroupLine:
    known = names.of.get(by, {}).get(group.key)
    if known is not None:
        code, name, name_en = known
        return GroupLine(key=code, name=name, name_en=name_en, figures=group.figures)
    return GroupLine(key=_word(group.key, by), name=None, name_en=None, figures=group.figures)


def _word(key: int, by: By) -> str:
    """Say a key that is no row of its own; `-` is none (who was never called had no counter)."""
    match by:
        case By.DAY:
            return date.fromordinal(key).isoformat()
        case By.WEEKDAY_HOUR:
            return f"{key // 24}-{key % 24}"
        case By.PRIORITY:
            return "priority" if key else "ordinary"
        case By.ROLE:
            return packed.ROLES[key] or "-"
        case By.HOUR | By.WEEKDAY:
            return str(key)
        case _:
            return "-"
