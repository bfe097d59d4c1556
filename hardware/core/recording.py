"""Recordings: any plain WAV file as samples of our own rate, one channel.

The `wave` module of Python 3.11 reads neither floating point nor what editors call "extensible"; both are common.
Source: Microsoft, Multimedia Programming Interface and Data Specifications 1.0 (RIFF WAVE).
"""

import math
import struct
from array import array
from collections.abc import Iterator
from functools import lru_cache
from operator import mul

from hardware.core.samples import FULL, Samples
from hardware.core.sound import RATE, NotSound

INTEGERS, FLOATS, EXTENSIBLE = 1, 3, 0xFFFE
# Kinds of samples.
TAPS = 16
# On each side of a sample, when the rate is changed up; going down takes more, as the frequencies to be kept get fewer.
SLOWEST, FASTEST = 4_000, 192_000
# Samples a second that a recording of speech can have.


def decode(content: bytes) -> Samples:
    """Read a WAV file; raise NotSound with what to do."""
    chunks = dict(_chunks(content))
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE" or b"fmt " not in chunks or len(chunks[b"fmt "]) < 16:
        raise NotSound("this is not a WAV file; save the recording as WAV")
    kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunks[b"fmt "])
    if kind == EXTENSIBLE and len(chunks[b"fmt "]) >= 26:
        (kind,) = struct.unpack_from("<H", chunks[b"fmt "], 24)
    if (kind, bits) not in READERS or not 1 <= channels <= 8 or not SLOWEST <= rate <= FASTEST:
        raise NotSound(f"a WAV file of a kind that is not read ({kind}, {bits} bits); save it as 16 bit PCM")
    data = chunks.get(b"data", b"")
    whole = len(data) // (bits // 8 * channels) * (bits // 8 * channels)
    if not whole:
        raise NotSound("there is nothing in this recording")
    return resample(_mixed(READERS[kind, bits](data[:whole]), channels), rate)


def resample(samples: Samples, rate: int) -> Samples:
    """Change the rate to RATE by a windowed sinc: pitch and length stay, what our rate cannot hold is left out."""
    if rate == RATE:
        return samples
    shared = math.gcd(rate, RATE)
    step, phases = rate // shared, RATE // shared
    taps = TAPS * max(1, math.ceil(rate / RATE))
    padded = array("h", bytes(2 * taps)) + samples + array("h", bytes(2 * taps))
    made = array("h")
    for at in range(len(samples) * phases // step):
        whole, phase = divmod(at * step, phases)
        window = padded[whole + 1 : whole + 1 + 2 * taps]
        value = sum(map(mul, _kernel(phase, phases, taps, min(1.0, RATE / rate)), window))
        made.append(max(-FULL, min(FULL, round(value))))
    return made


@lru_cache(maxsize=1024)
def _kernel(phase: int, phases: int, taps: int, band: float) -> tuple[float, ...]:
    """Return the weights for a point that lies `phase / phases` after a sample; `band` is the share that is kept."""
    weights = []
    for tap in range(1 - taps, taps + 1):
        away = tap - phase / phases
        sinc = math.sin(math.pi * band * away) / (math.pi * away) if away else band
        weights.append(sinc * (0.5 + 0.5 * math.cos(math.pi * away / (taps + 1))))
    whole = sum(weights)
    return tuple(weight / whole for weight in weights)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(content):
        (length,) = struct.unpack_from("<I", content, at + 4)
        yield content[at : at + 4], content[at + 8 : at + 8 + length]  # a recorder that was cut off leaves it too long
        at += 8 + length + length % 2


def _mixed(samples: Samples, channels: int) -> Samples:
    if channels == 1:
        return samples
    sides = [samples[side::channels] for side in range(channels)]
    return array("h", (sum(moment) // channels for moment in zip(*sides, strict=True)))


def _bytes(data: bytes) -> Samples:
    return array("h", ((value - 128) * 256 for value in data))


def _words(data: bytes) -> Samples:
    return array("h", struct.unpack(f"<{len(data) // 2}h", data))


def _threes(data: bytes) -> Samples:
    """Keep the upper two of three bytes."""
    upper = bytearray(len(data) // 3 * 2)
    upper[0::2], upper[1::2] = data[1::3], data[2::3]
    return _words(bytes(upper))


def _longs(data: bytes) -> Samples:
    return array("h", (value >> 16 for value in struct.unpack(f"<{len(data) // 4}i", data)))


def _floats(data: bytes) -> Samples:
    return _shares(struct.unpack(f"<{len(data) // 4}f", data))


def _doubles(data: bytes) -> Samples:
    return _shares(struct.unpack(f"<{len(data) // 8}d", data))


def _shares(values: tuple[float, ...]) -> Samples:
    return array("h", (round(max(-1.0, min(1.0, value)) * FULL) if value == value else 0 for value in values))


READERS = {
    (INTEGERS, 8): _bytes,
    (INTEGERS, 16): _words,
    (INTEGERS, 24): _threes,
    (INTEGERS, 32): _longs,
    (FLOATS, 32): _floats,
    (FLOATS, 64): _doubles,
}
