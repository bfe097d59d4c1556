"""What the server says of a device that asks to be let in."""

from enum import StrEnum

import msgspec


class DeviceState(StrEnum):
    """How far a device has come with being let in."""

    WAITING = "waiting"
    APPROVED = "approved"
    REVOKED = "revoked"


class NewDevice(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a device that registers: its secret, and the code that people compare."""

    pairing_code: str
    token: str


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A device as the server knows it; it has no code before it is approved."""

    state: DeviceState
    kind: str
    code: str | None = None
    name: str | None = None
    pairing_code: str | None = None
