"""The voice of a zone: one announcement at a time, in the order of the calls, by one device, while it is true."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest

from display.core.announcement import GRACE, LONGEST_WAIT
from tests.flows.house import Follower, House
from ticketing.core.access import Role

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Zone:
    """Zone A: two counters, three devices that could speak, and one that watches."""

    def __init__(self, house: House, people: httpx.AsyncClient, voices: list[httpx.AsyncClient], board: Follower):
        self.house, self.people, self.voices, self.board = house, people, voices, board

    async def call(self, counter: str) -> None:
        """Take a number, and call it to a counter."""
        await self.people.post("/api/tickets", json={"service": "KTP", "request": f"tap-for-{counter}"})
        await self.people.post(f"/api/counters/{counter}/open")
        assert (await self.people.post(f"/api/counters/{counter}/call-next")).status_code == 200

    async def says(self, number: str, state: str = "waiting") -> dict[str, Any]:
        """Wait until the zone's voice is at a number."""
        view = await self.board.until(
            lambda view: view["voice"] and (view["voice"]["number"], view["voice"]["state"]) == (number, state)
        )
        return dict(view["voice"])

    async def silent(self) -> None:
        """Wait until there is nothing to say."""
        await self.board.until(lambda view: view["voice"] is None)

    async def post(self, voice: int, said: dict[str, Any], step: str) -> int:
        """Let a device begin or end an announcement."""
        answer = await self.voices[voice].post(f"/api/announcements/{said['id']}/{step}")
        assert answer.status_code == 200 or answer.json()["code"] in ("announcement_over", "unknown_announcement")
        return answer.status_code

    async def told(self, count: int) -> list[tuple[str, int]]:
        """Wait until the log says what became of so many announcements, and of which call each spoke."""
        kinds = ("announcement_spoken", "announcement_lapsed")
        while True:
            log = await self.house.log()
            ended = [(event.kind, msgspec.json.decode(event.body)["call_seq"]) for event in log if event.kind in kinds]
            if len(ended) >= count:
                return ended
            await self.board.next()

    async def calls(self) -> list[int]:
        """Read the places of the calls in the log."""
        return [event.seq for event in await self.house.log() if event.kind == "called"]


@pytest.fixture
async def zone(house: House) -> AsyncIterator[Zone]:
    """Hang two boards and a loudspeaker in zone A."""
    manager = await house.token(Role.MANAGER)
    tokens = [await house.device(Role.BOARD, code, zone="A") for code in ("B01", "B02")]
    tokens.append(await house.device(Role.SPEAKER, "S01", zone="A"))
    async with AsyncExitStack() as stack:
        people = await stack.enter_async_context(house.client(manager))
        voices = [await stack.enter_async_context(house.client(token)) for token in tokens]
        board = await stack.enter_async_context(house.follow("/live/boards/A", manager))
        yield Zone(house, people, voices, board)


async def test_two_calls_are_spoken_one_after_the_other_in_their_order(zone: Zone) -> None:
    await zone.call("L01")
    first = await zone.says("B-001")
    await zone.call("L02")
    assert await zone.post(0, first, "start") == 200
    await zone.says("B-001", "speaking")
    second = {"id": first["id"] + 1}
    while (refused := await zone.post(1, second, "start")) == 404:
        pass  # its sound is being made
    assert refused == 409, "two would speak at once"
    assert await zone.post(1, first, "end") == 409, "only who speaks knows the end"
    assert await zone.post(0, first, "end") == 200
    assert await zone.post(0, first, "end") == 200, "an end told twice does no harm"
    second = await zone.says("B-002")
    assert await zone.post(2, second, "start") == 200
    assert await zone.post(2, second, "end") == 200
    await zone.silent()
    assert await zone.told(2) == [("announcement_spoken", seq) for seq in await zone.calls()]


async def test_of_boards_that_want_to_speak_at_once_exactly_one_may(zone: Zone) -> None:
    await zone.call("L01")
    said = await zone.says("B-001")
    answers = await asyncio.gather(*(zone.post(voice, said, "start") for voice in range(3)))
    assert sorted(answers) == [200, 409, 409]
    ends = await asyncio.gather(*(zone.post(voice, said, "end") for voice in range(3)))
    assert ends[answers.index(200)] == 200
    await zone.silent()


@ON_SQLITE
async def test_a_visitor_who_has_come_is_not_called_any_more(zone: Zone) -> None:
    await zone.call("L01")
    said = await zone.says("B-001")
    assert (await zone.people.post("/api/counters/L01/start")).status_code == 200
    await zone.silent()
    assert await zone.post(0, said, "start") == 409
    await zone.call("L02")
    second = await zone.says("B-002")
    assert await zone.post(0, second, "start") == 200
    assert await zone.post(0, second, "end") == 200
    first_call, second_call = await zone.calls()
    assert sorted(await zone.told(2)) == [("announcement_lapsed", first_call), ("announcement_spoken", second_call)]


@ON_SQLITE
async def test_a_speaker_that_dies_in_the_middle_is_passed_over(zone: Zone) -> None:
    await zone.call("L01")
    said = await zone.says("B-001")
    assert await zone.post(2, said, "start") == 200
    await zone.call("L02")
    zone.house.clock.forward(timedelta(seconds=said["seconds"]) + GRACE)
    assert await zone.post(0, {"id": said["id"]}, "start") == 409, "it may still be speaking"
    zone.house.clock.forward(timedelta(seconds=1))
    second = await zone.says("B-002")
    assert await zone.post(2, said, "end") == 409, "it was given up"
    assert await zone.post(0, second, "start") == 200
    assert await zone.post(0, second, "end") == 200
    first_call, second_call = await zone.calls()
    assert await zone.told(2) == [("announcement_lapsed", first_call), ("announcement_spoken", second_call)]


@ON_SQLITE
async def test_a_call_that_could_not_be_spoken_in_time_is_history(zone: Zone) -> None:
    await zone.call("L01")
    said = await zone.says("B-001")
    zone.house.clock.forward(LONGEST_WAIT + timedelta(seconds=1))
    await zone.silent()
    assert await zone.post(0, said, "start") == 409
    assert await zone.told(1) == [("announcement_lapsed", (await zone.calls())[0])]
