"""The hall's voice: one at a time in a zone, in the order of the calls, while they are true; on both databases."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from counters import actions as counters
from display import actions
from display.core.announcement import GRACE, LONGEST_WAIT, Speech
from display.core.refused import AnnouncementOver
from tests.display.zone import SECONDS, Zone
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, look
from ticketing import tables
from ticketing.core.access import Asker, Principal, Role
from ticketing.core.refused import NotAllowed, UnknownAnnouncement


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
