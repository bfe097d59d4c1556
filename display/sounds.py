"""From calls to sounds, off the hot path: follows the log, puts calls into words, renders them, puts them in line."""

import asyncio
import logging
import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from display import actions, store, tongues
from display.actions import Utterance
from display.core import announcement, wording
from display.core.announcement import LONGEST_WAIT
from display.speech import NotSpoken, Speech
from hardware.core import words
from hardware.core.call import Call
from hardware.core.sound import Say, Sound
from hardware.core.tongue import FALLBACK, Tongues
from ticketing import tables
from ticketing.core.ids import MallId
from ticketing.core.refused import Unknown
from ticketing.db import Db, Tx

log = logging.getLogger(__name__)

SOUND_FILE = re.compile(r"([0-9a-z_-]{8,80})\.wav")


class Sentence(Struct, frozen=True, kw_only=True):
    """A call as it is to be heard: in each language of the zone, and in one for when other calls wait."""

    utterance: Utterance
    says: tuple[Say, ...]
    brief: Say


class Sounds:
    """The rendered announcements of an installation; without speech the hall is silent.

    Args:
        tongues: the languages that can be spoken; None are those that come with the product.
    """

    def __init__(self, db: Db, speech: Speech | None, known: Tongues | None = None) -> None:
        self.db = db
        self.speech = speech
        self.tongues = known or tongues.load()
        self._seen: dict[MallId, int] = {}

    async def run(self, mall_id: MallId) -> None:
        """Announce a mall's calls, for ever."""
        news = self.db.live.watch(mall_id, {"calls", "*"})
        while True:
            try:
                await self.announce_new(mall_id)
            except Exception:  # the voice must outlive one bad call
                log.exception("calls could not be announced")
                await asyncio.sleep(1)
                continue
            await news.wait()
            news.clear()

    async def announce_new(self, mall_id: MallId) -> int:
        """Announce the calls since the last look, each as soon as it can be heard; return how many."""
        async with self.db.read(mall_id) as tx:
            seen, sentences = await self._new_sentences(tx)
        for sentence in sentences:
            self._seen[mall_id] = sentence.utterance.call_seq  # noted first: what breaks here is not tried again
            said = await self._render(sentence)
            async with self.db.write(mall_id, "voice") as tx:
                await actions.announce(tx, [said])
        self._seen[mall_id] = seen
        return len(sentences)

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

    async def _new_sentences(self, tx: Tx) -> tuple[int, list[Sentence]]:
        """Return the place of the newest call in the log, and what is to be said of those that nobody has announced."""
        last = max(self._seen.get(tx.mall_id, 0), await store.last_announced(tx))
        calls = await store.calls_after(tx, last, since=tx.now - LONGEST_WAIT * self.db.clock.pace)
        fresh = {call.ticket_id: call for call in calls}
        newest = sorted(fresh.values(), key=lambda call: call.seq)  # of a call and its repeat, the repeat is enough
        sentences = [sentence for call in newest if (sentence := await self._sentence(tx, call)) is not None]
        return calls[-1].seq if calls else last, sentences

    async def _render(self, sentence: Sentence) -> Utterance:
        said = sentence.utterance
        if self.speech is None:
            return said
        try:
            whole, brief = await self._both(sentence.says, sentence.brief)
        except NotSpoken as why:
            log.error("call %s has no voice, the boards show it only: %s", said.text, why)
            return said
        return replace(said, sound=whole.key, brief=brief.key, seconds=whole.seconds)

    async def _both(self, says: Sequence[Say], brief: Say) -> tuple[Sound, Sound]:
        """Render a call in full and in brief; a language that cannot be spoken does not silence the others."""
        assert self.speech is not None
        try:
            return await self.speech.render(wording.in_full(says)), await self.speech.render(wording.in_brief(brief))
        except NotSpoken:
            able = [say for say in says if await self._can_say(say)]
            if len(able) in (0, len(says)):
                raise
            return await self._both(able, brief if brief.language == able[0].language else able[0])

    async def _can_say(self, say: Say) -> bool:
        assert self.speech is not None
        try:
            await self.speech.render((say,))
        except NotSpoken as why:
            log.error("the hall goes on without the language %s: %s", say.language, why)
            return False
        return True

    async def _sentence(self, tx: Tx, event: tables.Event) -> Sentence | None:
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
        languages = self._spoken_here(zone)
        told = tx.mall.pronunciations
        return Sentence(
            utterance=Utterance(
                call_seq=event.seq,
                zone_id=zone.id,
                ticket_id=ticket.id,
                counter_id=counter.id,
                calls=ticket.calls,
                text=words.caption(call, self.tongues[languages[0]]),
            ),
            says=tuple(wording.said(call, language, self.tongues, told) for language in languages),
            brief=wording.said(replace(call, tenant=None), languages[0], self.tongues, told),
        )

    def _spoken_here(self, zone: tables.Zone) -> list[str]:
        """List the languages of a zone that have a grammar."""
        here = [language for language in zone.languages if language in self.tongues]
        if len(here) < len(zone.languages):
            lost = ", ".join(language for language in zone.languages if language not in here)
            log.error("zone %s is not called in %s: there is no such grammar (docs/voice.md)", zone.code, lost)
        return here or [FALLBACK]
