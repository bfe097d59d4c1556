"""What a mall prints on its tickets, as data that it can change. Pure.

What makes a slip a ticket has no switch: tenant, number, time, the mall's label (examples must not look real), and that
it is a copy, or was taken while the line was lost.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct


class SlipLayout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which lines a ticket has, how large its number is, and its language (None: the mall's first)."""

    mall: bool = True
    place: bool = True
    service: bool = True
    requirements: bool = False
    priority: bool = True
    ahead: bool = True
    outlook: bool = True
    qr: bool = True
    notes: bool = True
    footer: bool = True
    number_size: Annotated[int, Meta(ge=2, le=8)] = 6
    language: Literal["id", "en"] | None = None


class SlipLayoutChanged(Struct, frozen=True, kw_only=True, tag="slip_layout_changed"):
    """From now on tickets are printed by another version of the layout."""

    version: int
