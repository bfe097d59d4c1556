"""The voice that knows every word: espeak-ng through pyttsx3, with the library that comes as a wheel.

Source of the care taken here: pyttsx3 speaks English when it does not know a voice, sometimes gives an empty
file, and is not done when it says so. Only one thread of one process may use it.
"""

import ctypes
import os
import wave
from array import array
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import espeakng_loader  # type: ignore[import-untyped]  # it carries no types

from hardware.core import samples
from hardware.core.samples import Samples
from hardware.core.sound import RATE, Say
from hardware.speech.voice import NoVoice

TRIES = 4
# About one of a thousand comes out empty; four in a row do not.
LEAST_SECONDS = 0.15
# No word is shorter.


class Espeak:
    """One espeak engine, all languages."""

    def __init__(self) -> None:
        os.environ.setdefault("ESPEAK_DATA_PATH", espeakng_loader.get_data_path())
        # pyttsx3 opens libespeak-ng.so.1 by its name; the one from the wheel must be there before.
        ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
        import pyttsx3  # type: ignore[import-untyped]  # it carries no types
        from pyttsx3.drivers import _espeak  # type: ignore[import-untyped]  # it carries no types

        self._engine: Any = pyttsx3.init("espeak")
        self._espeak: Any = _espeak
        self.names = frozenset(str(voice.id).rpartition("/")[2] for voice in self._engine.getProperty("voices"))

    def say(self, words: Say) -> Samples:
        """Speak, whatever the words are."""
        text, voice = words.text, words.voice
        if voice not in self.names:
            raise NoVoice(f"no voice {voice!r}; there are {', '.join(sorted(self.names))}")
        with TemporaryDirectory(prefix="mpp-voice-") as folder:
            for _ in range(TRIES):
                said = self._once(text, voice, words.pace, Path(folder) / "said.wav")
                if len(said) > LEAST_SECONDS * RATE:
                    return samples.even(samples.trim(said))
        raise NoVoice(f"the voice {voice!r} stayed silent at {text!r}")

    def _once(self, text: str, voice: str, pace: int, path: Path) -> Samples:
        path.unlink(missing_ok=True)
        # Set by pyttsx3, the pace would now and then be dropped from espeak's queue by its own call of Cancel.
        self._espeak.SetParameter(self._espeak.RATE, pace, 0)
        self._espeak.Synchronize()
        self._engine.setProperty("voice", voice)  # waits in a queue until runAndWait
        self._engine.save_to_file(text, str(path))
        self._engine.runAndWait()
        self._espeak.Synchronize()
        if not str(self._engine.getProperty("voice")).endswith(f"/{voice}"):
            raise NoVoice(f"the voice {voice!r} was not taken")
        try:
            with wave.open(str(path)) as sound:
                return array("h", sound.readframes(sound.getnframes()))
        except (OSError, EOFError, wave.Error):
            return array("h")
