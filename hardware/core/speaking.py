"""What the server and the speech worker say to each other, one JSON line each way."""

import msgspec

from hardware.core.sound import Part


class Order(msgspec.Struct, frozen=True):
    """Make these parts into a WAV file at this path."""

    id: int
    path: str
    parts: tuple[Part, ...]


class Done(msgspec.Struct, frozen=True, tag_field="type", tag="done"):
    """The file is there, whole, and plays so long."""

    id: int
    seconds: float


class Failed(msgspec.Struct, frozen=True, tag_field="type", tag="failed"):
    """There is no file; why says what to do about it."""

    id: int
    why: str


Result = Done | Failed
