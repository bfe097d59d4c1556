"""Spoken guidance at kiosks: any short text in the hall's voice, made by a worker of its own, so that no call waits."""

import asyncio
import logging

from display.core import wording
from display.core.refused import NoVoice
from display.speech import NotSpoken, Speech
from hardware.core.tongue import Tongues
from ticketing.core.ids import MallId
from ticketing.db import Db

log = logging.getLogger(__name__)

LARGEST_CACHE = 100_000_000
"""Bytes; every sentence of a mall of ninety services in two languages takes some seventy million."""


class Guide:
    """Reads texts of the kiosk aloud; without speech it refuses, and the kiosk sounds a tone instead."""

    def __init__(self, db: Db, speech: Speech | None, known: Tongues) -> None:
        self.db, self.speech, self.tongues = db, speech, known

    async def read_aloud(self, mall_id: MallId, text: str, language: str) -> bytes:
        """Return the sound of a text in a language, with the mall's pronunciations.

        Raises: NoVoice.
        """
        if self.speech is None:
            raise NoVoice
        async with self.db.read(mall_id) as tx:
            told = tx.mall.pronunciations
        parts = wording.aloud(text, language, self.tongues, told)
        if not parts:
            raise NoVoice("There is nothing in this text that could be spoken.")
        try:
            sound = await self.speech.render(parts)
            return await asyncio.to_thread(sound.path.read_bytes)
        except (NotSpoken, OSError) as why:
            log.error("the kiosk's guidance has no voice: %s", why)
            raise NoVoice from why

    async def close(self) -> None:
        """End the worker."""
        if self.speech is not None:
            await self.speech.aclose()
