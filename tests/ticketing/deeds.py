"""What tests of several packages do again and again: take a number, pair a device, open a hall."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from mpp import actions as people
from mpp.actions import Place
from ticketing import actions, malls, tables
from ticketing.actions import Order
from ticketing.core.access import Role
from ticketing.core.ids import DeviceId, MallId
from ticketing.core.mall_entries import MallFile
from ticketing.db import Db, Tx
from ticketing.hall import Hall
from ticketing.limits import Limits
from ticketing.outlooks import Outlooks

V = TypeVar("V")

WITA = ZoneInfo("Asia/Makassar")


def wita(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    """Name a time of the tests' year on the small mall's own wall; 23 November 2026 is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=WITA)


async def act(db: Db, mall: MallId, deed: Callable[[Tx], Awaitable[V]], actor: str = "test") -> V:
    """Do something in a transaction of its own."""
    async with db.write(mall, actor) as tx:
        return await deed(tx)


async def look(db: Db, mall: MallId, question: Callable[[Tx], Awaitable[V]]) -> V:
    """Look at the mall."""
    async with db.read(mall) as tx:
        return await question(tx)


async def take(
    db: Db,
    mall: MallId,
    service: str,
    *,
    priority: bool | str = False,
    printer: DeviceId | None = None,
    told: Outlooks | None = None,
) -> tables.Ticket:
    """Take a number; with what `told` said before."""
    order = Order(service=service, priority=priority, printer_id=printer)
    return await act(db, mall, lambda tx: actions.issue(tx, order, told))


async def again(db: Db, mall: MallId, ticket: tables.Ticket) -> tables.Ticket:
    """Load a ticket as it is now."""
    return await look(db, mall, lambda tx: tx.session.get_one(tables.Ticket, ticket.id))


async def pair(db: Db, mall: MallId, kind: Role, code: str, **place: str) -> DeviceId:
    """Let a device in under a code."""
    async with db.write(mall, "test") as tx:
        device, _ = await people.ask_in(tx, kind, tx.now)
        await people.approve(tx, device.id, code, f"{kind} {code}", Place(**place), tx.now)
        return device.id


async def second_mall(db: Db, like: MallFile, code: str = "LAIN") -> MallId:
    """Put another mall into the same database, alike in all but its code."""
    other = replace(like, mall=replace(like.mall, code=code))
    mall_id = await malls.ensure(db, other)
    await act(db, mall_id, lambda tx: malls.replace(tx, other))
    return mall_id


def hall_of(db: Db) -> Hall:
    """Put together what views need to know."""
    return Hall(db=db, live=db.live, clock=db.clock, limits=Limits(), public_url="http://mpp.test", build="test")
