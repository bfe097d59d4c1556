"""The speech worker as a process, and in hand."""

import subprocess
import sys
from array import array
from pathlib import Path

import msgspec
import pytest

from hardware.core.chime import CHIME_SECONDS
from hardware.core.samples import LOUDNESS, PEAK, loudness
from hardware.core.sound import RATE, Chime, Part, Pause, Say, wav_seconds
from hardware.core.speaking import Done, Failed, Order, Result
from hardware.speech import worker

SENTENCE = Say(text="Nomor antrean, be, nol dua belas, silakan menuju loket lima.")
ENGLISH = Say(text="Queue number, bee, zero twelve, please go to counter five.", language="en", voice="en")


def ask(*orders: Order) -> list[Result]:
    """Give orders to a worker of our own, all at once, and read its answers."""
    lines = b"".join(msgspec.json.encode(order) + b"\n" for order in orders)
    run = subprocess.run(
        [sys.executable, "-m", "hardware.speech.worker"], input=lines, capture_output=True, check=True, timeout=60
    )
    return [msgspec.json.decode(line, type=Result) for line in run.stdout.splitlines()]


def samples(path: Path) -> "array[int]":
    return array("h", path.read_bytes()[44:])


def test_the_length_told_is_the_length_of_the_file(tmp_path: Path) -> None:
    parts: list[tuple[Part, ...]] = [
        (Chime(),),
        (SENTENCE,),
        (Chime(), SENTENCE, Pause(1.0), SENTENCE, Pause(0.5), ENGLISH),
        (Pause(0.25),),
    ]
    answers = ask(*(Order(number, str(tmp_path / f"{number}.wav"), of) for number, of in enumerate(parts)))
    seconds = []
    for number, answer in enumerate(answers):
        assert isinstance(answer, Done)
        assert answer.id == number
        assert answer.seconds == pytest.approx(wav_seconds((tmp_path / f"{number}.wav").read_bytes()))
        seconds.append(answer.seconds)
    assert seconds[0] == pytest.approx(CHIME_SECONDS, abs=0.01)
    assert 2.5 < seconds[1] < 8
    assert seconds[2] == pytest.approx(seconds[0] + 2 * seconds[1] + 1.5 + 4.5, abs=2.5)
    assert seconds[3] == pytest.approx(0.25, abs=0.001)
    assert not list(tmp_path.glob("*.part"))


def test_both_languages_are_equally_loud_and_the_pause_is_silent(tmp_path: Path) -> None:
    ask(Order(1, str(tmp_path / "x.wav"), (SENTENCE, Pause(1.0), ENGLISH)))
    heard = samples(tmp_path / "x.wav")
    assert 0.5 * 32_767 < max(abs(sample) for sample in heard) <= round(PEAK * 32_767)
    for half in (heard[: len(heard) // 2], heard[len(heard) // 2 :]):
        assert loudness(half) == pytest.approx(LOUDNESS, rel=0.1)
    quiet, longest = 0, 0
    for sample in heard:
        quiet = 0 if abs(sample) > 300 else quiet + 1
        longest = max(longest, quiet)
    assert 0.9 < longest / RATE < 1.4


def test_what_cannot_be_done_is_said_and_the_worker_goes_on(tmp_path: Path) -> None:
    unknown, nowhere, nothing, fine = ask(
        Order(1, str(tmp_path / "1.wav"), (Say(text="nuqneH", voice="klingon"),)),
        Order(2, "/no/such/folder/2.wav", (SENTENCE,)),
        Order(3, str(tmp_path / "3.wav"), (Say(text=" "),)),
        Order(4, str(tmp_path / "4.wav"), (SENTENCE,)),
    )
    assert isinstance(unknown, Failed)
    assert unknown.why.startswith("no voice 'klingon'; there are")
    assert isinstance(nowhere, Failed)
    assert isinstance(nothing, Failed)
    assert "stayed silent" in nothing.why
    assert isinstance(fine, Done)
    assert [path.name for path in tmp_path.iterdir()] == ["4.wav"]


def test_many_renders_are_never_empty(tmp_path: Path) -> None:
    orders = [Order(number, str(tmp_path / "x.wav"), (Say(text=f"nomor {number}, {number}"),)) for number in range(25)]
    answers = ask(*orders)
    assert all(isinstance(answer, Done) and answer.seconds > 0.4 for answer in answers)
    assert len(answers) == 25


def test_silence_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nothing to be heard"):
        worker.write(tmp_path / "x.wav", array("h"))
    assert not list(tmp_path.iterdir())
