"""Sound made by numbers."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.core import chime
from hardware.core.sound import RATE, NotSound, wav_seconds

samples = st.lists(st.integers(min_value=-32_768, max_value=32_767), max_size=300)


@given(samples)
def test_levelled_sound_is_as_loud_as_told(values: list[int]) -> None:
    levelled = chime.level(array("h", values))
    loudest = max((abs(value) for value in levelled), default=0)
    assert loudest == (round(chime.PEAK * 32_767) if any(values) else 0)


def test_the_chime_is_soft_and_ends_in_silence() -> None:
    struck = chime.chime()
    assert len(struck) == round(chime.CHIME_SECONDS * RATE)
    assert max(abs(value) for value in struck) == round(chime.CHIME_PEAK * 32_767)
    assert abs(struck[0]) < 50
    assert max(abs(value) for value in struck[-RATE // 100 :]) < 300


def test_the_chime_has_two_bells() -> None:
    struck = chime.chime()

    def loudness(start: float, end: float) -> int:
        return max(abs(value) for value in struck[round(start * RATE) : round(end * RATE)])

    assert loudness(0.42, 0.5) > loudness(0.32, 0.41)


def test_silence_at_both_ends_is_cut_to_a_moment() -> None:
    sound = chime.silence(1.0) + array("h", [5000] * RATE) + chime.silence(1.0)
    assert len(chime.trim(sound)) / RATE == pytest.approx(1.1, abs=0.01)
    assert chime.trim(chime.silence(0.5)) == chime.silence(0.5)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a sound at all, but long enough to look like one"])
def test_what_is_not_a_sound_is_refused(content: bytes) -> None:
    with pytest.raises(NotSound):
        wav_seconds(content)
