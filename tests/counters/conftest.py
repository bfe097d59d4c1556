"""A mall whose counters are open."""

import pytest

from counters import actions
from ticketing import store
from ticketing.core.ids import MallId
from ticketing.db import Db


@pytest.fixture
async def opened(db: Db, mall: MallId) -> MallId:
    """Open all three counters of the small mall."""
    async with db.write(mall, "test") as tx:
        for code in ("L01", "L02", "L03"):
            await actions.open_(tx, await store.counter(tx, code), "Maria")
    return mall
