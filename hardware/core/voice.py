"""What the server tells a speaker's agent, and what the agent does next about it."""

from collections.abc import Set
from datetime import datetime
from enum import StrEnum

import msgspec


class AnnouncementState(StrEnum):
    """Whether a speaker has begun to say it."""

    WAITING = "waiting"
    SPEAKING = "speaking"


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """One call to be said in a zone; `sound` is the path of the recording, None while it is being made."""

    id: int
    number: str
    counter: str
    text: str
    sound: str | None
    seconds: float | None
    state: AnnouncementState
    by_me: bool
    expires_at: datetime


class SpeakerView(msgspec.Struct, frozen=True, kw_only=True):
    """What a zone's voice has to say now."""

    at: datetime
    zone: str
    now: Announcement | None


class Duty(StrEnum):
    """What to do about an announcement."""

    START = "start"
    PLAY = "play"
    END = "end"


def duty(
    said: Announcement | None, now: datetime, *, asked: Set[int], refused: Set[int], played: Set[int]
) -> Duty | None:
    """Decide what to do about the announcement that the server shows.

    Args:
        asked: started by us, but the answer was lost; it was not heard yet.
        refused: the server told us not to say them.
        played: begun here, whether or not they came to their end.
    """
    if said is None or said.sound is None or said.id in refused or said.id in played:
        return None
    if said.state is AnnouncementState.SPEAKING:
        if not said.by_me:
            return None
        return Duty.PLAY if said.id in asked and now < said.expires_at else Duty.END
    return Duty.START if now < said.expires_at else None
