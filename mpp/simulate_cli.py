"""The command `mpp simulate`: days gone by beside the same days with something changed."""

import asyncio
import csv
from datetime import date
from pathlib import Path

import click
import msgspec
from msgspec import Struct, field
from msgspec.structs import replace
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from counters import machine_code
from counters.core.simulation.outcome import Outcome
from mpp import setup, simulations
from mpp.command import installed
from mpp.config import Config
from mpp.core.ask import Asked, Way
from mpp.store import the_mall
from ticketing import store
from ticketing.core.mall_entries import entry_of
from ticketing.core.policy import Mode

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Named(Way, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way of a file, and what it is called."""

    name: str


class Ways(Struct, frozen=True, forbid_unknown_fields=True):
    """The file of `--ways`."""

    ways: list[Named] = field(default_factory=list)


@click.command()
@installed
@click.option("--tenant", required=True, help="Code of the tenant.")
@click.option("--from", "first", type=DAY, help="First day; thirty days before the last.")
@click.option("--to", "last", type=DAY, help="Last day; yesterday.")
@click.option("--priority-weight", type=click.IntRange(1, 100), help="A minute of the favoured counts so many.")
@click.option("--head-start", type=click.IntRange(0, 240), help="The favoured count as if they came earlier, minutes.")
@click.option("--favour-short", type=click.IntRange(0, 100), help="Favour short services, percent.")
@click.option("--look-ahead", is_flag=True, help="Try each call out before it is made.")
@click.option("--guard", type=click.IntRange(0, 10), help="Nobody who waits beyond N targets is passed over.")
@click.option("--open-earlier", type=click.IntRange(-240, 240), default=0, help="Minutes.")
@click.option("--close-later", type=click.IntRange(-240, 240), default=0, help="Minutes.")
@click.option("--more-counters", type=click.IntRange(-20, 20), default=0, help="Counters that serve everything.")
@click.option("--ways", "file", type=FILE, help="A YAML file of several ways to try, side by side.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the table as CSV, too.")
@click.option("--mall", "code", help="Code of the mall, where there are several.")
def simulate(
    settings: Config,
    tenant: str,
    first: date | None,
    last: date | None,
    priority_weight: int | None,
    head_start: int | None,
    favour_short: int | None,
    look_ahead: bool,
    guard: int | None,
    open_earlier: int,
    close_later: int,
    more_counters: int,
    file: Path | None,
    out: Path | None,
    code: str | None,
) -> None:
    """Live days gone by again with another policy, other hours or counters."""
    rules = {"priority_weight": priority_weight, "head_start": head_start, "favour_short": favour_short}
    told = {name: value for name, value in rules.items() if value is not None}
    one = Named(
        name="tried",
        mode=Mode.LOOK_AHEAD if look_ahead else None,
        guard=guard,
        open_earlier=open_earlier,
        close_later=close_later,
        more_counters=more_counters,
    )
    ways = read(file) if file else [one]
    asked = asyncio.run(_asked(settings, code, tenant, first, last, ways, told if file is None else {}))
    machine_code.keep()
    table = compared(asked, ways)
    if table is None:
        raise click.ClickException("Nobody came to this tenant on these days, or they are not told yet.")
    click.echo("\n".join(printed(table)))
    if out is not None:
        with out.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(table)
        click.echo(f"Wrote {out}.", err=True)


def read(file: Path) -> list[Named]:
    """Read the ways of a file.

    Raises: ClickException.
    """
    try:
        found = msgspec.convert(YAML(typ="safe").load(file.read_text(encoding="utf-8")), Ways)
    except (YAMLError, UnicodeDecodeError, msgspec.ValidationError) as no:
        raise click.ClickException(f"{file}: {no}") from None
    if not found.ways:
        raise click.ClickException(f"{file} names no way to try; see docs/simulation.md.")
    return found.ways


async def _asked(
    settings: Config,
    code: str | None,
    tenant: str,
    first: date | None,
    last: date | None,
    ways: list[Named],
    told: dict[str, int],
) -> list[Asked]:
    """Read the days for each way; the rules that were told on the command line take the place of those of now."""
    async with setup.database(settings) as db, db.read(await the_mall(db, code)) as tx:
        of = await store.tenant_by_code(tx, tenant)
        begins, ends = simulations.period(_day(first), _day(last), store.today(tx))
        rules = replace(entry_of(tx.policy(of.id)), **told)
        ways = [replace(way, policy=rules) if told else way for way in ways]
        return [await simulations.asked(tx, of.id, begins, ends, way) for way in ways]


def _day(at: date | None) -> date | None:
    return date(at.year, at.month, at.day) if at else None


ROWS = ("mean", "median", "p90", "p95", "max", "late %", "not called")


def compared(asked: list[Asked], ways: list[Named]) -> list[list[str]] | None:
    """Return the table with its heading: one column for what happened, for its simulation, and for each way."""
    columns: list[tuple[str, Outcome]] = []
    for one, way in zip(asked, ways, strict=True):
        found = simulations.compare(one)
        if found is None:
            return None
        if not columns:
            columns += [("happened", found.happened), ("simulated as it was", found.as_it_was)]
        columns.append((way.name, found.tried))
    cells = [[name, *(text for _, text in figures(of))] for name, of in columns]
    return [list(row) for row in zip(["minutes", *(name for name, _ in figures(columns[0][1]))], *cells, strict=True)]


def figures(of: Outcome) -> list[tuple[str, str]]:
    """Return the rows of a column by name."""
    found = [("days", str(of.days)), ("visitors", str(of.all.n))]
    for group, waits in (("all", of.all), ("ordinary", of.kinds[0]), ("priority", of.kinds[1])):
        values = (waits.mean, waits.median, waits.p90, waits.p95, waits.max, 100 * waits.late, waits.not_called)
        found += [(f"{group}: {name}", _cell(value)) for name, value in zip(ROWS, values, strict=True)]
    found += [("slowdown", _cell(of.slowdown, 2)), ("ordinary: overtaken", _cell(of.overtaken, 2))]
    return [*found, ("longest a day", _cell(of.longest_a_day))]


def _cell(value: float | None, digits: int = 1) -> str:
    return "-" if value is None else str(value) if isinstance(value, int) else f"{value:.{digits}f}"


def printed(table: list[list[str]]) -> list[str]:
    """Return the table for a screen, in columns."""
    wide = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    return [
        "  ".join([row[0].ljust(wide[0]), *(cell.rjust(width) for cell, width in zip(row[1:], wide[1:], strict=True))])
        for row in table
    ]
