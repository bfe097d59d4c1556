"""A voice of recordings: a folder for each language, a WAV file for each word or row of words.

`clips/id/nomor antrean.wav` speaks "nomor antrean". What nobody recorded, or what cannot be read, another voice speaks.
"""

import logging
from array import array
from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace

from hardware.core import cutting, recording, samples
from hardware.core.samples import Samples
from hardware.core.sound import NotSound, Say
from hardware.speech.voice import NoVoice, Voice

log = logging.getLogger(__name__)

KEPT = 400
# Recordings that stay in memory, some 20 MB: those of one hall.
CLOSE = 0.02
# Seconds of silence that a recording keeps at its ends.


class Clips:
    """Speaks with recordings, and with `other` where there are none."""

    def __init__(self, folder: Path, other: Voice) -> None:
        self._folder, self._other = folder, other
        self._recording = lru_cache(maxsize=KEPT)(_recording)

    def say(self, words: Say) -> Samples:
        """Speak with the longest recordings there are."""
        files = self._files(words.language)
        said = array("h")
        pause = 0.0
        for piece in cutting.cut(words.text, files):
            said.extend(samples.silence(pause))
            said.extend(self._piece(words, piece, files.get(piece.text)))
            pause = piece.pause
        return said

    def _piece(self, words: Say, piece: cutting.Piece, file: Path | None) -> Samples:
        if piece.is_recorded and file is not None:
            try:
                state = file.stat()
                return self._recording(file, state.st_mtime_ns, state.st_size)
            except (OSError, NotSound, NoVoice) as fault:
                log.error("a recording is not used file=%s: %s", file, fault)
        return self._other.say(replace(words, text=piece.text))

    def _files(self, language: str) -> dict[str, Path]:
        folder = self._folder / language
        if not folder.is_dir():
            return {}
        return {
            phrase: folder / name for phrase, name in cutting.recorded(file.name for file in folder.iterdir()).items()
        }


def _recording(file: Path, changed: int, size: int) -> Samples:
    """Read a recording; `changed` and `size` make a new one of what was recorded anew."""
    del changed, size
    heard = samples.even(samples.trim(recording.decode(file.read_bytes()), CLOSE))
    if not samples.loudness(heard):
        raise NotSound("there is only silence in this recording")
    return heard
