"""Recordings made by numbers: WAV files of every kind, and what is heard in them."""

import math
import struct
from array import array
from itertools import pairwise
from pathlib import Path

from hardware.core.sound import RATE

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE


def wav(
    *,
    rate: int = RATE,
    bits: int = 16,
    kind: int = PCM,
    channels: int = 1,
    hertz: float = 440.0,
    seconds: float = 0.4,
    strength: float = 0.5,
    extensible: bool = False,
) -> bytes:
    """Record a tone."""
    moments = [strength * math.sin(2 * math.pi * hertz * at / rate) for at in range(round(seconds * rate))]
    data = b"".join(_sample(moment, kind, bits) * channels for moment in moments)
    form = struct.pack("<HHIIHH", kind, channels, rate, rate * channels * bits // 8, channels * bits // 8, bits)
    if extensible:
        form = struct.pack("<H", EXTENSIBLE) + form[2:] + struct.pack("<HHIH14x", 22, bits, 0, kind)
    chunks = b"LIST" + struct.pack("<I", 3) + b"abc\0" + b"fmt " + struct.pack("<I", len(form)) + form
    chunks += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _sample(moment: float, kind: int, bits: int) -> bytes:
    if kind == FLOAT:
        return struct.pack("<f" if bits == 32 else "<d", moment)
    if bits == 8:
        return struct.pack("<B", round(moment * 127) + 128)
    largest: int = 2 ** (bits - 1) - 1
    return round(moment * largest).to_bytes(bits // 8, "little", signed=True)


def record(folder: Path, language: str, *phrases: str, hertz: float = 440.0, seconds: float = 0.4) -> None:
    """Put a recording of each phrase into a folder of clips."""
    (folder / language).mkdir(parents=True, exist_ok=True)
    for phrase in phrases:
        (folder / language / f"{phrase}.wav").write_bytes(wav(hertz=hertz, seconds=seconds))


def pitch(heard: "array[int]") -> float:
    """Count how often a tone comes up through zero in a second."""
    ups = [at for at, (before, after) in enumerate(pairwise(heard)) if before < 0 <= after]
    return (len(ups) - 1) * RATE / (ups[-1] - ups[0])
