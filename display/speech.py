"""Sounds made to order, and kept: the server's side of the speech worker.

One worker process makes one sound after the other; it is replaced when it dies or hangs. A sound that was
made before is not made again.
"""

import asyncio
import hashlib
import logging
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from time import monotonic

import msgspec

from hardware.core.sound import Part, Say, Sound, wav_seconds
from hardware.core.speaking import Done, Order, Result
from ticketing.clock import Clock

log = logging.getLogger(__name__)

LARGEST_CACHE = 300_000_000
# Bytes; some four hundred calls in full and in brief, more than most halls have in a day.
LONGEST_KEPT = timedelta(days=30)
# A sound that was not asked for so long is not the sound of any number of these days.
TIDY_EVERY = 24 * 3600.0
# Seconds between two looks for such sounds.
START_SECONDS = 10.0
# The voice needs a tenth of a second to start; a busy machine more.
SECONDS_A_CHARACTER = 0.02
# Fifteen times what a slow machine was seen to need.
MAKING = "2"
# Part of every key: change it when the same parts are to sound different.


class NotSpoken(Exception):
    """The sound could not be made; the text says why."""


class Speech:
    """Makes and keeps sounds in a folder.

    Args:
        folder: where the sounds are kept; nothing else may lie there.
        clips: where recordings lie, a folder for each language; None is the synthetic voice alone.
        largest_cache: bytes; the oldest sounds go when there are more.
    """

    def __init__(self, folder: Path, clips: Path | None = None, *, largest_cache: int = LARGEST_CACHE) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("*.part"):
            left.unlink()
        self._folder, self._clips, self._largest = folder, clips, largest_cache
        self._size = self._tidy()
        self._tidy_at = monotonic() + TIDY_EVERY
        self._worker: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._ids = count(1)

    async def render(self, parts: tuple[Part, ...]) -> Sound:
        """Give the sound of these parts, made now if it was not before; raise NotSpoken if it cannot be."""
        key = key_of(parts, await asyncio.to_thread(_stamp, self._clips, parts))
        if (kept := self._kept(key)) is not None:
            return kept
        async with self._turn:
            if (kept := self._kept(key)) is not None:  # made while we waited for our turn
                return kept
            seconds = await self._make(self.path(key), parts)
            self._size += self.path(key).stat().st_size
            if self._size > self._largest or monotonic() > self._tidy_at:
                self._size = await asyncio.to_thread(self._tidy, key)
                self._tidy_at = monotonic() + TIDY_EVERY
            return Sound(key, self.path(key), seconds)

    def path(self, key: str) -> Path:
        """Say where the sound with this key lies, if it was made."""
        return self._folder / f"{key}.wav"

    async def aclose(self) -> None:
        """Send the worker home."""
        async with self._turn:
            await self._stop()

    def _kept(self, key: str) -> Sound | None:
        path = self.path(key)
        try:
            seconds = wav_seconds(path.read_bytes())
            path.touch()
        except (FileNotFoundError, ValueError):
            return None
        return Sound(key, path, seconds)

    async def _make(self, path: Path, parts: tuple[Part, ...]) -> float:
        """Have the worker make a sound; a worker that died or hangs is replaced, and asked once more."""
        order = Order(next(self._ids), str(path), parts)
        for is_last in (False, True):
            try:
                async with asyncio.timeout(START_SECONDS + SECONDS_A_CHARACTER * _characters(parts)):
                    result = await self._ask(order)
            except (TimeoutError, OSError, EOFError, msgspec.DecodeError) as error:
                log.warning("the speech worker is replaced why=%s", type(error).__name__)
                await self._stop(kill=True)
                if is_last:
                    raise NotSpoken("the speech worker does not work; see the server's log") from error
            except asyncio.CancelledError:
                await self._stop(kill=True)  # its answer would be taken for the next order's
                raise
            else:
                if isinstance(result, Done):
                    return result.seconds
                raise NotSpoken(result.why)
        raise AssertionError("unreachable")

    async def _ask(self, order: Order) -> Result:
        if self._worker is None or self._worker.returncode is not None:
            self._worker = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "hardware.speech.worker",
                *([str(self._clips)] if self._clips else []),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        worker = self._worker
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(msgspec.json.encode(order) + b"\n")
        await worker.stdin.drain()
        line = await worker.stdout.readline()
        if not line:
            raise EOFError
        result: Result = msgspec.json.decode(line, type=Result)
        if result.id != order.id:
            raise EOFError
        return result

    async def _stop(self, *, kill: bool = False) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        if worker.stdin is not None:
            worker.stdin.close()
        if not kill:
            with suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await worker.wait()
        if worker.returncode is None:
            with suppress(ProcessLookupError):
                worker.kill()
            await worker.wait()

    def _tidy(self, newest: str | None = None) -> int:
        """Let the sounds go that were not asked for the longest time; return the bytes of those that stay."""
        kept = sorted(_sized(self._folder.glob("*.wav")))
        total = sum(size for _, size, _ in kept)
        oldest = (Clock().real() - LONGEST_KEPT).timestamp()
        for asked_at, size, path in kept:
            if path.stem != newest and (total > self._largest or asked_at < oldest):
                path.unlink(missing_ok=True)
                total -= size
        return total


def key_of(parts: tuple[Part, ...], stamp: str = "") -> str:
    """Name a sound by all that it is made of; `stamp` tells the recordings apart."""
    return hashlib.sha256(f"{MAKING}{stamp}".encode() + msgspec.json.encode(parts)).hexdigest()[:32]


def _stamp(clips: Path | None, parts: tuple[Part, ...]) -> str:
    """Tell which recordings there are for the languages of a sound, and when each was made."""
    if clips is None:
        return ""
    languages = sorted({part.language for part in parts if isinstance(part, Say)})
    files = sorted(file for language in languages for file in (clips / language).glob("*.*"))
    return "".join(f"{file}:{state.st_mtime_ns}:{state.st_size}\n" for file in files for state in (file.stat(),))


def _characters(parts: tuple[Part, ...]) -> int:
    return sum(len(part.text) for part in parts if isinstance(part, Say))


def _sized(paths: Iterable[Path]) -> Iterable[tuple[float, int, Path]]:
    return ((state.st_mtime, state.st_size, path) for path in paths for state in (path.stat(),))
