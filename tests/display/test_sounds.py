"""From a call to its sound: each call found is put into the line of the voice, first ones first; on both databases."""

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from counters import actions as counters
from display import speech, tongues
from display.core.announcement import Speech
from display.sounds import Sounds
from display.tables import Announcement
from hardware.core.sound import Part, Sound
from tests.display.zone import SECONDS, Zone
from tests.logs import told
from tests.ticketing.deeds import act, look


async def test_a_hall_without_a_voice_puts_its_calls_aside(zone: Zone) -> None:
    sounds = Sounds(zone.db, None)
    await act(zone.db, zone.mall, partial(counters.call_next, code="L01"))
    assert await sounds.announce_new(zone.mall) == 1
    assert await sounds.announce_new(zone.mall) == 0
    assert await zone.states() == [Speech.LAPSED]
    assert await zone.now() is None


async def test_a_call_and_its_repeat_found_together_are_announced_once(zone: Zone) -> None:
    for step in (counters.call_next, counters.recall):
        await act(zone.db, zone.mall, partial(step, code="L01"))
    assert await Sounds(zone.db, None).announce_new(zone.mall) == 1
    rows = await look(zone.db, zone.mall, lambda tx: tx.session.scalars(select(Announcement)))
    assert [row.calls for row in rows] == [2]


async def test_the_sound_of_a_call_is_made_and_handed_out(zone: Zone, tmp_path: Path) -> None:
    sounds = Sounds(zone.db, speech.Speech(tmp_path / "voice"))
    try:
        await act(zone.db, zone.mall, partial(counters.call_next, code="L01"))
        assert await sounds.announce_new(zone.mall) == 1
        shown = await zone.now()
        assert shown is not None
        assert shown.sound is not None
        assert (await sounds.read(shown.sound.removeprefix("/api/sounds/")))[:4] == b"RIFF"
        assert shown.seconds > 3
    finally:
        await sounds.close()


async def test_a_language_without_a_voice_does_not_silence_the_others(
    zone: Zone, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    known = dict(tongues.load())
    known["id"] = replace(known["id"], voice="klingon")
    sounds = Sounds(zone.db, speech.Speech(tmp_path / "voice"), known)
    try:
        await act(zone.db, zone.mall, partial(counters.call_next, code="L01"))
        assert await sounds.announce_new(zone.mall) == 1
        shown = await zone.now()
        assert shown is not None
        assert shown.seconds is not None
        assert 8 < shown.seconds < 20, "the call is said twice, in the language that is left"
        assert "the hall goes on without the language id: no voice 'klingon'" in told(caplog, "display.sounds")
    finally:
        await sounds.close()


async def test_without_any_voice_the_boards_show_the_call_and_the_log_says_why(
    zone: Zone, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    known = {language: replace(tongue, voice="klingon") for language, tongue in tongues.load().items()}
    sounds = Sounds(zone.db, speech.Speech(tmp_path / "voice"), known)
    try:
        await act(zone.db, zone.mall, partial(counters.call_next, code="L01"))
        assert await sounds.announce_new(zone.mall) == 1
        assert await zone.states() == [Speech.LAPSED]
        assert "has no voice, the boards show it only" in told(caplog, "display.sounds")
    finally:
        await sounds.close()


async def test_a_language_whose_grammar_is_gone_is_left_out(
    zone: Zone, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sounds = Sounds(zone.db, None, {"id": tongues.load()["id"]})
    await act(zone.db, zone.mall, partial(counters.call_next, code="L01"))
    assert await sounds.announce_new(zone.mall) == 1
    assert "zone A is not called in en: there is no such grammar" in told(caplog, "display.sounds")


class Watching(speech.Speech):
    """Makes no sound, and notes how many calls are in line each time it is asked for one."""

    def __init__(self, folder: Path, zone: Zone) -> None:
        super().__init__(folder)
        self.zone, self.in_line = zone, list[int]()

    async def render(self, parts: tuple[Part, ...]) -> Sound:
        self.in_line.append(len(await self.zone.states()))
        return Sound(speech.key_of(parts), self.path("none"), SECONDS)


async def test_of_many_calls_the_first_is_in_line_before_the_next_is_made(zone: Zone, tmp_path: Path) -> None:
    made = Watching(tmp_path, zone)
    for counter in ("L01", "L02", "L03"):
        await act(zone.db, zone.mall, partial(counters.call_next, code=counter))
    sounds = Sounds(zone.db, made)
    assert await sounds.announce_new(zone.mall) == 3
    assert made.in_line == [0, 0, 1, 1, 2, 2]
    assert await sounds.announce_new(zone.mall) == 0
