"""What is to be put on paper: a slip is a list of blocks, composed by the server and printed by the agent.

It says nothing about a printer: lines are wrapped and characters replaced where the paper's width is known.
"""

from typing import Annotated, Literal

import msgspec

Size = Annotated[int, msgspec.Meta(ge=1, le=8)]
# ESC/POS multiplies characters by 1 to 8 (GS !).
Lines = Annotated[int, msgspec.Meta(ge=1, le=20)]
# A slip that feeds more than a hand's length of blank paper is a mistake.
Align = Literal["left", "center"]


class Text(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="text", omit_defaults=True):
    """Words in one size; a line feed in them starts a new line."""

    text: str
    size: Size = 1
    bold: bool = False
    align: Align = "center"


class Rule(msgspec.Struct, frozen=True, tag_field="type", tag="rule"):
    """A line across the paper."""


class Qr(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="qr", omit_defaults=True):
    """A QR code, with a caption under it."""

    data: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    caption: str = ""


class Space(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="space", omit_defaults=True):
    """Blank lines."""

    lines: Lines = 1


Block = Text | Rule | Qr | Space


class Slip(msgspec.Struct, frozen=True):
    """One piece of paper, cut off at its end."""

    blocks: tuple[Block, ...]
