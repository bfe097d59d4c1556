"""Work on finished sound: silence cut, loudness made even. Sixteen bits, one channel, RATE samples a second."""

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from operator import mul
from typing import TypeAlias

from hardware.core.sound import RATE

Samples: TypeAlias = "array[int]"
# In quotes: arrays take no brackets when the program runs.
FULL = 32_767
PEAK = 0.89
# Loudest sample of a finished sound (-1 dB): the loudspeaker's amplifier sets how loud that is.
LOUDNESS = 0.13
# Of the voice, as a share of full scale (about -18 dB): what espeak reaches without being bent.
KNEE = 0.6
# From here on peaks are bent, so that a recording with one hard sound is as loud as the rest.
MOST_GAIN = 30.0
# A recording that needs more is noise.
FRAME = 256
# Samples that are looked at together: about a hundredth of a second.
QUIET = 200
# Samples below it are silence, in a voice; in a loud recording a fiftieth of its peak is.


def silence(seconds: float) -> Samples:
    """Make silence."""
    return array("h", bytes(2 * round(seconds * RATE)))


def level(samples: Sequence[int], peak: float = PEAK) -> Samples:
    """Make the loudest sample `peak` of full scale; silence stays silence."""
    loudest = _loudest(samples)
    factor = peak * FULL / loudest if loudest else 1.0
    return array("h", (round(sample * factor) for sample in samples))


def trim(samples: Samples, keep: float = 0.05) -> Samples:
    """Cut the silence off both ends, but keep a moment of it, so that pauses are as long as they are told."""
    loud = [at for at, is_loud in enumerate(_loud(samples)) if is_loud]
    if not loud:
        return samples
    margin = round(keep * RATE)
    return samples[max(0, loud[0] * FRAME - margin) : (loud[-1] + 1) * FRAME + margin]


def even(samples: Samples) -> Samples:
    """Bring a voice to the loudness of the hall; what would be too loud then is bent, not cut."""
    loud = loudness(samples)
    if not loud:
        return samples
    bent = _bent(min(LOUDNESS / loud, MOST_GAIN), _loudest(samples))
    return array("h", map(bent.__getitem__, samples))


def loudness(samples: Samples) -> float:
    """Measure how loud the loud parts are on average (root mean square), as a share of full scale."""
    powers = sorted(sum(map(mul, frame, frame)) / len(frame) for frame in _frames(samples))
    usual = powers[round(0.9 * (len(powers) - 1))] if powers else 0.0  # a click or a cough is louder and does not count
    loud = [power for power in powers if power > usual / 100]
    return math.sqrt(sum(loud) / len(loud)) / FULL if loud else 0.0


def _bent(factor: float, loudest: int) -> "array[int]":
    """Make the table from sample to sample; negative ones count from its end, as Python's indices do."""
    room = PEAK - KNEE
    up = array("h", bytes(2 * (loudest + 1)))
    for sample in range(loudest + 1):
        value = sample * factor / FULL
        if value > KNEE:
            value = KNEE + room * math.tanh((value - KNEE) / room)
        up[sample] = round(value * FULL)
    return up + array("h", (-value for value in reversed(up[1:])))


def _loud(samples: Samples) -> Iterator[bool]:
    """Tell of each frame whether something is to be heard in it."""
    quiet = max(QUIET, _loudest(samples) // 50)
    return (_loudest(frame) > quiet for frame in _frames(samples))


def _frames(samples: Samples) -> Iterable[Samples]:
    return (samples[at : at + FRAME] for at in range(0, len(samples), FRAME))


def _loudest(samples: Sequence[int]) -> int:
    return max(max(samples), -min(samples)) if samples else 0
