"""`make bench-year`: a year of a busy mall in the log, told as days, and how long its pages take. Writes nothing.

The log and the rows are made up and inserted in bulk (see `made`); all that is measured is the product's own code.
"""

import asyncio
import sys
import tempfile
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from time import perf_counter, process_time

from msgspec.structs import replace

from mpp import daily, days, schema
from mpp.core.frame import By
from mpp.core.packed import Kept
from mpp.history import Ask, History
from tests.bench.made import Year, make
from tests.stopped_clock import StoppedClock
from ticketing import malls
from ticketing.core import mall_file
from ticketing.core.access import Principal, Role
from ticketing.core.ids import MallId
from ticketing.db import Db
from ticketing.hall import Hall
from ticketing.limits import Limits
from ticketing.live import Live

TICKETS = 400_000
FIRST = date(2026, 1, 1)
LAST = date(2026, 12, 31)


async def main(folder: Path, tickets: int) -> None:
    """Make the year, tell it, compare, and ask for pages."""
    file = folder / "mpp.sqlite"
    url = f"sqlite+aiosqlite:///{file}"
    await asyncio.to_thread(schema.upgrade, url)
    clock = StoppedClock(datetime(2027, 1, 1, 3, tzinfo=UTC))
    db = Db(url, clock, Live())
    described = mall_file.read(files("mpp.demo").joinpath("mall.yaml").read_text(encoding="utf-8"))
    mall_id = await malls.ensure(db, described)
    async with db.write(mall_id, "bench") as tx:
        await malls.replace(tx, described)
    began = perf_counter()
    made = await make(db, mall_id, described, Year(FIRST, LAST, tickets), seed=1)
    say(f"made {made.tickets:,} tickets, {made.events:,} events", perf_counter() - began)
    print(f"log and rows: {size(file):,.0f} MB")
    began = perf_counter()
    await daily.tell_due(db, mall_id)
    say(f"told {made.days} days from the log", perf_counter() - began)
    await compare(db, mall_id, made.days)
    await pages(db, mall_id)
    await db.close()


async def compare(db: Db, mall_id: MallId, many: int) -> None:
    """Tell some days anew and hold them against what is kept; nothing may differ."""
    async with db.read(mall_id) as tx:
        kept = await days.kept(tx, FIRST, LAST)
    print(f"kept: {sum(len(one.what.legs) + len(one.what.hours) for one in kept) / 1e6:,.1f} MB in {len(kept):,} rows")
    every = sorted({one.day for one in kept})
    assert len(every) == many
    for day in every:
        async with db.read(mall_id) as tx:
            told = days.tell(await days.read_log(tx, day))
        assert [Kept(day, id, of) for id, of in told.items()] == [one for one in kept if one.day == day], day
    print(f"all {len(every)} days told anew are what is kept")


async def pages(db: Db, mall_id: MallId) -> None:
    """Ask for the year in every way in which it can be grouped."""
    hall = Hall(db=db, live=db.live, clock=db.clock, limits=Limits(), public_url="", build="")
    who = Principal(mall_id=mall_id, role=Role.MANAGER, actor="program:bench", name="bench", token_id=0)
    history = History()
    none = Ask(
        first=FIRST, last=LAST, by=By.TENANT, tenant=None, service=None, counter=None, zone=None, hour=None,
        weekday=None, priority=None,
    )  # fmt: skip
    asks = {f"year by {by}": replace(none, by=by) for by in By}
    asks["year of one tenant by service"] = replace(none, by=By.SERVICE, tenant="DUKCAPIL")
    asks["month by tenant"] = replace(none, first=date(2026, 12, 1))
    for name, ask in asks.items():
        took = []
        for _ in range(3):
            began, spent = perf_counter(), process_time()
            view = await history.view(hall, who, ask)
            took.append((process_time() - spent, perf_counter() - began))
        n = view.total.n if view.total else 0
        cpu, wall = sorted(took)[1]
        say(f"{name} ({n:,} turns): {cpu:.2f} s of the processor", wall)


def size(file: Path) -> float:
    """Return the size of a database with what belongs to it, in MB."""
    return sum(one.stat().st_size for one in file.parent.glob(f"{file.name}*")) / 1e6


def say(what: str, seconds: float) -> None:
    """Tell what took how long."""
    print(f"{what}: {seconds:.2f} s", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="mpp-year-") as where:
        asyncio.run(main(Path(where), int(sys.argv[1]) if sys.argv[1:] else TICKETS))
