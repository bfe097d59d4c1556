"""The life of a device: it asks, an administrator approves, it works, it can be revoked. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from ticketing.core.access import Role
from ticketing.core.ids import DeviceId
from ticketing.core.slip_job import Condition


class DeviceState(StrEnum):
    """Whether a device may work."""

    WAITING = "waiting"
    APPROVED = "approved"
    REVOKED = "revoked"


class DeviceAsked(Struct, frozen=True, kw_only=True, tag="device_asked"):
    """A device showed a pairing code and asks to be let in."""

    device_id: DeviceId
    device_kind: Role


class DeviceApproved(Struct, frozen=True, kw_only=True, tag="device_approved"):
    """An administrator let it in under this code."""

    device_id: DeviceId
    code: str
    name: str


class DeviceRevoked(Struct, frozen=True, kw_only=True, tag="device_revoked"):
    """It may not work any more."""

    device_id: DeviceId


class ConditionChanged(Struct, frozen=True, kw_only=True, tag="condition_changed"):
    """A printer says something else of itself than before."""

    device_id: DeviceId
    condition: Condition


DeviceEvent = DeviceAsked | DeviceApproved | DeviceRevoked | ConditionChanged

PAIRING_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No I, O, 0 and 1: the code is read from a screen across the hall."""

PAIRING_LIFE = timedelta(hours=1)
"""A pairing code that nobody approved in an hour is forgotten; a device that still asks then gets a new one."""


def pairing_code(randoms: bytes) -> str:
    """Turn six random bytes into a code such as K7M-4PX."""
    letters = "".join(PAIRING_LETTERS[byte % len(PAIRING_LETTERS)] for byte in randoms[:6])
    return f"{letters[:3]}-{letters[3:]}"


def expired(asked_at: datetime, now: datetime) -> bool:
    """Say whether a pairing code is too old."""
    return now - asked_at > PAIRING_LIFE
