"""Finished sound: silence cut, loudness made even."""

import math
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.core import samples
from hardware.core.sound import RATE

sounds = st.lists(st.integers(min_value=-32_768, max_value=32_767), max_size=300)


def tone(strength: float, seconds: float = 0.5) -> "array[int]":
    return array("h", (round(strength * math.sin(at / 10)) for at in range(round(seconds * RATE))))


@given(sounds)
def test_levelled_sound_is_as_loud_as_told(values: list[int]) -> None:
    levelled = samples.level(array("h", values))
    loudest = max((abs(value) for value in levelled), default=0)
    assert loudest == (round(samples.PEAK * 32_767) if any(values) else 0)


def test_silence_at_both_ends_is_cut_to_a_moment() -> None:
    sound = samples.silence(1.0) + array("h", [5000] * RATE) + samples.silence(1.0)
    assert len(samples.trim(sound)) / RATE == pytest.approx(1.1, abs=0.02)
    assert samples.trim(samples.silence(0.5)) == samples.silence(0.5)


@pytest.mark.parametrize("strength", [400, 3_000, 12_000, 32_000])
def test_soft_and_loud_voices_become_equally_loud(strength: float) -> None:
    assert samples.loudness(samples.even(tone(strength))) == pytest.approx(samples.LOUDNESS, rel=0.02)


def test_pauses_do_not_count_as_soft() -> None:
    broken = tone(9_000) + samples.silence(2) + tone(9_000)
    assert samples.loudness(broken) == pytest.approx(samples.loudness(tone(9_000)), rel=0.02)


def test_one_hard_sound_does_not_make_the_rest_soft_and_is_not_cut_off() -> None:
    sound = tone(1_000, 2)
    sound[5_000:5_040] = array("h", [32_000] * 40)
    heard = samples.even(sound)
    assert samples.loudness(heard) == pytest.approx(samples.LOUDNESS, rel=0.5)
    assert samples.KNEE * 32_767 < max(heard) <= round(samples.PEAK * 32_767)


@given(sounds)
def test_even_sound_is_never_too_loud_and_as_long_as_before(values: list[int]) -> None:
    heard = samples.even(array("h", values))
    assert len(heard) == len(values)
    assert max((abs(value) for value in heard), default=0) <= max(samples.PEAK, samples.KNEE) * 32_767 + 1
