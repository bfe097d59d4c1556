"""Sound made by numbers: the chime before a call."""

import cmath
import math

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
ATTACK, FADE = 0.004 * RATE, 0.15 * RATE
# Samples: without the first the start of a bell clicks, without the second the end of the chime.


def chime() -> Samples:
    """Strike two soft bells."""
    heard = [0.0] * round(CHIME_SECONDS * RATE)
    for note, start in NOTES:
        for multiple, strength, fading in PARTIALS:
            _strike(heard, round(start * RATE), note * multiple, strength, fading)
    last = len(heard)
    return level([round(10_000 * value * min(1.0, (last - at) / FADE)) for at, value in enumerate(heard)], CHIME_PEAK)


def _strike(heard: list[float], start: int, hertz: float, strength: float, fading: float) -> None:
    """Add a tone that dies away: a point that turns, and comes nearer to the middle with every sample."""
    turn = cmath.exp(complex(-fading, 2 * math.pi * hertz) / RATE)
    point = complex(strength)
    for at in range(start, len(heard)):
        heard[at] += point.imag * min(1.0, (at - start) / ATTACK)
        point *= turn
