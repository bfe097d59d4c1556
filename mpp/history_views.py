"""What those who run the mall see of days gone by: frozen values, the source of the page's types."""

from datetime import date

from msgspec import Struct

from mpp.core.figures import Figures
from mpp.core.frame import By
from mpp.core.trends import Cell, Point
from ticketing.views import MallPart, Shown, TenantPart


class GroupLine(Struct, frozen=True, kw_only=True):
    """A group by its code (a day, a weekday, an hour, a class, a role by its word); `figures` None are withheld."""

    key: str
    name: str | None
    name_en: str | None
    figures: Figures | None


class HistoryView(Shown, frozen=True, kw_only=True):
    """The figures of a period; spans in seconds, shares from 0 to 1, `bins` in minutes, the last bar has no end.

    Groups of fewer than `smallest_group` are withheld, and the next smallest with them where one could subtract.
    """

    mall: MallPart
    first: date
    last: date
    by: By
    tenant: str | None
    tenants: list[TenantPart]
    target_wait_minutes: int
    smallest_group: int
    total: Figures | None
    groups: list[GroupLine]
    arrivals: list[Cell]
    days: list[Point]
    bins: list[int]
    waits: list[int | None]
