"""The speaker's agent between a real server and a folder, or aplay without a sound card."""

import asyncio
import os
import stat
import time
from array import array
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from hardware.agent.pairing import Pairing
from hardware.agent.players import AplayPlayer, FolderPlayer, Player, player
from hardware.agent.server import Server
from hardware.agent.speaking import SpeakAgent
from hardware.core.sound import RATE
from hardware.speech import worker
from tests.hardware.stub import LOST, NO, StubServer
from tests.logs import told

LENGTH = 0.4
# Seconds of the sounds here.


@pytest.fixture
def sound(tmp_path: Path) -> bytes:
    path = tmp_path / "sound.wav"
    worker.write(path, array("h", [1000] * round(LENGTH * RATE)))
    return path.read_bytes()


@pytest_asyncio.fixture
async def mall(sound: bytes) -> AsyncIterator[StubServer]:
    async with StubServer() as stub:
        stub.sounds = {f"/api/sounds/x{number}.wav": sound for number in (1, 2)}
        yield stub


@asynccontextmanager
async def speaking(mall: StubServer, sink: Player, state: Path) -> AsyncIterator[asyncio.Event]:
    """Run a speaker's agent; the event stops it."""
    server = Server(mall.address)
    stop = asyncio.Event()
    agent = SpeakAgent(server, Pairing(server, state, "speaker", ask_seconds=0.05), sink, state)
    work = asyncio.create_task(agent.run(stop))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(60):
            await work
        await server.close()


def names(mall: StubServer) -> list[str]:
    return [path.removeprefix("/api/announcements/") for path, _ in mall.commands]


async def test_a_call_is_started_played_in_full_and_ended(mall: StubServer, sound: bytes, tmp_path: Path) -> None:
    mall.say(number=1)
    async with speaking(mall, FolderPlayer(tmp_path / "out"), tmp_path):
        await mall.until(lambda: names(mall) == ["1/start"])
        begun = time.monotonic()
        await mall.until(lambda: names(mall) == ["1/start", "1/end"])
        assert LENGTH - 0.05 < time.monotonic() - begun < LENGTH + 1
    assert (tmp_path / "out" / "000001-B-001.wav").read_bytes() == sound


async def test_a_sound_is_fetched_once_and_kept(mall: StubServer, tmp_path: Path) -> None:
    mall.say(number=1)
    async with speaking(mall, FolderPlayer(tmp_path / "out"), tmp_path):
        await mall.until(lambda: names(mall)[-1:] == ["1/end"])
    mall.commands.clear()
    mall.say(number=1)
    async with speaking(mall, FolderPlayer(tmp_path / "out"), tmp_path):
        await mall.until(lambda: names(mall)[-1:] == ["1/end"])
    assert mall.fetched == ["/api/sounds/x1.wav"]


async def test_one_call_is_said_after_the_other(mall: StubServer, tmp_path: Path) -> None:
    mall.say(number=1)
    async with speaking(mall, FolderPlayer(tmp_path / "out"), tmp_path):
        await mall.until(lambda: names(mall)[-1:] == ["1/end"])
        mall.say(number=2)
        await mall.push()
        await mall.until(lambda: names(mall)[-1:] == ["2/end"])
    assert names(mall) == ["1/start", "1/end", "2/start", "2/end"]


