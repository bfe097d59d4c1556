"""Sound made by numbers: the chime before a call, and the joining of pieces at one loudness."""

import math
from array import array
from collections.abc import Sequence
from typing import TypeAlias

from hardware.core.sound import RATE

Samples: TypeAlias = "array[int]"
# Sixteen bits each, one channel. (In quotes: arrays take no brackets when the program runs.)
PEAK = 0.89
# Loudest sample of a finished sound (-1 dB): the loudspeaker's amplifier sets how loud that is.
CHIME_PEAK = 0.45
# Softer than the words: it wakes, it does not frighten.
NOTES = ((659.26, 0.0), (523.25, 0.42))
# E5, then C5 from 0.42 s on: a falling third, as doorbells have it.
PARTIALS = ((1.0, 1.0, 2.6), (2.0, 0.32, 3.6), (3.01, 0.12, 5.5), (4.23, 0.05, 8.0))
# Of a small bell: multiple of the note, strength, how fast it dies away.
CHIME_SECONDS = 1.5
# The second bell has died away to a fiftieth.
ATTACK_SECONDS = 0.004
# Without it the start of a bell clicks.


def chime() -> Samples:
    """Strike two soft bells."""
    return level(
        array("h", (round(10_000 * _bells(at / RATE)) for at in range(round(CHIME_SECONDS * RATE)))),
        CHIME_PEAK,
    )


def _bells(at: float) -> float:
    left = CHIME_SECONDS - at
    fade = min(1.0, left / 0.15)
    return fade * sum(_bell(note, at - start) for note, start in NOTES if at >= start)


def _bell(note: float, at: float) -> float:
    attack = min(1.0, at / ATTACK_SECONDS)
    return attack * sum(
        strength * math.exp(-fading * at) * math.sin(2 * math.pi * note * multiple * at)
        for multiple, strength, fading in PARTIALS
    )


def silence(seconds: float) -> Samples:
    """Make silence."""
    return array("h", bytes(2 * round(seconds * RATE)))


def level(samples: Sequence[int], peak: float = PEAK) -> Samples:
    """Make the loudest sample `peak` of full scale; silence stays silence."""
    loudest = max((abs(sample) for sample in samples), default=0)
    factor = peak * 32_767 / loudest if loudest else 1.0
    return array("h", (round(sample * factor) for sample in samples))


def trim(samples: Samples, quiet: int = 200, keep: float = 0.05) -> Samples:
    """Cut the silence off both ends, but keep a moment of it, so that pauses are as long as they are told."""
    loud = [at for at in range(0, len(samples), 64) if abs(samples[at]) > quiet]
    if not loud:
        return samples
    margin = round(keep * RATE)
    return samples[max(0, loud[0] - margin) : loud[-1] + 64 + margin]
