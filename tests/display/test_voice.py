"""The hall's voice: one at a time in a zone, in the order of the calls, while they are true; on both databases."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from counters import actions as counters
from display import actions, reads, speech, tongues
from display.actions import Utterance
from display.core.announcement import GRACE, LONGEST_WAIT, Speech
from display.sounds import Sounds
from display.tables import Announcement
from display.views import Announcement as Shown
from hardware.core.sound import Part, Sound
from mpp import store as people
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, hall_of, look, pair
from ticketing import actions as tickets
from ticketing import store, tables
from ticketing.actions import Order
from ticketing.core.access import Asker, Device, Principal, Role
from ticketing.core.ids import DeviceId, MallId
from ticketing.core.refused import AnnouncementOver, NotAllowed, UnknownAnnouncement
from ticketing.db import Db, Tx

Step = Callable[[Tx, str], Awaitable[tables.Ticket]]

SECONDS = 6.0


class Zone(Struct, frozen=True):
    """A mall with three open counters and loudspeakers in both zones."""

    db: Db
    mall: MallId
    first: DeviceId
    second: DeviceId
    elsewhere: DeviceId

    async def asker(self, device: DeviceId) -> Asker:
        """Ask as a device does."""
        row = await look(self.db, self.mall, partial(people.device, device_id=device))
        place = Device(id=row.id, code=row.code or "", zone_id=row.zone_id)
        return (Principal(mall_id=self.mall, role=row.kind, actor="d", name="d", token_id=1, device=place),)

    async def call(self, counter: str, step: Step = counters.call_next, brief: str | None = None) -> int:
        """Call (again), and put the call into the line of the voice; return the announcement's id."""
        async with self.db.write(self.mall, "test") as tx:
            ticket = await step(tx, counter)
            row = await store.counter(tx, counter)
            said = Utterance(
                call_seq=tx.mall.last_seq,
                zone_id=row.zone_id,
                ticket_id=ticket.id,
                counter_id=row.id,
                calls=ticket.calls,
                text=ticket.number,
                sound="abcdefgh",
                brief=brief,
                seconds=SECONDS,
            )
            await tx.session.flush()
            await actions.announce(tx, [said])
            await tx.session.flush()
            return (await tx.session.scalars(select(Announcement.id).order_by(Announcement.id.desc()))).first() or 0

    async def start(self, id: int, device: DeviceId) -> None:
        asker = await self.asker(device)
        await act(self.db, self.mall, lambda tx: actions.start(tx, id, asker, 1.0))

    async def end(self, id: int, device: DeviceId) -> None:
        asker = await self.asker(device)
        await act(self.db, self.mall, lambda tx: actions.end(tx, id, asker))

    async def give_back(self, id: int, device: DeviceId) -> None:
        asker = await self.asker(device)
        await act(self.db, self.mall, lambda tx: actions.give_back(tx, id, asker))

    async def now(self, zone: str = "A", device: DeviceId | None = None) -> Shown | None:
        """Return what the zone has to say now."""

        async def question(tx: Tx) -> Shown | None:
            return await reads.voice(tx, hall_of(self.db), (await store.zone(tx, zone)).id, device)

        return await look(self.db, self.mall, question)

    async def next(self, zone: str = "A") -> int | None:
        """Return the announcement that the zone has to speak now."""
        shown = await self.now(zone)
        return shown.id if shown else None

    async def states(self) -> list[Speech]:
        rows = await look(
            self.db, self.mall, lambda tx: tx.session.scalars(select(Announcement).order_by(Announcement.id))
        )
        return [row.state for row in rows]

    async def lapse(self) -> int:
        return await act(self.db, self.mall, lambda tx: actions.lapse(tx, 1.0))


@pytest.fixture
async def zone(db: Db, mall: MallId) -> Zone:
    """Open the counters, pair the speakers, let two wait."""
    async with db.write(mall, "test") as tx:
        for code in ("L01", "L02", "L03"):
            await counters.open_(tx, await store.counter(tx, code), "Maria")
        for service in ("KTP", "KTP", "SKCK"):
            await tickets.issue(tx, Order(service=service, priority=False, printer_id=None))
    first, second = [await pair(db, mall, Role.SPEAKER, code, zone="A") for code in ("V01", "V02")]
    return Zone(db, mall, first, second, await pair(db, mall, Role.SPEAKER, "V03", zone="B"))


