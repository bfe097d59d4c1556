"""The commands `mpp log ...`: the head of the log, to be noted elsewhere, and the proof that the log is whole."""

import asyncio
from datetime import datetime
from pathlib import Path

import click

from mpp import schema, setup, store
from mpp.command import installed
from mpp.config import Config
from mpp.privacy import chain
from mpp.privacy.core import heads, told

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
