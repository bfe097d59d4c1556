"""What is asked of the process that prints slips as pictures (`hardware.picture`), and what it answers."""

import msgspec

from hardware.core.slip import Slip


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """One slip, to be printed by each of these printer models."""

    slip: Slip
    profiles: tuple[str, ...]


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """What came out of one printer: dots as a PNG, the words on it, and how many bytes the printer was sent."""

    profile: str
    width: int
    height: int
    text: str
    sent: int
    png: bytes
