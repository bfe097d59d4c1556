"""The benchmark with something wrong: logs that lack events, and calls out of order."""

from collections.abc import Iterable
from random import Random

from counters.core.forecast.plan import Entry, Kind

OF_VISIT = frozenset({Kind.CALL, Kind.START, Kind.END, Kind.NO_SHOW})


def without(entries: Iterable[Entry], *kinds: Kind) -> list[Entry]:
    """Leave out kinds of events."""
    return [entry for entry in entries if entry.kind not in kinds]


def disordered(entries: list[Entry], share: float, seed: int = 1) -> list[Entry]:
    """Let a share of the calls be for the one of the same service who would have been called next."""
    chance = Random(seed)
    issued = {(entry.day, entry.ticket): entry for entry in entries if entry.kind is Kind.TICKET}
    calls = [entry for entry in entries if entry.kind is Kind.CALL]
    after: dict[tuple[int, int, int], Entry] = {}
    instead: dict[tuple[int, int], int] = {}
    for entry in reversed(calls):
        key = entry.day, entry.tenant, entry.service
        later = after.get(key)
        was_there = later is not None and issued[later.day, later.ticket].at < entry.at
        if later is not None and was_there and chance.random() < share:
            instead[entry.day, entry.ticket], instead[later.day, later.ticket] = later.ticket, entry.ticket
            after.pop(key)
        else:
            after[key] = entry
    return [_exchanged(entry, instead, issued) if entry.kind in OF_VISIT else entry for entry in entries]


def _exchanged(entry: Entry, instead: dict[tuple[int, int], int], issued: dict[tuple[int, int], Entry]) -> Entry:
    ticket = instead.get((entry.day, entry.ticket), entry.ticket)
    return entry._replace(ticket=ticket, who=issued[entry.day, ticket].who)


def waits(entries: Iterable[Entry]) -> dict[tuple[int, int], float]:
    """Return how long each visitor who was called had waited, by day and ticket."""
    issued: dict[tuple[int, int], float] = {}
    found: dict[tuple[int, int], float] = {}
    for entry in entries:
        key = entry.day, entry.ticket
        if entry.kind is Kind.TICKET:
            issued[key] = entry.at
        elif entry.kind is Kind.CALL and key in issued:
            found.setdefault(key, entry.at - issued[key])
    return found
