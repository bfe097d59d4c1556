"""What the server lends a kiosk, so that it can go on giving out numbers while the line is lost.

Written by the server, kept and used by the kiosk's agent; and what the kiosk hands in afterwards. Unknown fields of
what the server wrote are let pass: an agent may be older than its server.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec.structs import replace

from hardware.core.outcome import Reason
from hardware.core.slip import Block as SlipBlock
from hardware.core.slip import Qr, Slip, Text

NUMBER, TIME, URL = "{{number}}", "{{time}}", "{{url}}"
"""Stand in a lent slip where the kiosk writes what it alone knows."""


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of one series, first and last included."""

    id: int
    series: str
    first: int
    last: int


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """Whether numbers are given out, why not, and when next."""

    state: str
    reason: str
    until: datetime | None
    next_open: datetime | None


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """From this moment on, these hours hold."""

    at: datetime
    hours: Hours


class TenantHours(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant's whole day, turn by turn."""

    tenant: str
    turns: tuple[Turn, ...]


class ServiceSlips(msgspec.Struct, frozen=True, kw_only=True):
    """A service's two number series, and its slips, complete but for number, time and address."""

    service: str
    ordinary: str
    priority: str
    ordinary_slip: Slip
    priority_slip: Slip


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """All that a kiosk needs to go on alone; `ticket_url` ends where a ticket's code begins.

    `ticket` is the server's view of a ticket of which nothing is known yet, for the kiosk to fill in.
    """

    at: datetime
    day: date
    expires_at: datetime
    timezone: str
    ticket_url: str
    blocks: tuple[Block, ...]
    turns: tuple[Turn, ...]
    tenants: tuple[TenantHours, ...]
    services: tuple[ServiceSlips, ...]
    ticket: msgspec.Raw = msgspec.Raw(b"{}")


RequestId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Short = Annotated[str, msgspec.Meta(min_length=1, max_length=24)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class OnPaper(StrEnum):
    """What is known of the paper of a ticket that a kiosk gave out alone."""

    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class OfflineTicket(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ticket that a kiosk gave out alone; `on_paper` None when the kiosk has no printer."""

    request: RequestId
    service: Short
    priority: bool | Short
    series: Annotated[str, msgspec.Meta(min_length=1, max_length=3)]
    serial: Annotated[int, msgspec.Meta(ge=1, le=99_999)]
    code: Annotated[str, msgspec.Meta(max_length=64)]
    issued_at: Moment
    on_paper: OnPaper | None = None
    reason: Reason | None = None


class HandIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tickets in the order in which they were given out, and the code of the printer that printed them."""

    tickets: Annotated[tuple[OfflineTicket, ...], msgspec.Meta(max_length=100)]
    printer: str | None = None


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a ticket that was handed in: taken when `code` is None, else refused, and why."""

    request: str
    number: str
    code: str | None = None
    detail: str = ""


class LeaseWish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kiosk asks for numbers; `holds` are the blocks it knows of, and all others of its own are over."""

    request: RequestId
    holds: Annotated[tuple[int, ...], msgspec.Meta(max_length=1000)] = ()


def count(blocks: Sequence[Block]) -> int:
    """Count the numbers of some blocks."""
    return sum(block.last - block.first + 1 for block in blocks)


def hours_at(turns: Sequence[Turn], now: datetime) -> Hours:
    """Return the hours that hold now; `turns` are in order, and the first one holds before itself too."""
    return next((turn.hours for turn in reversed(turns) if turn.at <= now), turns[0].hours)


def fill(slip: Slip, *, number: str, time: str, url: str) -> Slip:
    """Write number, time and address into a lent slip."""

    def written(text: str) -> str:
        return text.replace(NUMBER, number).replace(TIME, time).replace(URL, url)

    def block(part: SlipBlock) -> SlipBlock:
        match part:
            case Text():
                return replace(part, text=written(part.text))
            case Qr():
                return replace(part, data=written(part.data))
        return part

    return Slip(blocks=tuple(block(part) for part in slip.blocks))
