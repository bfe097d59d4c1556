"""Numbers that come late in the day: whether a kiosk warns of them, and whether it still gives them out."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from ticketing import store, tables
from ticketing.core import closing, hours
from ticketing.core.closing import Mode
from ticketing.core.ids import ServiceId
from ticketing.core.refused import TooLate
from ticketing.db import Tx
from ticketing.outlooks import Outlooks


def is_late(tx: Tx, told: Outlooks, tenant: tables.Tenant, service_id: ServiceId, *, is_priority: bool) -> bool:
    """Say whether one who takes a number now may not be called before the tenant closes."""
    closes = hours.closing(store.today(tx), ZoneInfo(tx.mall.timezone), tenant.hours or tx.mall.hours)
    offer = told.offer(tx, service_id, is_priority=is_priority)
    if closes is None or offer is None:
        return False
    return closing.is_late(tx.mall.closing, offer.chance, (closes - tx.now) / timedelta(minutes=1))


async def must_be_in_time(tx: Tx, told: Outlooks, service: str, *, is_priority: bool) -> None:
    """Let a kiosk give out a number, unless the mall wants none that come too late.

    Raises: TooLate, UnknownService.
    """
    if tx.mall.closing.mode is not Mode.STOP:
        return
    row = await store.service(tx, service)
    if is_late(tx, told, await store.tenant(tx, row.tenant_id), row.id, is_priority=is_priority):
        raise TooLate
