"""The speech worker: python -m hardware.speech.worker, one JSON line in, one JSON line out.

A process of its own, because the voice can hang, can crash, and is under another licence than we are.
"""

import os
import sys
import wave
from functools import lru_cache
from pathlib import Path
from typing import TextIO

import msgspec

from hardware.core import chime
from hardware.core.chime import Samples
from hardware.core.sound import RATE, Chime, Part, Pause, Say
from hardware.core.speaking import Done, Failed, Order, Result
from hardware.speech.voice import NoVoice, Voice


class Worker:
    """Makes sounds with one voice engine."""

    def __init__(self) -> None:
        self._voice = Voice()
        self._chime = lru_cache(maxsize=1)(chime.chime)
        self._said = lru_cache(maxsize=64)(self._say)  # a repeated sentence is spoken once

    def answer(self, line: str) -> Result:
        """Carry out one order."""
        order = msgspec.json.decode(line, type=Order)
        try:
            sound = chime.silence(0)
            for part in order.parts:
                sound.extend(self._make(part))
            write(Path(order.path), sound)
        except (NoVoice, OSError) as error:
            return Failed(order.id, str(error))
        return Done(order.id, len(sound) / RATE)

    def _make(self, part: Part) -> Samples:
        match part:
            case Chime():
                return self._chime()
            case Pause():
                return chime.silence(part.seconds)
            case Say():
                return self._said(part)

    def _say(self, part: Say) -> Samples:
        return chime.level(chime.trim(self._voice.say(part.text, part.voice, part.pace)))


def write(path: Path, samples: Samples) -> None:
    """Write a WAV file, whole or not at all."""
    if not samples:
        raise OSError("there is nothing to be heard")
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        with part.open("wb") as file, wave.open(file, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(samples.tobytes())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def main() -> None:
    """Answer orders until standard input ends."""
    answers = _own_stdout()
    worker = Worker()
    for line in sys.stdin:
        answers.write(msgspec.json.encode(worker.answer(line)).decode() + "\n")


def _own_stdout() -> TextIO:
    """Keep standard output for answers: pyttsx3 prints on it."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    return answers


if __name__ == "__main__":
    main()
