"""The command `mpp report`: figures to be handed over on paper."""

import asyncio
from pathlib import Path

import click

from mpp import report, schema, setup
from mpp.command import installed
from mpp.config import Config
from mpp.history import History
from mpp.readiness import paper
from mpp.standards import booklet
from mpp.store import the_mall
from ticketing.core.access import Principal, Role
from ticketing.db import Db
from ticketing.hall import Hall
from ticketing.limits import Limits
from ticketing.texts import LANGUAGES


@click.group("report")
def reports() -> None:
    """Make reports as PDF."""


@reports.command("month")
@installed
@click.argument("which", metavar="YYYY-MM")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF to write.")
@click.option("--tenant", help="Code of the only tenant to tell of.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def month(settings: Config, which: str, out: Path, tenant: str | None, language: str, code: str | None) -> None:
    """Tell a month: visitors, waits, services, counters, beside the month before."""
    schema.upgrade(settings.url)
    out.write_bytes(asyncio.run(_month(settings, which, tenant, language, code)))
    click.echo(f"Wrote {out}.", err=True)


@reports.command("readiness")
@installed
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF to write.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def readiness(settings: Config, out: Path, language: str, code: str | None) -> None:
    """Tell how ready the mall is: every check, its evidence, what to do next."""
    schema.upgrade(settings.url)
    out.write_bytes(asyncio.run(_readiness(settings, language, code)))
    click.echo(f"Wrote {out}.", err=True)


@reports.command("standards")
@installed
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF to write.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def standards(settings: Config, out: Path, language: str, code: str | None) -> None:
    """Make the booklet of all published service standards."""
    schema.upgrade(settings.url)
    out.write_bytes(asyncio.run(_standards(settings, language, code)))
    click.echo(f"Wrote {out}.", err=True)


async def _standards(settings: Config, language: str, code: str | None) -> bytes:
    async with setup.database(settings) as db:
        return await booklet.booklet(_hall(db, settings), await the_mall(db, code), language)


async def _readiness(settings: Config, language: str, code: str | None) -> bytes:
    async with setup.database(settings) as db:
        return await paper.report(_hall(db, settings), await the_mall(db, code), language)


def _hall(db: Db, settings: Config) -> Hall:
    return Hall(db=db, live=db.live, clock=db.clock, limits=Limits(), public_url=settings.address, build="")


async def _month(settings: Config, which: str, tenant: str | None, language: str, code: str | None) -> bytes:
    async with setup.database(settings) as db:
        mall_id = await the_mall(db, code)
        who = Principal(mall_id=mall_id, role=Role.ADMINISTRATOR, actor=setup.ACTOR, name=setup.ACTOR, token_id=0)
        return await report.month(_hall(db, settings), History(), who, which, language, tenant)