async def test_a_call_is_spoken_once_from_start_to_end(zone: Zone) -> None:
    id = await zone.call("L01")
    shown = await zone.now(device=zone.first)
    assert shown is not None
    assert (shown.id, shown.number, shown.counter, shown.state) == (id, "B-001", "1", Speech.WAITING)
    assert (shown.sound, shown.by_me) == ("/api/sounds/abcdefgh.wav", False)
    await zone.start(id, zone.first)
    speaking = [await zone.now(device=device) for device in (zone.first, zone.second)]
    assert [(one.state, one.by_me) for one in speaking if one] == [(Speech.SPEAKING, True), (Speech.SPEAKING, False)]
    await zone.end(id, zone.first)
    assert await zone.now() is None
    await zone.end(id, zone.first)
    assert await zone.states() == [Speech.SPOKEN]
    spoken = select(tables.Event.kind).where(tables.Event.kind == "announcement_spoken")
    assert len((await look(zone.db, zone.mall, lambda tx: tx.session.scalars(spoken))).all()) == 1


async def test_of_two_speakers_only_the_first_that_asks_speaks(zone: Zone) -> None:
    id = await zone.call("L01")
    await zone.start(id, zone.first)
    with pytest.raises(AnnouncementOver, match="being spoken"):
        await zone.start(id, zone.second)
    with pytest.raises(AnnouncementOver):
        await zone.end(id, zone.second)


async def test_a_speaker_that_asks_twice_is_let_in_twice(zone: Zone) -> None:
    id = await zone.call("L01")
    await zone.start(id, zone.first)
    await zone.start(id, zone.first)
    assert await zone.states() == [Speech.SPEAKING]


async def test_a_call_is_spoken_briefly_while_others_wait(zone: Zone) -> None:
    await zone.call("L01", brief="brief000")
    alone = await zone.now()
    await zone.call("L02")
    pressed = await zone.now()
    assert [shown.sound for shown in (alone, pressed) if shown] == [
        "/api/sounds/abcdefgh.wav",
        "/api/sounds/brief000.wav",
    ]


async def test_calls_are_spoken_in_their_order_one_at_a_time(zone: Zone) -> None:
    first, second = await zone.call("L01"), await zone.call("L02")
    with pytest.raises(AnnouncementOver, match="comes first"):
        await zone.start(second, zone.second)
    await zone.start(first, zone.first)
    with pytest.raises(AnnouncementOver, match="being spoken"):
        await zone.start(second, zone.second)
    await zone.end(first, zone.first)
    await zone.start(second, zone.second)
    assert await zone.states() == [Speech.SPOKEN, Speech.SPEAKING]


async def test_each_zone_has_a_voice_of_its_own(zone: Zone) -> None:
    here, there = await zone.call("L01"), await zone.call("L03")
    await zone.start(here, zone.first)
    await zone.start(there, zone.elsewhere)
    assert [await zone.next(code) for code in ("A", "B")] == [here, there]


async def test_only_devices_of_the_zone_may_speak(zone: Zone) -> None:
    id = await zone.call("L01")
    with pytest.raises(NotAllowed, match="another zone"):
        await zone.start(id, zone.elsewhere)
    program: Asker = (Principal(mall_id=zone.mall, role=Role.SPEAKER, actor="p", name="p", token_id=1),)
    with pytest.raises(NotAllowed, match="Only a board or speaker"):
        await act(zone.db, zone.mall, lambda tx: actions.start(tx, id, program, 1.0))
    with pytest.raises(UnknownAnnouncement):
        await zone.start(999, zone.first)


