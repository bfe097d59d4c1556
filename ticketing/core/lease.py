"""Numbers that a kiosk holds for the time when its line is lost: out of the same series, from a high range. Pure.

The ordinary numbers that people see do not jump, and no number is ever given twice: a series knows which range was
lent on its day, and ordinary numbers step over all of it.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from ticketing.core.ids import DeviceId, LeaseId


class Offline(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How kiosks go on without the server: numbers of each series, the first of them, life of a lease in minutes.

    Twenty numbers of every series outlast an hour of a busy tenant; 701 is far above what a series reaches on a day;
    four hours are the longest cuts of the mains that halls tell of. `numbers` 0 switches it off.
    """

    numbers: Annotated[int, Meta(ge=0, le=200)] = 20
    first: Annotated[int, Meta(ge=2, le=9000)] = 701
    minutes: Annotated[int, Meta(ge=10, le=1440)] = 240


class Given(Struct, frozen=True, kw_only=True):
    """How far a series is on a day: the last ordinary number, and the range out of which numbers were lent."""

    last: int = 0
    leased_from: int = 0
    leased: int = 0


class Span(Struct, frozen=True):
    """Numbers from first to last, both included."""

    first: int
    last: int


class Lease(Struct, frozen=True, kw_only=True):
    """One block of numbers of one series at one kiosk; `used` counts those that were handed in."""

    id: LeaseId
    device_id: DeviceId
    day: date
    series: str
    first: int
    last: int
    granted_at: datetime
    expires_at: datetime
    used: int = 0
    ended_at: datetime | None = None


class LeasedBlock(Struct, frozen=True, kw_only=True):
    """A new block, as the log tells it."""

    lease_id: LeaseId
    series: str
    first: int
    last: int


class ReturnedBlock(Struct, frozen=True, kw_only=True):
    """A block that came back: how many numbers were used, and which were not."""

    lease_id: LeaseId
    series: str
    used: int
    unused: tuple[Span, ...]


class NumbersLeased(Struct, frozen=True, kw_only=True, tag="numbers_leased"):
    """A kiosk got new blocks; those that it had already (`kept`) live as long as the new ones."""

    device_id: DeviceId
    day: date
    expires_at: datetime
    blocks: tuple[LeasedBlock, ...]
    kept: tuple[LeaseId, ...]


class NumbersReturned(Struct, frozen=True, kw_only=True, tag="numbers_returned"):
    """Blocks are over; what was not used of them is never given out."""

    device_id: DeviceId
    day: date
    blocks: tuple[ReturnedBlock, ...]


LeaseEvent = NumbersLeased | NumbersReturned


def next_serial(given: Given) -> int:
    """Return the next ordinary number of a series."""
    serial = given.last + 1
    return given.leased + 1 if given.leased_from <= serial <= given.leased else serial


def lend(given: Given, *, numbers: int, first: int) -> tuple[Given, Span]:
    """Set aside the next block of a series, nowhere below `first`."""
    start = max(first - 1, given.last, given.leased) + 1
    span = Span(start, start + numbers - 1)
    return replace(given, leased_from=given.leased_from or span.first, leased=span.last), span


def unused(lease: Lease, used: Collection[int]) -> tuple[Span, ...]:
    """Return what is left of a block, as few spans as can be."""
    spans: list[Span] = []
    for serial in range(lease.first, lease.last + 1):
        if serial in used:
            continue
        if spans and spans[-1].last == serial - 1:
            spans[-1] = Span(spans[-1].first, serial)
        else:
            spans.append(Span(serial, serial))
    return tuple(spans)


def must_be_topped_up(left: int, numbers: int) -> bool:
    """Say whether a kiosk holds too little of a series: less than half a block."""
    return left * 2 < numbers


def true_time(said: datetime, *, granted_at: datetime, now: datetime) -> datetime:
    """Return when a number was given out: as the kiosk said, but not before it had the number and not after now."""
    return min(max(said, granted_at), now)


def apply(leases: dict[LeaseId, Lease], event: LeaseEvent, at: datetime) -> dict[LeaseId, Lease]:
    """Return the leases after `event`."""
    match event:
        case NumbersLeased():
            kept = {id: replace(leases[id], expires_at=event.expires_at) for id in event.kept}
            new = {
                block.lease_id: Lease(
                    id=block.lease_id,
                    device_id=event.device_id,
                    day=event.day,
                    series=block.series,
                    first=block.first,
                    last=block.last,
                    granted_at=at,
                    expires_at=event.expires_at,
                )
                for block in event.blocks
            }
            return {**leases, **kept, **new}
        case NumbersReturned():
            return {**leases, **{b.lease_id: replace(leases[b.lease_id], ended_at=at) for b in event.blocks}}
