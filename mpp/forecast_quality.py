"""How good the forecasts of a period were, for those who run the mall."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from ticketing import forecasts, reads, store
from ticketing.core.access import Principal
from ticketing.core.refused import BadRequest
from ticketing.db import Tx
from ticketing.forecasts import Quality
from ticketing.hall import Hall
from ticketing.views import Shown, TenantPart

USUAL = timedelta(days=29)
"""Before the last day, when no first is named: thirty days together."""


class QualityLine(Struct, frozen=True, kw_only=True):
    """The forecasts of a tenant; of fewer than the mall's smallest group only their number is told."""

    tenant: TenantPart
    quality: Quality


class QualityWeek(Struct, frozen=True, kw_only=True):
    """The forecasts of a week, or of what the period holds of it, under its Monday."""

    monday: date
    quality: Quality


class QualityView(Shown, frozen=True, kw_only=True):
    """The forecasts of a period, from the first to the last day; `right_last_month` is what the public reads.

    Of fewer than `smallest_group` nothing is told but how many they are.
    """

    first: date
    last: date
    total: Quality
    tenants: list[QualityLine]
    weeks: list[QualityWeek]
    smallest_group: int
    right_last_month: int | None


async def view(tx: Tx, hall: Hall, who: Principal, first: date | None, last: date | None) -> QualityView:
    """Show the quality of forecasts; one who is tied to a tenant sees that tenant only.

    Raises: BadRequest.
    """
    until = last or store.today(tx)
    since = first or until - USUAL
    if since > until:
        raise BadRequest(f"The period ends ({until}) before it begins ({since}); exchange `from` and `to`.")
    found = await forecasts.quality(tx, since, until, who.tenant_id)
    smallest = tx.mall.reporting.smallest_group
    lines = [
        QualityLine(tenant=reads.tenant_part(await store.tenant(tx, id)), quality=_told(one, smallest))
        for id, one in found.items()
    ]
    return QualityView(
        at=tx.now,
        pace=hall.clock.pace,
        build=hall.build,
        first=since,
        last=until,
        total=_told(_sum(found.values()), smallest),
        tenants=sorted(lines, key=lambda line: line.tenant.code),
        weeks=_weeks(await forecasts.quality_by_day(tx, since, until, who.tenant_id), smallest),
        smallest_group=smallest,
        right_last_month=await forecasts.right_last_month(tx, hall.outlooks),
    )


def _weeks(days: Mapping[date, Quality], smallest: int) -> list[QualityWeek]:
    """Put days together under their Mondays."""
    weeks: dict[date, list[Quality]] = {}
    for day, one in sorted(days.items()):
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(one)
    return [QualityWeek(monday=monday, quality=_told(_sum(those), smallest)) for monday, those in weeks.items()]


def _told(one: Quality, smallest: int) -> Quality:
    if one.n >= smallest:
        return one
    return Quality(
        n=one.n,
        error=None,
        bias=None,
        covered=None,
        shown=one.shown,
        within=None,
        later=None,
        words=one.words,
        never=one.never,
    )


def _sum(parts: Iterable[Quality]) -> Quality:
    each = list(parts)
    n, shown = sum(one.n for one in each), sum(one.shown for one in each)

    def mean(values: Iterable[tuple[int, float | None]], of: int) -> float | None:
        return sum(weight * (value or 0.0) for weight, value in values) / of if of else None

    return Quality(
        n=n,
        error=mean(((one.n, one.error) for one in each), n),
        bias=mean(((one.n, one.bias) for one in each), n),
        covered=mean(((one.n, one.covered) for one in each), n),
        shown=shown,
        within=mean(((one.shown, one.within) for one in each), shown),
        later=mean(((one.shown, one.later) for one in each), shown),
        words=sum(one.words for one in each),
        never=sum(one.never for one in each),
    )
