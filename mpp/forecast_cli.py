"""The commands `mpp forecast ...`: how good the forecasts of waits are, on a log of any mall."""

from itertools import count
from pathlib import Path

import click

from counters import machine_code
from mpp import replay_files
from mpp.replay_files import FaultyLog

RUNS = 400
"""Runs for a ticket: more than in the hall, for a replay has the time, and each 1 % counts in a comparison."""

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def forecast() -> None:
    """How long visitors wait, foretold."""


@forecast.command()
@click.option("--events", type=FILE, required=True, help="The log, as events.csv.gz.")
@click.option("--config", "plan_file", type=FILE, required=True, help="Services, counters and hours, as config.json.")
@click.option(
    "--train-days",
    type=click.IntRange(min=1),
    required=True,
    help="Days that are only learned from; the rest is foretold.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The table to write.")
def replay(events: Path, plan_file: Path, train_days: int, out: Path) -> None:
    """Live through a log once more, and foretell each ticket's wait from what was known when it was taken."""
    machine_code.keep()
    from counters.core.forecast.replay import Replay  # it imports the compiler

    try:
        plan = replay_files.read_plan(plan_file)
        entries = replay_files.read_log(events, plan, warn=_say)
        first = replay_files.first_day(entries, train_days)
        done = count(1)
        days = len({entry.day for entry in entries})
        predictions = Replay(plan, first, RUNS).live(
            entries, lambda day: _say(f"day {day}, {next(done)} of {days}{'' if day >= first else ', learning'}")
        )
        written = replay_files.write(out, predictions)
    except (FaultyLog, OSError) as no:
        raise click.ClickException(str(no)) from None
    _say(f"wrote {out}: {written} tickets of day {first} and later")


def _say(what: str) -> None:
    click.echo(what, err=True)
