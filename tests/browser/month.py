"""A demo mall with a month behind it: made up by the bench's generator, told by the product."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from mpp import daily, schema
from tests.bench.made import Year, make
from tests.browser.stage import Stage, staged
from ticketing import malls
from ticketing.clock import Clock
from ticketing.core import mall_file
from ticketing.db import Db
from ticketing.live import Live

TICKETS = 900
"""Few: single services and hours are withheld, as they are in a small mall."""


async def _fill(url: str, days: int, tickets: int) -> None:
    described = mall_file.read(files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8"))
    db = Db(url, Clock(), Live())
    mall_id = await malls.ensure(db, described)
    async with db.write(mall_id, "test") as tx:
        await malls.replace(tx, described)
    today = datetime.now(UTC).date()
    await make(db, mall_id, described, Year(today - timedelta(days=days), today - timedelta(days=1), tickets), seed=3)
    await daily.tell_due(db, mall_id)
    await db.close()


def fill(data: Path, days: int = 28, tickets: int = TICKETS) -> None:
    """Put days that are over into the demo's folder."""
    url = f"sqlite+aiosqlite:///{data / 'mpp.sqlite'}"
    schema.upgrade(url)
    asyncio.run(_fill(url, days, tickets))


@contextmanager
def month(data: Path) -> Iterator[Stage]:
    """Run a demo mall that has a month behind it."""
    with ThreadPoolExecutor(1) as elsewhere:  # the browser's loop runs in this thread
        elsewhere.submit(fill, data).result()
    with staged(data) as stage:
        yield stage
