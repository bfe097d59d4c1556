"""What boards, signs and speakers see."""

from datetime import datetime

from msgspec import Struct

from display.core.announcement import Speech
from display.core.media import MediaKind
from ticketing.core.counter import CounterState
from ticketing.core.outlook import Outlook
from ticketing.core.ticket import State
from ticketing.views import CounterPart, HoursPart, MallPart, Shown, TenantPart, ZoneLine


class Announcement(Struct, frozen=True, kw_only=True):
    """What is to be spoken now; `by_me`: by the device that sees this view; `sound` is the path of a WAV file."""

    id: int
    number: str
    counter: str
    text: str
    sound: str | None
    seconds: float
    state: Speech
    by_me: bool
    expires_at: datetime


class BoardCall(Struct, frozen=True, kw_only=True):
    """A call on the board; a new value of `calls` for the same id is a repeat.

    `speech` is what the voice has still to do with it: it waits, it is being spoken; None: nothing.
    """

    id: int
    number: str
    counter: CounterPart
    tenant: TenantPart
    called_at: datetime
    calls: int
    state: State
    priority: bool
    speech: Speech | None


class BoardCounter(CounterPart, frozen=True, kw_only=True):
    """A counter of the zone and the number that is there."""

    tenant: TenantPart
    state: CounterState
    number: str | None


class TenantWaiting(TenantPart, frozen=True, kw_only=True):
    """How many wait for a tenant, and how long one would who took a number now, whatever for."""

    waiting: int
    outlook: Outlook | None


class MediaPart(Struct, frozen=True, kw_only=True):
    """A picture or video of the mall; `seconds` None is as long as the video lasts, `alt` says what is to be seen."""

    kind: MediaKind
    url: str
    seconds: int | None
    alt: str


class MediaLine(MediaPart, frozen=True, kw_only=True):
    """A picture or video in the list of all; `zone` None is on all boards, `there` whether its file can be read.

    Since `off_at` no board shows it.
    """

    id: int
    zone: str | None
    there: bool
    off_at: datetime | None = None


class BoardView(Shown, frozen=True, kw_only=True):
    """A zone's board: the newest calls first, its counters, who waits, what is spoken, the mall's own notices."""

    mall: MallPart
    hours: HoursPart
    zone: ZoneLine
    calls: list[BoardCall]
    counters: list[BoardCounter]
    waiting: list[TenantWaiting]
    voice: Announcement | None
    ticker: list[str]
    media: list[MediaPart]


class SignView(Shown, frozen=True, kw_only=True):
    """The sign over a counter; `phase` is called or serving."""

    mall: MallPart
    counter: CounterPart
    tenant: TenantPart
    state: CounterState
    number: str | None
    phase: State | None
    called_at: datetime | None
    calls: int


class SpeakerView(Shown, frozen=True, kw_only=True):
    """What a loudspeaker has to say now."""

    zone: str
    now: Announcement | None
