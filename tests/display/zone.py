"""A mall with a voice in both its zones, and how to act in it."""

from collections.abc import Awaitable, Callable
from functools import partial

from msgspec import Struct
from sqlalchemy import select

from counters import actions as counters
from display import actions, reads
from display.actions import Utterance
from display.core.announcement import Speech
from display.tables import Announcement
from display.views import Announcement as Shown
from mpp import store as people
from tests.ticketing.deeds import act, hall_of, look
from ticketing import store, tables
from ticketing.core.access import Asker, Device, Principal
from ticketing.core.ids import DeviceId, MallId
from ticketing.db import Db, Tx

Step = Callable[[Tx, str], Awaitable[tables.Ticket]]

SECONDS = 6.0
"""What every call takes to say here."""


class Zone(Struct, frozen=True):
    """A mall with three open counters and loudspeakers in both zones."""

    db: Db
    mall: MallId
    first: DeviceId
    second: DeviceId
    elsewhere: DeviceId

    async def asker(self, device: DeviceId) -> Asker:
        """Ask as a device does."""
        row = await look(self.db, self.mall, partial(people.device, device_id=device))
        place = Device(id=row.id, code=row.code or "", zone_id=row.zone_id)
        return (Principal(mall_id=self.mall, role=row.kind, actor="d", name="d", token_id=1, device=place),)

    async def call(self, counter: str, step: Step = counters.call_next, brief: str | None = None) -> int:
        """Call (again), and put the call into the line of the voice; return the announcement's id."""
        async with self.db.write(self.mall, "test") as tx:
            ticket = await step(tx, counter)
            row = await store.counter(tx, counter)
            said = Utterance(
                call_seq=tx.mall.last_seq,
                zone_id=row.zone_id,
                ticket_id=ticket.id,
                counter_id=row.id,
                calls=ticket.calls,
                text=ticket.number,
                sound="abcdefgh",
                brief=brief,
                seconds=SECONDS,
            )
            await tx.session.flush()
            await actions.announce(tx, [said])
            await tx.session.flush()
            return (await tx.session.scalars(select(Announcement.id).order_by(Announcement.id.desc()))).first() or 0

    async def start(self, id: int, device: DeviceId) -> None:
        asker = await self.asker(device)
        await act(self.db, self.mall, lambda tx: actions.start(tx, id, asker, 1.0))

    async def end(self, id: int, device: DeviceId) -> None:
        asker = await self.asker(device)
        await act(self.db, self.mall, lambda tx: actions.end(tx, id, asker))

    async def give_back(self, id: int, device: DeviceId) -> None:
        asker = await self.asker(device)
        await act(self.db, self.mall, lambda tx: actions.give_back(tx, id, asker))

    async def now(self, zone: str = "A", device: DeviceId | None = None) -> Shown | None:
        """Return what the zone has to say now."""

        async def question(tx: Tx) -> Shown | None:
            return await reads.voice(tx, hall_of(self.db), (await store.zone(tx, zone)).id, device)

        return await look(self.db, self.mall, question)

    async def next(self, zone: str = "A") -> int | None:
        """Return the announcement that the zone has to speak now."""
        shown = await self.now(zone)
        return shown.id if shown else None

    async def states(self) -> list[Speech]:
        rows = await look(
            self.db, self.mall, lambda tx: tx.session.scalars(select(Announcement).order_by(Announcement.id))
        )
        return [row.state for row in rows]

    async def lapse(self) -> int:
        return await act(self.db, self.mall, lambda tx: actions.lapse(tx, 1.0))
