"""What can be done with people, tokens and devices."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from mpp import passwords, store
from mpp.core.refused import LeadsAll, TenantMissing
from mpp.core.tokens import SESSION_LIFE
from mpp.tables import Membership, Person, TokenKind
from ticketing import slips, tables
from ticketing import store as ground
from ticketing.core import device as devices
from ticketing.core.access import DEVICES, LEADERS, Role
from ticketing.core.device import DeviceApproved, DeviceAsked, DeviceRevoked, DeviceState
from ticketing.core.events import PersonAdded, SignedIn, SignedOut, TokenMade
from ticketing.core.ids import DeviceId, MallId, TenantId
from ticketing.core.refused import BadRequest, ChooseMall, CodeTaken, PairingOver, WrongPassword
from ticketing.db import Db, Tx

SHORTEST_PASSWORD = 8
"""NIST SP 800-63B: at least eight characters; length counts, composition rules do not."""


class Place(Struct, frozen=True, kw_only=True):
    """Where a device stands, by codes; what it needs depends on its kind."""

    zone: str | None = None
    counter: str | None = None
    printer: str | None = None


async def who_signs_in(db: Db, login: str, password: str, mall: str | None) -> tuple[Person, MallId]:
    """Check name and password, and choose the mall in which the person will act.

    Raises: WrongPassword, ChooseMall.
    """
    person, malls = await store.person(db, login)
    if not await passwords.fits(password, person.password_hash if person else None) or person is None:
        raise WrongPassword
    chosen: Sequence[MallId] = [id for id, code in malls if mall is None or code == mall]
    if len(chosen) != 1:
        names = ", ".join(code for _, code in malls)
        raise (
            ChooseMall(f"You work in these malls: {names}. Say in which one you want to act.")
            if malls
            else WrongPassword
        )
    return person, chosen[0]


async def sign_in(tx: Tx, person: Person, old_token: int | None, real: datetime) -> str:
    """Let a person in with a fresh token; the one that came along is taken back."""
    if old_token is not None:
        await store.drop_token(tx, old_token)
    tx.append(SignedIn())
    return await store.add_token(tx, TokenKind.SESSION, person.login, created_at=real, life=SESSION_LIFE, person=person)


async def sign_out(tx: Tx, token_id: int) -> None:
    """Take a person's token back."""
    tx.append(SignedOut())
    await store.drop_token(tx, token_id)


async def add_person(tx: Tx, login: str, name: str, password_hash: str, role: Role, tenant_id: TenantId | None) -> None:
    """Give a person a role in the mall; a known login gets the new name, password and role, and must sign in anew.

    Raises: BadRequest, TenantMissing, LeadsAll.
    """
    must_fit(role, tenant_id)
    person = await store.person_in(tx, login)
    if person is None:
        person = Person(login=login.lower())
        tx.session.add(person)
    person.name, person.password_hash, person.is_active = name, password_hash, True
    await tx.session.flush()
    await store.drop_sessions(tx, person.id)
    membership = await store.membership(tx, person.id)
    if membership is None:
        membership = Membership(person_id=person.id)
        tx.session.add(membership)
    membership.role, membership.tenant_id, membership.ended_at = role, tenant_id, None
    tx.append(PersonAdded(person_id=person.id, role=role))


def must_fit(role: Role, tenant_id: TenantId | None) -> None:
    """Refuse a role that no person can have, or not with this tenant.

    Raises: BadRequest, TenantMissing, LeadsAll.
    """
    if role in DEVICES:
        raise BadRequest(f"{role} is a device, not a role of people; pair the device instead.")
    _must_belong(role, tenant_id)


def _must_belong(role: Role, tenant_id: TenantId | None) -> None:
    if role is Role.SUPERVISOR and tenant_id is None:
        raise TenantMissing
    if role in LEADERS and tenant_id is not None:
        raise LeadsAll


async def make_token(tx: Tx, role: Role, name: str, tenant_id: TenantId | None, real: datetime) -> str:
    """Make a bearer token for a program.

    Raises: TenantMissing, LeadsAll.
    """
    _must_belong(role, tenant_id)
    tx.append(TokenMade(role=role))
    return await store.add_token(tx, TokenKind.PROGRAM, name, created_at=real, role=role, tenant_id=tenant_id)


