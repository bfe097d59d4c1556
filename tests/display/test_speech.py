"""Sounds made to order by a real worker process, which may die or hang."""

import asyncio
import os
import signal
import time
from array import array
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from display.speech import LONGEST_KEPT, TIDY_EVERY, NotSpoken, Speech, key_of
from hardware.core.samples import LOUDNESS, loudness
from hardware.core.sound import RATE, Chime, Pause, Say, wav_seconds
from tests.hardware.recordings import pitch, record


@pytest_asyncio.fixture
async def speech(tmp_path: Path) -> AsyncIterator[Speech]:
    made = Speech(tmp_path / "sounds")
    yield made
    await made.aclose()


def words(number: int) -> tuple[Say, ...]:
    return (Say(text=f"nomor {number}"),)


def worker(speech: Speech) -> int:
    """Tell the worker's process id."""
    assert speech._worker is not None
    return speech._worker.pid


async def test_a_sound_has_a_key_a_file_and_its_true_length(speech: Speech) -> None:
    sound = await speech.render((Chime(), Say(text="Nomor antrean, be, nol dua belas."), Pause(0.5)))
    assert sound.path == speech.path(sound.key)
    assert sound.seconds == pytest.approx(wav_seconds(sound.path.read_bytes()))
    assert sound.seconds > 3


async def test_the_same_parts_are_made_once_even_when_asked_for_at_once(speech: Speech) -> None:
    first, second = await asyncio.gather(speech.render(words(1)), speech.render(words(1)))
    made = first.path.stat().st_ino
    assert first == second == await speech.render(words(1))
    assert first.path.stat().st_ino == made
    assert key_of(words(1)) != key_of(words(2))


async def test_a_sound_outlives_the_server(speech: Speech, tmp_path: Path) -> None:
    sound = await speech.render(words(1))
    later = Speech(tmp_path / "sounds")
    assert await later.render(words(1)) == sound
    assert later._worker is None
    await later.aclose()


async def test_a_broken_file_is_made_again(speech: Speech) -> None:
    sound = await speech.render(words(1))
    sound.path.write_bytes(b"RIFF")
    assert (await speech.render(words(1))).seconds == pytest.approx(sound.seconds, abs=0.2)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_worker_that_dies_or_hangs_is_replaced(
    speech: Speech, number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("display.speech.START_SECONDS", 8.0)  # a starved machine needs more than three to begin anew
    await speech.render(words(1))
    before = worker(speech)
    os.kill(before, number)
    assert (await speech.render(words(2))).seconds > 0.3
    assert worker(speech) != before


async def test_a_caller_who_gives_up_does_not_spoil_the_next(speech: Speech) -> None:
    await speech.render(words(1))
    before = worker(speech)
    given_up = asyncio.create_task(speech.render((Say(text="nomor " * 150),)))
    while not speech._turn.locked():  # noqa: ASYNC110 -- a lock tells nobody that it is taken
        await asyncio.sleep(0)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    with pytest.raises(ProcessLookupError):  # and no worker is left that nobody waits for
        os.kill(before, 0)
    assert 0.3 < (await speech.render(words(2))).seconds < 3


async def test_an_unknown_voice_is_refused(speech: Speech) -> None:
    with pytest.raises(NotSpoken, match="no voice 'klingon'"):
        await speech.render((Say(text="nuqneH", voice="klingon"),))


async def test_the_oldest_sounds_make_room(tmp_path: Path) -> None:
    speech = Speech(tmp_path, largest_cache=100_000)
    sounds = [await speech.render(words(number)) for number in range(5)]
    for age, sound in enumerate(reversed(sounds)):
        if sound.path.exists():
            os.utime(sound.path, (1_000_000 - age, 1_000_000 - age))
    newest = await speech.render(words(9))
    await speech.aclose()
    kept = {path.stem for path in tmp_path.glob("*.wav")}
    assert newest.key in kept
    assert sounds[0].key not in kept
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 100_000


async def test_sounds_that_nobody_asked_for_in_a_month_are_gone_after_a_start(speech: Speech, tmp_path: Path) -> None:
    old, new = [await speech.render(words(number)) for number in range(2)]
    month_ago = time.time() - LONGEST_KEPT.total_seconds() - 60
    os.utime(old.path, (month_ago, month_ago))
    later = Speech(tmp_path / "sounds")
    assert [path.stem for path in (tmp_path / "sounds").iterdir()] == [new.key]
    await later.aclose()


async def test_a_server_that_is_never_stopped_tidies_up_too(speech: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    old = await speech.render(words(1))
    month_ago = time.time() - LONGEST_KEPT.total_seconds() - 60
    os.utime(old.path, (month_ago, month_ago))
    await speech.render(words(2))
    assert old.path.exists()
    monkeypatch.setattr("display.speech.monotonic", lambda: time.monotonic() + TIDY_EVERY)
    await speech.render(words(3))
    assert not old.path.exists()


async def test_recordings_are_heard_and_a_new_one_makes_a_new_sound(tmp_path: Path) -> None:
    """The real process, with espeak for the one word that nobody recorded."""
    clips = tmp_path / "clips"
    record(clips, "id", "nomor antrean", "be", "loket", seconds=0.6)
    (clips / "id" / "loket.wav").write_bytes(b"broken")
    speech = Speech(tmp_path / "sounds", clips)
    parts = (Say(text="Nomor antrean, be, silakan menuju loket."),)
    first = await speech.render(parts)
    assert (await speech.render(parts)).key == first.key
    heard = array("h", first.path.read_bytes()[44:])
    assert pitch(heard[: round(0.5 * RATE)]) == pytest.approx(440, rel=0.01)
    assert pitch(heard[round(0.9 * RATE) : round(1.3 * RATE)]) == pytest.approx(440, rel=0.01)
    assert loudness(heard[round(1.6 * RATE) :]) == pytest.approx(LOUDNESS, rel=0.25)
    assert 2.4 < first.seconds < 4.5
    record(clips, "id", "be", seconds=1.6)
    second = await speech.render(parts)
    assert second.key != first.key
    assert second.seconds == pytest.approx(first.seconds + 1, abs=0.1)
    assert (await speech.render((Say(text="one", language="en", voice="en"),))).seconds < 1.5
    await speech.aclose()
