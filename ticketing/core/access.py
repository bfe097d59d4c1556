"""Who asks, and what that role may do. Pure."""

from collections.abc import Collection
from enum import StrEnum

from msgspec import Struct

from ticketing.core.ids import CounterId, DeviceId, MallId, TenantId, ZoneId
from ticketing.core.refused import NotAllowed, NotSignedIn


class Role(StrEnum):
    """What a person, a program or a device is in a mall."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    SUPERVISOR = "supervisor"
    OFFICER = "officer"
    GREETER = "greeter"
    KIOSK = "kiosk"
    BOARD = "board"
    SIGN = "sign"
    PRINTER = "printer"
    SPEAKER = "speaker"


DEVICES = frozenset({Role.KIOSK, Role.BOARD, Role.SIGN, Role.PRINTER, Role.SPEAKER})
EVERYONE = frozenset(Role)
PEOPLE = EVERYONE - DEVICES
LEADERS = frozenset({Role.ADMINISTRATOR, Role.MANAGER})
COUNTER_STAFF = LEADERS | {Role.SUPERVISOR, Role.OFFICER}
ISSUERS = LEADERS | {Role.OFFICER, Role.GREETER, Role.KIOSK}


class Device(Struct, frozen=True, kw_only=True):
    """Where an approved device stands and what it is tied to."""

    id: DeviceId
    code: str
    zone_id: ZoneId | None = None
    counter_id: CounterId | None = None
    printer_id: DeviceId | None = None


class Principal(Struct, frozen=True, kw_only=True):
    """The one who asks: a person, a program with a bearer token, or a device; always in one mall.

    `actor` is what the log remembers ("person:3"); `tenant_id` limits a supervisor or officer to one tenant.
    """

    mall_id: MallId
    role: Role
    actor: str
    name: str
    token_id: int
    tenant_id: TenantId | None = None
    device: Device | None = None


Asker = tuple[Principal, ...]
"""All that the one who asks can show: a device and a signed-in person may share one browser. Devices stand first."""


def allow(asker: Asker, roles: Collection[Role]) -> Principal:
    """Return the first identity whose role is among `roles`.

    Raises: NotSignedIn, NotAllowed.
    """
    if not asker:
        raise NotSignedIn
    for principal in asker:
        if principal.role in roles:
            return principal
    raise NotAllowed


def allow_tenant(principal: Principal, tenant_id: TenantId) -> None:
    """Refuse one who is tied to another tenant.

    Raises: NotAllowed.
    """
    if principal.tenant_id is not None and principal.tenant_id != tenant_id:
        raise NotAllowed("This belongs to another tenant; you may act for your own tenant only.")


def own_device(asker: Asker, kind: Role, code: str) -> Principal:
    """Return the device of that kind and code, or one who leads the mall.

    Raises: NotSignedIn, NotAllowed.
    """
    own = tuple(who for who in asker if who.role is not kind or (who.device and who.device.code == code))
    if asker and not own:
        raise NotAllowed("A device may do its own job only.")
    return allow(own, LEADERS | {kind})


def own_kiosk(asker: Asker, code: str) -> tuple[Principal, Device]:
    """Return the kiosk of that code, which must be the one that asks.

    Raises: NotSignedIn, NotAllowed.
    """
    who = own_device(tuple(one for one in asker if one.role is Role.KIOSK) or asker, Role.KIOSK, code)
    if who.device is None:
        raise NotAllowed("Only the kiosk itself may hold numbers and hand them in.")
    return who, who.device


def own_printer(principal: Principal) -> DeviceId:
    """Return the printer that asks.

    Raises: NotAllowed.
    """
    if principal.device is None:
        raise NotAllowed("Only the agent of a paired printer may report on slips.")
    return principal.device.id


def at_zone(asker: Asker, roles: Collection[Role], zone_id: ZoneId) -> Principal:
    """Return the first identity with one of `roles` that is no device, or a device of this zone.

    Raises: NotSignedIn, NotAllowed.
    """
    here = tuple(who for who in asker if who.device is None or who.device.zone_id == zone_id)
    if asker and not here:
        raise NotAllowed("This device stands in another zone.")
    return allow(here, roles)


def at_counter(asker: Asker, roles: Collection[Role], counter_id: CounterId) -> Principal:
    """Return the first identity with one of `roles` that is no device, or a device over this counter.

    Raises: NotSignedIn, NotAllowed.
    """
    here = tuple(who for who in asker if who.device is None or who.device.counter_id == counter_id)
    if asker and not here:
        raise NotAllowed("This sign hangs over another counter.")
    return allow(here, roles)
