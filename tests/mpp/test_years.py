"""After years a hall is as fast as on its first day: what is asked every second goes through no table that grows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from display import store as display
from mpp import timekeeper
from tests.ticketing.deeds import hall_of, look, take
from ticketing.core.ids import MallId
from ticketing.db import Db

GROWING = re.compile(r"(SCAN (ticket|slip|event|lease|announcement)\b|SEARCH .* INDEX \S+ \(mall_id=\?\)$)")
"""Steps of SQLite's that read all rows, or all of a mall's."""

SMALL = (
    "ticket_note", "counter", "holiday", "zone", "tenant", "service", "device", "mall", "series", "law_edition",
)  # fmt: skip
"""These hold no more after years than after a week."""


@contextmanager
def listened() -> Iterator[dict[str, Any]]:
    """Note every statement, and what was put into it."""
    asked: dict[str, Any] = {}

    def note(_: Connection, __: object, statement: str, parameters: Any, *___: object) -> None:
        asked[statement] = parameters

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_what_is_asked_every_second_reads_no_days_that_are_over(db: Db, mall: MallId) -> None:
    await take(db, mall, "KTP")
    with listened() as asked:
        await timekeeper.tick(hall_of(db), mall)
        await look(db, mall, display.open_announcements)
    assert len(asked) > 5
    if not db.is_sqlite:  # PostgreSQL chooses its way by how much there is
        return
    async with db.writer.connect() as connection:
        for statement, parameters in asked.items():
            if not statement.startswith("SELECT"):
                continue
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = [
                step for step in plan.scalars("detail") if not any(re.search(rf"\b{name}\b", step) for name in SMALL)
            ]
            assert not [step for step in steps if GROWING.search(step)], statement
