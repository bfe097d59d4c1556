"""Where sound goes: the sound card by aplay, or a folder, where it can be looked at."""

import asyncio
import logging
import shutil
from pathlib import Path
from typing import Protocol

from hardware.core.sound import wav_seconds

log = logging.getLogger(__name__)

GRACE_SECONDS = 10.0
# A sound card may wake up slowly; one that hangs must not silence the hall.


class Player(Protocol):
    """Plays one sound and returns at its end."""

    async def play(self, path: Path, name: str) -> None:
        """Play a WAV file; `name` says what it is."""


class AplayPlayer:
    """Plays on a sound card with aplay (alsa-utils)."""

    def __init__(self, device: str) -> None:
        self._arguments = ["-q", *(["-D", device] if device else [])]

    async def play(self, path: Path, name: str) -> None:
        """Play, and end the program if it outlasts the sound."""
        seconds = _seconds(path)
        program = await asyncio.create_subprocess_exec(
            "aplay", *self._arguments, str(path), stdin=asyncio.subprocess.DEVNULL
        )
        try:
            async with asyncio.timeout(seconds + GRACE_SECONDS):
                code = await program.wait()
            if code:
                log.error("aplay failed code=%d sound=%s: check the device with aplay -L", code, name)
        except TimeoutError:
            log.error("aplay did not come to an end sound=%s", name)
        finally:
            if program.returncode is None:
                program.kill()
                await program.wait()


class FolderPlayer:
    """Copies each sound into a folder, and takes as long as playing would."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    async def play(self, path: Path, name: str) -> None:
        """Copy, and wait for the length of the sound."""
        seconds = _seconds(path)
        part = self._folder / f"{name}.part"
        shutil.copyfile(path, part)
        part.replace(self._folder / f"{name}.wav")
        await asyncio.sleep(seconds)


def player(text: str) -> Player:
    """Read "aplay", "aplay:DEVICE" or "file:FOLDER"; raise ValueError with an advice otherwise."""
    kind, _, rest = text.partition(":")
    match kind:
        case "aplay":
            return AplayPlayer(rest)
        case "file" if rest:
            return FolderPlayer(Path(rest))
        case _:
            raise ValueError(f"{text!r}: write aplay, aplay:DEVICE or file:FOLDER")


def _seconds(path: Path) -> float:
    return wav_seconds(path.read_bytes())
