"""What is to be heard: a sequence of parts, made into one sound."""

import io
import wave
from pathlib import Path
from typing import Annotated

import msgspec

from hardware.core.tongue import LANGUAGE

RATE = 22_050
# Samples a second, what the voice speaks in.


class Chime(msgspec.Struct, frozen=True, tag_field="type", tag="chime"):
    """Two soft bells, to make the hall listen."""


class Pause(msgspec.Struct, frozen=True, tag_field="type", tag="pause"):
    """Silence."""

    seconds: Annotated[float, msgspec.Meta(gt=0, le=10)]


class Say(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="say"):
    """Words in a voice.

    Args:
        language: the code of the language of the words, under which recordings lie.
        voice: espeak's name of a language, such as "id" or "en": how it reads them.
        pace: words a minute; a hall needs slow speech.
    """

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    language: Annotated[str, msgspec.Meta(pattern=LANGUAGE)] = "id"
    voice: str = "id"
    pace: Annotated[int, msgspec.Meta(ge=80, le=300)] = 140


Part = Chime | Pause | Say


class Sound(msgspec.Struct, frozen=True):
    """A finished sound: its key (a name for a file or an address), its file, its length."""

    key: str
    path: Path
    seconds: float


class NotSound(ValueError):
    """Bytes that are not a WAV file."""


def wav_seconds(content: bytes) -> float:
    """Tell how long a WAV file plays."""
    try:
        with wave.open(io.BytesIO(content)) as sound:
            return float(sound.getnframes() / sound.getframerate())
    except (wave.Error, EOFError, ZeroDivisionError) as error:
        raise NotSound(f"not a WAV file: {error}") from None
