"""What is behind the doors: the hall with its database, its voice and its helpers, and what goes on beside them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from counters.forecaster import Forecaster
from counters.foreteller import Foreteller
from display import guide, tongues
from display.guide import Guide
from display.shelf import Shelf
from display.sounds import Sounds
from display.speech import Speech
from mpp import daily, timekeeper
from mpp.alerts import Alerts
from mpp.config import MEDIA, Config
from mpp.crowding import Crowding
from mpp.description.founding import Founding
from mpp.history import History
from mpp.metrics import Metrics
from mpp.planner import Planner
from mpp.privacy import keeper
from mpp.pulse import Pulse
from mpp.simulations import Simulations
from mpp.slip.pictures import Pictures
from ticketing import notify
from ticketing.clock import Clock
from ticketing.core.ids import MallId
from ticketing.db import Db
from ticketing.hall import Hall
from ticketing.limits import Limits
from ticketing.live import Live


class Premises:
    """All that a door may ask for; nothing is opened before `life`."""

    def __init__(self, config: Config, clock: Clock, build: str) -> None:
        live = Live()
        self.config = config
        self.metrics = Metrics() if config.metrics != "off" else None
        self.hall = Hall(
            db=Db(config.url, clock, live, self.metrics),
            live=live,
            clock=clock,
            limits=Limits(),
            public_url=config.address,
            build=build,
        )
        known = tongues.load_what_is_sound(config.tongues)
        speech = Speech(config.data / "voice", config.clips) if config.voice else None
        largest = guide.LARGEST_CACHE
        reader = Speech(config.data / "guide", config.clips, largest_cache=largest) if config.voice else None
        self.sounds = Sounds(self.hall.db, speech, known)
        self.guide = Guide(self.hall.db, reader, known)
        self.shelf = Shelf(config.data / MEDIA)
        self.pictures = Pictures(config.data / "escpos")
        self.history, self.trials, self.planner, self.crowding = History(), Simulations(), Planner(), Crowding()
        self.pulse = Pulse(self.history)
        self.founding = Founding(known)
        self.foreteller = Foreteller(self.hall, Forecaster(config.url)) if config.forecast else None

    @asynccontextmanager
    async def life(self) -> AsyncIterator[None]:
        """Run what goes on beside the doors, from start to stop."""
        malls = await self.hall.db.malls()
        tasks = self._begin(malls)
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for part in (self.sounds, self.guide, self.pulse, self.planner, self.crowding, self.hall.live):
                await part.close()
            await self.hall.db.close()

    def _begin(self, malls: list[MallId]) -> list[asyncio.Task[None]]:
        hall = self.hall
        tasks = [
            asyncio.create_task(timekeeper.run(hall), name="timekeeper"),
            asyncio.create_task(daily.run(hall), name="daily"),
            asyncio.create_task(keeper.run(hall, self.config.data), name="privacy"),
        ]
        if self.metrics is not None:
            tasks.append(asyncio.create_task(self.metrics.feel(), name="lag"))
        tasks += [asyncio.create_task(self.sounds.run(mall_id), name=f"voice {mall_id}") for mall_id in malls]
        if not malls:
            self.founding.announce(hall.public_url)
            tasks.append(asyncio.create_task(self._first_voice(malls), name="first voice"))
        if self.foreteller is not None:
            tasks.append(asyncio.create_task(self.foreteller.run(), name="foreteller"))
            tasks.append(asyncio.create_task(Alerts(hall, self.crowding.shown).run(), name="alerts"))
        if not hall.db.is_sqlite:
            tasks.append(asyncio.create_task(notify.listen(hall.db.url, hall.live, malls), name="notify"))
        return tasks

    async def _first_voice(self, malls: list[MallId]) -> None:
        """Let the hall of a mall that is begun while the server runs be spoken in."""
        mall_id = await self.founding.begun()
        malls.append(mall_id)
        await self.sounds.run(mall_id)
