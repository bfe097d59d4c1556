"""What the command line does to an installation: each opens the database, does one thing, and closes it."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from display import actions as display
from display import reads, tongues
from display.actions import Showing
from display.shelf import PIECE, Shelf
from display.views import MediaLine
from mpp import actions, passwords, store
from mpp.actions import Place
from mpp.config import MEDIA, Config
from mpp.description import actions as description
from ticketing import malls
from ticketing.clock import Clock
from ticketing.core import colour, mall_file
from ticketing.core.access import Role
from ticketing.core.ids import MallId
from ticketing.core.mall_yaml import FaultyMallFile
from ticketing.db import Db, Tx
from ticketing.live import Live

ACTOR = "console"
"""Who acts when a command is typed on the server itself."""


@asynccontextmanager
async def database(config: Config) -> AsyncIterator[Db]:
    """Open the database for one command."""
    db = Db(config.url, Clock(), Live())
    try:
        yield db
    finally:
        await db.close()


@asynccontextmanager
async def change(config: Config, mall: str | None) -> AsyncIterator[Tx]:
    """Open one transaction in a mall; None is the only one there is."""
    async with database(config) as db, db.write(await store.the_mall(db, mall), ACTOR) as tx:
        yield tx


async def import_mall(config: Config, file: Path) -> MallId:
    """Make a mall what a file says, whole or not at all.

    Raises: FaultyMallFile, FaultyTongue, OSError.
    """
    described = mall_file.read(_text(file), tongues.load(config.tongues))
    async with database(config) as db:
        mall_id = await malls.ensure(db, described)
        async with db.write(mall_id, ACTOR) as tx:
            await description.take_file(tx, described)
        return mall_id


def recoloured(config: Config, file: Path) -> list[tuple[str, str, str]]:
    """Return the tenants of a file whose colour is shown as another one: code, own colour, shown colour."""
    described = mall_file.read(_text(file), tongues.load(config.tongues))
    own = ((tenant.code, tenant.colour) for tenant in described.tenants)
    return [(code, chosen, shown) for code, chosen in own if (shown := colour.readable(chosen)) != chosen]


def _text(file: Path) -> str:
    body = file.read_bytes()
    try:
        return body.decode()
    except UnicodeDecodeError as fault:
        line = body.count(b"\n", 0, fault.start) + 1
        raise FaultyMallFile(line, "this is not UTF-8 text; save the file as UTF-8", "") from fault


async def export_mall(config: Config, mall: str | None) -> str:
    """Return a mall as a file."""
    async with database(config) as db, db.read(await store.the_mall(db, mall)) as tx:
        return mall_file.write(await malls.describe(tx))


async def add_person(
    config: Config, mall: str | None, login: str, name: str, password: str, role: Role, tenant: str | None
) -> None:
    """Add a person, or give a known one a new name, password and role."""
    hash = await passwords.make(password)
    async with change(config, mall) as tx:
        row = await store.tenant(tx, tenant) if tenant else None
        await actions.add_person(tx, login, name, hash, role, row.id if row else None)


async def add_accounts(tx: Tx, accounts: Iterable[tuple[str, str, Role, str | None]], password_hash: str) -> None:
    """Add several people with one password: (login, name, role, tenant's code)."""
    for login, name, role, tenant in accounts:
        row = await store.tenant(tx, tenant) if tenant else None
        await actions.add_person(tx, login, name, password_hash, role, row.id if row else None)


async def make_token(config: Config, mall: str | None, role: Role, name: str, tenant: str | None) -> str:
    """Make a bearer token for a program."""
    async with change(config, mall) as tx:
        row = await store.tenant(tx, tenant) if tenant else None
        return await actions.make_token(tx, role, name, row.id if row else None, Clock().real())


async def show_media(config: Config, mall: str | None, file: Path, how: Showing) -> None:
    """Put a picture or video on the boards."""

    async def content() -> AsyncIterator[bytes]:
        with file.open("rb") as source:
            while piece := source.read(PIECE):
                yield piece

    async with database(config) as db, db.read(await store.the_mall(db, mall)) as tx:
        await display.may_show(tx, how)
    kept = await Shelf(config.data / MEDIA).take_in(content())
    async with change(config, mall) as tx:
        await display.show_media(tx, kept, how)


async def media_lines(config: Config, mall: str | None) -> list[MediaLine]:
    """List the pictures and videos on the boards."""
    async with database(config) as db, db.read(await store.the_mall(db, mall)) as tx:
        return await reads.media_lines(tx, Shelf(config.data / MEDIA))


async def remove_media(config: Config, mall: str | None, media_id: int) -> None:
    """Take a picture or video off the boards."""
    async with change(config, mall) as tx:
        left = await display.remove_media(tx, media_id)
    if left is not None:
        Shelf(config.data / MEDIA).drop(left)


async def approve_device(
    config: Config, mall: str | None, pairing_code: str, code: str, name: str, place: Place
) -> None:
    """Let in the device that shows this pairing code."""
    async with change(config, mall) as tx:
        device = await store.device_showing(tx, pairing_code)
        await actions.approve(tx, device.id, code, name, place, Clock().real())
