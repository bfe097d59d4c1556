"""Recordings of every kind become samples of our rate: as long, as high, as loud."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.core import recording
from hardware.core.samples import loudness
from hardware.core.sound import RATE, NotSound
from tests.hardware.recordings import FLOAT, PCM, pitch, wav

KINDS = [(PCM, 8), (PCM, 16), (PCM, 24), (PCM, 32), (FLOAT, 32), (FLOAT, 64)]


@pytest.mark.parametrize(("kind", "bits"), KINDS)
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("extensible", [False, True])
def test_every_kind_of_sample_is_read(kind: int, bits: int, channels: int, extensible: bool) -> None:
    heard = recording.decode(wav(kind=kind, bits=bits, channels=channels, extensible=extensible))
    assert len(heard) == round(0.4 * RATE)
    assert max(heard) == pytest.approx(0.5 * 32_767, rel=0.02)
    assert pitch(heard) == pytest.approx(440, rel=0.005)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("hertz", [150, 1_000, 3_500])
def test_a_changed_rate_keeps_length_pitch_and_loudness(rate: int, hertz: int) -> None:
    heard = recording.decode(wav(rate=rate, hertz=hertz))
    assert len(heard) / RATE == pytest.approx(0.4, abs=0.001)
    assert pitch(heard) == pytest.approx(hertz, rel=0.01)
    assert loudness(heard) == pytest.approx(0.5 / 2**0.5, rel=0.05)


def test_what_our_rate_cannot_hold_is_left_out_and_does_not_come_back_lower() -> None:
    assert loudness(recording.decode(wav(rate=48_000, hertz=16_000))) < 0.5 / 2**0.5 / 100


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a WAV file"),
        (b"ID3 this is an MP3 file in disguise", "not a WAV file"),
        (wav()[:20], "not a WAV file"),
        (wav()[:56], "nothing in this recording"),
        (wav(kind=6, bits=8), "save it as 16 bit PCM"),
        (wav(rate=2_000), "save it as 16 bit PCM"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content: bytes, reason: str) -> None:
    with pytest.raises(NotSound, match=reason):
        recording.decode(content)


def test_a_recording_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = wav()
    assert len(recording.decode(whole[:-2_001])) == round(0.4 * RATE) - 1_001


@given(st.binary(max_size=200), st.integers(0, 100))
def test_a_damaged_file_is_read_or_refused(damage: bytes, at: int) -> None:
    whole = wav(seconds=0.01)
    with suppress(NotSound):
        recording.decode(whole[:at] + damage + whole[at + len(damage) :])
