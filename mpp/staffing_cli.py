"""The command `mpp staffing`: how many counters a tenant needs in each hour, from the mall's own history."""

import asyncio

import click

from mpp import planner, setup, staffing
from mpp.command import installed
from mpp.config import Config
from mpp.staffing import Ask, Asked
from mpp.staffing_views import StaffingResult
from mpp.store import the_mall

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@click.command("staffing")
@installed
@click.option("--tenant", required=True, help="Code of the tenant.")
@click.option("--weekday", type=click.Choice(WEEKDAYS), help="Day of the week; the next one on which it is open.")
@click.option(
    "--target",
    type=click.IntRange(1, staffing.LONGEST_TARGET),
    help="Minutes that nine in ten wait at most; the mall's target.",
)
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def command(settings: Config, tenant: str, weekday: str | None, target: int | None, code: str | None) -> None:
    """Find the counters that each hour needs, so that nine in ten wait no longer than the target."""
    ask = Ask(tenant=tenant, weekday=WEEKDAYS.index(weekday) if weekday else None, target=target)
    asked = asyncio.run(_asked(settings, code, ask))
    if asked.interval is None:
        raise click.ClickException(f"{tenant} is not open on that day.")
    question = staffing.question(asked)
    if question is None:
        raise click.ClickException(f"Too little history: {len(staffing.days_of(asked))} days with visitors.")
    found = staffing.result(question, asyncio.run(planner.search(question)))
    click.echo(f"{tenant}, {WEEKDAYS[asked.weekday]}: nine in ten wait at most {asked.target} minutes")
    click.echo("\n".join(printed(found)))
    if not found.is_reached:
        click.echo("The target is not reached in every hour; this comes nearest.", err=True)


async def _asked(settings: Config, code: str | None, ask: Ask) -> Asked:
    async with setup.database(settings) as db, db.read(await the_mall(db, code)) as tx:
        return await staffing.read(tx, None, ask)


def printed(found: StaffingResult) -> list[str]:
    """Return the table for a screen."""
    rows = [("hour", "visitors", "counters", "p90 min", "days missed", "usually", "p90 min", "days missed")]
    rows += [
        (
            f"{one.hour:02}.00",
            f"{one.visitors:.0f}",
            f"{one.counters}",
            _cell(one.p90),
            f"{one.breaks:.0%}",
            "-" if one.usual is None else f"{one.usual}",
            _cell(one.usual_p90),
            "-" if one.usual_breaks is None else f"{one.usual_breaks:.0%}",
        )
        for one in found.hours
    ]
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, wide, strict=True)) for row in rows]


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"
