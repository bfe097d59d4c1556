"""Doors of boards, signs and loudspeakers, and of the pictures and videos on the boards."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, Any

from litestar import HttpMethod, Request, Response, Router, delete, get, post, route, websocket
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream
from msgspec import Struct

from display import actions, feeds, reads, shelf_door
from display.actions import Showing
from display.core import media
from display.guide import Guide
from display.shelf import Shelf
from display.sounds import Sounds
from display.store import VOICES
from display.views import BoardView, MediaLine, SignView
from ticketing import store
from ticketing.answers import REFUSALS
from ticketing.core import access
from ticketing.core.access import EVERYONE, LEADERS, PEOPLE, Asker, Role
from ticketing.core.mall_entries import Language
from ticketing.db import Tx
from ticketing.hall import Hall
from ticketing.sockets import Socket, serve

Hall_ = NamedDependency[Hall]
Asker_ = NamedDependency[Asker]
Shelf_ = NamedDependency[Shelf]
Web = Request[Any, Any, Any]

GuideText = Annotated[str, QueryParameter(min_length=1, max_length=300)]
"""The longest requirement of a service is half as long; a screen is read in pieces."""

GUIDE_A_MINUTE = 240
"""A quick finger on the keypad asks for two pieces each third of a second, for a while."""


class ShowingBody(Struct, frozen=True, forbid_unknown_fields=True):
    """On the boards of which zone (none: all), how long, what there is to be seen, in which place (none: as it is)."""

    zone: str | None = None
    seconds: int | None = None
    alt: str = ""
    place: int | None = None


@get("/api/boards/{zone:str}", operation_id="show_board", responses=REFUSALS)
async def show_board(zone: FromPath[str], hall: Hall_, asker: Asker_) -> BoardView:
    """Show a zone's board."""
    who = access.allow(asker, PEOPLE | {Role.BOARD})
    async with hall.db.read(who.mall_id) as tx:
        row = await store.zone(tx, zone)
        access.at_zone(asker, PEOPLE | {Role.BOARD}, row.id)
        return await reads.board_view(tx, hall, row.id)


@get("/api/signs/{counter:str}", operation_id="show_sign", responses=REFUSALS)
async def show_sign(counter: FromPath[str], hall: Hall_, asker: Asker_) -> SignView:
    """Show a counter's sign."""
    who = access.allow(asker, PEOPLE | {Role.SIGN})
    async with hall.db.read(who.mall_id) as tx:
        row = await store.counter(tx, counter)
        access.at_counter(asker, PEOPLE | {Role.SIGN}, row.id)
        return await reads.sign_view(tx, hall, row.id)


@post(
    "/api/announcements/{announcement_id:int}/start",
    status_code=200,
    operation_id="start_announcement",
    responses=REFUSALS,
)
async def start(announcement_id: FromPath[int], hall: Hall_, asker: Asker_) -> None:
    """Begin to speak, if this device may."""
    who = access.allow(asker, VOICES)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.start(tx, announcement_id, asker, hall.clock.pace)


@post(
    "/api/announcements/{announcement_id:int}/end", status_code=200, operation_id="end_announcement", responses=REFUSALS
)
async def end(announcement_id: FromPath[int], hall: Hall_, asker: Asker_) -> None:
    """Say that the sound has come to its end."""
    who = access.allow(asker, VOICES)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.end(tx, announcement_id, asker)


@post(
    "/api/announcements/{announcement_id:int}/give-back",
    status_code=200,
    operation_id="give_back_announcement",
    responses=REFUSALS,
)
async def give_back(announcement_id: FromPath[int], hall: Hall_, asker: Asker_) -> None:
    """Leave an announcement to another board or speaker: this one cannot be heard."""
    who = access.allow(asker, VOICES)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.give_back(tx, announcement_id, asker)


@get("/api/sounds/{file:str}", operation_id="get_sound", responses=REFUSALS, media_type="audio/wav")
async def get_sound(file: FromPath[str], sounds: NamedDependency[Sounds], asker: Asker_) -> Response[bytes]:
    """Hand out a rendered announcement."""
    access.allow(asker, EVERYONE)
    body = await sounds.read(file)
    return Response(body, media_type="audio/wav", headers={"cache-control": "private, max-age=86400, immutable"})


@get("/api/guide", operation_id="read_aloud", responses=REFUSALS, media_type="audio/wav")
async def read_aloud(
    text: GuideText, language: FromQuery[Language], guide: NamedDependency[Guide], hall: Hall_, asker: Asker_
) -> Response[bytes]:
    """Read a short text of the kiosk aloud, for visitors who do not see the screen."""
    who = access.allow(asker, PEOPLE | {Role.KIOSK})
    hall.limits.count(f"guide {who.mall_id} {who.actor}", GUIDE_A_MINUTE)
    body = await guide.read_aloud(who.mall_id, text, language)
    return Response(body, media_type="audio/wav", headers={"cache-control": "private, max-age=604800, immutable"})


