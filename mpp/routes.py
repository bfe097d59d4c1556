"""Doors of people and devices: sign in, pair, approve, revoke, the hall at a glance, the information corner, health."""

from functools import partial
from importlib.metadata import version
from typing import Annotated, Any

from litestar import Request, Response, Router, delete, get, post, websocket
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta, Struct

from mpp import actions, auth, feeds, reads, store
from mpp.actions import Place
from mpp.config import Config
from mpp.core.refused import NotReady
from mpp.pulse import Pulse
from mpp.views import DeviceLine, Health, ManageView, Me, OwnDevice
from ticketing import offers
from ticketing.answers import REFUSALS
from ticketing.core import access, device
from ticketing.core.access import EVERYONE, LEADERS, Asker, Role
from ticketing.core.device import DeviceState
from ticketing.core.ids import DeviceId
from ticketing.core.refused import NotSignedIn
from ticketing.hall import Hall
from ticketing.sockets import Socket, serve
from ticketing.views import KioskView

SIGN_INS_A_MINUTE = 10
"""For one name: enough for typing errors, too few for guessing. From one address come three times as many."""

PAIRINGS_A_MINUTE = 10
"""From one address come three times as many: a hall that starts up pairs all its devices in some minutes."""

Hall_ = NamedDependency[Hall]
Asker_ = NamedDependency[Asker]
Pulse_ = NamedDependency[Pulse]
Settings = NamedDependency[Config]
Web = Request[Any, Any, Any]
MANAGERS = LEADERS | {Role.SUPERVISOR}


class SignInBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Name, password, and in which mall one wants to act (its code; needed only by people of several malls)."""

    login: Annotated[str, Meta(min_length=1, max_length=100)]
    password: Annotated[str, Meta(min_length=1, max_length=1000)]
    mall: str | None = None


class PairBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What the device is, and where: the zone of a board or speaker, the counter of a sign; `mall` if several."""

    kind: Role
    place: Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{1,24}$(?!\n)")] | None = None
    mall: str | None = None


class ApproveBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The device's code and name, and where it stands (codes)."""

    code: Annotated[str, Meta(pattern=r"^[A-Z0-9][A-Z0-9-]{0,23}$(?!\n)")]
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    zone: str | None = None
    counter: str | None = None
    printer: str | None = None


@post("/api/session", status_code=200, operation_id="sign_in", responses=REFUSALS)
async def sign_in(
    data: JSONBody[SignInBody], request: Web, hall: Hall_, asker: Asker_, config: Settings
) -> Response[Me]:
    """Sign in; the answer sets a cookie that lives for a working day."""
    auth.count_attempt(request, hall, "sign-in", SIGN_INS_A_MINUTE)
    guesses = f"sign-in as {data.login.lower()}"
    hall.limits.count(guesses, SIGN_INS_A_MINUTE)
    person, mall_id = await actions.who_signs_in(hall.db, data.login, data.password, data.mall)
    hall.limits.leave_out(guesses)
    old = next((who.token_id for who in asker if who.actor.startswith("person:")), None)
    async with hall.db.write(mall_id, f"person:{person.id}") as tx:
        secret = await actions.sign_in(tx, person, old, hall.clock.real())
    return await auth.signed_in(hall, config, secret)


@get("/api/session", operation_id="show_session", responses=REFUSALS)
async def show_session(hall: Hall_, asker: Asker_) -> Me:
    """Show who is signed in."""
    who = access.allow(tuple(who for who in asker if who.device is None), EVERYONE)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.me(tx, who)


@delete("/api/session", operation_id="sign_out", responses=REFUSALS)
async def sign_out(hall: Hall_, asker: Asker_) -> Response[None]:
    """Sign out."""
    who = access.allow(tuple(who for who in asker if who.actor.startswith("person:")), EVERYONE)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.sign_out(tx, who.token_id)
    return auth.signed_out()


@post("/api/devices", operation_id="pair_device", responses=REFUSALS)
async def pair(data: JSONBody[PairBody], request: Web, hall: Hall_, config: Settings) -> Response[OwnDevice]:
    """Ask to be let in as a device; the answer sets a cookie and tells the token and the pairing code."""
    auth.must_not_be_elsewhere(request)
    auth.count_attempt(request, hall, "pair", PAIRINGS_A_MINUTE)
    mall_id = await store.the_mall(hall.db, data.mall)
    async with hall.db.write(mall_id, "device") as tx:
        row, secret = await actions.ask_in(tx, data.kind, hall.clock.real())
        if config.pairing == "at_once":
            await actions.approve_at_once(tx, row, data.place, hall.clock.real())
        shown = await reads.own_device(tx, row, secret)
    return auth.paired(shown, data.kind, data.place, secret, config)


