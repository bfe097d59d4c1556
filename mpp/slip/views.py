"""The shapes of what is shown of the layout of tickets."""

from datetime import datetime

from msgspec import Struct

from ticketing.core.slip_job import Condition
from ticketing.core.slip_layout import SlipLayout


class LayoutVersionPart(Struct, frozen=True, kw_only=True):
    """One version of the layout; `by` is the name of a person, or None when it came with the mall's file."""

    id: int
    layout: SlipLayout
    began_at: datetime
    by: str | None


class PrinterPart(Struct, frozen=True, kw_only=True):
    """A printer that can print a test."""

    code: str
    name: str
    condition: Condition | None


class SlipLayoutView(Struct, frozen=True, kw_only=True):
    """How tickets are printed, and were; the newest version holds, and without one tickets are as `usual`."""

    timezone: str
    languages: list[str]
    layout: SlipLayout
    usual: SlipLayout
    versions: list[LayoutVersionPart]
    printers: list[PrinterPart]


class SlipPicture(Struct, frozen=True, kw_only=True):
    """A ticket as paper of a width shows it: a PNG (base64) of printed dots, and its words."""

    paper_mm: int
    width: int
    height: int
    text: str
    png: bytes


class SlipPreview(Struct, frozen=True, kw_only=True):
    """One ticket on every width of paper."""

    pictures: list[SlipPicture]
