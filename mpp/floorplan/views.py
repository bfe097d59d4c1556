"""The shapes of what is shown of the floor plan."""

from datetime import datetime

from msgspec import Struct

from ticketing.views import MallPart


class PlanCounter(Struct, frozen=True, kw_only=True):
    """A counter on the plan; `tenant` is the tenant's code, `short_name` what it is called."""

    code: str
    name: str
    tenant: str
    short_name: str


class PlanZone(Struct, frozen=True, kw_only=True):
    """A zone with its counters: what the picture shows, for who does not see it."""

    code: str
    name: str
    counters: list[PlanCounter]


class PlanPicture(Struct, frozen=True, kw_only=True):
    """A picture of the hall and since when it is, or was, shown."""

    id: int
    path: str
    width: int
    height: int
    since: datetime
    until: datetime | None


class FloorPlanView(Struct, frozen=True, kw_only=True):
    """The hall in a picture, if there is one, and in words."""

    mall: MallPart
    picture: PlanPicture | None
    zones: list[PlanZone]


class FloorPlansView(FloorPlanView, frozen=True, kw_only=True):
    """The same for those who lead the mall, with the pictures that were shown before."""

    before: list[PlanPicture]