async def test_a_call_that_is_no_longer_true_is_passed_over(zone: Zone) -> None:
    first, second = await zone.call("L01"), await zone.call("L02")
    await act(zone.db, zone.mall, partial(counters.start, code="L01"))
    assert await zone.next() == second
    with pytest.raises(AnnouncementOver):
        await zone.start(first, zone.first)
    await zone.start(second, zone.first)
    assert await zone.lapse() == 1
    assert await zone.states() == [Speech.LAPSED, Speech.SPEAKING]


async def test_a_second_call_takes_the_place_of_the_first(zone: Zone) -> None:
    await zone.call("L01")
    again = await zone.call("L01", counters.recall)
    assert await zone.next() == again
    assert await zone.lapse() == 1
    await zone.start(again, zone.first)


async def test_a_call_nobody_spoke_in_time_lapses(zone: Zone, clock: StoppedClock) -> None:
    id = await zone.call("L01")
    clock.forward(LONGEST_WAIT)
    assert await zone.lapse() == 0
    clock.forward(timedelta(seconds=1))
    assert await look(zone.db, zone.mall, lambda tx: actions.is_anything_due(tx, 1.0))
    assert await zone.now() is None
    with pytest.raises(AnnouncementOver):
        await zone.start(id, zone.first)
    assert await zone.lapse() == 1
    assert await zone.states() == [Speech.LAPSED]
    assert not await look(zone.db, zone.mall, lambda tx: actions.is_anything_due(tx, 1.0))


async def test_a_call_that_waits_for_a_busy_voice_does_not_lapse(zone: Zone, clock: StoppedClock) -> None:
    first, second = await zone.call("L01"), await zone.call("L02")
    clock.forward(LONGEST_WAIT)
    await zone.start(first, zone.first)
    clock.forward(timedelta(seconds=SECONDS))
    assert await zone.lapse() == 0
    await zone.end(first, zone.first)
    clock.forward(LONGEST_WAIT)
    shown = await zone.now()
    assert shown is not None
    assert (shown.id, shown.expires_at) == (second, clock.at)
    clock.forward(timedelta(seconds=1))
    assert await zone.lapse() == 1


async def test_a_board_that_may_not_sound_leaves_the_call_to_another(zone: Zone) -> None:
    id = await zone.call("L01")
    await zone.give_back(id, zone.second)
    await zone.start(id, zone.first)
    with pytest.raises(AnnouncementOver):
        await zone.give_back(id, zone.second)
    await zone.give_back(id, zone.first)
    await zone.give_back(id, zone.first)
    await zone.start(id, zone.second)
    await zone.end(id, zone.second)
    assert await zone.states() == [Speech.SPOKEN]


async def test_a_speaker_that_fell_silent_does_not_stop_the_voice(zone: Zone, clock: StoppedClock) -> None:
    first, second = await zone.call("L01"), await zone.call("L02")
    await zone.start(first, zone.first)
    clock.forward(timedelta(seconds=SECONDS) + GRACE)
    assert await zone.lapse() == 0
    clock.forward(timedelta(seconds=1))
    assert await zone.lapse() == 1
    await zone.start(second, zone.second)
    with pytest.raises(AnnouncementOver):
        await zone.end(first, zone.first)


async def test_what_is_being_spoken_is_spoken_to_its_end_though_the_visitor_came(zone: Zone) -> None:
    id = await zone.call("L01")
    await zone.start(id, zone.first)
    await act(zone.db, zone.mall, partial(counters.start, code="L01"))
    assert await zone.lapse() == 0
    await zone.end(id, zone.first)
    assert await zone.states() == [Speech.SPOKEN]


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
        assert "the hall goes on without the language id: no voice 'klingon'" in caplog.text
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
        assert "has no voice, the boards show it only" in caplog.text
    finally:
        await sounds.close()


async def test_a_language_whose_grammar_is_gone_is_left_out(
    zone: Zone, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sounds = Sounds(zone.db, None, {"id": tongues.load()["id"]})
    await act(zone.db, zone.mall, partial(counters.call_next, code="L01"))
    assert await sounds.announce_new(zone.mall) == 1
    assert "zone A is not called in en: there is no such grammar" in caplog.text


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