async def ask_in(tx: Tx, kind: Role, real: datetime) -> tuple[tables.Device, str]:
    """Register a device that waits for approval; return it and its secret.

    Raises: BadRequest.
    """
    if kind not in DEVICES:
        raise BadRequest(f"{kind} is not a kind of device; use one of {', '.join(sorted(DEVICES))}.")
    device = tables.Device(
        kind=kind,
        state=DeviceState.WAITING,
        pairing_code=_fresh_code(),
        asked_at=real,
    )
    tx.session.add(device)
    await tx.session.flush()
    tx.append(DeviceAsked(device_id=device.id, device_kind=kind))
    tx.touch("devices")
    return device, await store.add_token(tx, TokenKind.DEVICE, kind, created_at=real, device_id=device.id)


def _fresh_code() -> str:
    return devices.pairing_code(secrets.token_bytes(6))


async def ask_again(tx: Tx, device_id: DeviceId, real: datetime) -> tables.Device:
    """Give a device that still asks a new pairing code when its old one is over, and return it.

    Raises: UnknownDevice.
    """
    device = await store.device(tx, device_id)
    if device.state is DeviceState.WAITING and devices.expired(device.asked_at, real):
        device.pairing_code, device.asked_at = _fresh_code(), real
        tx.append(DeviceAsked(device_id=device.id, device_kind=device.kind))
        tx.touch("devices")
    return device


async def approve(tx: Tx, device_id: DeviceId, code: str, name: str, place: Place, real: datetime) -> tables.Device:
    """Let a waiting device in under a code, tied to its place.

    Raises: UnknownDevice, PairingOver, CodeTaken, BadRequest, UnknownZone, UnknownCounter.
    """
    device = await store.device(tx, device_id)
    if device.state is not DeviceState.WAITING or devices.expired(device.asked_at, real):
        raise PairingOver
    if await store.is_code_taken(tx, code):
        raise CodeTaken
    await _put_in_place(tx, device, place)
    device.state, device.code, device.name = DeviceState.APPROVED, code, name
    if device.kind is Role.PRINTER and await slips.default_printer(tx) is None:
        device.is_default = True
    tx.append(DeviceApproved(device_id=device.id, code=code, name=name))
    tx.touch("devices")
    return device


async def _put_in_place(tx: Tx, device: tables.Device, place: Place) -> None:
    if device.kind in {Role.BOARD, Role.SPEAKER} and place.zone is None:
        raise BadRequest(f"A {device.kind} belongs to a zone; say which.")
    if device.kind is Role.SIGN and place.counter is None:
        raise BadRequest("A sign belongs to a counter; say which.")
    device.zone_id = (await ground.zone(tx, place.zone)).id if place.zone else None
    device.counter_id = (await ground.counter(tx, place.counter)).id if place.counter else None
    device.printer_id = (await slips.printer(tx, place.printer)).id if place.printer else None


async def approve_at_once(tx: Tx, device: tables.Device, place: str | None, real: datetime) -> None:
    """Let a device in without asking, at the place it names: for demos and training only.

    Raises: as `approve`.
    """
    spot = Place()
    match device.kind:
        case Role.BOARD | Role.SPEAKER:
            spot = Place(zone=place or await store.first_zone(tx))
        case Role.SIGN:
            spot = Place(counter=place)
        case Role.KIOSK:
            printer = await slips.default_printer(tx)
            spot = Place(printer=(await store.device(tx, printer)).code if printer else None)
    code = f"{device.kind[:1].upper()}{device.id:02d}"
    await approve(tx, device.id, code, f"{device.kind} {device.id}", spot, real)


async def revoke(tx: Tx, device_id: DeviceId) -> None:
    """Show a device the door: its tokens end, its sockets close.

    Raises: UnknownDevice.
    """
    device = await store.device(tx, device_id)
    device.state, device.code, device.is_default = DeviceState.REVOKED, None, False
    tx.append(DeviceRevoked(device_id=device.id))
    tx.touch("devices")
    await store.drop_device_tokens(tx, device.id)
