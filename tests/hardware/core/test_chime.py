"""Sound made by numbers."""

import pytest

from hardware.core import chime
from hardware.core.sound import RATE, NotSound, wav_seconds


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


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a sound at all, but long enough to look like one"])
def test_what_is_not_a_sound_is_refused(content: bytes) -> None:
    with pytest.raises(NotSound):
        wav_seconds(content)
