"""The voice of recordings: the longest are used, the rest is spoken by the other voice, equally loud."""

import math
from array import array
from pathlib import Path

import msgspec
import pytest

from hardware.core import samples
from hardware.core.samples import LOUDNESS, Samples, loudness
from hardware.core.sound import RATE, Say
from hardware.core.speaking import Done, Order
from hardware.speech import worker
from hardware.speech.clips import Clips
from hardware.speech.voice import NoneAtAll, NoVoice
from tests.hardware.recordings import pitch, record, wav
from tests.logs import told

CALL = Say(text="Nomor antrean, be, dua belas, Samsat.")
OTHER_HERTZ = 200.0
OTHER_SECONDS = 0.5


class Hum:
    """A voice that hums whatever it is told, for as long each time, and remembers it."""

    def __init__(self) -> None:
        self.told: list[Say] = []

    def say(self, words: Say) -> Samples:
        self.told.append(words)
        tone = (2_000 * math.sin(2 * math.pi * OTHER_HERTZ * at / RATE) for at in range(round(OTHER_SECONDS * RATE)))
        return samples.even(array("h", map(round, tone)))


def test_with_every_word_recorded_nobody_else_speaks_and_the_lengths_add_up(tmp_path: Path) -> None:
    record(tmp_path, "id", "nomor antrean", "be", "dua belas", "samsat", seconds=0.4)
    other = Hum()
    said = Clips(tmp_path, other).say(CALL)
    assert other.told == []
    assert len(said) / RATE == pytest.approx(4 * 0.4 + 3 * 0.2, abs=0.06)
    assert pitch(said[: RATE // 4]) == pytest.approx(440, rel=0.01)


def test_what_is_missing_is_spoken_by_the_other_voice_and_equally_loud(tmp_path: Path) -> None:
    record(tmp_path, "id", "nomor antrean", "dua belas")
    other = Hum()
    said = Clips(tmp_path, other).say(CALL)
    assert [words.text for words in other.told] == ["be,", "Samsat."]
    assert len(said) / RATE == pytest.approx(2 * 0.4 + 2 * OTHER_SECONDS + 3 * 0.2, abs=0.06)
    parts = (said[: RATE // 4], said[round(0.65 * RATE) : round(1.0 * RATE)])
    assert [round(pitch(part), -1) for part in parts] == [440, 200]
    assert [loudness(part) for part in parts] == pytest.approx([LOUDNESS, LOUDNESS], rel=0.05)


def test_without_any_recording_of_its_words_a_sentence_is_spoken_as_one(tmp_path: Path) -> None:
    record(tmp_path, "en", "dua belas")
    other = Hum()
    Clips(tmp_path, other).say(CALL)
    assert other.told == [CALL]


@pytest.mark.parametrize("content", [b"ID3", wav(strength=0), wav(bits=8, kind=6)])
def test_a_broken_recording_is_named_and_spoken_by_the_other_voice(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    record(tmp_path, "id", "nomor antrean", "be")
    (tmp_path / "id" / "be.wav").write_bytes(content)
    other = Hum()
    Clips(tmp_path, other).say(CALL)
    assert [words.text for words in other.told] == ["be", "dua belas, Samsat."]
    assert f"file={tmp_path / 'id' / 'be.wav'}" in told(caplog, "hardware.speech.clips")


def test_a_word_recorded_anew_is_heard_anew(tmp_path: Path) -> None:
    record(tmp_path, "id", "be")
    clips = Clips(tmp_path, Hum())
    assert pitch(clips.say(Say(text="be"))) == pytest.approx(440, rel=0.01)
    record(tmp_path, "id", "be", hertz=600, seconds=0.5)
    assert pitch(clips.say(Say(text="be"))) == pytest.approx(600, rel=0.01)


def test_recordings_are_enough_where_espeak_cannot_be_started(tmp_path: Path) -> None:
    record(tmp_path, "id", "be", "dua")
    clips = Clips(tmp_path, NoneAtAll("no library"))
    assert clips.say(Say(text="be, dua"))
    with pytest.raises(NoVoice, match="'tiga' cannot be spoken: no library"):
        clips.say(Say(text="be, tiga"))


def test_a_sentence_that_is_said_again_is_made_once(tmp_path: Path) -> None:
    other = Hum()
    order = Order(1, str(tmp_path / "x.wav"), (CALL, CALL))
    answer = worker.Worker(other).answer(msgspec.json.encode(order).decode())
    assert isinstance(answer, Done)
    assert answer.seconds == pytest.approx(2 * OTHER_SECONDS)
    assert other.told == [CALL]