@get("/api/devices/me", operation_id="show_own_device", responses=REFUSALS)
async def own_device(
    request: Web, hall: Hall_, kind: FromQuery[str | None] = None, place: FromQuery[str | None] = None
) -> OwnDevice:
    """Show a device how it stands; one that waits for longer than its pairing code lives gets a new code."""
    row = await store.device_of(hall.db, auth.device_secret(request, kind, place))
    if row is None:
        raise NotSignedIn("This device is not known here; pair it.")
    if row.state is DeviceState.WAITING and device.expired(row.asked_at, hall.clock.real()):
        async with hall.db.write(row.mall_id, "device") as tx:
            row = await actions.ask_again(tx, row.id, hall.clock.real())
    async with hall.db.read(row.mall_id) as tx:
        return await reads.own_device(tx, row)


@get("/api/devices", operation_id="list_devices", responses=REFUSALS)
async def list_devices(hall: Hall_, asker: Asker_) -> list[DeviceLine]:
    """List the devices."""
    async with hall.db.read(access.allow(asker, {Role.ADMINISTRATOR}).mall_id) as tx:
        return await reads.device_lines(tx, hall.clock.real())


@post("/api/devices/{device_id:int}/approve", status_code=200, operation_id="approve_device", responses=REFUSALS)
async def approve(device_id: FromPath[int], data: JSONBody[ApproveBody], hall: Hall_, asker: Asker_) -> OwnDevice:
    """Let a device in."""
    who = access.allow(asker, {Role.ADMINISTRATOR})
    place = Place(zone=data.zone, counter=data.counter, printer=data.printer)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        row = await actions.approve(tx, DeviceId(device_id), data.code, data.name, place, hall.clock.real())
        return await reads.own_device(tx, row)


@post("/api/devices/{device_id:int}/revoke", status_code=204, operation_id="revoke_device", responses=REFUSALS)
async def revoke(device_id: FromPath[int], hall: Hall_, asker: Asker_) -> None:
    """Show a device the door."""
    who = access.allow(asker, {Role.ADMINISTRATOR})
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.revoke(tx, DeviceId(device_id))


@get("/api/manage", operation_id="show_hall", responses=REFUSALS)
async def show_hall(hall: Hall_, pulse: Pulse_, config: Settings, asker: Asker_) -> ManageView:
    """Show the hall at a glance."""
    who = access.allow(asker, MANAGERS)
    beats = await pulse.fresh(hall, who.mall_id)
    async with hall.db.read(who.mall_id) as tx:
        return await reads.manage_view(tx, hall, who.tenant_id, beats, with_voice=config.voice)


@get("/api/info", operation_id="show_info", responses=REFUSALS)
async def show_info(hall: Hall_, asker: Asker_) -> KioskView:
    """Show every service with its standard, to anybody."""
    mall_id = asker[0].mall_id if asker else await store.the_mall(hall.db, None)
    async with hall.db.read(mall_id) as tx:
        return await offers.kiosk_view(tx, hall, None)


@get("/health/live", operation_id="health_live", responses=REFUSALS)
async def live() -> Health:
    """Say that the process answers."""
    return Health(status="live", version=version("mpp"), malls=0, printers=0)


@get("/health/ready", operation_id="health_ready", responses=REFUSALS)
async def ready(hall: Hall_) -> Health:
    """Say that the database answers and a mall is there."""
    malls, printers = await store.census(hall.db)
    if malls == 0:
        raise NotReady
    return Health(status="ready", version=version("mpp"), malls=malls, printers=printers)


@websocket("/live/manage")
async def live_manage(socket: Socket, hall: Hall_, pulse: Pulse_, config: Settings, asker: Asker_) -> None:
    """Follow the hall at a glance."""
    await serve(socket, hall, asker, partial(feeds.manage, hall, pulse, asker, with_voice=config.voice))


@websocket("/live/info")
async def live_info(socket: Socket, hall: Hall_, asker: Asker_) -> None:
    """Follow what every service offers."""
    await serve(socket, hall, asker, partial(feeds.info, hall, asker))


router = Router(
    "",
    route_handlers=[
        sign_in,
        show_session,
        sign_out,
        pair,
        own_device,
        list_devices,
        approve,
        revoke,
        show_hall,
        show_info,
        live,
        ready,
        live_manage,
        live_info,
    ],
)