async def test_a_call_that_may_not_be_said_is_not_played(mall: StubServer, tmp_path: Path) -> None:
    mall.answer("1/start", NO)
    mall.say(number=1)
    async with speaking(mall, FolderPlayer(tmp_path / "out"), tmp_path):
        await mall.until(lambda: not mall.answers["1/start"])
        mall.say(number=2)
        await mall.push()
        await mall.until(lambda: names(mall)[-1:] == ["2/end"])
    assert names(mall) == ["2/start", "2/end"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["000002-B-002.wav"]


async def test_a_call_whose_time_is_over_is_not_said(mall: StubServer, tmp_path: Path) -> None:
    mall.say(number=1, seconds=-1)
    async with speaking(mall, FolderPlayer(tmp_path / "out"), tmp_path):
        await mall.until(lambda: mall.connections == 1)
        mall.say(number=2)
        await mall.push()
        await mall.until(lambda: names(mall)[-1:] == ["2/end"])
    assert names(mall) == ["2/start", "2/end"]


async def test_a_start_whose_answer_was_lost_is_still_said(mall: StubServer, tmp_path: Path) -> None:
    mall.answer("1/start", LOST, acts=True)
    mall.say(number=1)
    async with speaking(mall, FolderPlayer(tmp_path / "out"), tmp_path):
        await mall.until(lambda: names(mall) == ["1/start"])
        await mall.push()
        await mall.until(lambda: names(mall)[-1:] == ["1/end"])
    assert (tmp_path / "out" / "000001-B-001.wav").exists()


async def test_the_end_is_repeated_until_the_server_has_heard_it(mall: StubServer, tmp_path: Path) -> None:
    mall.answer("1/end", LOST, LOST)
    mall.say(number=1)
    async with speaking(mall, FolderPlayer(tmp_path / "out"), tmp_path):
        await mall.until(lambda: names(mall) == ["1/start", "1/end"])


async def test_a_call_without_its_sound_is_ended_so_that_the_voice_goes_on(mall: StubServer, tmp_path: Path) -> None:
    mall.sounds = {"/api/sounds/x2.wav": b"not a sound"}
    for number in (1, 2):
        mall.say(number=number)
        async with speaking(mall, FolderPlayer(tmp_path / "out"), tmp_path):
            await mall.until(lambda number=number: names(mall)[-1:] == [f"{number}/end"])  # type: ignore[misc]  # bound
    assert list((tmp_path / "out").iterdir()) == []


async def test_what_a_dead_agent_began_is_ended_and_not_said_again(mall: StubServer, tmp_path: Path) -> None:
    mall.say(number=1, state="speaking", by_me=True)
    async with speaking(mall, FolderPlayer(tmp_path / "out"), tmp_path):
        await mall.until(lambda: names(mall) == ["1/end"])
    assert list((tmp_path / "out").iterdir()) == []


async def test_stopping_breaks_off_and_posts_the_end(mall: StubServer, sound: bytes, tmp_path: Path) -> None:
    worker.write(tmp_path / "long.wav", array("h", [1000] * 20 * RATE))
    mall.sounds["/api/sounds/x1.wav"] = (tmp_path / "long.wav").read_bytes()
    mall.say(number=1)
    async with speaking(mall, FolderPlayer(tmp_path / "out"), tmp_path) as stop:
        await mall.until(lambda: bool(mall.fetched))
        stop.set()
    assert names(mall) == ["1/start", "1/end"]


async def test_aplay_plays_on_the_device_that_it_is_told(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    await player("aplay:null").play(path, "x")
    begun = time.monotonic()
    settings = tmp_path / "asoundrc"
    settings.write_text(f'pcm.cap {{ type file; slave.pcm null; file "{tmp_path}/heard.wav"; format wav }}')
    os.environ["ALSA_CONFIG_PATH"] = f"/usr/share/alsa/alsa.conf:{settings}"
    try:
        await player("aplay:cap").play(path, "x")
    finally:
        del os.environ["ALSA_CONFIG_PATH"]
    assert time.monotonic() - begun < LENGTH + 2
    assert sound[44:] in (tmp_path / "heard.wav").read_bytes()


async def test_an_aplay_that_fails_is_said_and_one_that_hangs_is_ended(
    sound: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await AplayPlayer("no-such-device").play(tmp_path / "sound.wav", "x")
    assert "check the device with aplay -L" in told(caplog, "hardware.agent.players")
    hanging = tmp_path / "bin" / "aplay"
    hanging.parent.mkdir()
    hanging.write_text("#!/bin/sh\nexec sleep 60\n")
    hanging.chmod(hanging.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{hanging.parent}:{os.environ['PATH']}")
    monkeypatch.setattr("hardware.agent.players.GRACE_SECONDS", 0.1)
    await AplayPlayer("").play(tmp_path / "sound.wav", "x")
    assert "did not come to an end" in told(caplog, "hardware.agent.players")


def test_a_wrong_sink_is_answered_with_advice() -> None:
    for text in ("", "file:", "alsa:default"):
        with pytest.raises(ValueError, match="write aplay"):
            player(text)
