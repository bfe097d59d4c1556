"""What those who run the mall see of the counters that are needed: frozen values, the source of the page's types."""

from enum import StrEnum

from msgspec import Struct

from ticketing.views import MallPart, Shown, TenantPart


class StaffingState(StrEnum):
    """Whether there is an answer, or why not; while it is searched for, ask again."""

    FOUND = "found"
    SEARCHING = "searching"
    FEW_DAYS = "few_days"
    CLOSED = "closed"


class StaffingHour(Struct, frozen=True, kw_only=True):
    """An hour of the day: counters that are needed and those that were usual, and how visitors would wait with them.

    `visitors` come on a middling day; `p90` in minutes, None where nobody comes; `breaks` is the share of days on which
    more than one in ten of the hour's visitors wait beyond the target.
    """

    hour: int
    visitors: float
    counters: int
    p90: float | None
    breaks: float
    usual: int | None
    usual_p90: float | None
    usual_breaks: float | None


class Lunch(Struct, frozen=True):
    """How many counters go to lunch at a time of the day (minutes since midnight), and for how many minutes."""

    at: int
    minutes: int
    counters: int


class StaffingResult(Struct, frozen=True, kw_only=True):
    """What was found; p90 and shares are those of simulated days that the search did not see.

    `effective_minutes`: for how long one visitor keeps a counter, with the way, those who do not come, and pauses.
    `is_reached`: every hour keeps the target. `is_whole`: the search came to its end in time.
    """

    effective_minutes: float
    hours: list[StaffingHour]
    lunches: list[Lunch]
    day_breaks: float
    late: float
    usual_day_breaks: float | None
    usual_late: float | None
    is_reached: bool
    is_whole: bool


class StaffingView(Shown, frozen=True, kw_only=True):
    """Counters per hour of a tenant on a weekday (Monday is 0); `there` counters exist.

    `days` with visitors were looked at, of which `of_weekday` were of that weekday.
    """

    mall: MallPart
    tenants: list[TenantPart]
    tenant: str
    state: StaffingState
    weekday: int
    weekdays: list[int]
    target_minutes: int
    days: int
    of_weekday: int
    there: int
    result: StaffingResult | None
