"""What the tests of the voice share."""

import pytest

from counters import actions as counters
from tests.display.zone import Zone
from tests.ticketing.deeds import pair
from ticketing import actions as tickets
from ticketing import store
from ticketing.actions import Order
from ticketing.core.access import Role
from ticketing.core.ids import MallId
from ticketing.db import Db


@pytest.fixture
async def zone(db: Db, mall: MallId) -> Zone:
    """Open the counters, pair the speakers, let two wait."""
    async with db.write(mall, "test") as tx:
        for code in ("L01", "L02", "L03"):
            await counters.open_(tx, await store.counter(tx, code), "Maria")
        for service in ("KTP", "KTP", "SKCK"):
            await tickets.issue(tx, Order(service=service, priority=False, printer_id=None))
    first, second = [await pair(db, mall, Role.SPEAKER, code, zone="A") for code in ("V01", "V02")]
    return Zone(db, mall, first, second, await pair(db, mall, Role.SPEAKER, "V03", zone="B"))
