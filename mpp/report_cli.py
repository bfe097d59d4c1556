"""The command `mpp report`: figures to be handed over on paper."""

import asyncio
from pathlib import Path

import click

from mpp import report, setup
from mpp.command import installed
from mpp.config import Config
from mpp.history import History
from mpp.store import the_mall
from ticketing.core.access import Principal, Role
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
    out.write_bytes(asyncio.run(_month(settings, which, tenant, language, code)))
    click.echo(f"Wrote {out}.", err=True)


async def _month(settings: Config, which: str, tenant: str | None, language: str, code: str | None) -> bytes:
    async with setup.database(settings) as db:
        hall = Hall(db=db, live=db.live, clock=db.clock, limits=Limits(), public_url=settings.address, build="")
        mall_id = await the_mall(db, code)
        who = Principal(mall_id=mall_id, role=Role.ADMINISTRATOR, actor=setup.ACTOR, name=setup.ACTOR, token_id=0)
        return await report.month(hall, History(), who, which, language, tenant)