@get("/api/media", operation_id="list_media", responses=REFUSALS)
async def list_media(hall: Hall_, asker: Asker_, shelf: Shelf_) -> list[MediaLine]:
    """List the boards' pictures and videos."""
    async with hall.db.read(access.allow(asker, LEADERS).mall_id) as tx:
        return await reads.media_lines(tx, shelf)


@post("/api/media", request_max_body_size=media.LARGEST, operation_id="add_media", responses=REFUSALS)
async def add_media(
    request: Web,
    hall: Hall_,
    asker: Asker_,
    shelf: Shelf_,
    zone: FromQuery[str | None] = None,
    seconds: FromQuery[int | None] = None,
    alt: FromQuery[str] = "",
    place: FromQuery[int | None] = None,
) -> list[MediaLine]:
    """Put a picture or video on the boards; the body is the file itself, whatever content type it claims to be."""
    who = access.allow(asker, LEADERS)
    how = Showing(zone=zone, seconds=seconds, alt=alt, place=place)
    async with hall.db.read(who.mall_id) as tx:
        await actions.may_show(tx, how)  # said before a large file is sent in vain
    kept = await shelf.take_in(request.stream())
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await actions.show_media(tx, kept, how)
        return await reads.media_lines(tx, shelf)


@post("/api/media/{media_id:int}", status_code=200, operation_id="change_media", responses=REFUSALS)
async def change_media(
    media_id: FromPath[int], data: JSONBody[ShowingBody], hall: Hall_, asker: Asker_, shelf: Shelf_
) -> list[MediaLine]:
    """Show a picture or video otherwise."""
    how = Showing(zone=data.zone, seconds=data.seconds, alt=data.alt, place=data.place)
    return await _do(hall, asker, shelf, lambda tx: actions.change_media(tx, media_id, how))


@post("/api/media/{media_id:int}/off", status_code=200, operation_id="take_media_off", responses=REFUSALS)
async def take_off(media_id: FromPath[int], hall: Hall_, asker: Asker_, shelf: Shelf_) -> list[MediaLine]:
    """Let no board show a picture or video; it can be brought back."""
    return await _do(hall, asker, shelf, lambda tx: actions.take_off(tx, media_id))


@post("/api/media/{media_id:int}/on", status_code=200, operation_id="put_media_on", responses=REFUSALS)
async def put_on(media_id: FromPath[int], hall: Hall_, asker: Asker_, shelf: Shelf_) -> list[MediaLine]:
    """Let the boards show again what was taken off."""
    return await _do(hall, asker, shelf, lambda tx: actions.put_on(tx, media_id))


async def _do(hall: Hall, asker: Asker, shelf: Shelf, deed: Callable[[Tx], Awaitable[None]]) -> list[MediaLine]:
    who = access.allow(asker, LEADERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        await deed(tx)
        await tx.session.flush()
        return await reads.media_lines(tx, shelf)


@delete("/api/media/{media_id:int}", operation_id="remove_media", responses=REFUSALS)
async def remove_media(media_id: FromPath[int], hall: Hall_, asker: Asker_, shelf: Shelf_) -> None:
    """Throw a picture or video away, for ever."""
    who = access.allow(asker, LEADERS)
    async with hall.db.write(who.mall_id, who.actor) as tx:
        left = await actions.remove_media(tx, media_id)
    if left is not None:
        shelf.drop(left)


@route("/media/{key:str}", http_method=[HttpMethod.GET, HttpMethod.HEAD], include_in_schema=False)
async def get_media(key: FromPath[str], request: Web, shelf: Shelf_, asker: Asker_) -> Response[bytes] | Stream:
    """Hand out a picture or video, whole or the part that a player asks for."""
    access.allow(asker, PEOPLE | {Role.BOARD})
    return shelf_door.answer(shelf.path(key), request.method, request.headers)


@websocket("/live/boards/{zone:str}")
async def live_board(socket: Socket, zone: FromPath[str], hall: Hall_, asker: Asker_) -> None:
    """Follow a zone's board."""
    await serve(socket, hall, asker, partial(feeds.board, hall, asker, zone))


@websocket("/live/signs/{counter:str}")
async def live_sign(socket: Socket, counter: FromPath[str], hall: Hall_, asker: Asker_) -> None:
    """Follow a counter's sign."""
    await serve(socket, hall, asker, partial(feeds.sign, hall, asker, counter))


@websocket("/live/speakers/{code:str}")
async def live_speaker(socket: Socket, code: FromPath[str], hall: Hall_, asker: Asker_) -> None:
    """Follow what a loudspeaker has to say."""
    await serve(socket, hall, asker, partial(feeds.speaker, hall, asker, code))


router = Router(
    "",
    route_handlers=[
        list_media,
        add_media,
        change_media,
        take_off,
        put_on,
        remove_media,
        get_media,
        show_board,
        show_sign,
        start,
        end,
        give_back,
        get_sound,
        read_aloud,
        live_board,
        live_sign,
        live_speaker,
    ],
)
