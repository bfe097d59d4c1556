"""From calls to sounds, off the hot path: follows the log, puts calls into words, renders them, puts them in line."""

import asyncio
import logging
import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from display import actions, store
from display.actions import Utterance
from display.core import announcement
from display.core.announcement import LONGEST_WAIT
from display.speech import NotSpoken, Speech
from hardware.core import words
from hardware.core.call import Call
from hardware.core.sound import Chime, Part, Pause, Say
from ticketing import tables
from ticketing.core.ids import MallId
from ticketing.core.refused import Unknown
from ticketing.db import Db, Tx

log = logging.getLogger(__name__)

SOUND_FILE = re.compile(r"([0-9a-z_-]{8,80})\.wav")
REPEAT_AFTER = 1.0
"""Seconds before the sentence is said once more."""

BETWEEN_LANGUAGES = 0.6
"""Seconds between one language and the next."""


class Sentence(Struct, frozen=True, kw_only=True):
    """A call as it is to be heard: everything but the sound."""

    utterance: Utterance
    parts: tuple[Part, ...]
    brief: tuple[Part, ...]


class Sounds:
    """The rendered announcements of an installation; without a folder the hall is silent."""

    def __init__(self, db: Db, folder: Path | None) -> None:
        self.db = db
        self.speech = Speech(folder) if folder is not None else None
        self._seen: dict[MallId, int] = {}

    async def run(self, mall_id: MallId) -> None:
        """Announce a mall's calls, for ever."""
        news = self.db.live.watch(mall_id, {"tickets", "*"})
        while True:
            try:
                await self.announce_new(mall_id)
            except Exception:  # the voice must outlive one bad call
                log.exception("calls could not be announced")
                await asyncio.sleep(1)
            await news.wait()
            news.clear()

    async def announce_new(self, mall_id: MallId) -> int:
        """Announce the calls since the last look; return how many."""
        async with self.db.read(mall_id) as tx:
            sentences = await self._new_sentences(tx)
        if not sentences:
            return 0
        said = [await self._render(sentence) for sentence in sentences]
        async with self.db.write(mall_id, "voice") as tx:
            await actions.announce(tx, said)
        return len(said)

    async def read(self, file: str) -> bytes:
        """Return a rendered sound.

        Raises: Unknown.
        """
        found = SOUND_FILE.fullmatch(file)
        if found is None or self.speech is None:
            raise Unknown
        try:
            return await asyncio.to_thread(self.speech.path(found.group(1)).read_bytes)
        except FileNotFoundError:
            raise Unknown from None

    async def close(self) -> None:
        """End the voice's process."""
        if self.speech is not None:
            await self.speech.aclose()

    async def _new_sentences(self, tx: Tx) -> list[Sentence]:
        last = max(self._seen.get(tx.mall_id, 0), await store.last_announced(tx))
        calls = await store.calls_after(tx, last)
        if calls:
            self._seen[tx.mall_id] = calls[-1].seq
        fresh = {call.ticket_id: call for call in calls if tx.now - call.at <= LONGEST_WAIT * self.db.clock.pace}
        newest = sorted(fresh.values(), key=lambda call: call.seq)  # of a call and its repeat, the repeat is enough
        return [sentence for call in newest if (sentence := await _sentence(tx, call)) is not None]

    async def _render(self, sentence: Sentence) -> Utterance:
        said = sentence.utterance
        if self.speech is None:
            return said
        try:
            whole = await self.speech.render(sentence.parts)
            brief = await self.speech.render(sentence.brief)
        except NotSpoken as why:
            log.error("call %s has no voice: %s", said.text, why)
            return said
        return replace(said, sound=whole.key, brief=brief.key, seconds=whole.seconds)


async def _sentence(tx: Tx, event: tables.Event) -> Sentence | None:
    """Put a call of the log into words; None when the ticket has left the counter meanwhile."""
    if event.ticket_id is None or event.counter_id is None:
        return None
    ticket = await tx.session.get_one(tables.Ticket, event.ticket_id)
    counter = await tx.session.get_one(tables.Counter, event.counter_id)
    zone = await tx.session.get_one(tables.Zone, counter.zone_id)
    tenant = await tx.session.get_one(tables.Tenant, counter.tenant_id)
    call = Call(
        kind=announcement.kind(ticket.calls),
        number=ticket.number,
        counter=counter.name,
        tenant=tenant.short_name,
        is_priority=ticket.priority is not None,
    )
    return Sentence(
        utterance=Utterance(
            call_seq=event.seq,
            zone_id=zone.id,
            ticket_id=ticket.id,
            counter_id=counter.id,
            calls=ticket.calls,
            text=words.caption(call, zone.languages[0]),
        ),
        parts=spoken(call, zone.languages),
        brief=spoken_briefly(call, zone.languages),
    )


def spoken(call: Call, languages: Sequence[str]) -> tuple[Part, ...]:
    """Return chime, sentence, sentence again, and then each further language once."""
    first, *others = [Say(text=words.sentence(call, language), voice=language) for language in languages]
    parts: list[Part] = [Chime(), first, Pause(REPEAT_AFTER), first]
    for other in others:
        parts += [Pause(BETWEEN_LANGUAGES), other]
    return tuple(parts)


def spoken_briefly(call: Call, languages: Sequence[str]) -> tuple[Part, ...]:
    """Return chime and one sentence in the zone's first language, for when other calls wait to be spoken."""
    return (Chime(), Say(text=words.sentence(call, languages[0]), voice=languages[0]))
