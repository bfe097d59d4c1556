"""Sound made by numbers: the chime before a call."""

import math
from array import array

from hardware.core.samples import Samples, level
from hardware.core.sound import RATE

CHIME_PEAK = 0.45
# Softer than the words: it wakes, it does not frighten.
NOTES = ((659.26, 0.0), (523.25, 0.42))
# E5, then C5 from 0.42 s on: a falling third, as doorbells have it.
PARTIALS = ((1.0, 1.0, 2.6), (2.0, 0.32, 3.6), (3.01, 0.12, 5.5), (4.23, 0.05, 8.0))
# Of a small bell: multiple of the note, strength, how fast it dies away.
CHIME_SECONDS = 1.2
# The second bell has died away to an eighth; longer would be heard too, but 16 calls in a row share two minutes.
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
