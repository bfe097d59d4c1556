"""Spoken guidance at the kiosk: any text in the hall's voice, by a worker of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from display import tongues
from display.core.refused import NoVoice
from display.guide import Guide
from display.speech import Speech
from hardware.core.sound import wav_seconds
from ticketing.core.ids import MallId
from ticketing.db import Db

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest_asyncio.fixture
async def guide(db: Db, tmp_path: Path) -> AsyncIterator[Guide]:
    made = Guide(db, Speech(tmp_path / "guide"), tongues.load())
    yield made
    await made.close()


async def test_a_text_is_read_aloud_in_both_languages(guide: Guide, mall: MallId) -> None:
    number = await guide.read_aloud(mall, "Nomor antrean Anda B-012.", "id")
    assert number[:4] == b"RIFF"
    assert wav_seconds(number) > 1.5, "letters and zeros are spoken one by one"
    assert await guide.read_aloud(mall, "Your queue number is B-012.", "en") != number
    assert await guide.read_aloud(mall, "Nomor antrean Anda B-012.", "id") == number


async def test_what_cannot_be_spoken_is_refused(guide: Guide, mall: MallId, db: Db) -> None:
    with pytest.raises(NoVoice, match="nothing in this text"):
        await guide.read_aloud(mall, "(\u2026)", "id")
    with pytest.raises(NoVoice, match="does not speak now"):
        await Guide(db, None, tongues.load()).read_aloud(mall, "Halo", "id")
