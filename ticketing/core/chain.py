"""The chain over the log: each event carries a hash of itself and of the hash before it. Pure.

Whoever changes, takes out or puts in an event breaks every hash after it; whoever writes all of them anew cannot write
anew what somebody noted elsewhere. Events from before the chain carry no hash: what they would chain to is *sealed* in
an event of the chain. Source: Schneier, Kelsey 1999 (secure audit logs); docs/adr/0026.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum

import msgspec
from msgspec import Struct

from ticketing.core.ids import CounterId, MallId, TicketId

START = bytes(32)
"""What the first event of a mall follows."""

VERSION = 1
"""Says what is hashed, and in which order; an event of another shape would get another number."""

MOST_FAULTS = 100
"""Of so many faults nobody reads the next one; they are counted."""


class Entry(Struct, frozen=True):
    """One event as it lies in the log; `hash` None is from before the chain began."""

    seq: int
    at: datetime
    actor: str
    kind: str
    ticket_id: TicketId | None
    counter_id: CounterId | None
    body: str
    hash: bytes | None = None


class LogSealed(Struct, frozen=True, kw_only=True, tag="log_sealed"):
    """Events up to `last`, which are older than the chain, chain to `head` (in hexadecimal digits)."""

    last: int
    head: str


class LogVerified(Struct, frozen=True, kw_only=True, tag="log_verified"):
    """Events `first` to `last` were held against their chain; so many `faults` were found."""

    first: int
    last: int
    faults: int


ChainEvent = LogSealed | LogVerified


class Wrong(StrEnum):
    """What can be wrong with an event."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    CUT = "cut"
    SEAL = "seal"
    HEAD = "head"


class Fault(Struct, frozen=True):
    """What is wrong with events `seq` to `last`."""

    wrong: Wrong
    seq: int
    last: int


class Verdict(Struct, frozen=True, kw_only=True):
    """What was found: events `first` to `last`, chained since `since`; the `old` ones at the start carry no hash.

    `old_head` is what the old ones chain to; `is_sealed` says that an event of the chain confirms it, or that there are
    none. `faults` are the first of `wrong` faults in all.
    """

    first: int
    last: int
    events: int
    head: bytes
    since: datetime | None
    old: int
    old_head: bytes
    is_sealed: bool
    faults: tuple[Fault, ...]
    wrong: int


def link(before: bytes, mall_id: MallId, entry: Entry) -> bytes:
    """Return the hash of an event that follows `before`."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    what = (VERSION, mall_id, entry.seq, at, entry.actor, entry.kind, entry.ticket_id, entry.counter_id, entry.body)
    return hashlib.sha256(before + msgspec.json.encode(what)).digest()


class Walk:
    """A walk along the log, some events at a time, from event `first`; `before` is the hash of the one before it.

    After a change the walk goes on from what stands there and from what should, so that each fault is found once.
    """

    def __init__(
        self, mall_id: MallId, noted: Mapping[int, bytes], first: int = 1, before: bytes | None = None
    ) -> None:
        self._mall_id = mall_id
        self._noted = noted
        self._first = self._next = first
        self._is_begun = before is not None
        self._before: tuple[bytes, ...] = (before or START,)
        self._old = self._events = 0
        self._old_head = START
        self._since: datetime | None = None
        self._seals: dict[int, str] = {}
        self._faults: list[Fault] = []
        self._wrong = 0

    def take(self, entries: Iterable[Entry]) -> None:
        """Go on along these events, which are in their order."""
        for entry in entries:
            if entry.seq > self._next:
                self._fault(Wrong.MISSING, self._next, entry.seq - 1)
                self._before = ()
            self._next = entry.seq + 1
            self._events += 1
            self._is_begun = self._is_begun or entry.hash is not None
            if not self._is_begun:
                self._old = entry.seq
                self._old_head = link(self._old_head, self._mall_id, entry)
            elif entry.hash is None:
                self._fault(Wrong.ADDED, entry.seq)
                self._before = ()
            else:
                self._follow(entry, entry.hash)

    def _follow(self, entry: Entry, hash: bytes) -> None:
        self._since = self._since or entry.at
        fitting = [link(before, self._mall_id, entry) for before in self._before]
        if fitting and hash not in fitting:
            self._fault(Wrong.CHANGED, entry.seq)
        elif self._noted.get(entry.seq, hash) != hash:
            self._fault(Wrong.HEAD, entry.seq)
        self._before = (hash, *fitting[:1])
        if entry.kind == LogSealed.__struct_config__.tag:
            self._note_seal(entry.body)

    def _note_seal(self, body: str) -> None:
        try:
            seal = msgspec.json.decode(body, type=LogSealed)
        except msgspec.MsgspecError:  # it was changed, and that is told already
            return
        self._seals[seal.last] = seal.head

    def end(self, last: int, head: bytes | None) -> Verdict:
        """Hold the walk against where the mall says that its log ends, and against what was noted of it."""
        if self._next <= last:
            self._fault(Wrong.MISSING, self._next, last)
        elif self._next - 1 > last:
            self._fault(Wrong.ADDED, last + 1, self._next - 1)
        elif self._before and (self._before[0] if self._is_begun else START) != (head or START):
            self._fault(Wrong.CHANGED, last)
        beyond = [seq for seq in self._noted if seq > last]
        if beyond:
            self._fault(Wrong.CUT, last + 1, max(beyond))
        is_sealed = self._seals.get(self._old) == self._old_head.hex() if self._old else True
        if self._seals and not is_sealed and self._first == 1:
            self._fault(Wrong.SEAL, 1, max(self._seals))
        return Verdict(
            first=self._first,
            last=last,
            events=self._events,
            head=head or START,
            since=self._since,
            old=self._old,
            old_head=self._old_head,
            is_sealed=is_sealed,
            faults=tuple(self._faults),
            wrong=self._wrong,
        )

    def _fault(self, wrong: Wrong, seq: int, last: int | None = None) -> None:
        self._wrong += 1
        if len(self._faults) < MOST_FAULTS:
            self._faults.append(Fault(wrong, seq, last or seq))
