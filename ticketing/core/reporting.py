"""How the mall's figures are shown, as data that a mall can change. Pure."""

from typing import Annotated

from msgspec import Meta, Struct


class Reporting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a wait should be at most, and of how many visitors a group has to be for its figures to be shown.

    Neither comes from a law that we could verify. Five is what statistical offices commonly ask for before a cell of a
    table is shown; a quarter of an hour is a target that a mall of this size can reach.
    """

    target_wait_minutes: Annotated[int, Meta(ge=1, le=480)] = 15
    smallest_group: Annotated[int, Meta(ge=2, le=50)] = 5
