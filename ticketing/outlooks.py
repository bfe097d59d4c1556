"""What is foretold now, kept in this process only: it is true for a minute, and a restart makes it anew.

Each process of an installation foretells for those who follow its own views; see ADR 0018.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct

from ticketing.core import outlook
from ticketing.core.ids import MallId, ServiceId, TenantId, TicketId
from ticketing.core.outlook import Chance, Outlook
from ticketing.core.ticket import State
from ticketing.db import Tx
from ticketing.tables import Ticket

LIFE = timedelta(seconds=60)
"""Nothing older is shown: three times as long as a forecast takes to be made anew in a quiet hall."""

Key = tuple[ServiceId, bool]
"""A service, and whether the visitor is favoured."""


class Told(Struct, frozen=True):
    """A forecast, what is shown of it, and when it was made."""

    chance: Chance
    shown: Outlook
    at: datetime


class Outlooks:
    """How long those wait who wait, and who would take a number now."""

    def __init__(self) -> None:
        self._waiting: dict[TenantId, dict[TicketId, Told]] = {}
        self._offers: dict[Key, Told] = {}
        self.right: dict[MallId, tuple[date, int | None]] = {}
        """Of a hundred ranges of last month, how many were right; and on which day that was reckoned."""

    def tell(
        self,
        tenant_id: TenantId,
        at: datetime,
        waiting: Iterable[tuple[TicketId, Chance]],
        offers: Iterable[tuple[Key, Chance]],
    ) -> set[str]:
        """Take in what was foretold for a tenant at a time; return the topics of what is shown differently now."""
        before = self._waiting.get(tenant_id, {})
        after = {id: _told(before.get(id), chance, at) for id, chance in waiting}
        self._waiting[tenant_id] = after
        news = {f"outlook:{id}" for id, told in after.items() if id not in before or before[id].shown != told.shown}
        is_new = bool(news)
        for key, chance in offers:
            old, new = self._offers.get(key), _told(self._offers.get(key), chance, at)
            self._offers[key] = new
            if old is None or old.shown != new.shown or at - old.at > LIFE:
                is_new = True
                news.add("outlooks")
        return news | ({f"outlooks:{tenant_id}"} if is_new else set())

    def offer(self, tx: Tx, service_id: ServiceId, *, is_priority: bool) -> Told | None:
        """Return what was foretold to one who takes a number for a service now; None when nobody knows."""
        return _fresh(tx, self._offers.get((service_id, is_priority)))

    def of(self, tx: Tx, row: Ticket) -> Told | None:
        """Return what is foretold to a ticket: until it is seen to wait, what was told before the number was taken."""
        if row.state is not State.WAITING:
            return None
        own = next((told[row.id] for told in self._waiting.values() if row.id in told), None)
        if own is not None:
            return _fresh(tx, own)
        if row.agreed_at is not None:  # what is told beforehand is told to those who come without
            return None
        before = self.offer(tx, row.service_id, is_priority=row.priority is not None)
        is_first = row.transferred_at is None and before is not None and before.at <= row.issued_at
        return before if is_first else None


def _told(before: Told | None, chance: Chance, at: datetime) -> Told:
    return Told(chance, outlook.show(chance, before.shown if before else None), at)


def _fresh(tx: Tx, told: Told | None) -> Told | None:
    return told if told is not None and abs(tx.now - told.at) <= LIFE * tx.pace else None


def shown(told: Told | None) -> Outlook | None:
    """Return what is shown of what was told."""
    return told.shown if told else None
