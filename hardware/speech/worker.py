"""The speech worker: python -m hardware.speech.worker [CLIPS], one JSON line in, one JSON line out.

A process of its own, because the voice can hang, can crash, and is under another licence than we are.
"""

import logging
import os
import sys
import wave
from functools import lru_cache
from pathlib import Path
from typing import TextIO

import msgspec

from hardware.core import chime, samples
from hardware.core.samples import Samples
from hardware.core.sound import RATE, Chime, Part, Pause, Say
from hardware.core.speaking import Done, Failed, Order, Result
from hardware.speech.clips import Clips
from hardware.speech.espeak import Espeak
from hardware.speech.voice import NoneAtAll, NoVoice, Voice

log = logging.getLogger(__name__)


class Worker:
    """Makes sounds with one voice."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._chime = lru_cache(maxsize=1)(chime.chime)

    def answer(self, line: str) -> Result:
        """Carry out one order."""
        order = msgspec.json.decode(line, type=Order)
        try:
            made: dict[Part, Samples] = {}  # a sentence that is said again is spoken once
            sound = samples.silence(0)
            for part in order.parts:
                if part not in made:
                    made[part] = self._make(part)
                sound.extend(made[part])
            write(Path(order.path), sound)
        except (NoVoice, OSError) as error:
            return Failed(order.id, str(error))
        return Done(order.id, len(sound) / RATE)

    def _make(self, part: Part) -> Samples:
        match part:
            case Chime():
                return self._chime()
            case Pause():
                return samples.silence(part.seconds)
            case Say():
                return self._voice.say(part)


def write(path: Path, heard: Samples) -> None:
    """Write a WAV file, whole or not at all."""
    if not heard:
        raise OSError("there is nothing to be heard")
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        with part.open("wb") as file, wave.open(file, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(heard.tobytes())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def main() -> None:
    """Answer orders until standard input ends."""
    answers = _own_stdout()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    worker = Worker(voice(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
    for line in sys.stdin:
        answers.write(msgspec.json.encode(worker.answer(line)).decode() + "\n")


def voice(clips: Path | None) -> Voice:
    """Choose the voice: recordings where a folder of them is given, espeak for all else."""
    espeak: Voice
    try:
        espeak = Espeak()
    except (ImportError, OSError, RuntimeError) as error:
        log.error("espeak cannot be started: %s", error)
        espeak = NoneAtAll(f"espeak cannot be started ({error})")
    return Clips(clips, espeak) if clips else espeak


def _own_stdout() -> TextIO:
    """Keep standard output for answers: pyttsx3 prints on it."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    return answers


if __name__ == "__main__":
    main()
