"""A zone whose calls nobody hears needs a hand, and is named to those who run the hall."""

from datetime import timedelta

from sqlalchemy import update

from counters import actions as counters
from display.tables import Announcement
from mpp import troubles
from mpp.troubles import LIFE, SOON
from tests.display.zone import Zone
from tests.stopped_clock import StoppedClock
from tests.ticketing.deeds import act, look


async def silences(zone: Zone) -> list[str]:
    """Return what is said of the voice in zone A."""
    found = await look(zone.db, zone.mall, troubles.troubles)
    assert all(one.zone for one in found)
    return [one.text_code for one in found]


async def test_three_calls_that_nobody_speaks_need_a_hand_until_one_is_heard(zone: Zone, clock: StoppedClock) -> None:
    await zone.call("L01")
    await zone.call("L02")
    clock.forward(SOON + timedelta(seconds=1))
    assert await silences(zone) == []
    last = await zone.call("L01", counters.recall)
    assert await silences(zone) == []
    clock.forward(SOON + timedelta(seconds=1))
    assert await silences(zone) == ["voice.unspoken"]
    await zone.lapse()
    assert await silences(zone) == ["voice.unspoken"]
    await act(
        zone.db,
        zone.mall,
        lambda tx: tx.session.execute(
            update(Announcement).where(Announcement.id == last).values(started_at=tx.now, state="spoken")
        ),
    )
    assert await silences(zone) == []


async def test_a_voice_that_cannot_be_made_is_told_at_once_and_forgotten_after_an_hour(
    zone: Zone, clock: StoppedClock
) -> None:
    await zone.call("L01")
    await act(zone.db, zone.mall, lambda tx: tx.session.execute(update(Announcement).values(sound=None)))
    assert await silences(zone) == ["voice.unmade"]
    assert await look(zone.db, zone.mall, lambda tx: troubles.troubles(tx, with_voice=False)) == []
    clock.forward(LIFE + timedelta(seconds=1))
    assert await silences(zone) == []
