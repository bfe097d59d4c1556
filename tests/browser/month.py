"""A demo mall with a month behind it: made up by the bench's generator, told by the product."""

import asyncio
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from sqlalchemy import select

from mpp import daily, schema
from tests.bench.made import Year, make
from tests.browser.stage import Stage, staged
from ticketing import forecasts, malls, tables
from ticketing.clock import Clock
from ticketing.core import mall_file
from ticketing.core.outlook import Chance, Forecast, show
from ticketing.db import Db, Tx
from ticketing.forecast_tables import TicketForecast
from ticketing.live import Live

TICKETS = 900
"""Few: single services and hours are withheld, as they are in a small mall."""

WORDS = 0.05
"""Share of visitors to whom no range was told."""


async def _fill(url: str, days: int, tickets: int) -> None:
    described = mall_file.read(files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8"))
    db = Db(url, Clock(), Live())
    mall_id = await malls.ensure(db, described)
    async with db.write(mall_id, "test") as tx:
        await malls.replace(tx, described)
    today = datetime.now(UTC).date()
    await make(db, mall_id, described, Year(today - timedelta(days=days), today - timedelta(days=1), tickets), seed=3)
    await daily.tell_due(db, mall_id)
    async with db.write(mall_id, "test") as tx:
        await _foretell(tx)
    await db.close()


async def _foretell(tx: Tx) -> None:
    """Keep a forecast with every number: made by chance from a seed, a little too short, some of them only words."""
    chance = random.Random(4)
    for row in (await tx.session.scalars(select(tables.Ticket).order_by(tables.Ticket.id))).all():
        waited = ((row.called_at or row.issued_at) - row.issued_at) / timedelta(minutes=1)
        middle = max(0.0, waited * chance.lognormvariate(-0.1, 0.3) + chance.gauss(0, 1))
        forecast = Forecast(
            middle, max(0.0, 0.7 * middle - 1), 0.8 * middle, middle, 1.2 * middle + 1, 1.4 * middle + 2
        )
        said = show(Chance(forecast, never=0.5 if chance.random() < WORDS else 0.0))
        tx.session.add(
            TicketForecast(
                ticket_id=row.id,
                tenant_id=row.tenant_id,
                service_id=row.service_id,
                day=row.day,
                is_priority=row.priority is not None,
                made_at=row.issued_at,
                **forecast._asdict(),
                raw=forecast,
                kind=said.kind,
                least=said.least,
                most=said.most,
            )
        )
    await tx.session.flush()
    while await forecasts.is_any_open(tx):
        await forecasts.settle(tx)


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
