"""Giving out numbers, on both databases."""

import asyncio

from ticketing import actions
from ticketing.actions import Order
from ticketing.core.ids import MallId
from ticketing.db import Db


async def issue(db: Db, mall: MallId, service: str, *, priority: bool | str = False) -> str:
    """Take a number and return it."""
    async with db.write(mall, "test") as tx:
        ticket = await actions.issue(tx, Order(service=service, priority=priority, printer_id=None))
        return ticket.number


async def test_numbers_of_a_series_follow_one_another(db: Db, mall: MallId) -> None:
    assert [await issue(db, mall, code) for code in ("KTP", "KK", "KTP")] == ["B-001", "B-002", "B-003"]


async def test_a_priority_number_has_its_own_series(db: Db, mall: MallId) -> None:
    assert await issue(db, mall, "KTP", priority="lansia") == "PB-001"
    assert await issue(db, mall, "KTP") == "B-001"


async def test_a_service_group_has_its_own_series(db: Db, mall: MallId) -> None:
    assert await issue(db, mall, "SKCK") == "C-001"
    assert await issue(db, mall, "HILANG") == "K-001"


async def test_many_at_once_get_many_numbers(db: Db, mall: MallId) -> None:
    numbers = await asyncio.gather(*(issue(db, mall, "KTP") for _ in range(50)))
    assert sorted(numbers) == [f"B-{n:03d}" for n in range(1, 51)]
