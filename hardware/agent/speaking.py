"""The speaker's agent: says one announcement after the other, and tells the server when each has ended."""

import asyncio
import logging
import re
from contextlib import suppress
from pathlib import Path

import msgspec

from hardware.agent.newest import Newest
from hardware.agent.pairing import Pairing
from hardware.agent.players import Player
from hardware.agent.server import FIRST_PAUSE, LONGEST_PAUSE, Clock, NoAnswer, Rejected, Server
from hardware.core.sound import NotSound, wav_seconds
from hardware.core.voice import Announcement, Duty, SpeakerView, duty

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
# How soon a lost command is tried again when no new view comes.
KEPT_SOUNDS = 300
# About a hundred megabytes: a day's calls repeat, but not for ever.
REMEMBERED = 1000
# Ids of announcements; older ones do not come again.


class SpeakAgent:
    """One speaker's agent."""

    def __init__(self, server: Server, pairing: Pairing, player: Player, state: Path) -> None:
        self._server, self._pairing, self._player = server, pairing, player
        self._sounds = state / "sounds"
        self._sounds.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._clock = Clock()
        self._view: Newest[SpeakerView] = Newest()
        self._asked: set[int] = set()
        self._refused: set[int] = set()
        self._played: set[int] = set()
        self._is_closing = False
        self.beats = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop; what is being said then is broken off, and its end is posted."""
        async with asyncio.TaskGroup() as group:
            follow = group.create_task(self._follow())
            work = group.create_task(self._work())
            await stop.wait()
            self._is_closing = True
            self._view.wake()
            for task in (follow, work):
                task.cancel()

    async def _follow(self) -> None:
        async for message in self._server.follow(self._path):
            if message is None:
                continue
            try:
                view = msgspec.json.decode(message, type=SpeakerView)
            except msgspec.DecodeError as error:
                log.error("a view cannot be read: update this agent why=%r", str(error))
                continue
            self._clock.set(view.at)
            self._view.set(view)

    async def _path(self) -> str:
        return f"/live/speakers/{await self._pairing.approved()}"

    async def _work(self) -> None:
        while not self._is_closing:
            self.beats += 1
            try:
                await self._one_step()
            except Exception:
                log.exception("the agent stumbled and goes on")
            await self._view.wait(LOOK_SECONDS)

    async def _one_step(self) -> None:
        said = self._view.value.now if self._view.value else None
        what = duty(said, self._clock.now(), asked=self._asked, refused=self._refused, played=self._played)
        if said is None or what is None:
            return
        match what:
            case Duty.START:
                if await self._start(said):
                    await self._say(said)
            case Duty.PLAY:
                await self._say(said)
            case Duty.END:
                log.warning("was broken off and is ended id=%d number=%s", said.id, said.number)
                self._played.add(said.id)
                await self._end(said)

    async def _start(self, said: Announcement) -> bool:
        """Tell the server that we begin; say whether we may."""
        try:
            await self._server.post(f"/api/announcements/{said.id}/start")
        except Rejected as error:
            log.info("not ours to say id=%d number=%s why=%s", said.id, said.number, error)
            self._refused.add(said.id)
            return False
        except NoAnswer as error:
            self._server.lost(str(error))
            self._asked.add(said.id)
            return False
        return True

    async def _say(self, said: Announcement) -> None:
        """Say it, and post the end whatever happens, so that the hall's voice goes on."""
        self._played.add(said.id)
        try:
            path = await self._fetch(said)
            if path is not None:
                log.info("saying id=%d number=%s counter=%s", said.id, said.number, said.counter)
                await self._player.play(path, f"{said.id:06}-{_plain(said.number)}")
        except OSError as error:
            log.error("cannot play id=%d number=%s why=%s", said.id, said.number, error)
        except asyncio.CancelledError:
            self._view.set(None)
            with suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await self._end(said)
            raise
        await self._end(said)

    async def _end(self, said: Announcement) -> None:
        """Post the end until the server has heard it."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self._server.post(f"/api/announcements/{said.id}/end")
            except Rejected as error:
                log.info("the end was not wanted id=%d why=%s", said.id, error)
            except NoAnswer as error:
                self._server.lost(str(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            self._forget()
            return

    async def _fetch(self, said: Announcement) -> Path | None:
        """Get the sound, from the last time or from the server; None if it cannot be had in time."""
        path = self._sounds / f"{_plain(Path(said.sound or '').stem)}.wav"
        pause = FIRST_PAUSE
        while not path.exists():
            try:
                content = await self._server.get(said.sound or "")
                wav_seconds(content)
                self._keep(path, content)
            except (Rejected, NotSound) as error:
                log.error("no sound to be had id=%d number=%s why=%s", said.id, said.number, error)
                return None
            except NoAnswer as error:
                self._server.lost(str(error))
                if self._clock.now() > said.expires_at:
                    return None
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        path.touch()
        return path

    def _keep(self, path: Path, content: bytes) -> None:
        """Keep a sound for the next time, and let the oldest go."""
        part = path.with_suffix(".part")
        part.write_bytes(content)
        part.replace(path)
        kept = sorted(self._sounds.glob("*.wav"), key=lambda sound: sound.stat().st_mtime)
        for old in kept[:-KEPT_SOUNDS]:
            old.unlink()

    def _forget(self) -> None:
        for ids in (self._asked, self._refused, self._played):
            for old in sorted(ids)[:-REMEMBERED]:
                ids.discard(old)


def _plain(name: str) -> str:
    """Make a name that can only be a file's name."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", name) or "_"
