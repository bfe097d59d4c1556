"""The commands `mpp log ...`, the proof that the log is whole, and `mpp privacy ...`, what is kept of people."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click
import msgspec

from mpp import schema, setup, store
from mpp.command import installed
from mpp.config import Config
from mpp.privacy import actions, chain, parts
from mpp.privacy.core import heads, told
from mpp.privacy.record import period
from mpp.privacy.views import PersonExport
from ticketing.core.ids import PersonId
from ticketing.core.refused import Unknown
from ticketing.db import Tx
from ticketing.texts import LANGUAGES, say

V = TypeVar("V")

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MALL = click.option("--mall", "code", help="Code of the mall; all malls when not given.")


@click.group()
def log() -> None:
    """Prove that what happened is what was written."""


@log.command()
@installed
@MALL
def head(settings: Config, code: str | None) -> None:
    """Print number and hash of the newest event. Keep the line where nobody who runs this server can change it."""
    schema.upgrade(settings.url)
    for line in asyncio.run(_heads(settings, code)):
        click.echo(line)


async def _heads(settings: Config, code: str | None) -> list[str]:
    async with setup.database(settings) as db:
        found = []
        for mall_id in [await store.the_mall(db, code)] if code else await db.malls():
            async with db.read(mall_id) as tx:
                found.append(heads.line(chain.head_of(tx, db.clock.real())))
        return found


@log.command()
@installed
@MALL
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="First day; all when not given.")
@click.option("--heads", "files", type=FILE, multiple=True, help="Heads that were noted elsewhere; may be repeated.")
def verify(settings: Config, code: str | None, since: datetime | None, files: tuple[Path, ...]) -> None:
    """Say whether the log is whole, or which event is changed, missing or added; then the exit code is 1."""
    schema.upgrade(settings.url)
    known = chain.noted(settings.data / chain.HEADS, *files)
    found = asyncio.run(chain.verify_all(settings.url, known, since.date() if since else None, code))
    for mall, verdict in found:
        for line in told.told(mall, verdict):
            click.echo(line)
    if any(verdict.wrong for _, verdict in found):
        raise SystemExit(1)


@click.group()
def privacy() -> None:
    """Show what is kept of people, hand it out, and erase it."""


@privacy.command()
@installed
@click.option("--mall", "code", help="Code of the mall, where there are several.")
@click.option("--language", type=click.Choice(LANGUAGES), default="id", show_default=True)
def report(settings: Config, code: str | None, language: str) -> None:
    """Print each kind of data, for how long it is kept, and how much was erased last and in all."""
    schema.upgrade(settings.url)
    view = asyncio.run(_look(settings, code, parts.privacy_view))
    click.echo(view.last_run.isoformat(timespec="seconds") if view.last_run else "-")
    for one in view.kept:
        erased = "-" if one.erased is None else f"{one.erased} ({one.erased_in_all})"
        click.echo(f"{say(language, f'kept.{one.key}'):40}  {period(one, language):45}  {erased}")


async def _look(settings: Config, code: str | None, question: Callable[[Tx], Awaitable[V]]) -> V:
    async with setup.database(settings) as db, db.read(await store.the_mall(db, code)) as tx:
        return await question(tx)


async def _person(tx: Tx, login: str) -> PersonId:
    person = await store.person_in(tx, login)
    if person is None:
        raise Unknown(f"Nobody signs in as {login!r}.")
    return person.id


@privacy.command("export")
@installed
@click.argument("login")
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def export_(settings: Config, login: str, code: str | None) -> None:
    """Print as JSON all that is kept of the person who signs in as LOGIN."""

    async def question(tx: Tx) -> PersonExport:
        return await parts.person_export(tx, await _person(tx, login))

    schema.upgrade(settings.url)
    click.echo(msgspec.json.format(msgspec.json.encode(asyncio.run(_look(settings, code, question)))).decode())


@privacy.command()
@installed
@click.argument("login")
@click.option("--mall", "code", help="Code of the mall, where there are several.")
@click.confirmation_option(prompt="Name, login and role cannot be brought back. Erase them?")
def erase(settings: Config, login: str, code: str | None) -> None:
    """Erase name, login and role of the person who signs in as LOGIN; the log keeps the number."""

    async def deed() -> PersonId:
        async with setup.change(settings, code) as tx:
            id = await _person(tx, login)
            await actions.erase_person(tx, id)
            return id

    schema.upgrade(settings.url)
    click.echo(f"{login} is person {asyncio.run(deed())} from now on.")
